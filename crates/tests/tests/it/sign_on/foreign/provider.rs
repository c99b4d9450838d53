//! oidc-provider signs people in at the provincial portal, and lies to it.

use cli::sign_on::callback_address;
use domain::account::Assurance;
use oidc::client::Registration;
use oidc::jose::Algorithm;
use oidc::{Address, Issuer, Secret};
use serde_json::{Value, json};
use tests::app::{Engine, TestApp};
use tests::foreign::{Foreign, Program};
use tests::http::Client;
use tests::page::Page;
use tokio::net::TcpListener;
use usecases::login_providers::LoginProvider;
use web::portal::Role;

use super::with;
use crate::sign_on::client::NUMBER;

/// Its name at the province.
const NAME: &str = "noi-khac";
const BUTTON: &str = "Tài khoản ở nơi khác";
const SECRET: &str = "a+secret/with=characters%41that-need-encoding";
const WRONG: &str = "trả lời không đúng";
const AGAIN: &str = "đăng nhập lại từ đầu";

/// A provider of others, the province that takes its accounts, and somebody in front of both.
struct World {
    provider: Program,
    issuer: String,
    province: TestApp,
    at_provider: Client,
    at_province: Client,
}

/// How the two have agreed to meet.
struct Agreement<'a> {
    signs_by: &'a str,
    accepted: Vec<Algorithm>,
    our_secret: &'a str,
}

impl Default for Agreement<'_> {
    fn default() -> Self {
        Self { signs_by: "ES256", accepted: vec![Algorithm::Es256], our_secret: SECRET }
    }
}

impl World {
    async fn start(engine: Engine, agreement: Agreement<'_>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let mut provider = Foreign::OidcProvider.start(&[
            ("CLIENT_ID", "tinh"),
            ("CLIENT_SECRET", SECRET),
            ("ALGORITHM", agreement.signs_by),
            ("PORTAL", &url),
            ("NAME", NAME),
        ]);
        let issuer = provider.must("discover").await["issuer"].as_str().unwrap().to_owned();
        let registration = Registration {
            issuer: Issuer::parse(&issuer).unwrap(),
            client_id: "tinh".into(),
            client_secret: Some(Secret::of(agreement.our_secret)),
            redirect_uri: Address::parse(&callback_address(&url, NAME)).unwrap(),
            scope: "openid profile email vn".into(),
            acr_values: Some("muc-2".into()),
            algorithms: agreement.accepted,
        };
        let mut known = LoginProvider::new(NAME.into(), BUTTON.into(), "Account elsewhere".into(), registration);
        known.levels = vec![("muc-2".into(), Assurance::Ial2)];
        let province = TestApp::start_on(listener, Role::Province, engine, vec![known]).await;
        province.take_the_time_of_the_machine();
        let person = json!({
            "sub": "nguoi-1", "name": "Rơ Châm H'Lan", "birthdate": "1990-02-05", "SoDinhDanh": NUMBER,
            "LoaiTaiKhoan": "1", "email": "hlan@vi-du.example", "email_verified": true,
        });
        let mut world = Self {
            at_provider: Client::of_server(&issuer),
            at_province: province.visitor(),
            provider,
            issuer,
            province,
        };
        world.become_person(person).await;
        world
    }

    async fn become_person(&mut self, person: Value) {
        self.provider.ask("become", json!({ "person": person })).await.unwrap();
    }

    /// Follows the button of the sign-in page; where it leads.
    async fn leave(&self) -> String {
        let away = self.at_province.get(&format!("/dang-nhap/qua/{NAME}?tiep=/tai-khoan")).await.must_be(303);
        assert!(away.location().starts_with(&self.issuer), "{}", away.location());
        away.location().to_owned()
    }

    /// Walks the provider's pages; the address with which it sends people back.
    async fn walk(&self, address: &str) -> String {
        let mut page = self.at_provider.get(address).await;
        for _ in 0..8 {
            page = match page.status() {
                302 | 303 if page.location().starts_with(self.province.public_url()) => {
                    // The provider's tokens are of this moment.
                    self.province.take_the_time_of_the_machine();
                    return page.location().to_owned();
                }
                302 | 303 => self.at_provider.follow(&page).await,
                200 => self.at_provider.submit(&page, page.form(page.path())).await,
                status => panic!("{}: {status}: {}", page.path(), page.text()),
            };
        }
        panic!("{} leads nowhere", page.path())
    }

    /// The whole way to the provider and back.
    async fn arrive(&self) -> Page {
        let back = self.walk(&self.leave().await).await;
        self.at_province.get(&back).await
    }

    /// What the provider answered to whoever wanted to exchange codes since this was last asked.
    async fn exchanged(&mut self) -> Value {
        self.provider.must("exchanged").await
    }

    /// Says yes on the provider's page that asks whether to sign out.
    async fn sign_out_there(&self, address: &str) -> Page {
        let page = self.at_provider.get(address).await.must_be(200);
        let form = page.form(&format!("{}/session/end/confirm", self.issuer)).forge("logout", "yes");
        self.at_provider.submit(&page, form).await
    }

    async fn is_signed_in(&self) -> bool {
        self.at_province.get("/tai-khoan").await.status() == 200
    }

    async fn must_refuse(&self, address: &str, words: &str) {
        let page = self.at_province.get(address).await;
        assert!((400..=502).contains(&page.status()) && page.status() != 500, "{}: {}", page.status(), page.text());
        page.must_say(words);
        assert!(!self.is_signed_in().await, "{address}");
    }
}

