//! Two providers at the province, two people in front of them: an answer counts for who asked, at whom they asked, and for
//! nobody else.

use cli::sign_on::callback_address;
use domain::ids::AccountId;
use oidc::client::Registration;
use oidc::jose::Algorithm;
use oidc::provider::{ClientAuthentication, ClientId, RegisteredClient};
use oidc::{Address, Issuer, Scopes, Secret};
use tests::app::{Engine, TestApp};
use tests::http::Client;
use tests::page::Page;
use tests::portals::{leads_on, national_account};
use tokio::net::TcpListener;
use url::Url;
use usecases::login_providers::LoginProvider;
use web::portal::Role;

use super::client::{NUMBER, PHONE, session_of};

/// Runs a test of the province and its two providers on both engines.
macro_rules! with_two_providers {
    ($($name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(super::World::start(tests::app::Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(super::World::start(tests::app::Engine::Postgres).await).await;
            }
        }
    )+};
}

with_two_providers! {
    an_answer_of_one_provider_is_of_no_use_at_the_way_back_of_another;
    an_answer_of_one_provider_is_of_no_use_with_the_state_of_another;
    codes_of_two_people_cannot_be_swapped;
    who_arrives_gets_a_fresh_session_and_the_one_before_is_gone;
    nobody_is_sent_away_without_end;
}

const NAMES: [&str; 2] = ["mot", "hai"];
const OTHER_NUMBER: &str = "064190000456";
const WRONG: &str = "trả lời không đúng";
const AGAIN: &str = "đăng nhập lại từ đầu";

struct World {
    nations: [TestApp; 2],
    province: TestApp,
    /// The same person at both providers.
    accounts: [AccountId; 2],
}

/// A browser in front of all three.
struct Person {
    nations: [Client; 2],
    province: Client,
}

impl World {
    async fn start(engine: Engine) -> Self {
        let bind = async || TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = |listener: &TcpListener| format!("http://{}", listener.local_addr().unwrap());
        let (first, second, own) = (bind().await, bind().await, bind().await);
        let urls = [url(&first), url(&second)];
        let province_url = url(&own);
        let nations = [
            TestApp::start_on(first, Role::National, engine, Vec::new()).await,
            TestApp::start_on(second, Role::National, engine, Vec::new()).await,
        ];
        let mut providers = Vec::new();
        for ((nation, url), name) in nations.iter().zip(&urls).zip(NAMES) {
            let (client, provider) = link(url, &province_url, name);
            cli::sign_on::register_clients(nation.portal(), &[client]).await.unwrap();
            providers.push(provider);
        }
        let province = TestApp::start_on(own, Role::Province, engine, providers).await;
        let accounts =
            [national_account(&nations[0], NUMBER, PHONE).await, national_account(&nations[1], NUMBER, PHONE).await];
        Self { nations, province, accounts }
    }

    /// Who is signed in at both providers, and has not been at the province.
    async fn person(&self) -> Person {
        let nations = [
            session_of(&self.nations[0], self.accounts[0]).await,
            session_of(&self.nations[1], self.accounts[1]).await,
        ];
        Person { nations, province: self.province.visitor() }
    }

    async fn another_person(&self) -> Person {
        let account = national_account(&self.nations[0], OTHER_NUMBER, "0967654321").await;
        let nations = [session_of(&self.nations[0], account).await, self.nations[1].visitor()];
        Person { nations, province: self.province.visitor() }
    }
}

/// Both ends between a provider and the province.
fn link(nation: &str, province: &str, name: &str) -> (RegisteredClient, LoginProvider) {
    let secret = Secret::of(format!("the secret between the province and {name}"));
    let redirect_uri = Address::parse(&callback_address(province, name)).unwrap();
    let client = RegisteredClient {
        id: ClientId::parse("tinh").unwrap(),
        name: "Cổng của tỉnh".into(),
        name_en: "Portal of the province".into(),
        authentication: ClientAuthentication::by(&secret),
        redirect_uris: vec![redirect_uri.clone()],
        post_logout_redirect_uris: Vec::new(),
        backchannel_logout_uri: None,
        scopes: Scopes::parse("openid profile vn"),
        is_first_party: false,
        resource: None,
    };
    let registration = Registration {
        issuer: Issuer::parse(nation).unwrap(),
        client_id: "tinh".into(),
        client_secret: Some(secret),
        redirect_uri,
        scope: "openid profile vn".into(),
        acr_values: None,
        algorithms: vec![Algorithm::Es256],
    };
    (client, LoginProvider::new(name.into(), name.into(), name.into(), registration))
}

impl Person {
    /// Leaves for a provider; the address there.
    async fn leave(&self, provider: usize) -> String {
        let away = self.province.get(&format!("/dang-nhap/qua/{}", NAMES[provider])).await.must_be(303);
        away.location().to_owned()
    }

    /// Goes there and agrees; the address with which the provider sends them back.
    async fn go(&self, provider: usize, address: &str) -> String {
        let at = &self.nations[provider];
        let page = at.get(address).await;
        if page.status() == 303 {
            return page.location().to_owned();
        }
        let form = page.must_be(200);
        let agreed = at.submit(&form, form.form("/oidc/tiep").press("answer", "agree")).await;
        leads_on(&agreed).expect("the page leads on")
    }

