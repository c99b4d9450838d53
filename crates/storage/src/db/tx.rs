//! An open transaction: the only thing that a function of this crate talks to.

use super::postgres::Session;
use super::sqlite;
use crate::error::StorageError;
use crate::sql::Sql;
use crate::value::{Row, Value};

/// An open transaction on either engine.
///
/// After its first failed statement it refuses all others, and it is undone even if the work then returns `Ok`:
/// PostgreSQL does so by nature, and SQLite must not differ.
pub struct Tx<'c> {
    connection: Connection<'c>,
    health: Health,
    jobs_added: bool,
}

enum Connection<'c> {
    Sqlite(&'c mut rusqlite::Connection),
    Postgres(&'c mut Session),
}

enum Health {
    Sound,
    /// A queued statement has failed; the next call says so.
    Failed(StorageError),
    /// The failure has been told.
    Dead(StorageError),
}

/// What a statement answers.
pub(super) struct Answer {
    pub(super) rows: Vec<Row>,
    pub(super) changed: u64,
}

impl<'c> Tx<'c> {
    pub(super) fn sqlite(connection: &'c mut rusqlite::Connection) -> Self {
        Self::on(Connection::Sqlite(connection))
    }

    pub(super) fn postgres(session: &'c mut Session) -> Self {
        Self::on(Connection::Postgres(session))
    }

    fn on(connection: Connection<'c>) -> Self {
        Self { connection, health: Health::Sound, jobs_added: false }
    }

    /// Runs a statement and says how many rows it changed.
    ///
    /// # Errors
    /// The statement's own [`StorageError`], or that of a queued one before it.
    pub async fn exec(&mut self, sql: Sql, params: Vec<Value>) -> Result<u64, StorageError> {
        self.run(sql, params).await.map(|answer| answer.changed)
    }

    /// Runs a statement that answers exactly one row.
    ///
    /// # Errors
    /// [`StorageError::NoRow`] when it answers none; otherwise as [`Tx::exec`].
    pub async fn one(&mut self, sql: Sql, params: Vec<Value>) -> Result<Row, StorageError> {
        self.optional(sql, params).await?.ok_or(StorageError::NoRow)
    }

    /// Runs a statement that answers one row or none.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn optional(&mut self, sql: Sql, params: Vec<Value>) -> Result<Option<Row>, StorageError> {
        self.run(sql, params).await.map(|answer| answer.rows.into_iter().next())
    }

    /// Runs a statement and answers all its rows.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn all(&mut self, sql: Sql, params: Vec<Value>) -> Result<Vec<Row>, StorageError> {
        self.run(sql, params).await.map(|answer| answer.rows)
    }

    /// Adds a statement whose answer nobody waits for: it runs before the next one, or with the commit.
    ///
    /// On PostgreSQL the queued statements travel together, so ten of them cost one round trip. If one fails, the next
    /// call or the commit returns its error.
    pub fn queue(&mut self, sql: Sql, params: Vec<Value>) {
        if !matches!(self.health, Health::Sound) {
            return;
        }
        match &mut self.connection {
            Connection::Postgres(session) => session.queue(sql, params),
            Connection::Sqlite(connection) => {
                if let Err(error) = sqlite::run(connection, sql, &params) {
                    self.health = Health::Failed(error);
                }
            }
        }
    }

    /// Runs one statement several times and answers the rows of each run; on PostgreSQL in one round trip.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn all_of_each(&mut self, sql: Sql, runs: Vec<Vec<Value>>) -> Result<Vec<Vec<Row>>, StorageError> {
        self.check()?;
        if runs.is_empty() {
            return Ok(Vec::new());
        }
        let answers = match &mut self.connection {
            Connection::Sqlite(connection) => runs.iter().map(|params| sqlite::run(connection, sql, params)).collect(),
            Connection::Postgres(session) => session.run(runs.into_iter().map(|params| (sql, params)).collect()).await,
        };
        let answers: Vec<Answer> = self.note(answers)?;
        Ok(answers.into_iter().map(|answer| answer.rows).collect())
    }

    /// Lets the engine check a statement without running it.
    ///
    /// # Errors
    /// [`StorageError::Statement`] when the engine does not accept it.
    pub async fn prepare(&mut self, sql: Sql) -> Result<(), StorageError> {
        self.check()?;
        let outcome = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::prepare(connection, sql),
            Connection::Postgres(session) => session.prepare(sql).await,
        };
        self.note(outcome)
    }

    /// Runs a text of several statements without parameters, such as a migration.
    ///
    /// # Errors
    /// As [`Tx::exec`].
    pub async fn script(&mut self, text: &str) -> Result<(), StorageError> {
        self.check()?;
        let outcome = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::script(connection, text),
            Connection::Postgres(session) => session.script(text).await,
        };
        self.note(outcome)
    }

    /// Remembers that workers must be woken once this is committed.
    pub(crate) fn wake_workers(&mut self) {
        self.jobs_added = true;
    }

    pub(super) fn has_new_jobs(&self) -> bool {
        self.jobs_added
    }

    /// The first error, if any statement failed.
    pub(super) fn into_failure(self) -> Option<StorageError> {
        match self.health {
            Health::Sound => None,
            Health::Failed(error) | Health::Dead(error) => Some(error),
        }
    }

    async fn run(&mut self, sql: Sql, params: Vec<Value>) -> Result<Answer, StorageError> {
        self.check()?;
        let answer = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::run(connection, sql, &params),
            Connection::Postgres(session) => session
                .run(vec![(sql, params)])
                .await
                .and_then(|answers| answers.into_iter().next().ok_or(StorageError::NoRow)),
        };
        self.note(answer)
    }

    fn check(&mut self) -> Result<(), StorageError> {
        match &self.health {
            Health::Sound => Ok(()),
            Health::Dead(_) => Err(StorageError::Dead),
            Health::Failed(error) => {
                let error = error.clone();
                self.health = Health::Dead(error.clone());
                Err(error)
            }
        }
    }

    fn note<T>(&mut self, outcome: Result<T, StorageError>) -> Result<T, StorageError> {
        if let Err(error) = &outcome {
            self.health = Health::Dead(error.clone());
        }
        outcome
    }
}
