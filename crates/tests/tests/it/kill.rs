//! `kill -9` of the server at 50 random moments under a load of filings: no acknowledged dossier is lost, none is half.

use std::process::Command;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use tests::forms::FilePart;
use tests::http::Client;
use tests::page::Page;
use tests::postgres::Database;
use tests::server::{Server, Setup, program};
use tokio::task::JoinSet;

use crate::steps::BIRTH;

const KILLS: u32 = 50;
const NUMBER: &str = "064190000123";
const EMAIL: &str = "nguoi-nop@vi-du.example";
const PASSWORD: &str = "Rẫy-cà-phê-9!";
/// Each client files at a commune of its own, so that no two share a draft.
const COMMUNES: [&str; 8] =
    ["H21.58.51", "H21.58.52", "H21.58.53", "H21.58.54", "H21.58.55", "H21.58.56", "H21.58.57", "H21.58.58"];

#[tokio::test(flavor = "multi_thread")]
async fn kill_loses_nothing_on_sqlite() {
    let server = Server::start(Setup::default()).await;
    let database = format!("sqlite:{}", server.data_dir().join("province.db").display());
    assault(server, &database).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn kill_loses_nothing_on_postgresql() {
    let database = Database::create().await;
    let server = Server::start(Setup { database: Some(database.url()), ..Setup::default() }).await;
    assault(server, &database.url()).await;
}

async fn assault(mut server: Server, database: &str) {
    register(&server).await;
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    // Sessions are in the database: who is signed in stays so over every kill.
    let mut clients = Vec::new();
    for _ in COMMUNES {
        clients.push(Arc::new(signed_in(&server.provincial()).await));
    }
    let mut rng = StdRng::seed_from_u64(20_261_123);
    for _ in 0..KILLS {
        let mut load = JoinSet::new();
        for (client, commune) in clients.iter().zip(COMMUNES) {
            load.spawn(file_on_and_on(client.clone(), commune, acknowledged.clone()));
        }
        tokio::time::sleep(Duration::from_millis(rng.random_range(200..1_200))).await;
        server.kill();
        load.shutdown().await;
        server.start_again().await;
    }
    let codes = acknowledged.lock().unwrap().clone();
    assert!(codes.len() > KILLS as usize, "only {} dossiers were filed", codes.len());
    let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
    assert_eq!(distinct.len(), codes.len(), "a code was given twice");
    let client = &clients[0];
    for code in &codes {
        let page = client.get(&format!("/ho-so/{code}")).await.must_be(200);
        page.must_say("Mới đăng ký");
        let file = client.get(&page.link("giay-to.pdf")).await.must_be(200);
        assert_eq!(file.bytes(), paper(), "{code}");
    }
    server.stop().await;
    verify(&server, database);
}

/// `motcua verify` replays every dossier and reads every file; one half dossier and it fails.
fn verify(server: &Server, database: &str) {
    let config = server.data_dir().join("verify.toml");
    let files = server.data_dir().join("province-files");
    let text = format!("database = {database:?}\ndatabase_schema = \"motcua_province\"\nblob_dir = {files:?}\n");
    std::fs::write(&config, text).unwrap();
    let output = Command::new(program()).args(["verify", "--config"]).arg(&config).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
}

async fn file_on_and_on(client: Arc<Client>, commune: &'static str, acknowledged: Arc<Mutex<Vec<String>>>) {
    while let Some(code) = file(&client, commune).await {
        acknowledged.lock().unwrap().push(code);
    }
}

/// One dossier from the first page to its code; `None` once the server is gone.
async fn file(client: &Client, commune: &str) -> Option<String> {
    let page = client.try_get(&format!("/nop-ho-so/{BIRTH}?co-quan={commune}")).await?;
    let form = page.form(&format!("/nop-ho-so/{BIRTH}")).fill("address", "Huyện Ia Grai, tỉnh Gia Lai");
    let page = client.try_submit(&page, form).await?;
    let mut page = client.try_get(page.location()).await?;
    while page.path().contains("/to-khai/") {
        let sent = client.try_submit(&page, page.form(page.path()).fill_rest()).await?;
        page = client.try_get(sent.location()).await?;
    }
    let (draft, _) = page.path().rsplit_once('/')?;
    let delivery = client.try_get(&format!("{draft}/noi-nhan-ket-qua")).await?;
    client.try_submit(&delivery, delivery.form(delivery.path()).fill("way", "online")).await?;
    let files = client.try_get(&format!("{draft}/tep-dinh-kem")).await?;
    let paper = FilePart::new("giay-to.pdf", "application/pdf", paper());
    client.try_submit(&files, files.form(files.path()).upload("file-1", paper)).await?;
    let review = client.try_get(&format!("{draft}/xem-lai")).await?;
    let done = client.try_submit(&review, review.form(review.path())).await?.must_be(303);
    let code = done.location().trim_start_matches("/ho-so/").trim_end_matches("/da-nop");
    Some(code.to_owned())
}

fn paper() -> Vec<u8> {
    b"%PDF-1.7\n% a paper\n%%EOF\n".to_vec()
}

pub(crate) async fn signed_in(base: &str) -> Client {
    let client = Client::of_server(base);
    client.post_form("/dang-nhap", "/dang-nhap", &[("number", NUMBER), ("password", PASSWORD)]).await.must_be(303);
    client
}

pub(crate) async fn register(server: &Server) {
    let client = server.visitor();
    let page = client.get("/dang-ky").await.must_be(200);
    let page = pass(&client, &page, "/dang-ky", &[("kind", "citizen")]).await;
    let page = pass(&client, &page, "/dang-ky/cong-dan", &[("number", NUMBER)]).await;
    let details = [
        ("password", PASSWORD),
        ("password_again", PASSWORD),
        ("full_name", "Siu Blê"),
        ("birth_date.year", "1990"),
        ("phone", "0912345678"),
        ("email", EMAIL),
    ];
    pass(&client, &page, "/dang-ky/cong-dan/thong-tin", &details).await;
    let link = confirmation(server).await;
    let page = client.get(link.trim_start_matches(&server.provincial())).await.must_be(200);
    pass(&client, &page, "/dang-ky/xac-nhan", &[]).await;
}

/// The link in the letter, once the worker has sent it.
async fn confirmation(server: &Server) -> String {
    let simulators = Client::of_server(&server.simulators());
    for _ in 0..200 {
        let letters = simulators.get(&format!("/api/messages?to={EMAIL}")).await.json();
        if let Some(link) = letters[0]["links"][0].as_str() {
            return link.to_owned();
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("no letter came: {}", server.output());
}

async fn pass(client: &Client, page: &Page, action: &str, fields: &[(&str, &str)]) -> Page {
    let form = fields.iter().fold(page.form(action), |form, (name, value)| form.fill(name, value));
    let answer = client.submit(page, form).await;
    if answer.status() == 303 { client.follow(&answer).await.must_be(200) } else { answer.must_be(200) }
}
