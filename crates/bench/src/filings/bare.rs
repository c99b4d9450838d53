//! The baseline of filings: nothing but the statements that one filing writes, with values made beforehand.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::time::Instant;

use domain::codes::{DossierCode, TrackingSecret};
use domain::dossier::{Act, Actor, Command, Dossier, decide, evolve, record_all};
use domain::ids::DossierId;
use storage::messages::Message;
use storage::receipts::StoredReceipt;
use storage::value::Value;
use storage::{Db, Kind, Sql, dossiers, params};
use tokio::task::JoinSet;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, NoTls, Statement};
use usecases::App;

use super::LONGEST_ROUND;
use super::drafts::Filer;
use crate::Failure;
use crate::world::World;

/// The statements of one filing, in their order.
const STATEMENTS: [&str; 7] = [
    "dossiers::NEXT_ORDINAL",
    "dossiers::events::INSERT",
    "dossiers::UPDATE",
    "jobs::INSERT",
    "receipts::INSERT",
    "messages::INSERT",
    "jobs::INSERT",
];

/// The values of one filing, statement by statement.
type Values = Vec<Vec<Value>>;

/// Filings that wait to be written, and where to.
pub(super) struct Baseline {
    waiting: VecDeque<Values>,
    target: Target,
}

enum Target {
    /// One connection: more do not help, since there is one writer.
    Sqlite(PathBuf),
    /// As many connections as callers, opened beforehand.
    Postgres(String),
}

impl Baseline {
    /// Makes the values for these drafts.
    pub(super) async fn prepare(
        world: &World,
        db: &Db,
        app: &App,
        drafts: Vec<DossierId>,
        filer: &Filer,
        papers: &Papers,
    ) -> Result<Self, Failure> {
        let mut waiting = VecDeque::new();
        for some in drafts.chunks(1_000) {
            let some = some.to_vec();
            let found = db.read(move |tx| {
                Box::pin(async move {
                    let mut found = Vec::new();
                    for id in some {
                        found.extend(dossiers::find(tx, id).await?);
                    }
                    Ok::<_, storage::StorageError>(found)
                })
            });
            for dossier in found.await? {
                // Ordinals that the other side of the comparison does not reach.
                let number = 500_000 + u32::try_from(waiting.len())?;
                waiting.push_back(values(app, dossier, number, filer, papers)?);
            }
        }
        let target = match world.cluster_url() {
            Some(url) => Target::Postgres(url),
            None => Target::Sqlite(world.sqlite_file()),
        };
        Ok(Self { waiting, target })
    }

    /// Writes so many filings with so many callers; how many a second.
    pub(super) async fn round(&mut self, callers: usize, count: usize) -> Result<f64, Failure> {
        let all: Vec<Values> = self.waiting.drain(..count).collect();
        match &self.target {
            Target::Sqlite(file) => {
                let file = file.clone();
                tokio::task::spawn_blocking(move || sqlite(&file, all)).await?
            }
            Target::Postgres(url) => postgres(url, all, callers).await,
        }
    }
}

/// What one filing wrote beside the dossier; the others write as much.
pub(super) struct Papers {
    /// The letter to the filer.
    pub(super) letter: Message,
    /// The receipt.
    pub(super) receipt: StoredReceipt,
}

