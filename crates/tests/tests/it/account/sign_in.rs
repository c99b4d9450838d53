//! `/dang-nhap`: number and password (R42), uniform refusals, and the way back.

use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp, email_of, register, sign_in};
use tests::page::Page;

use super::steps::{NUMBER, links_to, registered, try_sign_in};
use crate::steps::on_both_databases;

on_both_databases! {
    a_wrong_number_and_a_wrong_password_look_alike;
    every_sign_in_begins_another_session_and_ends_the_one_before;
    guessing_is_stopped_without_locking_the_owner_out_for_ever;
    signing_in_often_keeps_nobody_out;
    who_registers_on_the_way_to_a_filing_comes_back_to_it;
}

const COOKIE: &str = "motcua-province";

async fn a_wrong_number_and_a_wrong_password_look_alike(app: TestApp) {
    let client = app.visitor();
    register(&app, &client, NUMBER).await;
    let wrong = try_sign_in(&client, NUMBER, "Rẫy-sai-hẳn-1!").await.must_be(422);
    let unknown = try_sign_in(&client, "064190000999", PASSWORD).await.must_be(422);
    assert_eq!(wrong.text(), unknown.text());
    assert_eq!(wrong.form("/dang-nhap").value("number"), Some(NUMBER), "the form keeps the number");
    assert!(client.cookie(COOKIE).is_none());
    let long = "x".repeat(10_000);
    for (number, password, sentence) in [
        ("", PASSWORD, "Nhập số CMND/CCCD hoặc mã số thuế"),
        (NUMBER, "", "Nhập mật khẩu"),
        ("abc", PASSWORD, "chỉ gồm chữ số"),
        (NUMBER, "Rẫy-cà-phê-9!\u{0}", "không khớp"),
        (NUMBER, long.as_str(), "không khớp"),
        (long.as_str(), long.as_str(), "chỉ gồm chữ số"),
    ] {
        try_sign_in(&client, number, password).await.must_be(422).must_say(sentence);
    }
}

async fn every_sign_in_begins_another_session_and_ends_the_one_before(app: TestApp) {
    let client = app.visitor();
    register(&app, &client, NUMBER).await;
    sign_in(&client, NUMBER).await;
    let first = client.cookie(COOKIE).expect("a session");
    assert_eq!(client.get("/dang-nhap").await.must_be(303).location(), "/");
    assert_eq!(client.get("/dang-nhap?tiep=/tai-khoan").await.must_be(303).location(), "/tai-khoan");
    // A session that somebody else put into the browser does not become that of the one who signs in.
    let victim = app.visitor();
    let page = victim.get("/dang-nhap").await;
    victim.set_cookie(COOKIE, &first);
    let home = victim.get("/tai-khoan").await.must_be(200);
    let csrf = home.form("/dang-xuat").value("csrf").expect("the form's token").to_owned();
    let form = page.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD).forge("csrf", &csrf);
    victim.submit(&page, form).await.must_be(303);
    assert_ne!(victim.cookie(COOKIE), Some(first));
    victim.get("/tai-khoan").await.must_be(200);
    assert!(client.get("/tai-khoan").await.must_be(303).location().starts_with("/dang-nhap"), "the old one has ended");
}

async fn guessing_is_stopped_without_locking_the_owner_out_for_ever(app: TestApp) {
    let client = app.visitor();
    register(&app, &client, NUMBER).await;
    for _ in 0..10 {
        try_sign_in(&client, NUMBER, "Rẫy-sai-hẳn-1!").await.must_be(422);
    }
    let stopped = try_sign_in(&client, NUMBER, PASSWORD).await.must_be(429);
    stopped.must_say("Vui lòng thử lại sau 15 phút");
    assert_eq!(stopped.form("/dang-nhap").value("number"), Some(NUMBER));
    app.advance(Duration::from_secs(15 * 60));
    sign_in(&client, NUMBER).await;
}

async fn signing_in_often_keeps_nobody_out(app: TestApp) {
    register(&app, &app.visitor(), NUMBER).await;
    for _ in 0..15 {
        sign_in(&app.visitor(), NUMBER).await;
        // A slip now and then does not add up either.
        try_sign_in(&app.visitor(), NUMBER, "Rẫy-sai-hẳn-1!").await.must_be(422);
    }
}

