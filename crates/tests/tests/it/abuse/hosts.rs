//! Requests that call the portal by another name: no letter and no page repeats it.

use std::time::Duration;

use tests::app::{Engine, PASSWORD, TestApp, email_of};
use tests::portals::national_account;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use web::portal::Role;

use super::{NUMBER, PHONE, STRANGER, code_to, half_way, post_with};
use crate::steps::on_both_databases;

on_both_databases! {
    letters_and_pages_name_the_portal_whatever_the_request_calls_it;
}

const EVIL: &str = "evil.example";

/// The headers by which a request, or a proxy that believes it, may name the site.
const HEADERS: [&[(&str, &str)]; 7] = [
    &[("host", EVIL)],
    &[("host", "motcua.test:80@evil.example")],
    &[("x-forwarded-host", EVIL), ("x-forwarded-proto", "https"), ("x-forwarded-port", "443")],
    &[("forwarded", "for=1.2.3.4;host=evil.example;proto=https")],
    &[("x-host", EVIL), ("x-forwarded-server", EVIL), ("x-http-host-override", EVIL)],
    &[("x-original-url", "https://evil.example/"), ("x-rewrite-url", "//evil.example/")],
    &[("referer", "https://evil.example/"), ("via", "1.1 evil.example"), ("x-forwarded-prefix", "//evil.example")],
];

async fn letters_and_pages_name_the_portal_whatever_the_request_calls_it(app: TestApp) {
    for (at, headers) in HEADERS.into_iter().enumerate() {
        let number = format!("06419000{:04}", 1_000 + at);
        let client = app.visitor();
        let email = email_of(&number);
        let fields = [
            ("number", number.as_str()),
            ("password", PASSWORD),
            ("password_again", PASSWORD),
            ("full_name", "Rơ Châm H'Lan"),
            ("birth_date.year", "1990"),
            ("phone", "0912345678"),
            ("email", email.as_str()),
        ];
        let waiting = post_with(&client, "/dang-ky/cong-dan/thong-tin", &fields, headers).await.must_be(303);
        let waiting = waiting.location().split('?').next().unwrap().to_owned();
        post_with(&client, &waiting, &[], headers).await.must_be(303);
        let moved = [("email", email.as_str()), ("password", PASSWORD)];
        post_with(&client, &format!("{waiting}/email"), &moved, headers).await.must_be(303);
        app.run_jobs().await;
        let letters = app.letters(&email);
        assert!(letters.len() >= 2, "{headers:?}");
        for letter in letters {
            assert!(!letter.text.contains("evil") && !letter.subject.contains("evil"), "{}", letter.text);
            assert!(letter.links[0].starts_with("http://motcua.test/dang-ky/xac-nhan?ma="), "{:?}", letter.links);
        }
        let link = app.letters(&email)[0].links[0].trim_start_matches("http://motcua.test").to_owned();
        let token = link.split_once("?ma=").unwrap().1.to_owned();
        post_with(&client, "/dang-ky/xac-nhan", &[("ma", &token)], headers).await.must_be(303);
        post_with(&client, "/quen-mat-khau", &[("number", &number)], headers).await.must_be(303);
        app.run_jobs().await;
        let newest = app.letters(&email)[0].clone();
        assert!(newest.subject.contains("Mã OTP") && !newest.text.contains("evil"), "{}", newest.text);
        // Pages: those that are kept for the next visitor among them.
        for page in ["/", "/dang-nhap", "/dang-ky", "/thu-tuc/1.001193", "/thu-tuc?q=evil", "/khong-co", "/tai-khoan"] {
            let mut request = tests::http::request("GET", page, Vec::new());
            for (name, value) in headers {
                request.headers_mut().insert(*name, value.parse().unwrap());
            }
            let answer = client.send(request).await;
            assert!(!answer.source().replace("q=evil", "").contains(EVIL), "{page} {headers:?}");
            for (name, value) in answer.headers() {
                assert!(!value.to_str().unwrap_or_default().contains(EVIL), "{page}: {name}");
            }
            assert!(!app.visitor().get(page).await.source().contains(EVIL), "{page} is kept with another's name");
        }
    }
}

/// Sends these lines as they are and returns the answer.
async fn raw(address: std::net::SocketAddr, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("{head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}", body.len());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    let read = tokio::time::timeout(Duration::from_secs(30), stream.read_to_end(&mut answer)).await;
    read.expect("the server closes the connection").unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_line_with_another_site_in_it_names_that_site_nowhere() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let app = TestApp::start_on(listener, Role::Province, Engine::Sqlite, Vec::new()).await;
    let form = "Content-Type: application/x-www-form-urlencoded";
    let email = email_of(NUMBER);
    let body = serde_urlencoded::to_string([
        ("number", NUMBER),
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Rơ Châm H'Lan"),
        ("birth_date.year", "1990"),
        ("phone", "0912345678"),
        ("email", &email),
    ])
    .unwrap();
    let line = format!("POST http://{EVIL}/dang-ky/cong-dan/thong-tin HTTP/1.1\r\nHost: {EVIL}\r\n{form}");
    let answer = raw(address, &line, &body).await;
    assert!(answer.starts_with("HTTP/1.1 303 ") && !answer.contains(EVIL), "{answer}");
    app.run_jobs().await;
    let letter = app.letters(&email_of(NUMBER)).first().expect("a letter arrives").clone();
    assert!(letter.links[0].starts_with(&format!("http://{address}/")) && !letter.text.contains(EVIL), "{letter:?}");
    for line in [
        format!("GET http://{EVIL}/tai-khoan HTTP/1.1\r\nHost: {EVIL}"),
        format!("GET http://{EVIL}/tai-khoan HTTP/1.1\r\nHost: motcua.test"),
        format!("GET //{EVIL}/..%2f HTTP/1.1\r\nHost: {EVIL}"),
        format!("GET /tai-khoan HTTP/1.1\r\nHost: {EVIL}\r\nHost: motcua.test"),
        format!("GET /tai-khoan HTTP/1.0\r\nHost: {EVIL}"),
    ] {
        let answer = raw(address, &line, "").await;
        assert!(!answer.starts_with("HTTP/1.1 5") && !answer.contains(EVIL), "{line}: {answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_message_names_no_site_at_all() {
    let app = TestApp::start_as(Role::National, Engine::Sqlite).await;
    national_account(&app, NUMBER, PHONE).await;
    let client = app.visitor();
    half_way(&client, NUMBER, PASSWORD).await.must_be(303);
    post_with(&client, "/quen-mat-khau", &[("number", STRANGER)], HEADERS[0]).await.must_be(303);
    post_with(&client, "/quen-mat-khau", &[("number", NUMBER)], HEADERS[0]).await.must_be(303);
    code_to(&app, PHONE).await;
    let texts = app.texts("+84961234567");
    assert_eq!(texts.len(), 2);
    assert!(texts.iter().all(|text| text.links.is_empty() && !text.text.contains("evil")));
}
