//! A program files a draft: once, however often it asks, with everything that the page gives, and the log says so.

use std::sync::Arc;

use serde_json::{Value, json};

use super::world::{NAME, World, ask, with_program};
use crate::steps::{COMMUNE, paper};

with_program! {
    a_program_files_and_the_log_says_through_whom;
    submit_pressed_two_hundred_times_at_once_files_once;
    what_is_missing_is_told_as_one_list;
    the_result_is_read_once_it_is_there;
    a_dossier_of_somebody_else_does_not_exist;
}

async fn a_program_files_and_the_log_says_through_whom(world: World) {
    let draft = world.whole_draft().await;
    for bad in [vec![], vec![("idempotency-key", "")], vec![("idempotency-key", "a"), ("idempotency-key", "b")]] {
        world.ask("POST", &format!("{draft}/submit"), &bad, Vec::new()).await.must_be(400);
    }
    let long = "k".repeat(256);
    world.submit(&draft, &long).await.must_be(400);
    // Whoever says which version was looked through files no other one.
    for seen in ["\"1\"", "\"x\"", "*"] {
        let older = [("idempotency-key", "lan-0"), ("if-match", seen)];
        world.ask("POST", &format!("{draft}/submit"), &older, Vec::new()).await.must_be(412);
    }
    let filed = world.submit(&draft, "lan-1").await.must_be(201);
    let told = filed.json();
    let code = told["code"].as_str().unwrap();
    assert_eq!(filed.header("location"), Some(format!("/api/v1/dossiers/{code}").as_str()));
    assert_eq!(told["secret"].as_str().unwrap().len(), 4);
    // The same key, the same answer; another key, or another program's, does not tell the secret.
    assert_eq!(world.submit(&draft, "lan-1").await.must_be(201).json(), told);
    let refused = world.submit(&draft, "lan-2").await.must_be(409);
    assert_eq!((refused.json()["code"].as_str(), refused.json().get("secret")), (Some(code), None));
    let other = world.tokens("khac", &[]).await["access_token"].as_str().unwrap().to_owned();
    let key = [("idempotency-key", "lan-1")];
    ask(world.province(), Some(&other), "POST", &format!("{draft}/submit"), &key, Vec::new()).await.must_be(409);
    // A day later the key is forgotten, and the secret is told to nobody.
    world.province().run_jobs().await;

    let dossier = world.get(&format!("/api/v1/dossiers/{code}")).await.must_be(200).json();
    assert_eq!((&dossier["status"], &dossier["national_status"]), (&json!("filed"), &json!(1)));
    assert_eq!(dossier["holder"]["agency"]["code"], COMMUNE);
    assert_eq!(dossier["answer_due_at"], told["answer_due_at"]);
    assert_eq!(
        dossier["timeline"][0],
        json!({
            "kind": "filed", "at": told["filed_at"], "by": "Rơ Châm H'Lan", "program": NAME,
        })
    );
    let list = world.get("/api/v1/dossiers?status=filed&q=khai%20sinh").await.must_be(200).json();
    assert_eq!((&list["dossiers"][0]["code"], list["dossiers"].as_array().unwrap().len()), (&json!(code), 1));
    assert_eq!(world.get("/api/v1/dossiers?status=finished").await.must_be(200).json()["dossiers"], json!([]));
    for wrong in
        ["status=draft", "status=x", "after=1", "status=filed&status=filed&status=filed&status=filed&status=filed"]
    {
        world.get(&format!("/api/v1/dossiers?{wrong}")).await.must_be(422);
    }
    let receipt = world.get(&format!("/api/v1/dossiers/{code}/receipt")).await.must_be(200);
    let page = world.person.province.get(&format!("/ho-so/{code}/bien-nhan.json")).await.must_be(200);
    assert_eq!(receipt.bytes(), page.bytes(), "one receipt, byte by byte");
    let through = receipt.json();
    let opened = through["opened"].as_array().unwrap().iter().find(|field| field["path"] == "/filer/through").unwrap();
    assert_eq!(opened["value"], NAME);
    // People read it, too: the person, the desk.
    let page = world.person.province.get(&format!("/ho-so/{code}")).await.must_be(200);
    page.must_say(&format!("Rơ Châm H'Lan, qua chương trình {NAME}"));
    let desk = world.province().officer(COMMUNE).await;
    desk.get(&format!("/can-bo/ho-so/{code}")).await.must_be(200).must_say(&format!("qua chương trình {NAME}"));
    world.person.province.get(&format!("/ho-so/{code}/bien-nhan")).await.must_be(200).must_say("Nộp qua chương trình");
    assert_eq!(world.province().differences().await, Vec::<String>::new());
}

