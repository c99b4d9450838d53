//! Durable acts per second at 1, 16 and 64 callers, beside bare loops of the same statements; prints a table.
//!
//! `cargo run -p storage --example throughput`; add `--release` for figures that mean something.

#![allow(clippy::disallowed_methods, clippy::unwrap_used, dead_code, reason = "a measurement needs the real clock")]

use std::io::Write;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use domain::dossier::{Command, Delivery, Dossier};
use domain::ids::{AccountId, AttachmentId, DossierId};
use storage::value::Value;
use storage::{Db, Kind, Sql, StorageError, dossiers, jobs, params};
use tempfile::TempDir;
use throwaway::{Flush, Postgres};
use tokio::task::JoinSet;
use tokio_postgres::NoTls;
use tokio_postgres::types::ToSql;

#[path = "../tests/it/samples.rs"]
mod samples;

const ROUND: Duration = Duration::from_secs(2);
const AGENCIES: u64 = 100;
const SINGLE: Sql =
    Sql::new("insert into rate_limit (key, window_started_at, expires_at, hits) values ($1, $2, $2, 1)");

#[tokio::main]
async fn main() {
    let folder = TempDir::new().unwrap();
    println!("fdatasync of 8 KiB: {} a second", flushes(&folder));
    let path = folder.path().join("layer.db");
    let sqlite = Db::open_sqlite(&path).unwrap();
    measure("SQLite", &sqlite).await;
    bare_sqlite(&path);
    let cluster = Postgres::start(Flush::EveryCommit).unwrap();
    let postgres = Db::open_postgres(&cluster.url(), "throughput").await.unwrap();
    measure("PostgreSQL", &postgres).await;
    for callers in [1, 16, 64] {
        bare_postgres(&cluster.url(), callers).await;
    }
}

async fn measure(engine: &str, db: &Db) {
    db.migrate(|_, _| {}).await.unwrap();
    let filer = samples::add_account(db, 1).await;
    let number = Arc::new(AtomicU64::new(1));
    let next = move || number.fetch_add(1, Ordering::Relaxed);
    for callers in [1, 16, 64] {
        let before = db.activity();
        let singles = run(callers, || one_row(db.clone(), next())).await;
        tell(engine, "one row", callers, singles, db.activity().commits - before.commits);
        let before = db.activity();
        let filings = run(callers, || file(db.clone(), filer, next())).await;
        tell(engine, "filings", callers, filings, db.activity().commits - before.commits);
    }
    for callers in [1, 16] {
        let looks = run(callers, || look(db.clone())).await;
        println!("{engine}, look-ups, {callers} callers: {:.0} a second", looks as f64 / ROUND.as_secs_f64());
    }
}

fn tell(engine: &str, what: &str, callers: usize, count: u64, commits: u64) {
    let (rate, shared) = (count as f64 / ROUND.as_secs_f64(), count as f64 / commits as f64);
    println!("{engine}, {what}, {callers} callers: {rate:.0} a second, {shared:.1} to a commit");
}

/// Repeats the act from so many callers at once; how many were done.
async fn run<F>(callers: usize, act: impl Fn() -> F + Clone + Send + Sync) -> u64
where
    F: Future<Output = ()> + Send + 'static,
{
    let begin = Instant::now();
    let mut running = JoinSet::new();
    let mut count = 0;
    for _ in 0..callers {
        running.spawn(act());
    }
    while let Some(done) = running.join_next().await {
        done.unwrap();
        count += 1;
        if begin.elapsed() < ROUND {
            running.spawn(act());
        }
    }
    count
}

async fn look(db: Db) {
    let id = DossierId::from_bytes([0; 16]);
    let found: Result<Option<Dossier>, StorageError> =
        db.read(move |tx| Box::pin(async move { dossiers::find(tx, id).await })).await;
    found.unwrap();
}

async fn one_row(db: Db, number: u64) {
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                tx.queue(SINGLE, params![number.to_string(), number]);
                Ok(())
            })
        })
        .await;
    done.unwrap();
}

async fn file(db: Db, filer: AccountId, number: u64) {
    let done: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                let agency = 1 + u32::try_from(number % AGENCIES).unwrap();
                let ordinal = dossiers::next_ordinal(tx, &samples::agency(agency), samples::at(0).day()).await?;
                let mut story = samples::Story::default();
                let mut start = samples::start(0, filer, agency, 1);
                if let Command::StartDraft { id, .. } = &mut start {
                    *id = DossierId::from_bytes(u128::from(number).to_be_bytes());
                }
                let mut paper = samples::attachment(1);
                paper.id = AttachmentId::from_bytes(u128::from(number).to_be_bytes());
                story
                    .does(start, samples::at(0))
                    .does(samples::owner(), samples::at(0))
                    .does(Command::ChooseDelivery(Delivery::Online), samples::at(0))
                    .does(Command::AttachFile(paper), samples::at(0))
                    .does(samples::file(agency, ordinal, samples::at(480)), samples::at(0));
                dossiers::append(tx, story.dossier(), &story.records).await?;
                jobs::enqueue(tx, "send_message", "payload", samples::at(0)).await
            })
        })
        .await;
    done.unwrap();
}

