//! What PostgreSQL says, in the words of [`StorageError`].

use deadpool_postgres::PoolError;
use tokio_postgres::error::{DbError, SqlState};

use crate::error::StorageError;

/// Translates an error of the driver.
pub(super) fn translate(error: tokio_postgres::Error) -> StorageError {
    match error.as_db_error() {
        Some(answer) => match rule(answer) {
            Some(known) => known,
            None if is_outage(answer.code()) => StorageError::unavailable(error),
            None => StorageError::statement(error),
        },
        // No answer of the server: either the connection broke, or a parameter could not be written.
        None if error.is_closed() || is_transport(&error) => StorageError::unavailable(error),
        None => StorageError::statement(error),
    }
}

/// Translates the pool's failure to hand out a connection.
pub(super) fn translate_pool(error: PoolError) -> StorageError {
    StorageError::unavailable(error)
}

fn rule(answer: &DbError) -> Option<StorageError> {
    let name = match *answer.code() {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            return Some(StorageError::Conflict);
        }
        SqlState::FOREIGN_KEY_VIOLATION => return Some(StorageError::Reference),
        SqlState::NOT_NULL_VIOLATION => format!("{}_{}", answer.table()?, answer.column()?),
        SqlState::UNIQUE_VIOLATION | SqlState::CHECK_VIOLATION | SqlState::INTEGRITY_CONSTRAINT_VIOLATION => {
            answer.constraint()?.to_owned()
        }
        _ => return None,
    };
    Some(StorageError::constraint(name))
}

/// Classes 08 (connection), 53 (no place, no memory, too many connections), 57 (shut down) and 58 (the system failed).
fn is_outage(state: &SqlState) -> bool {
    ["08", "53", "57", "58"].iter().any(|class| state.code().starts_with(class))
}

fn is_transport(error: &tokio_postgres::Error) -> bool {
    std::error::Error::source(error).is_some_and(|source| source.is::<std::io::Error>())
}
