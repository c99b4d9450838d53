//! Requests to the simulators' web server, polite and hostile.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::router;
use crate::World;
use crate::clock::DemonstrationClock;
use crate::faults::Faults;
use crate::http::sms_gateway::Gateways;
use crate::mailbox::{Channel, Mailbox, NewMessage};

const NOON_MS: i64 = 1_795_237_200_000; // 2026-11-21T05:00:00Z

struct App {
    router: Router,
    world: Arc<World>,
    offset_ms: Arc<AtomicI64>,
}

fn app() -> App {
    let offset_ms = Arc::new(AtomicI64::new(0));
    let moved = Arc::clone(&offset_ms);
    let now = Arc::new(move || NOON_MS + moved.load(Ordering::SeqCst));
    let world = Arc::new(World {
        clock: DemonstrationClock::new(now, Arc::clone(&offset_ms)),
        mailbox: Mailbox::new(200),
        faults: Faults::default(),
        reports: crate::reports::Reports::default(),
        sms_gateways: Gateways::default(),
    });
    App { router: router(Arc::clone(&world)), world, offset_ms }
}

impl App {
    async fn call(&self, request: Request<Body>) -> (StatusCode, String) {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn get(&self, path: &str) -> (StatusCode, String) {
        self.call(Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn get_json(&self, path: &str) -> Value {
        let (status, body) = self.get(path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).unwrap()
    }

    async fn post(&self, path: &str, body: &str) -> (StatusCode, String) {
        self.call(Request::post(path).body(Body::from(body.to_owned())).unwrap()).await
    }

    async fn send_sms(&self, changes: Value) -> Value {
        let mut request = json!({
            "ApiKey": "a", "SecretKey": "b", "Phone": "0912345678", "Content": "Ma OTP la 123456", "Brandname": "MOTCUA",
            "SmsType": "2", "IsUnicode": "0", "RequestId": "", "CallbackUrl": "", "Sandbox": "0",
        });
        for (name, value) in changes.as_object().unwrap() {
            request[name] = value.clone();
        }
        let (_, body) =
            self.post("/MainService.svc/json/SendMultipleMessage_V4_post_json/", &request.to_string()).await;
        serde_json::from_str(&body).unwrap_or(Value::Null)
    }

    fn keep_mail(&self, to: &str, subject: &str, text: &str) {
        self.world.mailbox.insert(NewMessage {
            channel: Channel::Email,
            to: to.to_owned(),
            at_ms: self.world.clock.now(),
            subject: subject.to_owned(),
            text: text.to_owned(),
            links: crate::links::collect(text, None),
        });
    }
}

#[tokio::test]
async fn messages_have_the_agreed_shape_newest_first() {
    let app = app();
    app.keep_mail("an@example.vn", "Xác nhận tài khoản", "Mở http://127.0.0.1:8001/xac-nhan?ma=1");
    app.send_sms(json!({})).await;
    let messages = app.get_json("/api/messages").await;
    assert_eq!(
        messages,
        json!([
            { "channel": "sms", "to": "0912345678", "at": "2026-11-21T12:00:00.000+07:00", "subject": "",
              "text": "Ma OTP la 123456", "links": [] },
            { "channel": "email", "to": "an@example.vn", "at": "2026-11-21T12:00:00.000+07:00",
              "subject": "Xác nhận tài khoản", "text": "Mở http://127.0.0.1:8001/xac-nhan?ma=1",
              "links": ["http://127.0.0.1:8001/xac-nhan?ma=1"] },
        ])
    );
    for path in ["/api/messages?to=+84912345678", "/api/messages?to=%2B84912345678", "/api/messages?to=0912345678"] {
        assert_eq!(app.get_json(path).await, json!([messages[0]]), "{path}");
    }
    for path in ["/api/messages?to=091", "/api/messages?to=%00", "/api/messages?to=%FF%ZZ"] {
        assert_eq!(app.get_json(path).await, json!([]), "{path}");
    }

    let delete = |path: &str| Request::delete(path).body(Body::empty()).unwrap();
    assert_eq!(app.call(delete("/api/messages?to=an@example.vn")).await.0, StatusCode::NO_CONTENT);
    assert_eq!(app.get_json("/api/messages").await, json!([messages[0]]));
    assert_eq!(app.call(delete("/api/messages")).await.0, StatusCode::NO_CONTENT);
    assert_eq!(app.get_json("/api/messages").await, json!([]));
}

#[tokio::test]
async fn the_clock_moves_forward_for_everyone() {
    let app = app();
    assert_eq!(app.get_json("/api/clock").await, json!({ "now": "2026-11-21T12:00:00.000+07:00", "seconds_ahead": 0 }));
    let (status, body) = app.post("/api/clock", r#"{"advance_seconds":86400}"#).await;
    assert_eq!(status, StatusCode::OK);
    let body: Value = serde_json::from_str(&body).unwrap();
    assert_eq!(body, json!({ "now": "2026-11-22T12:00:00.000+07:00", "seconds_ahead": 86400 }));
    assert_eq!(app.offset_ms.load(Ordering::SeqCst), 86_400_000);
}

#[tokio::test]
async fn the_clock_refuses_what_is_no_step_forward() {
    let app = app();
    let bodies = [
        "",
        "null",
        "[]",
        "{}",
        "seconds=5",
        "{\"advance_seconds\":",
        "\u{0}",
        r#"{"advance_seconds":-1}"#,
        r#"{"advance_seconds":"60"}"#,
        r#"{"advance_seconds":1.5}"#,
        r#"{"advance_seconds":1e3}"#,
        r#"{"advance_seconds":null}"#,
        r#"{"advance_seconds":9223372036854775807}"#,
        r#"{"advance_seconds":99999999999999999999999}"#,
        r#"{"advance_seconds":316224001}"#,
    ];
    for body in bodies {
        let (status, answer) = app.post("/api/clock", body).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
        let answer: Value = serde_json::from_str(&answer).unwrap();
        assert!(answer["detail"].as_str().unwrap().ends_with('.'), "{body}");
    }
    assert_eq!(app.post("/api/clock", &"[".repeat(60_000)).await.0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app.post("/api/clock", &" ".repeat(70_000)).await.0, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(app.offset_ms.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn faults_are_ordered_shown_and_taken_away() {
    let app = app();
    let order = r#"{"channel":"sms","kind":"temporary","times":1}"#;
    assert_eq!(app.post("/api/faults", order).await.0, StatusCode::OK);
    assert_eq!(app.get_json("/api/faults").await, json!([{ "channel": "sms", "kind": "temporary", "times": 1 }]));
    assert!(app.get("/").await.1.contains("Đang có lỗi được tạo ra"));
    assert_eq!(app.send_sms(json!({})).await, Value::Null);
    assert_eq!(app.send_sms(json!({})).await["CodeResult"], "100");

    app.post("/api/faults", r#"{"channel":"sms","kind":"cut"}"#).await;
    assert_eq!(app.send_sms(json!({ "Content": "Da giu" })).await, Value::Null);
    assert_eq!(app.get_json("/api/messages").await[0]["text"], "Da giu");
    app.post("/api/faults", r#"{"channel":"sms","kind":"none"}"#).await;
    assert_eq!(app.get_json("/api/faults").await, json!([]));

    let refused = [
        r#"{"channel":"fax","kind":"cut"}"#,
        r#"{"channel":"zalo","kind":"cut"}"#,
        r#"{"channel":"sms","kind":"x"}"#,
        r#"{"channel":"sms","kind":"slow","delay_ms":600001}"#,
        r#"{"channel":"sms","kind":"cut","times":-1}"#,
        r#"{"channel":"sms","kind":"cut","time":1}"#,
        "{}",
        "",
    ];
    for body in refused {
        assert_eq!(app.post("/api/faults", body).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    assert_eq!(app.get_json("/api/faults").await, json!([]));
}

#[tokio::test]
async fn the_sms_gateway_answers_by_code() {
    let app = app();
    let cases = [
        (json!({ "SmsType": 2, "Phone": "84912345678" }), "100"),
        (json!({ "Sandbox": "1" }), "100"),
        (json!({ "RequestId": "một" }), "100"),
        (json!({ "RequestId": "một" }), "124"),
        (json!({ "ApiKey": "" }), "101"),
        (json!({ "SecretKey": null }), "101"),
        (json!({ "Brandname": " " }), "104"),
        (json!({ "SmsType": "8" }), "118"),
        (json!({ "Phone": "an@example.vn" }), "99"),
        (json!({ "Phone": "0912" }), "99"),
        (json!({ "Phone": ["0912345678"] }), "99"),
        (json!({ "Content": "Mã OTP" }), "99"),
        (json!({ "Content": "Mã OTP", "IsUnicode": "1" }), "100"),
        (json!({ "Content": "a\u{0}" }), "99"),
        (json!({ "Content": "a".repeat(161) }), "99"),
    ];
    for (changes, code) in cases {
        let answer = app.send_sms(changes.clone()).await;
        assert_eq!(answer["CodeResult"], code, "{changes} {answer}");
        assert_eq!(answer["SMSID"].is_string(), code == "100", "{changes}");
    }
    // Taken four times, once as a trial only.
    assert_eq!(app.get_json("/api/messages").await.as_array().unwrap().len(), 3);
    for body in ["", "[]", "ApiKey=a", "{\"ApiKey\":"] {
        let (status, answer) = app.post("/MainService.svc/json/SendMultipleMessage_V4_post_json", body).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.contains("\"99\""), "{body}");
    }
}

#[tokio::test]
async fn pages_show_messages_and_escape_them() {
    let app = app();
    let (_, empty) = app.get("/").await;
    assert!(empty.contains("Chưa có tin nào."));

    app.keep_mail("an@example.vn", "<script>alert(1)</script>", "Mở http://a.vn/?x=1&y=\"2 <b>nhé</b>");
    let (status, list) = app.get("/").await;
    assert_eq!(status, StatusCode::OK);
    let (status, message) = app.get("/tin-nhan/1").await;
    assert_eq!(status, StatusCode::OK);
    for page in [&empty, &list, &message] {
        assert!(page.starts_with("<!DOCTYPE html>\n<html lang=\"vi\">"), "{page}");
        assert_eq!(page.matches("<h1>").count(), 1, "{page}");
        assert_eq!(page.matches("<title>").count(), 1, "{page}");
        assert!(!page.contains("<script") && !page.contains("<b>"), "{page}");
    }
    assert!(list.contains("12:00:00 21/11/2026"));
    assert!(message.contains("<a href=\"http://a.vn/?x=1&#38;y=\" rel"), "{message}");
    assert!(message.contains("&#60;b&#62;nhé&#60;/b&#62;"), "{message}");

    let hostile = "%3Cscript%3E%22%27%00%FF";
    let (status, page) = app.get(&format!("/?to={hostile}&trang={hostile}")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(!page.contains("<script"));
}

#[tokio::test]
async fn long_lists_are_paged() {
    let app = app();
    for number in 1..=120 {
        app.keep_mail("an@example.vn", &format!("Thư số {number}."), "");
    }
    let (_, first) = app.get("/?to=an@example.vn").await;
    assert!(first.contains("Thư số 120.") && first.contains("Thư số 71.") && !first.contains("Thư số 70."));
    assert!(first.contains("trang=2") && !first.contains("Mới hơn"));
    let (_, last) = app.get("/?to=an@example.vn&trang=3").await;
    assert!(last.contains("Thư số 20.") && last.contains("Thư số 1.") && !last.contains("Cũ hơn"));
    for page in ["4", "0", "-1", "18446744073709551615", "99999999999999999999"] {
        assert_eq!(app.get(&format!("/?trang={page}")).await.0, StatusCode::OK, "{page}");
    }
}

#[tokio::test]
async fn addresses_that_lead_nowhere_say_so() {
    let app = app();
    for path in ["/x", "/tin-nhan/1", "/tin-nhan/a", "/tin-nhan/%FF", "/tin-nhan/99999999999999999999", "/tin-nhan/"] {
        let (status, page) = app.get(path).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "{path}");
        assert!(page.contains("<h1>Không tìm thấy</h1>"), "{path}: {page}");
    }
    let (status, body) = app.get("/api/x").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(body.contains("\"detail\""));
    let (status, body) = app.post("/api/messages", "").await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
    assert!(body.contains("\"detail\""));
}

#[tokio::test]
async fn another_site_cannot_change_anything() {
    let app = app();
    app.keep_mail("an@example.vn", "a", "b");
    let from = |site: &str, path: &str| {
        Request::post(path).header("sec-fetch-site", site).body(Body::from(r#"{"advance_seconds":1}"#)).unwrap()
    };
    for path in ["/api/clock", "/dong-ho", "/xoa-het", "/api/faults"] {
        assert_eq!(app.call(from("cross-site", path)).await.0, StatusCode::FORBIDDEN, "{path}");
    }
    assert_eq!(app.offset_ms.load(Ordering::SeqCst), 0);
    assert_eq!(app.world.mailbox.list("").len(), 1);
    assert_eq!(app.call(from("same-origin", "/api/clock")).await.0, StatusCode::OK);
    assert_eq!(app.call(from("same-origin", "/xoa-het")).await.0, StatusCode::SEE_OTHER);
    assert_eq!(app.world.mailbox.list("").len(), 0);
}

#[tokio::test]
async fn the_forms_of_the_page_work() {
    let app = app();
    let submit = |body: &'static str| {
        let form = Request::post("/dong-ho").header("content-type", "application/x-www-form-urlencoded");
        form.body(Body::from(body)).unwrap()
    };
    assert_eq!(app.call(submit("advance_seconds=86400")).await.0, StatusCode::SEE_OTHER);
    assert!(app.get("/").await.1.contains("chạy trước giờ thật 1 ngày"));
    for body in ["", "advance_seconds=", "advance_seconds=-5", "advance_seconds=abc", "advance_seconds=99999999999"] {
        assert_eq!(app.call(submit(body)).await.0, StatusCode::UNPROCESSABLE_ENTITY, "{body}");
    }
    assert_eq!(app.offset_ms.load(Ordering::SeqCst), 86_400_000);
}

#[tokio::test]
async fn the_second_gateway_fails_and_counts_by_itself() {
    let app = app();
    let send = |path: &'static str, id: &str| {
        let request = json!({
            "ApiKey": "a", "SecretKey": "b", "Phone": "0912345678", "Content": "Ma", "Brandname": "MOTCUA",
            "SmsType": "2", "RequestId": id,
        });
        (path, request.to_string())
    };
    let first = "/MainService.svc/json/SendMultipleMessage_V4_post_json/";
    let second = "/du-phong/MainService.svc/json/SendMultipleMessage_V4_post_json/";
    for (path, code) in [(first, "100"), (second, "100"), (second.trim_end_matches('/'), "124"), (first, "124")] {
        let (path, body) = send(path, "mot");
        assert!(app.post(path, &body).await.1.contains(code), "{path} {code}");
    }
    app.post("/api/faults", r#"{"channel":"sms_backup","kind":"permanent","times":1}"#).await;
    for (path, code) in [(first, "100"), (second, "146"), (second, "100")] {
        let (path, body) = send(path, "");
        assert!(app.post(path, &body).await.1.contains(code), "{path} {code}");
    }
}

impl App {
    async fn ask_carrier(&self, token: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post("/telco/subscriber-check").header("authorization", token);
        self.call(request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

#[tokio::test]
async fn the_carrier_compares_and_tells_nothing() {
    let app = app();
    let question = |changes: Value| {
        let mut question = json!({
            "phone": "84912345678", "idKind": "CCCD", "idNumber": "064185001234", "fullName": "Nguyễn Thị Hòa",
            "birthDate": "1985-03-12",
        });
        for (name, value) in changes.as_object().unwrap() {
            question[name] = value.clone();
        }
        question.to_string()
    };
    for (changes, answer) in [
        (json!({}), r#"{"result":"MATCH"}"#),
        (json!({ "phone": "84355000111", "fullName": "Ai đó" }), r#"{"result":"MATCH"}"#),
        (json!({ "fullName": "Nguyễn Thị Hoa" }), r#"{"mismatch":["FULL_NAME"],"result":"MISMATCH"}"#),
        (json!({ "birthDate": "1985" }), r#"{"mismatch":["BIRTH_DATE"],"result":"MISMATCH"}"#),
        (json!({ "idNumber": "064185001235" }), r#"{"mismatch":["ID_NUMBER"],"result":"MISMATCH"}"#),
        (json!({ "idKind": "CMND", "idNumber": "230456789" }), r#"{"mismatch":["ID_NUMBER"],"result":"MISMATCH"}"#),
        (json!({ "phone": "84999123456" }), r#"{"result":"NOT_FOUND"}"#),
    ] {
        let told = app.ask_carrier("Bearer a", &question(changes.clone())).await;
        assert_eq!(told, (StatusCode::OK, answer.to_owned()), "{changes}");
    }
    for changes in [
        json!({ "phone": "0912345678" }),
        json!({ "phone": "84x" }),
        json!({ "idKind": "MST" }),
        json!({ "idNumber": "064185" }),
        json!({ "idNumber": "06418500123x" }),
        json!({ "fullName": " " }),
        json!({ "fullName": "a".repeat(101) }),
        json!({ "fullName": null }),
        json!({ "birthDate": "12/03/1985" }),
        json!({ "birthDate": "" }),
        json!({ "more": 1 }),
    ] {
        let (status, told) = app.ask_carrier("Bearer a", &question(changes.clone())).await;
        assert_eq!(status, StatusCode::BAD_REQUEST, "{changes} {told}");
    }
    for body in ["", "[]", "{", "\u{0}"] {
        assert_eq!(app.ask_carrier("Bearer a", body).await.0, StatusCode::BAD_REQUEST, "{body}");
    }
    for token in ["", "Bearer", "Bearer  ", "Basic YTpi"] {
        assert_eq!(app.ask_carrier(token, &question(json!({}))).await.0, StatusCode::UNAUTHORIZED, "{token}");
    }
}

#[tokio::test]
async fn the_carrier_fails_on_request() {
    let app = app();
    let question =
        r#"{"phone":"84355000111","idKind":"CMND","idNumber":"230456780","fullName":"A","birthDate":"1985"}"#;
    for (kind, status) in [
        ("temporary", StatusCode::SERVICE_UNAVAILABLE),
        ("permanent", StatusCode::FORBIDDEN),
        ("cut", StatusCode::GATEWAY_TIMEOUT),
        ("slow", StatusCode::OK),
    ] {
        let order = format!(r#"{{"channel":"subscribers","kind":"{kind}","times":1,"delay_ms":1}}"#);
        assert_eq!(app.post("/api/faults", &order).await.0, StatusCode::OK);
        assert_eq!(app.ask_carrier("Bearer a", question).await.0, status, "{kind}");
        assert_eq!(app.ask_carrier("Bearer a", question).await.0, StatusCode::OK, "{kind}");
    }
}

#[tokio::test]
async fn the_page_of_subscriptions_shows_everyone_whom_the_carrier_knows() {
    let (status, page) = app().get("/thue-bao").await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.matches("<h1>").count(), 1, "{page}");
    for known in &crate::subscribers::SUBSCRIBERS {
        assert!(page.contains(known.phone) && page.contains(known.id_number), "{}", known.phone);
    }
    for words in ["12/03/1985", "08/1972", "CMND 230456789", "0999…", "H&#39;Lan"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}
