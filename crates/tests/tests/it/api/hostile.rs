//! Random requests at every address of the document: whatever comes, the answer is one that the document describes.

use std::sync::Arc;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Map, Value, json};

use super::world::{World, with_program};

with_program! {
    no_request_that_the_document_allows_or_forbids_makes_it_fail;
}

const WORDS: [&str; 14] = [
    "",
    "x",
    "1.001193",
    "H21.58.51",
    "H21.58.51-261123-0001",
    "self_owner",
    "by_post",
    "2026-11-23",
    "null",
    "'; drop table dossier;--",
    "\u{0}",
    "\u{202e}Rơ Châm",
    "../../etc/passwd",
    "999999999999999999999999",
];

/// A value of any kind; those near the document's words come often.
fn value(rng: &mut StdRng, deep: usize) -> Value {
    match rng.random_range(0..10) {
        0 => Value::Null,
        1 => json!(rng.random::<bool>()),
        2 => json!(rng.random::<i64>()),
        3 => json!(rng.random::<f64>() * 1e300),
        4 | 5 if deep > 0 => (0..rng.random_range(0..4)).map(|_| value(rng, deep - 1)).collect(),
        6 | 7 if deep > 0 => object(rng, deep - 1),
        8 => json!("đ".repeat(rng.random_range(0..30_000))),
        _ => json!(WORDS[rng.random_range(0..WORDS.len())]),
    }
}

fn object(rng: &mut StdRng, deep: usize) -> Value {
    const NAMES: [&str; 16] = [
        "procedure",
        "agency",
        "owner",
        "answers",
        "delivery",
        "way",
        "relation_to_filer",
        "kind",
        "full_name",
        "number",
        "birth_date",
        "phone",
        "address",
        "child.full_name",
        "father.is_given",
        "copies.copy_count",
    ];
    let mut object = Map::new();
    for _ in 0..rng.random_range(0..6) {
        object.insert(NAMES[rng.random_range(0..NAMES.len())].to_owned(), value(rng, deep));
    }
    Value::Object(object)
}

fn body(rng: &mut StdRng) -> Vec<u8> {
    match rng.random_range(0..8) {
        0 => Vec::new(),
        1 => (0..rng.random_range(0..200)).map(|_| rng.random()).collect(),
        2 => b"{\"a\":".repeat(rng.random_range(0..5_000)),
        3 => {
            let mut text = object(rng, 4).to_string().into_bytes();
            text.truncate(rng.random_range(0..=text.len()));
            text
        }
        _ => object(rng, 4).to_string().into_bytes(),
    }
}

fn header(rng: &mut StdRng) -> (&'static str, String) {
    const NAMES: [&str; 10] = [
        "if-match",
        "idempotency-key",
        "content-type",
        "tus-resumable",
        "upload-length",
        "upload-offset",
        "upload-metadata",
        "upload-checksum",
        "accept-language",
        "x-http-method-override",
    ];
    const VALUES: [&str; 14] = [
        "\"1\"",
        "\"2\"",
        "*",
        "W/\"1\"",
        "application/json",
        "application/offset+octet-stream",
        "1.0.0",
        "0",
        "10",
        "18446744073709551615",
        "filename YQ==",
        "sha256 AA==",
        "en",
        "DELETE",
    ];
    (NAMES[rng.random_range(0..NAMES.len())], VALUES[rng.random_range(0..VALUES.len())].to_owned())
}

async fn no_request_that_the_document_allows_or_forbids_makes_it_fail(world: World) {
    let filed = world.whole_dossier().await;
    let draft = world.whole_draft().await;
    let document = world.province().visitor().get("/api/openapi.json").await.must_be(200).json();
    let mut operations = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            operations.push((path.clone(), method.to_uppercase(), operation.clone()));
        }
    }
    let world = Arc::new(world);
    let mut rng = StdRng::seed_from_u64(20_261_123);
    let mut seen = std::collections::BTreeSet::new();
    for round in 0..1_200 {
        let (path, method, operation) = &operations[rng.random_range(0..operations.len())];
        let mut address = path.clone();
        for (name, known) in [
            ("{id}", draft.rsplit('/').next().unwrap()),
            ("{code}", filed.as_str()),
            ("{upload}", "00000000000000000000000000000000"),
            ("{file}", "00000000000000000000000000000000"),
        ] {
            let part = if rng.random_ratio(3, 4) {
                known
            } else {
                ["x", "%00", "%ff", "..%2f", "1.001193"][rng.random_range(0..5)]
            };
            address = address.replace(name, part);
        }
        if rng.random_ratio(1, 4) {
            address.push_str(
                ["?after=%00", "?status=x&status=filed", "?q=%ff", "?page=-1", "?lang=en&after=1-2"]
                    [rng.random_range(0..5)],
            );
        }
        let headers: Vec<(&str, String)> = (0..rng.random_range(0..5)).map(|_| header(&mut rng)).collect();
        let headers: Vec<(&str, &str)> = headers.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let body = body(&mut rng);
        let page = world.ask(method, &address, &headers, body.clone()).await;
        let about = format!(
            "round {round}: {method} {address} {headers:?} {}: {} {}",
            String::from_utf8_lossy(&body).chars().take(300).collect::<String>(),
            page.status(),
            page.text()
        );
        assert!(page.status() < 500, "{about}");
        assert!(operation["responses"][page.status().to_string()].is_object(), "not described: {about}");
        if page.status() >= 400 && method != "HEAD" {
            assert_eq!(page.header("content-type"), Some("application/problem+json"), "{about}");
            assert!(page.json()["detail"].as_str().is_some_and(|words| !words.is_empty()), "{about}");
        }
        seen.insert((operation["operationId"].as_str().unwrap().to_owned(), page.status()));
    }
    // It was no walk past closed doors.
    assert!(seen.len() > 50, "{seen:?}");
    assert_eq!(world.province().differences().await, Vec::<String>::new());
}

impl World {
    /// The code of a dossier that was filed.
    async fn whole_dossier(&self) -> String {
        let draft = self.whole_draft().await;
        self.submit(&draft, "k").await.must_be(201).json()["code"].as_str().unwrap().to_owned()
    }
}
