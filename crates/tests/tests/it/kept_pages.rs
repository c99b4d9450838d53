//! Pages that are kept in memory: for strangers only, with everything that other answers carry too.

use tests::app::{Engine, TestApp};
use tests::http::{Client, request};
use tests::page::Page;

use crate::steps::CITIZEN;

async fn get(client: &Client, path: &str) -> Page {
    let mut request = request("GET", path, Vec::new());
    request.headers_mut().insert("accept-encoding", "gzip, br".parse().unwrap());
    client.send(request).await.must_be(200)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_page_is_answered_to_strangers_as_any_other() {
    let app = TestApp::start(Engine::Sqlite).await;
    let (first, again) = (get(&app.visitor(), "/thu-tuc").await, get(&app.visitor(), "/thu-tuc").await);
    assert_eq!(first.bytes(), again.bytes());
    for name in ["etag", "content-type", "content-encoding", "content-security-policy", "x-frame-options", "vary"] {
        assert!(first.header(name).is_some(), "{name}");
        assert_eq!(first.header(name), again.header(name), "{name}");
    }
    assert_ne!(first.header("x-request-id"), again.header("x-request-id"));
    let english = get(&app.visitor(), "/thu-tuc?lang=en").await;
    assert!(english.header("set-cookie").is_some_and(|cookie| cookie.contains("=en")));
    assert_ne!(english.bytes(), first.bytes());
    let again = get(&app.visitor(), "/thu-tuc?lang=en").await;
    assert!(again.header("set-cookie").is_some(), "the second time the choice is remembered too");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_page_is_not_for_those_who_are_signed_in_or_chose_a_language() {
    let app = TestApp::start(Engine::Sqlite).await;
    let stranger = get(&app.visitor(), "/thu-tuc").await;
    let citizen = app.citizen(CITIZEN).await;
    let own = get(&citizen, "/thu-tuc").await;
    assert_ne!(own.bytes(), stranger.bytes());
    assert_eq!(own.header("etag"), None);
    assert_eq!(own.header("cache-control"), Some("no-store"));
    let reader = app.visitor();
    get(&reader, "/?lang=en").await;
    assert_ne!(get(&reader, "/thu-tuc").await.header("etag"), stranger.header("etag"));
}
