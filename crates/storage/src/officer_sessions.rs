//! Where officers are signed in.

use domain::ids::{OfficerId, SessionHash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sessions::OpenSession;
use crate::sql::{Sql, statements};

statements! {
    LIST = Sql::new(
        "select token_hash, created_at, seen_at, device
         from session where officer_id = $1 and expires_at > $2 order by seen_at desc, token_hash",
    );
    DELETE_ONE = Sql::new("delete from session where token_hash = $1 and officer_id = $2");
    DELETE_OTHERS = Sql::new("delete from session where officer_id = $1 and token_hash <> $2");
}

/// Where an officer is signed in, the latest used first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &mut Tx<'_>, officer: OfficerId, now: Instant) -> Result<Vec<OpenSession>, StorageError> {
    let rows = tx.all(LIST, params![officer, now]).await?;
    rows.into_iter()
        .map(|mut row| {
            Ok(OpenSession {
                hash: row.take(0)?,
                created_at: row.take(1)?,
                seen_at: row.take(2)?,
                device: row.take(3)?,
            })
        })
        .collect()
}

/// Ends one session of an officer; another's stays.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_one(tx: &mut Tx<'_>, hash: SessionHash, officer: OfficerId) -> Result<(), StorageError> {
    tx.queue(DELETE_ONE, params![hash, officer]);
    Ok(())
}

/// Ends all sessions of an officer but this one.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn delete_others(tx: &mut Tx<'_>, officer: OfficerId, kept: SessionHash) -> Result<(), StorageError> {
    tx.queue(DELETE_OTHERS, params![officer, kept]);
    Ok(())
}