    async fn answer(&self, provider: usize) -> String {
        self.go(provider, &self.leave(provider).await).await
    }

    async fn must_be_refused(&self, address: &str, words: &str) {
        let page: Page = self.province.get(address).await;
        assert!((400..=502).contains(&page.status()) && page.status() != 500, "{}", page.status());
        page.must_say(words);
        self.province.get("/tai-khoan").await.must_be(303);
    }

    async fn number(&self) -> String {
        let data = self.province.get("/tai-khoan/du-lieu.json").await.must_be(200).json();
        data["account"]["login"].as_str().unwrap_or_default().to_owned()
    }
}

fn param(address: &str, name: &str) -> String {
    let url = Url::parse(address).unwrap();
    url.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned()).unwrap()
}

/// The address with which a provider would send people back.
fn back(world: &World, provider: usize, code: &str, state: &str, issuer: usize) -> String {
    let mut url = Url::parse(&callback_address(world.province.public_url(), NAMES[provider])).unwrap();
    let issuer = world.nations[issuer].public_url();
    url.query_pairs_mut().append_pair("code", code).append_pair("state", state).append_pair("iss", issuer);
    url.into()
}

async fn an_answer_of_one_provider_is_of_no_use_at_the_way_back_of_another(world: World) {
    let person = world.person().await;
    let answer = person.answer(0).await;
    person.must_be_refused(&answer.replace("/ve/mot", "/ve/hai"), AGAIN).await;
    // It has been looked at: it counts nowhere any more.
    person.must_be_refused(&answer, AGAIN).await;
    // Both questions are open: still none takes the other's answer.
    let (first, second) = (person.answer(0).await, person.answer(1).await);
    person.must_be_refused(&second.replace("/ve/hai", "/ve/mot"), AGAIN).await;
    person.province.get(&first).await.must_be(303);
    person.province.get("/tai-khoan").await.must_be(200);
}

async fn an_answer_of_one_provider_is_of_no_use_with_the_state_of_another(world: World) {
    let person = world.person().await;
    // The code of the first with a question to the second, said to be from the one and from the other.
    for issuer in [0, 1] {
        let code = param(&person.answer(0).await, "code");
        let state = param(&person.leave(1).await, "state");
        person.must_be_refused(&back(&world, 1, &code, &state, issuer), WRONG).await;
    }
    // The mix-up from the other side: who was sent to the second is led on to the first, with the second's question.
    let question = person.leave(1).await;
    let led_on = question.replacen(world.nations[1].public_url(), world.nations[0].public_url(), 1);
    let page = person.nations[0].get(&led_on).await.must_be(400);
    page.must_say("Không thể đăng nhập từ trang này");
    // Their honest answers still count.
    let honest = person.answer(1).await;
    person.province.get(&honest).await.must_be(303);
    person.province.get("/tai-khoan").await.must_be(200);
}

async fn codes_of_two_people_cannot_be_swapped(world: World) {
    let (one, other) = (world.person().await, world.another_person().await);
    let (mine, theirs) = (one.answer(0).await, other.answer(0).await);
    let swapped = back(&world, 0, &param(&theirs, "code"), &param(&mine, "state"), 0);
    one.must_be_refused(&swapped, WRONG).await;
    // Their code has been tried with another's secret: it is used up, and they begin anew.
    other.must_be_refused(&theirs, WRONG).await;
    let again = other.answer(0).await;
    other.province.get(&again).await.must_be(303);
    assert_eq!(other.number().await, OTHER_NUMBER);
}

async fn who_arrives_gets_a_fresh_session_and_the_one_before_is_gone(world: World) {
    // The attacker has a session of their own at the province, and plants it in the other's browser.
    let attacker = world.another_person().await;
    let answer = attacker.answer(0).await;
    attacker.province.get(&answer).await.must_be(303);
    let planted = attacker.province.cookie("motcua-province").unwrap();
    let person = world.person().await;
    person.province.set_cookie("motcua-province", &planted);
    let answer = person.answer(0).await;
    person.province.get(&answer).await.must_be(303);
    assert_ne!(person.province.cookie("motcua-province").unwrap(), planted);
    assert_eq!(person.number().await, NUMBER);
    attacker.province.get("/tai-khoan").await.must_be(303);
    // What nobody has given counts for nothing either.
    let person = world.person().await;
    person.province.set_cookie("motcua-province", &"0".repeat(64));
    let answer = person.answer(0).await;
    person.province.get(&answer).await.must_be(303);
    assert_ne!(person.province.cookie("motcua-province").unwrap(), "0".repeat(64));
    // An answer is for the browser that was sent, whatever cookie another has been given.
    let victim = world.person().await;
    victim.leave(0).await;
    let answer = attacker.answer(0).await;
    victim.must_be_refused(&answer, AGAIN).await;
    attacker.province.get(&answer).await.must_be(303);
}

async fn nobody_is_sent_away_without_end(world: World) {
    let person = world.person().await;
    for _ in 0..300 {
        person.leave(0).await;
    }
    person.province.get("/dang-nhap/qua/mot").await.must_be(429);
    world.province.advance(std::time::Duration::from_secs(15 * 60));
    person.leave(0).await;
}