fn values(app: &App, draft: Dossier, number: u32, filer: &Filer, papers: &Papers) -> Result<Values, Failure> {
    let Papers { letter, receipt } = papers;
    let now = cli::clock::now();
    let actor = Actor::Account { id: filer.id, name: filer.name.clone() };
    let act = Act { dossier_id: draft.id, at: now, actor, rule_version: app.content().rules.version.clone() };
    let command = Command::File {
        code: DossierCode::new(&draft.agency.code, now.day(), number),
        secret: TrackingSecret::from_random(u64::from(number)),
        answer_due_at: app.answer_due_at(now),
        form_version: None,
    };
    let record = record_all(Some(&draft), &act, decide(Some(&draft), &command, now)?).pop().ok_or("no event")?;
    let read_version = draft.version;
    let filed = evolve(Some(draft), &record)?;
    let message = format!("{:032x}", rand::random::<u128>());
    Ok(vec![
        params![filed.agency.code.numbering(), now.day()],
        params![
            filed.id,
            read_version,
            1_i64,
            now,
            "account",
            filer.id,
            &filer.name,
            &record.rule_version,
            "filed",
            serde_json::to_string(&record.event)?,
            record.previous_hash,
            record.hash,
            None::<String>,
            None::<String>,
        ],
        params![
            filed.version,
            filed.code.as_ref(),
            filed.status,
            &filer.name,
            filed.filed_at,
            filed.answer_due_at,
            None::<i64>,
            filed.answer_due_at,
            &filed.agency.code,
            None::<String>,
            now,
            serde_json::to_string(&filed)?,
            now,
            filed.id,
            read_version,
        ],
        params!["watch_answer", format!(r#"{{"dossier":"{}","message":"{message}"}}"#, filed.id), filed.answer_due_at],
        params![filed.id, &receipt.manifest, receipt.seed.clone(), &receipt.signature],
        params![message.as_str(), "email", &letter.template, &letter.to, &letter.subject, &letter.text, filed.id, now],
        params!["send_message", message.as_str(), now],
    ])
}

fn statements() -> Result<Vec<Sql>, Failure> {
    let all = storage::list_statements();
    let find = |name: &&str| {
        let found = all.iter().find(|(other, _)| other == name).map(|(_, sql)| *sql);
        found.ok_or_else(|| Failure::from(format!("storage has no statement {name}")))
    };
    STATEMENTS.iter().map(find).collect()
}

/// One transaction after the other, each with its own sync.
fn sqlite(file: &std::path::Path, all: Vec<Values>) -> Result<f64, Failure> {
    let connection = rusqlite::Connection::open(file)?;
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    connection.execute_batch("pragma synchronous = full; pragma foreign_keys = on; pragma cache_size = -32768")?;
    connection.set_prepared_statement_cache_capacity(100);
    let statements = statements()?;
    let (begin, mut done) = (Instant::now(), 0_u32);
    for values in all {
        connection.execute_batch("begin immediate")?;
        for (sql, params) in statements.iter().zip(values) {
            let mut statement = connection.prepare_cached(sql.text(Kind::Sqlite))?;
            let mut rows = statement.query(rusqlite::params_from_iter(params))?;
            while rows.next()?.is_some() {}
        }
        connection.execute_batch("commit")?;
        done += 1;
        if begin.elapsed() > LONGEST_ROUND {
            break;
        }
    }
    Ok(f64::from(done) / begin.elapsed().as_secs_f64())
}

/// So many connections, each sending one statement after the other.
async fn postgres(url: &str, mut all: Vec<Values>, callers: usize) -> Result<f64, Failure> {
    let mut clients = Vec::new();
    for _ in 0..callers {
        clients.push(connect(url).await?);
    }
    let share = all.len().div_ceil(callers);
    let begin = Instant::now();
    let mut writing = JoinSet::new();
    for (client, statements) in clients {
        let part = all.split_off(all.len().saturating_sub(share));
        writing.spawn(write(client, statements, part, begin));
    }
    let mut done = 0;
    while let Some(written) = writing.join_next().await {
        done += written??;
    }
    Ok(f64::from(done) / begin.elapsed().as_secs_f64())
}

async fn connect(url: &str) -> Result<(Client, Vec<Statement>), Failure> {
    let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
    tokio::spawn(connection);
    client.batch_execute(&format!("set search_path = {}", World::SCHEMA)).await?;
    let mut prepared = Vec::new();
    for sql in statements()? {
        prepared.push(client.prepare(sql.text(Kind::Postgres)).await?);
    }
    Ok((client, prepared))
}

async fn write(client: Client, statements: Vec<Statement>, all: Vec<Values>, begin: Instant) -> Result<u32, Failure> {
    let mut done = 0;
    for values in all {
        client.batch_execute("begin").await?;
        for (statement, params) in statements.iter().zip(&values) {
            let params: Vec<_> = params.iter().map(|value| value as &(dyn ToSql + Sync)).collect();
            client.query(statement, &params).await?;
        }
        client.batch_execute("commit").await?;
        done += 1;
        if begin.elapsed() > LONGEST_ROUND {
            break;
        }
    }
    Ok(done)
}
