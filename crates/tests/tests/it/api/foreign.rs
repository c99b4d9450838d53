//! A client that was written against the document alone files a birth with two files and checks its receipt.

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::foreign::Foreign;
use tests::portals::leads_on;

use super::world::{BACK, PAPER, World, whole, with_program};
use crate::sign_on::client::agree;
use crate::steps::{BIRTH, COMMUNE};

with_program! {
    a_client_of_the_document_files_a_birth;
}

async fn a_client_of_the_document_files_a_birth(world: World) {
    let folder = TempDir::with_prefix("motcua-api-").unwrap();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let paper = write("giấy chứng sinh.pdf", &[&b"%PDF-1.7\n% "[..], &b"a".repeat(300_000), b"\n%%EOF\n"].concat());
    let other = write("sổ hộ khẩu.pdf", b"%PDF-1.7\n% another\n%%EOF\n");
    let document = format!("{}/api/openapi.json", world.province().public_url());
    let mut program = Foreign::ApiClient.start(&[("DOCUMENT", &document), ("CLIENT_ID", "so-hoa"), ("BACK", BACK)]);
    let sent = program.must("sign_in").await;
    // The browser's part.
    let question = world.person.national.get(sent.as_str().unwrap()).await;
    let back = match (question.status(), leads_on(&question)) {
        (303, _) => question.location().to_owned(),
        (_, Some(back)) => back,
        _ => agree(&world.person.national, &question).await,
    };
    program.ask("signed_in", json!({ "address": back })).await.unwrap();
    let whole = whole();
    let filed: Value = program
        .ask(
            "file",
            json!({
                "procedure": BIRTH, "agency": COMMUNE, "owner": whole["owner"], "delivery": whole["delivery"],
                "answers": whole["answers"], "files": [[PAPER, paper], ["", other]],
            }),
        )
        .await
        .unwrap();
    let code = filed["code"].as_str().unwrap();
    let page = world.person.province.get(&format!("/ho-so/{code}")).await.must_be(200);
    page.must_say("giấy chứng sinh.pdf");
    let receipt = program.ask("receipt", json!({ "submission": filed, "files": [paper, other] })).await.unwrap();
    assert_eq!(receipt, json!({ "code": code, "files": 2 }));
    let listed = program.must("list").await;
    assert_eq!(listed, json!([code]));
}
