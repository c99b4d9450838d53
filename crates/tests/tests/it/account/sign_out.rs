//! `/dang-xuat`: the session is gone on the server, and no link or other site can end it.

use tests::app::{Engine, TestApp};

use super::steps::NUMBER;

const COOKIE: &str = "motcua-province";

#[tokio::test(flavor = "multi_thread")]
async fn signing_out_ends_the_session_on_the_server() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(NUMBER).await;
    let stolen = client.cookie(COOKIE).expect("a session");
    let page = client.get("/dang-xuat").await.must_be(200);
    assert_eq!(page.heading(), "Đăng xuất");
    client.get("/tai-khoan").await.must_be(200);
    assert_eq!(client.submit(&page, page.form("/dang-xuat")).await.must_be(303).location(), "/");
    assert!(client.cookie(COOKIE).is_none());
    let thief = app.visitor();
    thief.set_cookie(COOKIE, &stolen);
    assert!(thief.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"));
    client.get("/dang-xuat").await.must_be(200).must_say("đã đăng xuất rồi");
    // The button of a page that was still open.
    client.submit(&page, page.form("/dang-xuat")).await.must_be(303);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_forged_form_signs_nobody_out() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.citizen(NUMBER).await;
    let page = client.get("/dang-xuat").await;
    client.submit(&page, page.form("/dang-xuat").forge("csrf", "x")).await.must_be(403);
    client.get("/tai-khoan").await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_who_signs_out_is_back_at_the_officers_door() {
    let app = TestApp::start(Engine::Sqlite).await;
    let officer = app.officer("H21.58.51").await;
    let page = officer.get("/dang-xuat").await.must_be(200);
    let answer = officer.submit(&page, page.form("/dang-xuat")).await.must_be(303);
    assert_eq!(answer.location(), "/can-bo/dang-nhap");
    officer.follow(&answer).await.must_be(200);
}
