//! A PostgreSQL server: a pool of connections, and transactions that cost few round trips.

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::Poll;
use std::time::Duration;

use deadpool_postgres::{Client, Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::{FutureExt, TryStreamExt};
use tokio::sync::watch;
use tokio_postgres::{Config, NoTls, Statement};

use super::guard::Waiting;
use super::postgres_errors::{translate, translate_pool};
use super::postgres_values::read_row;
use super::tx::Answer;
use super::{Activity, Kind, Tx, Work};
use crate::error::{Fault, StorageError};
use crate::sql::Sql;
use crate::value::Value;

/// Connections of one process; two portals and a few tools fit beside each other into PostgreSQL's default of 100.
const CONNECTIONS: usize = 32;
/// How long to wait for a connection before saying that the database cannot be reached.
const PATIENCE: Duration = Duration::from_secs(10);

const BEGIN_WRITE: &str = "begin";
const BEGIN_READ: &str = "begin isolation level repeatable read, read only";

/// A schema on a server.
#[derive(Clone)]
pub(super) struct Postgres {
    pool: Pool,
    schema: Arc<str>,
    counters: Arc<Counters>,
}

#[derive(Default)]
struct Counters {
    transactions: AtomicU64,
    commits: AtomicU64,
}

impl Postgres {
    pub(super) async fn open(url: &str, schema: &str) -> Result<Self, StorageError> {
        check_schema_name(schema)?;
        let mut config: Config = url.parse().map_err(StorageError::statement)?;
        let options = config.get_options().map(|given| format!("{given} ")).unwrap_or_default();
        config.options(format!("{options}-c search_path={schema}"));
        config.application_name("motcua");
        config.connect_timeout(PATIENCE);
        let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        let pool = Pool::builder(Manager::from_config(config, NoTls, manager))
            .max_size(CONNECTIONS)
            .wait_timeout(Some(PATIENCE))
            .create_timeout(Some(PATIENCE))
            .runtime(Runtime::Tokio1)
            .build()
            .map_err(StorageError::unavailable)?;
        drop(pool.get().await.map_err(translate_pool)?);
        Ok(Self { pool, schema: schema.into(), counters: Arc::default() })
    }

    pub(super) fn schema(&self) -> &str {
        &self.schema
    }

    pub(super) fn activity(&self) -> Activity {
        Activity {
            transactions: self.counters.transactions.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
        }
    }

    pub(super) async fn write<T, E, F>(&self, work: F, jobs_added: &watch::Sender<u64>) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.counters.transactions.fetch_add(1, Ordering::Relaxed);
        let mut session = self.session(BEGIN_WRITE).await?;
        let (outcome, has_new_jobs) = session.work(work).await;
        let value = outcome?;
        if session.commit().await? {
            self.counters.commits.fetch_add(1, Ordering::Relaxed);
        }
        if has_new_jobs {
            jobs_added.send_modify(|count| *count = count.wrapping_add(1));
        }
        Ok(value)
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let mut session = self.session(BEGIN_READ).await?;
        let (outcome, _) = session.work(work).await;
        outcome
    }

    async fn session(&self, begin: &'static str) -> Result<Session, StorageError> {
        let client = self.pool.get().await.map_err(translate_pool)?;
        Ok(Session { client, begin, is_open: false, queued: Vec::new(), waiting: Waiting::default() })
    }
}

/// The name stands in a connection option and in a statement, so it must be a plain word.
fn check_schema_name(schema: &str) -> Result<(), StorageError> {
    let plain = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
    let starts_well = schema.starts_with(|letter: char| letter.is_ascii_lowercase());
    if starts_well && schema.len() <= 40 && schema.bytes().all(plain) {
        return Ok(());
    }
    Err(StorageError::statement(Fault::SchemaName(schema.to_owned())))
}

/// A connection while it carries one transaction.
///
/// `begin` travels with the first statement, queued statements with the next one or with `commit`; a transaction that is
/// not committed is rolled back when this is dropped, before anybody else gets the connection.
pub(super) struct Session {
    client: Client,
    begin: &'static str,
    is_open: bool,
    queued: Vec<(Sql, Vec<Value>)>,
    waiting: Waiting,
}

/// What is sent in one go: scripts bring no rows.
enum Step {
    Script(&'static str),
    Statement(Statement, Vec<Value>),
}

type Reply<'s> = Pin<Box<dyn Future<Output = Result<Answer, StorageError>> + Send + 's>>;

impl Session {
    /// Runs the work; also whether it added jobs.
    async fn work<T, E, F>(&mut self, work: F) -> (Result<T, E>, bool)
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E>,
        E: From<StorageError>,
    {
        let waiting = self.waiting.clone();
        let mut tx = Tx::postgres(self);
        let outcome = waiting.supervise(|| work(&mut tx)).await;
        let has_new_jobs = tx.has_new_jobs();
        match tx.into_failure() {
            Some(error) if outcome.is_ok() => (Err(error.into()), false),
            _ => (outcome, has_new_jobs),
        }
    }

