//! Attacks on accounts, each as somebody would carry it out: from outside, over HTTP, on both databases.

mod codes;
mod forgery;
mod guesses;
mod hosts;
mod limits;
mod links;
mod numbers;
mod passwords;
mod redirects;
mod same_answer;
mod sessions;

use tests::app::TestApp;
use tests::captcha::solve;
use tests::http::{Client, request};
use tests::page::Page;

/// The number of a citizen.
pub(super) const NUMBER: &str = "064190000123";
/// The number of another one.
pub(super) const STRANGER: &str = "064090000456";
/// A number without an account.
pub(super) const NOBODY: &str = "064190000999";
/// The citizen's mobile telephone.
pub(super) const PHONE: &str = "0961234567";
/// The other one's.
pub(super) const OTHER_PHONE: &str = "0961234568";

/// Runs a test of the national portal on both engines.
macro_rules! at_the_nation {
    ($($name:ident;)+) => {$(
        mod $name {
            use tests::app::{Engine, TestApp};
            use web::portal::Role;

            #[tokio::test(flavor = "multi_thread")]
            async fn on_sqlite() {
                super::$name(TestApp::start_as(Role::National, Engine::Sqlite).await).await;
            }

            #[tokio::test(flavor = "multi_thread")]
            async fn on_postgresql() {
                super::$name(TestApp::start_as(Role::National, Engine::Postgres).await).await;
            }
        }
    )+};
}
pub(super) use at_the_nation;

/// Sends a form that no page has offered, as a program does.
pub(super) async fn post(client: &Client, address: &str, fields: &[(&str, &str)]) -> Page {
    post_with(client, address, fields, &[]).await
}

/// The same with headers of one's own.
pub(super) async fn post_with(
    client: &Client,
    address: &str,
    fields: &[(&str, &str)],
    headers: &[(&'static str, &str)],
) -> Page {
    let body = serde_urlencoded::to_string(fields).unwrap();
    let mut request = request("POST", address, body.into_bytes());
    request.headers_mut().insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
    for (name, value) in headers {
        request.headers_mut().insert(*name, value.parse().unwrap());
    }
    client.send(request).await
}

/// Somebody at an address of their own, one of many.
pub(super) fn from_place(app: &TestApp, number: usize) -> Client {
    let [.., high, low] = u32::try_from(number).unwrap().to_be_bytes();
    app.visitor().from_address([10, 7, high, low])
}

/// The digits that were sent last to this telephone or mailbox.
pub(super) async fn code_to(app: &TestApp, recipient: &str) -> String {
    app.run_jobs().await;
    let to = match recipient.strip_prefix('0') {
        Some(phone) => format!("+84{phone}"),
        None => recipient.to_owned(),
    };
    let messages = app.letters(&to);
    let codes = messages.iter().filter_map(|message| {
        message.text.split(|c: char| !c.is_ascii_digit()).find(|run| run.len() == 6).map(str::to_owned)
    });
    codes.into_iter().next().expect("a message with six digits arrives")
}

/// The first step of signing in at the national portal.
pub(super) async fn half_way(client: &Client, number: &str, password: &str) -> Page {
    let page = client.get("/dang-nhap/cong-dvcqg").await.must_be(200);
    let form = page.form(page.path()).fill("number", number).fill("password", password);
    client.submit(&page, solve(&page, form)).await
}

/// The way back that a sign-in form at the national portal would take, without the query.
pub(super) fn path_of(address: &str) -> &str {
    address.split('?').next().unwrap()
}