/// Runs a test on both engines.
macro_rules! with_provider {
    ($($name:ident;)+) => {$(
        mod $name {
            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(tests::app::Engine::Sqlite).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(tests::app::Engine::Postgres).await;
            }
        }
    )+};
}

with_provider! {
    a_person_comes_from_a_provider_of_others_and_goes_back;
    a_provider_of_others_tells_us_that_somebody_has_left;
    a_provider_that_signs_by_rsa_is_believed_where_that_was_agreed;
    what_was_changed_on_the_way_to_a_provider_of_others_signs_nobody_in;
    a_provider_of_others_does_not_believe_a_province_without_its_secret;
}

async fn a_person_comes_from_a_provider_of_others_and_goes_back(engine: Engine) {
    let world = World::start(engine, Agreement::default()).await;
    let arrived = world.arrive().await;
    assert_eq!(arrived.must_be(303).location(), "/tai-khoan");
    let account = world.at_province.get("/tai-khoan").await.must_be(200);
    for words in ["Rơ Châm H'Lan", NUMBER, "05/02/1990", "hlan@vi-du.example", "IAL2"] {
        account.must_say(words);
    }
    // Signing out at the province leads to the provider's own page, and from there back.
    let page = world.at_province.get("/dang-xuat").await.must_be(200);
    let left = world.at_province.submit(&page, page.form("/dang-xuat")).await.must_be(200);
    let there = tests::portals::leads_on(&left).expect("the page leads on");
    assert_eq!(world.sign_out_there(&there).await.location(), format!("{}/", world.province.public_url()));
    assert!(!world.is_signed_in().await);
    // By the stable subject it is the same account, whatever else the provider says of them now.
    let id = |page: &Page| page.json()["account"]["id"].clone();
    assert_eq!(world.arrive().await.must_be(303).location(), "/tai-khoan");
    let first = id(&world.at_province.get("/tai-khoan/du-lieu.json").await.must_be(200));
    let mut world =
        World { at_provider: Client::of_server(&world.issuer), at_province: world.province.visitor(), ..world };
    world.become_person(json!({ "sub": "nguoi-1" })).await;
    assert_eq!(world.arrive().await.must_be(303).location(), "/tai-khoan");
    assert_eq!(id(&world.at_province.get("/tai-khoan/du-lieu.json").await.must_be(200)), first);
    // Somebody of whom the provider says too little gets no account.
    let mut world =
        World { at_provider: Client::of_server(&world.issuer), at_province: world.province.visitor(), ..world };
    world.become_person(json!({ "sub": "nguoi-2", "name": "Trần Văn Bình" })).await;
    world.arrive().await.must_be(403);
    assert!(!world.is_signed_in().await);
}

