//! Both portals, each on a port of its own and linked as in the demonstration, and people who go from one to the other.

use cli::sign_on;
use domain::account::{
    self, AccountCommand, AccountEvent, AccountKind, Assurance, Proof, Registration, composed_password,
};
use domain::codes::{LoginName, PartyName, PhoneNumber};
use domain::ids::AccountId;
use domain::partial_date::PartialDate;
use storage::{StorageError, accounts};
use tokio::net::TcpListener;
use usecases::Passwords;
use web::portal::Role;

use crate::app::{Engine, PASSWORD, TestApp};
use crate::captcha;
use crate::http::Client;
use crate::page::Page;

/// The nation's and the province's portal.
pub struct Portals {
    /// The provider.
    pub national: TestApp,
    /// The client.
    pub province: TestApp,
}

/// Whose page it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Site {
    /// The nation's.
    National,
    /// The province's.
    Province,
}

/// One browser in front of both portals: cookies of one are not sent to the other.
pub struct Person {
    /// At the nation's portal.
    pub national: Client,
    /// At the province's.
    pub province: Client,
    bases: [String; 2],
}

impl Portals {
    /// Both portals on empty databases of this engine.
    pub async fn start(engine: Engine) -> Self {
        let bind = async || TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let (nation, province) = (bind().await, bind().await);
        let url = |listener: &TcpListener| format!("http://{}", listener.local_addr().expect("it is bound"));
        let linked = sign_on::demonstration(&url(&nation), &url(&province), [5; 32]);
        let (client, provider) = linked.expect("both addresses are this machine's");
        let national = TestApp::start_on(nation, Role::National, engine, Vec::new()).await;
        sign_on::register_clients(national.portal(), &[client]).await.expect("the client is registered");
        let province = TestApp::start_on(province, Role::Province, engine, vec![provider]).await;
        Self { national, province }
    }

    /// Somebody without cookies.
    pub fn person(&self) -> Person {
        Person {
            national: self.national.visitor(),
            province: self.province.visitor(),
            bases: [&self.national, &self.province].map(|app| app.public_url().to_owned()),
        }
    }
}

impl Person {
    /// Goes where a redirect, or a page that leads on by itself, points, until a page is shown; `from` is whose the first is.
    pub async fn follow(&self, from: Site, page: Page) -> Page {
        let (mut site, mut page) = (from, page);
        for _ in 0..12 {
            let target = match (page.status(), leads_on(&page)) {
                (303, _) => page.location().to_owned(),
                (200, Some(target)) => target,
                _ => return page,
            };
            site = match &target {
                target if target.starts_with(&self.bases[0]) => Site::National,
                target if target.starts_with(&self.bases[1]) => Site::Province,
                _ => site,
            };
            page = match site {
                Site::National => self.national.get(&target).await,
                Site::Province => self.province.get(&target).await,
            };
        }
        panic!("{} leads on for ever", page.path())
    }
}

/// Where a page leads on to by itself.
pub fn leads_on(page: &Page) -> Option<String> {
    let source = page.source();
    let (_, rest) = source.split_once("<meta http-equiv=\"refresh\" content=\"0; url=")?;
    let address = rest.split('"').next()?;
    Some(address.replace("&#38;", "&").replace("&amp;", "&"))
}

/// A citizen with an account that the national portal has checked, made below the pages.
pub async fn national_account(app: &TestApp, number: &str, phone: &str) -> AccountId {
    let id = AccountId::from_bytes(rand::random());
    let registration = Registration {
        id,
        kind: AccountKind::Citizen,
        login: LoginName::parse(number).expect("a number"),
        name: PartyName::parse("Rơ Châm H'Lan").expect("a name"),
        birth_date: Some(PartialDate::parse("05/02/1990").expect("a date")),
        representative: None,
        email: None,
        phone: Some(PhoneNumber::parse(phone).expect("a telephone number")),
        assurance: Assurance::Ial2,
        proof: Proof::Phone,
    };
    let hash = Passwords::new(1).expect("parameters are valid").hash(&composed_password(PASSWORD), [3; 16]).await;
    let (hash, now) = (hash.expect("hashes"), app.now());
    let events = account::decide(None, &AccountCommand::Register(registration.clone()), now).expect("allowed");
    let account = events.iter().fold(None, |account, event| account::evolve(account, event, now)).expect("an account");
    let made: Result<(), StorageError> = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                accounts::insert(tx, &account, &hash).await?;
                accounts::insert_event(tx, id, 1, &AccountEvent::Registered { registration }, now).await
            })
        })
        .await;
    made.expect("the account is stored");
    id
}

/// Signs in on the page of the national portal that asks for number and password, with the code that is sent to the
/// telephone; returns what comes then.
pub async fn sign_in_national(app: &TestApp, client: &Client, page: &Page, number: &str, phone: &str) -> Page {
    let form = page.form("/dang-nhap/cong-dvcqg").fill("number", number).fill("password", PASSWORD);
    let form = if form.value("captcha_token").is_some() { captcha::solve(page, form) } else { form };
    let half = client.submit(page, form).await.must_be(303);
    let page = client.follow(&half).await.must_be(200);
    app.run_jobs().await;
    let letters = app.texts(&format!("+84{}", &phone[1..]));
    // A notice about a new browser may have come later.
    let codes = letters.iter().flat_map(|letter| letter.text.split(|c: char| !c.is_ascii_digit()));
    let code = codes.into_iter().find(|run| run.len() == 6).expect("a text message with six digits arrives");
    client.submit(&page, page.form(page.path()).fill("code", code)).await.must_be(303)
}