async fn submit_pressed_two_hundred_times_at_once_files_once(world: World) {
    let draft = Arc::new(world.whole_draft().await);
    let world = Arc::new(world);
    let mut presses = tokio::task::JoinSet::new();
    for press in 0..200 {
        let (world, draft) = (world.clone(), draft.clone());
        // Most bring one key; some bring keys of their own.
        let key = if press % 4 == 0 { format!("lan-{press}") } else { "lan".to_owned() };
        presses.spawn(async move { (key.clone(), world.submit(&draft, &key).await) });
    }
    let answers = presses.join_all().await;
    let mut told: Vec<Value> = Vec::new();
    for (key, page) in &answers {
        match page.status() {
            201 => told.push(page.json()),
            409 => assert_ne!(key, "lan", "the same key is told the same: {}", page.text()),
            other => panic!("{key}: {other} {}", page.text()),
        }
    }
    assert!(told.len() >= 150 && told.iter().all(|answer| *answer == told[0]), "{}", told.len());
    let list = world.get("/api/v1/dossiers").await.must_be(200).json();
    assert_eq!(list["dossiers"].as_array().unwrap().len(), 1);
    assert_eq!(world.get("/api/v1/drafts").await.must_be(200).json()["drafts"], json!([]));
    assert_eq!(world.province().differences().await, Vec::<String>::new());
}

async fn what_is_missing_is_told_as_one_list(world: World) {
    let draft = world.draft().await;
    let expected = world.get(&format!("{draft}/obstacles")).await.must_be(200).json();
    let refused = world.submit(&draft, "lan-1").await.must_be(422).json();
    assert_eq!(refused["obstacles"], expected["obstacles"]);
    assert!(refused["obstacles"].as_array().unwrap().len() > 10);
    // The key is still good once it is whole.
    let draft = world.whole_draft_of(&draft).await;
    world.submit(&draft, "lan-1").await.must_be(201);
}

impl World {
    /// Makes this draft whole.
    async fn whole_draft_of(&self, draft: &str) -> String {
        let tag = super::world::tag(&self.get(draft).await);
        self.patch(draft, &tag, &super::world::whole()).await.must_be(200);
        self.upload(draft, super::world::PAPER, "a.pdf", b"%PDF-1.7\n% a paper\n%%EOF\n").await;
        draft.to_owned()
    }
}

async fn the_result_is_read_once_it_is_there(world: World) {
    let draft = world.whole_draft().await;
    let code = world.submit(&draft, "lan-1").await.must_be(201).json()["code"].as_str().unwrap().to_owned();
    let dossier = format!("/api/v1/dossiers/{code}");
    world.get(&format!("{dossier}/result")).await.must_be(404);
    let file = world.get(&dossier).await.json()["files"][0]["id"].as_str().unwrap().to_owned();
    let downloaded = world.get(&format!("{dossier}/files/{file}")).await.must_be(200);
    assert_eq!(downloaded.header("content-type"), Some("application/pdf"));
    world.get(&format!("{dossier}/files/00000000000000000000000000000000")).await.must_be(404);
    let officer = world.province().officer(COMMUNE).await;
    let desk = format!("/can-bo/ho-so/{code}");
    officer.post_form(&desk, &format!("{desk}/tiep-nhan"), &[]).await.must_be(303);
    let page = officer.get(&desk).await.must_be(200);
    let form = page.form(&format!("{desk}/ket-qua")).upload("result", paper("giấy khai sinh.pdf"));
    officer.submit(&page, form).await.must_be(303);
    let result = world.get(&format!("{dossier}/result")).await.must_be(200).json();
    let file = result["files"][0]["id"].as_str().unwrap();
    world.get(&format!("{dossier}/files/{file}")).await.must_be(200);
    let seen = world.get(&dossier).await.json();
    assert_eq!(seen["status"], "finished");
    assert!(seen["timeline"].as_array().unwrap().len() >= 3);
}

async fn a_dossier_of_somebody_else_does_not_exist(world: World) {
    let draft = world.whole_draft().await;
    let code = world.submit(&draft, "lan-1").await.must_be(201).json()["code"].as_str().unwrap().to_owned();
    let file =
        world.get(&format!("/api/v1/dossiers/{code}")).await.json()["files"][0]["id"].as_str().unwrap().to_owned();
    let stranger = world.strangers_token().await;
    for end in ["", "/receipt", "/result", &format!("/files/{file}")] {
        for known in [code.as_str(), "H21.58.51-261123-9999", "khong-phai-ma"] {
            let path = format!("/api/v1/dossiers/{known}{end}");
            ask(world.province(), Some(&stranger), "GET", &path, &[], Vec::new()).await.must_be(404);
        }
    }
    let list = ask(world.province(), Some(&stranger), "GET", "/api/v1/dossiers", &[], Vec::new()).await.must_be(200);
    assert_eq!(list.json()["dossiers"], json!([]));
}
