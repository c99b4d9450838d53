//! `/api`: the read API and its problem documents.

use serde_json::json;
use tests::app::{Engine, TestApp};
use tests::http::request;
use tests::page::Page;

use crate::steps::{BIRTH, CITIZEN, COMMUNE, filed_by};

async fn track(app: &TestApp, body: &str) -> Page {
    let mut request = request("POST", "/api/v1/tracking", body.as_bytes().to_vec());
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    app.visitor().send(request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn machines_read_procedures_agencies_and_progress() {
    let app = TestApp::start(Engine::Sqlite).await;
    let visitor = app.visitor();
    let found = visitor.get("/api/v1/procedures?q=khai%20sinh").await.must_be(200).json();
    assert_eq!(found["procedures"][0]["code"], BIRTH);
    let record = visitor.get(&format!("/api/v1/procedures/{BIRTH}")).await.must_be(200).json();
    assert_eq!(record["name"], "Thủ tục đăng ký khai sinh");
    assert!(record["agencies"].as_array().unwrap().contains(&json!(COMMUNE)));
    let agency = visitor.get(&format!("/api/v1/agencies/{COMMUNE}")).await.must_be(200).json();
    assert!(agency["procedures"].as_array().unwrap().contains(&json!(BIRTH)));
    assert!(visitor.get("/api/v1/agencies").await.must_be(200).json()["agencies"].as_array().unwrap().len() > 500);
    let (_, code, secret) = filed_by(&app, CITIZEN).await;
    let progress = track(&app, &json!({"code": code, "secret": secret}).to_string()).await.must_be(200).json();
    assert_eq!(progress["status"], "filed");
    assert_eq!(progress["national_status"], 1);
    assert_eq!(progress["events"][0]["kind"], "filed");
    let description = visitor.get("/api/openapi.json").await.must_be(200).json();
    assert!(description["openapi"].as_str().unwrap().starts_with("3.1"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_answered_is_a_problem_document() {
    let app = TestApp::start(Engine::Sqlite).await;
    let visitor = app.visitor();
    let cases = [
        (visitor.get("/api/v1/procedures/9.9").await, 404),
        (visitor.get("/api/v1/procedures?level=planet").await, 422),
        (visitor.get("/api/v1/procedures?page=-1").await, 422),
        (visitor.get("/api/v1/agencies/X").await, 404),
        (visitor.get("/api/v1/nothing").await, 404),
        (visitor.get("/api/v1/tracking").await, 405),
        (track(&app, "{").await, 422),
        (track(&app, r#"{"code":"H21.58.51-261123-0001","secret":"AAAA"}"#).await, 404),
        (track(&app, r#"{"code":"'; drop table dossier;--","secret":"AAAA"}"#).await, 422),
    ];
    for (page, status) in cases {
        let page = page.must_be(status);
        assert_eq!(page.header("content-type"), Some("application/problem+json"), "{}", page.path());
        assert_eq!(page.json()["status"], status);
        assert!(!page.json()["detail"].as_str().unwrap().is_empty());
    }
}
