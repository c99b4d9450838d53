//! The kit's client and databases, tried on a router small enough to know everything about.

mod server;

use axum::Router;
use axum::extract::{Form, Multipart};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect};
use axum::routing::{get, post};
use std::collections::BTreeMap;
use tests::forms::FilePart;
use tests::http::Client;
use tests::postgres::Database;

const SIGN_IN: &str = r#"<h1>Đăng nhập</h1><form action="/dang-nhap?tu=/" method="post">
    <input type="hidden" name="csrf" value="k1"><input name="ten"><button>Đăng nhập</button></form>
    <form action="/tra-cuu"><input name="ma"></form><a href="/ho-so">Hồ sơ</a>"#;

async fn sign_in(headers: HeaderMap, Form(fields): Form<BTreeMap<String, String>>) -> impl IntoResponse {
    assert_eq!(headers["origin"], "http://motcua.test");
    if fields["csrf"] != "k1" {
        return (StatusCode::FORBIDDEN, "csrf").into_response();
    }
    let cookie = format!("__Host-s={}; Path=/; Secure; HttpOnly", fields["ten"]);
    ([("set-cookie", cookie)], Redirect::to("/ho-so")).into_response()
}

async fn upload(mut form: Multipart) -> String {
    let mut sent = Vec::new();
    while let Some(field) = form.next_field().await.unwrap() {
        let (name, file) = (field.name().unwrap().to_owned(), field.file_name().map(str::to_owned));
        sent.push(format!("{name}:{file:?}:{}", field.bytes().await.unwrap().len()));
    }
    sent.join(" ")
}

fn router() -> Router {
    let upload_page = r#"<form method="post" enctype="multipart/form-data"><input type="hidden" name="a" value="1">
        <input type="file" name="f"><input type="file" name="g"></form>"#;
    let cookies = |headers: HeaderMap| async move { format!("{:?}", headers.get("cookie")) };
    Router::new()
        .route("/", get(|| async { Html(SIGN_IN) }))
        .route("/dang-nhap", post(sign_in))
        .route("/dang-xuat", get(|| async { ([("set-cookie", "__Host-s=; Path=/; Max-Age=0")], "ra") }))
        .route("/ho-so", get(cookies))
        .route("/tra-cuu", get(|uri: axum::http::Uri| async move { uri.to_string() }))
        .route("/tep", get(move || async move { Html(upload_page) }).post(upload))
}

#[tokio::test]
async fn a_form_is_posted_with_its_hidden_fields_and_the_cookie_is_kept() {
    let visitor = Client::of_router(router());
    let answer = visitor.post_form("/", "/dang-nhap", &[("ten", "an")]).await.must_be(303);
    visitor.follow(&answer).await.must_say("__Host-s=an");
    assert_eq!(visitor.cookie("__Host-s").unwrap(), "an");
    visitor.get("/dang-xuat").await;
    visitor.get("/ho-so").await.must_say("None");
}

#[tokio::test]
async fn a_forged_hidden_field_is_sent_as_forged() {
    let visitor = Client::of_router(router());
    let page = visitor.get("/").await;
    let form = page.form("/dang-nhap").fill("ten", "an").forge("csrf", "k2");
    visitor.submit(&page, form).await.must_be(403);
}

#[tokio::test]
async fn a_search_form_becomes_a_query() {
    let visitor = Client::of_router(router());
    let answer = visitor.post_form("/", "/tra-cuu", &[("ma", "H21.58 & Đ")]).await;
    assert_eq!(answer.source(), "/tra-cuu?ma=H21.58+%26+%C4%90");
}

#[tokio::test]
async fn files_are_sent_like_a_browser_sends_them_over_the_network_too() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router()).await.unwrap() });
    let visitor = Client::of_server(&format!("http://{address}"));
    let page = visitor.get("/tep").await;
    let form = page.form("/tep").upload("f", FilePart::new("tờ \"khai\".pdf", "application/pdf", *b"%PDF"));
    let answer = visitor.submit(&page, form).await.must_be(200);
    assert_eq!(answer.source(), r#"a:None:1 f:Some("tờ %22khai%22.pdf"):4 g:Some(""):0"#);
}

#[tokio::test]
async fn a_page_is_read_as_a_person_reads_it() {
    let page = Client::of_router(router()).get("/").await;
    assert_eq!(page.heading(), "Đăng nhập");
    assert_eq!(page.link("Hồ sơ"), "/ho-so");
    assert_eq!(page.text(), "Đăng nhập Đăng nhập Hồ sơ");
}

#[tokio::test]
async fn databases_of_two_tests_do_not_see_each_other_and_go_at_the_end() {
    let (one, other) = (Database::create().await, Database::create().await);
    one.execute("create table t (a int); insert into t values (7)").await;
    assert_eq!(one.value("select a from t").await.unwrap(), "7");
    let count = "select count(*) from pg_tables where tablename = 't'";
    assert_eq!(other.value(count).await.unwrap(), "0");
    let name = one.value("select current_database()").await.unwrap();
    drop(one);
    let left = format!("select count(*) from pg_database where datname = '{name}'");
    assert_eq!(other.value(&left).await.unwrap(), "0");
}