/// Where the page itself leads, not the header above it.
fn leads_to(page: &Page, door: &str) -> String {
    let source = page.source();
    let (_, main) = source.split_once("<main").expect("a page has a main part");
    let (_, rest) = main.split_once(&format!("href=\"{door}")).unwrap_or_else(|| panic!("no link to {door}"));
    format!("{door}{}", rest.split('"').next().unwrap_or_default())
}

async fn who_registers_on_the_way_to_a_filing_comes_back_to_it(app: TestApp) {
    let client = app.visitor();
    let filing = "/nop-ho-so/1.001193?co-quan=H21.58.51";
    let door = client.get(client.get(filing).await.must_be(303).location()).await.must_be(200);
    let kinds = client.get(&leads_to(&door, "/dang-ky")).await.must_be(200);
    client.submit(&kinds, kinds.form("/dang-ky").fill("kind", "citizen")).await.must_be(303);
    let waiting = registered(&client, NUMBER).await;
    let sign_in = leads_to(&client.get(&waiting).await, "/dang-nhap");
    let link = links_to(&app, &email_of(NUMBER)).await.remove(0);
    let page = client.get(&link).await;
    let confirmed = client.submit(&page, page.form("/dang-ky/xac-nhan")).await.must_be(303);
    let confirmed = client.follow(&confirmed).await.must_be(200);
    assert_eq!(leads_to(&confirmed, "/dang-nhap"), sign_in);
    let door = client.get(&sign_in).await.must_be(200);
    let form = door.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD);
    assert_eq!(client.submit(&door, form).await.must_be(303).location(), filing);
    // The memory of a browser is no more trusted than an address.
    for foreign in ["//evil.example", "https%3A//evil.example", "/dang-nhap", "%00", "/%0d%0aSet-Cookie:x"] {
        client.set_cookie("motcua-way-back", foreign);
        assert_eq!(leads_to(&client.get(&waiting).await, "/dang-nhap"), "/dang-nhap", "{foreign}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visitor_comes_back_to_where_they_wanted_to_go() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    register(&app, &client, NUMBER).await;
    let page = client.get(client.get("/tai-khoan?a=1&b=%C4%91").await.must_be(303).location()).await.must_be(200);
    page.must_say("Vui lòng đăng nhập để tiếp tục");
    let form = page.form("/dang-nhap").fill("number", NUMBER).fill("password", "sai");
    let again = client.submit(&page, form).await.must_be(422);
    let form = again.form("/dang-nhap").fill("password", PASSWORD);
    assert_eq!(client.submit(&again, form).await.must_be(303).location(), "/tai-khoan?a=1&b=%C4%91");
    for foreign in ["https://evil.example/", "//evil.example", "/%5Cevil.example", "javascript:alert(1)", "%FF"] {
        let visitor = app.visitor();
        let page = visitor.get(&format!("/dang-nhap?tiep={foreign}")).await.must_be(200);
        let form = page.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD);
        assert_eq!(visitor.submit(&page, form).await.must_be(303).location(), "/", "{foreign}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_officer_may_sign_in_as_a_citizen_too() {
    let app = TestApp::start(Engine::Sqlite).await;
    register(&app, &app.visitor(), NUMBER).await;
    let officer = app.officer("H21.58.51").await;
    let page = officer.get("/dang-nhap?tiep=/tai-khoan").await.must_be(200);
    let form = page.form("/dang-nhap").fill("number", NUMBER).fill("password", PASSWORD);
    assert_eq!(officer.submit(&page, form).await.must_be(303).location(), "/tai-khoan");
    officer.get("/tai-khoan").await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_password_is_the_same_from_every_keyboard() {
    let app = TestApp::start(Engine::Sqlite).await;
    let client = app.visitor();
    register(&app, &client, NUMBER).await;
    // The same letters as in PASSWORD, typed as a base letter with its marks after it.
    try_sign_in(&client, NUMBER, "Ra\u{302}\u{303}y-ca\u{300}-phe\u{302}-9!").await.must_be(303);
}
