//! Forms with files whose bodies no browser would write: every one is answered, what is taken is whole, and nothing else changes.

use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, RngCore, SeedableRng};
use tests::app::{Engine, TestApp};
use tests::http::request;

use super::{Sender, pdf};
use crate::steps::{CITIZEN, STRANGER};

const BODIES: u32 = 1_200;

/// Names that have broken programs before.
const NAMES: [&str; 16] = [
    "giấy chứng sinh.pdf",
    "",
    ".",
    "..",
    "../../../etc/passwd",
    "C:\\fakepath\\a.pdf",
    "a\u{202e}fdp.exe",
    "con",
    "a\0b.pdf",
    "a\r\nX-Injected: 1",
    "a\"; name=\"csrf",
    "%2e%2e%2fa.pdf",
    "=cmd|' /C calc'!A0.pdf",
    "🎉🎉🎉.pdf",
    "<script>alert(1)</script>.pdf",
    "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}.pdf",
];
const BOUNDARIES: [&str; 4] = ["x", "----WebKitFormBoundary7MA4YWxkTrZu0gW", "--", "'()+_,-./:=?"];

/// One part: mostly what a browser writes, sometimes not.
fn part(rng: &mut StdRng, csrf: &str, boundary: &str) -> Vec<u8> {
    let fields = ["csrf", "viec", "file-1", "file-2", "file-999999999999", "file-", "", "seen", "\u{202e}"];
    let field = *fields.choose(rng).unwrap();
    let mut head = format!("Content-Disposition: form-data; name=\"{field}\"");
    if rng.random_bool(0.6) {
        let name = match rng.random_bool(0.8) {
            true => (*NAMES.choose(rng).unwrap()).to_owned(),
            false => "á".repeat(rng.random_range(1..2_000)),
        };
        head.push_str(&format!("; filename=\"{name}\""));
        if rng.random_bool(0.2) {
            head.push_str("; filename*=UTF-8''gi%e1%ba%a5y.pdf");
        }
        head.push_str("\r\nContent-Type: application/pdf");
    }
    let strange = [
        "\r\nContent-Type: ",
        "\r\nContent-Length: -1",
        "\r\nX: \u{0}",
        "",
        "\r\n : ",
        "\r\nContent-Transfer-Encoding: base64",
    ];
    head.push_str(if rng.random_bool(0.2) { strange.choose(rng).unwrap() } else { "" });
    let body = match rng.random_range(0..6) {
        0 => csrf.as_bytes().to_vec(),
        1 => Vec::new(),
        2 => format!("\r\n--{boundary}").into_bytes(),
        3 => (0..rng.random_range(1..3_000)).map(|_| rng.random()).collect(),
        _ => pdf(rng.next_u64(), rng.random_range(9..20_000)),
    };
    [format!("--{boundary}\r\n{head}\r\n\r\n").into_bytes(), body, b"\r\n".to_vec()].concat()
}

fn body(rng: &mut StdRng, csrf: &str, boundary: &str) -> Vec<u8> {
    let mut body = Vec::new();
    if rng.random_bool(0.8) {
        let field = format!("--{boundary}\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{csrf}\r\n");
        body.extend(field.into_bytes());
    }
    for _ in 0..rng.random_range(0..5) {
        body.extend(part(rng, csrf, boundary));
    }
    body.extend(format!("--{boundary}--\r\n").into_bytes());
    if rng.random_bool(0.25) {
        body.truncate(rng.random_range(0..=body.len()));
    }
    if rng.random_bool(0.25) {
        for _ in 0..rng.random_range(1..20) {
            let places = body.len().max(1);
            if let Some(byte) = body.get_mut(rng.random_range(0..places)) {
                *byte = rng.random();
            }
        }
    }
    body
}

#[tokio::test(flavor = "multi_thread")]
async fn random_forms_with_files_are_all_answered() {
    let app = TestApp::start(Engine::Sqlite).await;
    let sender = Sender::of(&app, CITIZEN).await;
    let other = Sender::of(&app, STRANGER).await;
    let untouched = other.client.get(&other.page).await.must_be(200).text();
    let mut rng = StdRng::seed_from_u64(20_261_123);
    let (mut taken, mut refused) = (0, 0);
    for number in 0..BODIES {
        let boundary = *BOUNDARIES.choose(&mut rng).unwrap();
        let bytes = body(&mut rng, &sender.csrf, boundary);
        let mut request = request("POST", &sender.page, bytes);
        let kind = match rng.random_bool(0.95) {
            true => format!("multipart/form-data; boundary=\"{boundary}\""),
            false => "multipart/form-data".to_owned(),
        };
        request.headers_mut().insert("content-type", kind.parse().unwrap());
        request.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
        let answer = sender.client.send(request).await;
        assert!(answer.status() < 500, "{} to the form {number}", answer.status());
        match answer.status() {
            200..400 => taken += 1,
            _ => {
                assert_eq!(answer.source().matches("<h1").count(), 1, "{} is no page", answer.status());
                refused += 1;
            }
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} were taken, {refused} refused");
    // What was taken can be read again, under names that are safe on every machine.
    let page = sender.client.get(&sender.page).await.must_be(200);
    let source = page.source();
    assert!(!source.contains("<script>alert"), "a name is not markup");
    let links: Vec<&str> = source.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let files: Vec<&str> =
        links.into_iter().filter(|link| link.contains("/tep-dinh-kem/") && !link.ends_with("/xem")).collect();
    assert!(files.len() > 5, "only {} files were taken", files.len());
    for link in files {
        let file = sender.client.get(link).await.must_be(200);
        assert!(!file.bytes().is_empty(), "{link} is empty");
        let told = file.header("content-disposition").unwrap_or_default();
        assert!(!told.contains("..") && !told.contains('/') && !told.contains('\\'), "{told}");
    }
    assert_eq!(other.client.get(&other.page).await.must_be(200).text(), untouched);
    assert_eq!(app.differences().await, Vec::<String>::new());
}
