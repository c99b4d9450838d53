//! The one door to the database: transactions as closures, the same on SQLite and on PostgreSQL.
//!
//! ```text
//! let number = db.write(move |tx| Box::pin(async move {
//!     let number = dossiers::next_ordinal(tx, &agency, day).await?;
//!     audit::insert(tx, &line);
//!     Ok::<_, StorageError>(number)
//! })).await?;
//! ```
//!
//! Inside a closure nothing but the database may be awaited: anything else fails with [`StorageError::ForeignWait`].

use std::path::Path;
use std::pin::Pin;

use tokio::sync::watch;

use crate::error::StorageError;

mod guard;
mod postgres;
mod postgres_errors;
mod postgres_values;
mod sqlite;
mod sqlite_errors;
mod sqlite_readers;
mod sqlite_writer;
mod tx;

pub use tx::Tx;

/// What a transaction's closure returns: a future that borrows the transaction.
pub type Work<'t, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 't>>;

/// A database of either kind; clones share it.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    jobs_added: watch::Sender<u64>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(sqlite::Sqlite),
    Postgres(postgres::Postgres),
}

/// Which engine carries a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A file, opened by this program.
    Sqlite,
    /// A schema on a PostgreSQL server.
    Postgres,
}

/// How much a database has done since it was opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Transactions that were asked for.
    pub transactions: u64,
    /// Commits that were written; on SQLite many transactions share one.
    pub commits: u64,
}

impl Db {
    /// Opens the file, or makes it, readable by its owner only; its folder must exist.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the file cannot be opened as a database.
    pub fn open_sqlite(path: &Path) -> Result<Self, StorageError> {
        let jobs_added = watch::Sender::new(0);
        let engine = Engine::Sqlite(sqlite::Sqlite::open(path, jobs_added.clone())?);
        Ok(Self { engine, jobs_added })
    }

    /// Connects to a server; every table of this portal lives in the schema, which [`Db::migrate`] makes.
    ///
    /// # Errors
    /// [`StorageError::Unavailable`] when the server does not answer, [`StorageError::Statement`] when the address or
    /// the schema's name makes no sense.
    pub async fn open_postgres(url: &str, schema: &str) -> Result<Self, StorageError> {
        let engine = Engine::Postgres(postgres::Postgres::open(url, schema).await?);
        Ok(Self { engine, jobs_added: watch::Sender::new(0) })
    }

    /// Which engine this is.
    pub fn kind(&self) -> Kind {
        match &self.engine {
            Engine::Sqlite(_) => Kind::Sqlite,
            Engine::Postgres(_) => Kind::Postgres,
        }
    }

    /// The schema on PostgreSQL.
    pub(crate) fn schema(&self) -> Option<&str> {
        match &self.engine {
            Engine::Sqlite(_) => None,
            Engine::Postgres(postgres) => Some(postgres.schema()),
        }
    }

    /// Runs the work in a transaction: all of it is stored, durably, when this returns `Ok`, and nothing otherwise.
    ///
    /// # Errors
    /// What the work itself returns, or the [`StorageError`] of the transaction.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.write(work).await,
            Engine::Postgres(postgres) => postgres.write(work, &self.jobs_added).await,
        }
    }

    /// Runs the work on one unchanging picture of what is committed; it cannot write.
    ///
    /// # Errors
    /// What the work itself returns, or the [`StorageError`] of the transaction.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.read(work).await,
            Engine::Postgres(postgres) => postgres.read(work).await,
        }
    }

    /// A counter that changes whenever this process has committed new jobs, so that a worker need not poll for them.
    pub fn watch_jobs(&self) -> watch::Receiver<u64> {
        self.jobs_added.subscribe()
    }

    /// How much the database has done so far.
    pub fn activity(&self) -> Activity {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.activity(),
            Engine::Postgres(postgres) => postgres.activity(),
        }
    }
}
