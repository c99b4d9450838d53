//! Headers and names that nobody sends by accident: every one is answered, and none by a fault of ours.

use http::HeaderValue;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{Rng, SeedableRng};
use tests::app::{Engine, TestApp};

use super::{PIECE, Sender, metadata, pdf};
use crate::steps::{CITIZEN, STRANGER};

const REQUESTS: u32 = 1_500;

/// Values that have broken parsers before, beside random ones.
const ODD: [&[u8]; 14] = [
    b"",
    b"0",
    b"-0",
    b"18446744073709551615",
    b"9223372036854775808",
    b"1.0.0",
    b"\xff\xfe",
    b"filename",
    b"component ZmlsZS0x,component ZmlsZS0x",
    b"component ZmlsZS0x,filename AAAA",
    b"component ZmlsZS0x,filename 4oCuZmRwLmV4ZQ==",
    b"sha256 AAAA",
    b"application/offset+octet-stream; charset=utf-8",
    b"PATCH",
];

#[tokio::test(flavor = "multi_thread")]
async fn random_requests_are_all_answered() {
    let app = TestApp::start(Engine::Sqlite).await;
    let sender = Sender::of(&app, CITIZEN).await;
    let other = Sender::of(&app, STRANGER).await;
    let bytes = pdf(1, 40_000);
    let good = other.begun("tốt.pdf", bytes.len()).await;
    other.piece(&good, 0, &bytes[..20_000]).await.must_be(204);
    let mut rng = StdRng::seed_from_u64(20_261_123);
    let (mut taken, mut refused) = (0, 0);
    for _ in 0..REQUESTS {
        let method = *["POST", "HEAD", "PATCH", "DELETE", "OPTIONS", "PUT"].choose(&mut rng).unwrap();
        let strange = format!("{}/{:032x}", sender.place(), rng.random::<u128>());
        let path = [sender.place(), strange, good.clone()].choose(&mut rng).unwrap().clone();
        let body = pdf(rng.random(), rng.random_range(9..5_000));
        let size = body.len().to_string();
        let told = metadata("a.pdf");
        let right = [
            ("upload-length", size.as_str()),
            ("upload-offset", "0"),
            ("content-type", PIECE),
            ("upload-metadata", &told),
        ];
        let mut request = sender.ask(method, &path, &right, body);
        for _ in 0..rng.random_range(0..3) {
            let names = ["upload-length", "upload-offset", "upload-metadata", "upload-checksum", "content-type"];
            let more = ["tus-resumable", "x-http-method-override", "upload-defer-length", "upload-concat", "x-csrf"];
            let name = *names.iter().chain(&more).copied().collect::<Vec<_>>().choose(&mut rng).unwrap();
            let value = match rng.random_bool(0.5) {
                true => ODD.choose(&mut rng).unwrap().to_vec(),
                false => (0..rng.random_range(0..300)).map(|_| rng.random()).collect(),
            };
            if let Ok(value) = HeaderValue::from_bytes(&value) {
                request.headers_mut().insert(name, value);
            }
        }
        let about = format!("{method} {path} {:?}", request.headers());
        let answer = sender.client.send(request).await;
        assert!(answer.status() < 500, "{} to {about}", answer.status());
        match answer.status() {
            200..300 => taken += 1,
            _ => refused += 1,
        }
    }
    assert!(taken > 100 && refused > 100, "{taken} were taken, {refused} refused");
    // The file that another was sending meanwhile came to no harm.
    other.piece(&good, 20_000, &bytes[20_000..]).await.must_be(204);
    assert_eq!(other.file("tốt.pdf").await, bytes);
    assert_eq!(app.differences().await, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn names_of_files_are_shown_and_kept_harmless() {
    let app = TestApp::start(Engine::Sqlite).await;
    let sender = Sender::of(&app, CITIZEN).await;
    let cases = [
        ("<script>alert(1)</script>.pdf", "script>.pdf"),
        ("../../../etc/passwd", "passwd.pdf"),
        ("a\r\nSet-Cookie: b=c.pdf", "aSet-Cookie: b=c.pdf"),
        ("khong\0.pdf", "khong.pdf"),
        ("\u{202e}\u{200b}fdp.exe", "fdp.exe.pdf"),
        ("\"'; drop table dossier; --.pdf", "\"'; drop table dossier; --.pdf"),
        (&"ư".repeat(800), "ư"),
    ];
    for (number, (given, _)) in cases.iter().enumerate() {
        let bytes = pdf(number as u64, 500);
        let place = sender.begun(given, bytes.len()).await;
        sender.piece(&place, 0, &bytes).await.must_be(204);
    }
    let page = sender.client.get(&sender.page).await.must_be(200);
    assert!(!page.source().contains("<script>alert"), "a name is no page");
    for (_, shown) in &cases {
        page.must_say(shown);
    }
    assert_eq!(app.differences().await, Vec::<String>::new());
}