/// The statements of one filing, as `file` above has them run.
fn bare_statements() -> Vec<Sql> {
    let all = storage::list_statements();
    let find = |name: &str| all.iter().find(|(other, _)| other == name).unwrap().1;
    let mut statements = vec![find("dossiers::NEXT_ORDINAL"), find("dossiers::INSERT")];
    statements.extend([find("dossiers::events::INSERT"); 5]);
    statements.extend([find("blobs::INSERT_IF_ABSENT"), find("attachments::INSERT"), find("jobs::INSERT")]);
    statements
}

/// Made-up values for these statements, of the size that `file` stores.
fn bare_params(number: u64) -> Vec<Vec<Value>> {
    let agency = format!("H21.{}", number % AGENCIES + 1);
    let (id, account) = (format!("{number:032x}"), samples::account(1).id);
    let hash = "2".repeat(64);
    let mut all = vec![params![&agency, "2026-11-23"]];
    all.push(params![
        &id,
        5_i64,
        format!("{agency}-261122-{number}"),
        "filed",
        "1.000001",
        "Đăng ký khai sinh",
        &agency,
        "UBND xã Ia Grai",
        account,
        "Rơ Châm H'Lan",
        1_i64,
        1_i64,
        1_i64,
        None::<i64>,
        1_i64,
        &agency,
        None::<String>,
        1_i64,
        "x".repeat(1_900),
        1_i64,
    ]);
    all.extend((1_i64..=5).map(|seq| {
        params![
            &id,
            5_i64,
            seq - 5,
            1_i64,
            "account",
            account,
            "Nguyễn Thị Ánh",
            "1",
            "filed",
            "x".repeat(300),
            "0".repeat(64),
            &hash,
        ]
    }));
    all.push(params![&hash, 1_i64, 1_i64]);
    all.push(params![&id, &id, "paper", &hash, "tờ khai.pdf", "application/pdf", 1_i64]);
    all.push(params!["send_message", "payload", 1_i64]);
    all
}

/// One connection, one transaction after the other, each with its own sync.
fn bare_sqlite(path: &Path) {
    let connection = rusqlite::Connection::open(path).unwrap();
    connection.execute_batch("pragma synchronous = full; pragma foreign_keys = on").unwrap();
    connection.set_prepared_statement_cache_capacity(100);
    let statements = bare_statements();
    let begin = Instant::now();
    let mut count = 0;
    while begin.elapsed() < ROUND {
        connection.execute_batch("begin immediate").unwrap();
        for (sql, params) in statements.iter().zip(bare_params(1 << 60 | count)) {
            let mut statement = connection.prepare_cached(sql.text(Kind::Sqlite)).unwrap();
            let mut rows = statement.query(rusqlite::params_from_iter(params)).unwrap();
            while rows.next().unwrap().is_some() {}
        }
        connection.execute_batch("commit").unwrap();
        count += 1;
    }
    println!("SQLite, filings, a bare loop: {:.0} a second", count as f64 / begin.elapsed().as_secs_f64());
}

/// So many connections, each sending one statement after the other.
async fn bare_postgres(url: &str, callers: u64) {
    let mut clients = Vec::new();
    for _ in 0..callers {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await.unwrap();
        tokio::spawn(connection);
        client.batch_execute("set search_path = throughput").await.unwrap();
        let mut statements = Vec::new();
        for sql in bare_statements() {
            statements.push(client.prepare(sql.text(Kind::Postgres)).await.unwrap());
        }
        clients.push((client, statements));
    }
    let begin = Instant::now();
    let mut running = JoinSet::new();
    for (caller, (client, statements)) in (0..).zip(clients) {
        running.spawn(async move {
            let mut count = 0;
            while begin.elapsed() < ROUND {
                client.batch_execute("begin").await.unwrap();
                let number = 1 << 60 | callers << 40 | caller << 20 | count;
                for (statement, params) in statements.iter().zip(bare_params(number)) {
                    let params: Vec<_> = params.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
                    client.query(statement, &params).await.unwrap();
                }
                client.batch_execute("commit").await.unwrap();
                count += 1;
            }
            count
        });
    }
    let count: u64 = running.join_all().await.into_iter().sum();
    println!("PostgreSQL, filings, {callers} bare loops: {:.0} a second", count as f64 / begin.elapsed().as_secs_f64());
}

/// How often the disk can be told to keep something.
fn flushes(folder: &TempDir) -> u64 {
    let mut file = std::fs::File::create(folder.path().join("flushes")).unwrap();
    let begin = Instant::now();
    let mut count = 0;
    while begin.elapsed() < ROUND {
        file.write_all(&[0; 8_192]).unwrap();
        file.sync_data().unwrap();
        count += 1;
    }
    count / ROUND.as_secs()
}
