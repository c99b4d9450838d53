//! The embedded engine: one writer that shares commits, a few readers, each a thread of its own.

use std::fs::OpenOptions;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, OpenFlags, ToSql};
use tokio::sync::watch;

use super::sqlite_errors::translate;
use super::sqlite_readers::Readers;
use super::sqlite_writer::Writer;
use super::tx::Answer;
use super::{Activity, Kind, Tx, Work};
use crate::error::{Fault, StorageError};
use crate::sql::Sql;
use crate::value::{Row, Value};

/// How long to wait for another process that holds the file, such as a second one that migrates it.
const PATIENCE: Duration = Duration::from_secs(30);
/// Statements kept compiled on each connection.
const STATEMENTS: usize = 512;

/// A database in a file.
#[derive(Clone)]
pub(super) struct Sqlite {
    writer: Writer,
    readers: Readers,
    counters: Arc<Counters>,
}

#[derive(Default)]
pub(super) struct Counters {
    pub(super) transactions: AtomicU64,
    pub(super) commits: AtomicU64,
}

impl Sqlite {
    pub(super) fn open(path: &Path, jobs_added: watch::Sender<u64>) -> Result<Self, StorageError> {
        make_private(path)?;
        let counters = Arc::new(Counters::default());
        // The writer comes first: it turns the file into one that can be read while it is written.
        let writer = Writer::start(connect_writer(path)?, Arc::clone(&counters), jobs_added)?;
        let readers = Readers::start(|| connect_reader(path))?;
        Ok(Self { writer, readers, counters })
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.writer.write(work).await
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        self.readers.read(work).await
    }

    pub(super) fn activity(&self) -> Activity {
        Activity {
            transactions: self.counters.transactions.load(Ordering::Relaxed),
            commits: self.counters.commits.load(Ordering::Relaxed),
        }
    }
}

/// Makes the file before SQLite does: it holds personal data, so nobody but its owner may read it. The files that SQLite
/// puts beside it take over its permissions.
fn make_private(path: &Path) -> Result<(), StorageError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(StorageError::unavailable)
}

fn connect_writer(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    // synchronous = full: a commit returns when it is on the disk. The log is folded into the file every 16 MiB.
    connect(
        path,
        flags,
        "pragma journal_mode = wal;
         pragma synchronous = full;
         pragma wal_autocheckpoint = 4096;
         pragma cache_size = -32768;",
    )
}

fn connect_reader(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    connect(path, flags, "pragma query_only = on; pragma cache_size = -16384;")
}

fn connect(path: &Path, flags: OpenFlags, pragmas: &str) -> Result<Connection, StorageError> {
    let connection = Connection::open_with_flags(path, flags).map_err(translate)?;
    connection.busy_timeout(PATIENCE).map_err(translate)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection
        .execute_batch("pragma foreign_keys = on; pragma trusted_schema = off; pragma temp_store = memory;")
        .map_err(translate)?;
    connection.execute_batch(pragmas).map_err(translate)?;
    Ok(connection)
}

/// Runs one statement to its end.
pub(super) fn run(connection: &mut Connection, sql: Sql, params: &[Value]) -> Result<Answer, StorageError> {
    debug_assert!(sql.is_numbered_in_order(), "parameters out of order: {}", sql.text(Kind::Sqlite));
    let mut statement = connection.prepare_cached(sql.text(Kind::Sqlite)).map_err(translate)?;
    let expected = statement.parameter_count();
    if expected != params.len() {
        return Err(StorageError::statement(Fault::Parameters { expected, given: params.len() }));
    }
    for (index, value) in params.iter().enumerate() {
        // PostgreSQL refuses the zero character, so it is refused here as well.
        if matches!(value, Value::Text(text) if text.contains('\0')) {
            return Err(StorageError::statement(Fault::ZeroCharacter));
        }
        statement.raw_bind_parameter(index + 1, value).map_err(translate)?;
    }
    let width = statement.column_count();
    let mut cursor = statement.raw_query();
    let mut rows = Vec::new();
    while let Some(row) = cursor.next().map_err(translate)? {
        let values = (0..width).map(|column| owned(row.get_ref(column).map_err(translate)?));
        rows.push(Row::new(values.collect::<Result<_, StorageError>>()?));
    }
    drop(cursor);
    let changed = if statement.readonly() { 0 } else { connection.changes() };
    Ok(Answer { rows, changed })
}

pub(super) fn prepare(connection: &mut Connection, sql: Sql) -> Result<(), StorageError> {
    connection.prepare(sql.text(Kind::Sqlite)).map(drop).map_err(translate)
}

pub(super) fn script(connection: &mut Connection, text: &str) -> Result<(), StorageError> {
    connection.execute_batch(text).map_err(translate)
}

fn owned(value: ValueRef<'_>) -> Result<Value, StorageError> {
    match value {
        ValueRef::Null => Ok(Value::Null),
        ValueRef::Integer(number) => Ok(Value::Int(number)),
        ValueRef::Text(bytes) => match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Value::Text(text.to_owned())),
            Err(_) => Err(StorageError::broken("a text is not UTF-8")),
        },
        ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_owned())),
        ValueRef::Real(_) => Err(StorageError::statement(Fault::ColumnType("real".to_owned()))),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Bool(value) => ValueRef::Integer(i64::from(*value)),
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Text(value) => ValueRef::Text(value.as_bytes()),
            Self::Bytes(value) => ValueRef::Blob(value),
        }))
    }
}