    pub(super) fn queue(&mut self, sql: Sql, params: Vec<Value>) {
        self.queued.push((sql, params));
    }

    /// Runs what is queued and then the given statements; the answers are those of the given ones.
    pub(super) async fn run(&mut self, statements: Vec<(Sql, Vec<Value>)>) -> Result<Vec<Answer>, StorageError> {
        let waiting = self.waiting.clone();
        let answers = statements.len();
        let mut all = waiting.on_database(self.send(statements, None)).await?;
        Ok(all.split_off(all.len() - answers))
    }

    pub(super) async fn prepare(&mut self, sql: Sql) -> Result<(), StorageError> {
        let waiting = self.waiting.clone();
        waiting.on_database(self.client.prepare(sql.text(Kind::Postgres))).await.map(drop).map_err(translate)
    }

    pub(super) async fn script(&mut self, text: &str) -> Result<(), StorageError> {
        self.run(Vec::new()).await?;
        let waiting = self.waiting.clone();
        waiting.on_database(self.client.batch_execute(text)).await.map_err(translate)
    }

    /// Stores the transaction; whether there was anything to store.
    async fn commit(&mut self) -> Result<bool, StorageError> {
        if !self.is_open && self.queued.is_empty() {
            return Ok(false);
        }
        self.send(Vec::new(), Some("commit")).await?;
        self.is_open = false;
        Ok(true)
    }

    /// Sends everything at once and takes the answers in order. The first failure is the cause of all later ones; a `commit`
    /// behind it finds a failed transaction and rolls it back.
    async fn send(
        &mut self,
        statements: Vec<(Sql, Vec<Value>)>,
        ending: Option<&'static str>,
    ) -> Result<Vec<Answer>, StorageError> {
        let mut steps = Vec::with_capacity(self.queued.len() + statements.len() + 2);
        if !self.is_open {
            steps.push(Step::Script(self.begin));
        }
        let queued = std::mem::take(&mut self.queued);
        for (sql, params) in queued.into_iter().chain(statements) {
            debug_assert!(sql.is_numbered_in_order(), "parameters out of order: {}", sql.text(Kind::Postgres));
            let statement = self.client.prepare_cached(sql.text(Kind::Postgres)).await.map_err(translate)?;
            let expected = statement.params().len();
            if expected != params.len() {
                return Err(StorageError::statement(Fault::Parameters { expected, given: params.len() }));
            }
            steps.push(Step::Statement(statement, params));
        }
        steps.extend(ending.map(Step::Script));
        self.is_open = true;
        let client = &self.client;
        in_order(steps.iter().map(|step| -> Reply<'_> { Box::pin(ask(client, step)) }).collect()).await
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        if self.is_open {
            // One poll sends it; nobody needs the answer, and whatever uses the connection next comes after it.
            drop(self.client.batch_execute("rollback").now_or_never());
        }
    }
}

async fn ask(client: &Client, step: &Step) -> Result<Answer, StorageError> {
    match step {
        Step::Script(text) => {
            client.batch_execute(text).await.map_err(translate)?;
            Ok(Answer { rows: Vec::new(), changed: 0 })
        }
        Step::Statement(statement, params) => {
            let stream = client.query_raw(statement, params).await.map_err(translate)?;
            let mut stream = pin!(stream);
            let mut rows = Vec::new();
            while let Some(row) = stream.try_next().await.map_err(translate)? {
                rows.push(read_row(&row)?);
            }
            Ok(Answer { rows, changed: stream.rows_affected().unwrap_or(0) })
        }
    }
}

/// Awaits all replies together. Each is polled in its order, and a first poll sends its message, so the server gets them in
/// this order and answers them in one round trip.
async fn in_order(mut replies: Vec<Reply<'_>>) -> Result<Vec<Answer>, StorageError> {
    let mut answers: Vec<Option<Result<Answer, StorageError>>> = replies.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut poll = Poll::Ready(());
        for (reply, answer) in replies.iter_mut().zip(&mut answers) {
            if answer.is_none() {
                match reply.as_mut().poll(context) {
                    Poll::Ready(outcome) => *answer = Some(outcome),
                    Poll::Pending => poll = Poll::Pending,
                }
            }
        }
        poll
    })
    .await;
    answers.into_iter().flatten().collect()
}