async fn a_provider_of_others_tells_us_that_somebody_has_left(engine: Engine) {
    let world = World::start(engine, Agreement::default()).await;
    world.arrive().await.must_be(303);
    assert!(world.is_signed_in().await);
    // They sign out at the provider, without us.
    world.sign_out_there("/session/end").await;
    assert!(!world.is_signed_in().await, "its logout token is believed");
}

async fn a_provider_that_signs_by_rsa_is_believed_where_that_was_agreed(engine: Engine) {
    let rsa = || Agreement { signs_by: "RS256", accepted: vec![Algorithm::Rs256], ..Agreement::default() };
    let agreed = World::start(engine, rsa()).await;
    agreed.arrive().await.must_be(303);
    assert!(agreed.is_signed_in().await);
    // By another algorithm than was agreed on; by the secret that both know, which proves nothing to us.
    for signs_by in ["RS256", "HS256"] {
        let mut world = World::start(engine, Agreement { signs_by, ..Agreement::default() }).await;
        let back = world.walk(&world.leave().await).await;
        world.must_refuse(&back, WRONG).await;
        assert_eq!(world.exchanged().await, json!(["given"]), "it is we who refuse");
    }
}

async fn what_was_changed_on_the_way_to_a_provider_of_others_signs_nobody_in(engine: Engine) {
    let mut world = World::start(engine, Agreement::default()).await;
    let challenge = oidc::CodeVerifier::from_random([1; 32]).challenge().encode();
    // What the provider says to our exchange: with another nonce it is we who refuse, with another challenge it does.
    let questions = [
        ("nonce", Some("khac"), "given"),
        ("nonce", None, "given"),
        ("code_challenge", Some(challenge.as_str()), "PKCE verification failed"),
    ];
    for (name, value, said) in questions {
        let back = world.walk(&with(&world.leave().await, name, value)).await;
        world.must_refuse(&back, WRONG).await;
        assert_eq!(world.exchanged().await, json!([said]), "{name}");
    }
    for (name, value) in [("iss", Some("https://evil.example")), ("iss", None), ("code", None)] {
        let back = world.walk(&world.leave().await).await;
        world.must_refuse(&with(&back, name, value), WRONG).await;
        assert_eq!(world.exchanged().await, json!([]), "{name}: no code leaves the house");
    }
    let back = world.walk(&world.leave().await).await;
    world.must_refuse(&with(&back, "state", Some("khac")), AGAIN).await;
    world.must_refuse(&with(&back, "state", None), AGAIN).await;
    assert_eq!(world.exchanged().await, json!([]));
    // What was not changed still counts, once.
    world.at_province.get(&back).await.must_be(303);
    assert!(world.is_signed_in().await);
    world.at_province.get(&back).await.must_be(400).must_say(AGAIN);
    // It is the provider that refuses another address, and people never come back from there.
    let elsewhere = with(&world.leave().await, "redirect_uri", Some("https://evil.example/"));
    world.at_provider.get(&elsewhere).await.must_be(400);
}

async fn a_provider_of_others_does_not_believe_a_province_without_its_secret(engine: Engine) {
    let mut world = World::start(engine, Agreement { our_secret: "sai", ..Agreement::default() }).await;
    let back = world.walk(&world.leave().await).await;
    world.must_refuse(&back, WRONG).await;
    assert_eq!(world.exchanged().await, json!(["invalid secret provided"]));
}
