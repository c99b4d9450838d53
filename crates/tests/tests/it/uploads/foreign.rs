//! tus-js-client sends files to a draft, is cut off, and goes on.

use std::path::Path;

use domain::ids::Hash;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::app::{Engine, TestApp};
use tests::foreign::{Foreign, Program};
use tests::server::{Server, Setup};
use tokio::net::TcpListener;
use web::portal::Role;

use super::{Sender, pdf};
use crate::kill::{register, signed_in};
use crate::steps::CITIZEN;

const KILLS: usize = 10;

/// What it is told beside the file: where it goes, and the session.
fn told(base: &str, cookie: &str, sender: &Sender, path: &Path) -> Value {
    let session = sender.client.cookie(cookie).unwrap();
    let name = path.file_name().unwrap().to_str().unwrap();
    json!({
        "path": path,
        "endpoint": format!("{base}{}", sender.place()),
        "headers": { "cookie": format!("{cookie}={session}"), "x-csrf": sender.csrf },
        "metadata": { "filename": name, "component": "file-1" },
    })
}

async fn must(program: &mut Program, act: &str, given: &Value, more: Value) -> Value {
    let mut given = given.clone();
    given.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    program.ask(act, given).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_js_client_goes_on_after_every_cut() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let app = TestApp::start_on(listener, Role::Province, engine, Vec::new()).await;
        let sender = Sender::of(&app, CITIZEN).await;
        let folder = TempDir::new().unwrap();
        let mut program = Foreign::TusClient.start(&[]);
        let mut rng = StdRng::seed_from_u64(7);
        // In one piece, and in many.
        for (name, chunk) in [("một lần.pdf", Value::Null), ("nhiều lần.pdf", json!(300_000))] {
            let (path, bytes) = (folder.path().join(name), pdf(1, 8_000_000));
            std::fs::write(&path, &bytes).unwrap();
            let told = told(app.public_url(), app.portal().session_cookie(), &sender, &path);
            let mut cuts = 0;
            for _ in 0..10 {
                // Of one piece the first bytes only: it goes too quickly to be cut at a chosen point.
                let cut_after = if chunk.is_null() { 1 } else { rng.random_range(1..bytes.len()) };
                let sent = must(&mut program, "send", &told, json!({ "chunk": chunk, "cut_after": cut_after })).await;
                cuts += u32::from(sent["cut"] == true);
                if sent["cut"] == false {
                    break;
                }
            }
            assert!(cuts > 0, "{name} was never cut");
            // What it has not been told yet is that the file is whole.
            if !sender.client.get(&sender.page).await.must_be(200).source().contains(&format!("{name}</a>")) {
                must(&mut program, "send", &told, json!({ "chunk": chunk })).await;
            }
            assert_eq!(Hash::of(&sender.file(name).await), Hash::of(&bytes), "{name}");
        }
        // A file that the person does not want to send any more.
        let path = folder.path().join("bỏ.pdf");
        std::fs::write(&path, pdf(2, 8_000_000)).unwrap();
        let told = told(app.public_url(), app.portal().session_cookie(), &sender, &path);
        let cut = must(&mut program, "send", &told, json!({ "chunk": 300_000, "cut_after": 1 })).await;
        assert_eq!(cut["cut"], true);
        let gone = must(&mut program, "terminate", &told, json!({})).await;
        let place = gone["place"].as_str().unwrap().strip_prefix(app.public_url()).unwrap().to_owned();
        sender.progress(&place).await.must_be(404);
        assert_eq!(app.change_stored_files(), 1, "both files have the same bytes, and nothing else is left");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tus_js_client_goes_on_while_the_server_is_killed() {
    let mut server = Server::start(Setup::default()).await;
    register(&server).await;
    let sender = Sender::to(signed_in(&server.provincial()).await).await;
    let folder = TempDir::new().unwrap();
    let (path, bytes) = (folder.path().join("chết.pdf"), pdf(3, 30_000_000));
    std::fs::write(&path, &bytes).unwrap();
    let mut told = told(&server.provincial(), "motcua-province", &sender, &path);
    told["chunk"] = json!(200_000);
    told["retries"] = json!(600);
    let sending = tokio::spawn(async move { Foreign::TusClient.start(&[]).ask("send", told).await });
    let mut rng = StdRng::seed_from_u64(3);
    let mut kills = 0;
    while kills < KILLS && !sending.is_finished() {
        tokio::time::sleep(std::time::Duration::from_millis(rng.random_range(100..400))).await;
        server.kill();
        kills += 1;
        server.start_again().await;
    }
    let sent = sending.await.unwrap().unwrap();
    assert_eq!(sent["cut"], false);
    assert!(kills >= 3, "the server was killed {kills} times before the file was whole");
    assert_eq!(Hash::of(&sender.file("chết.pdf").await), Hash::of(&bytes));
    server.stop().await;
}
