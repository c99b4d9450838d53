//! Links with which officers set their first password; only the digests of their tokens are stored.

use domain::ids::{Hash, OfficerId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new("insert into officer_enrolment (digest, officer_id, expires_at) values ($1, $2, $3)");
    FIND = Sql::new("select officer_id from officer_enrolment where digest = $1 and expires_at > $2");
    DELETE_OF_OFFICER = Sql::new("delete from officer_enrolment where officer_id = $1");
    DELETE_EXPIRED = Sql::new("delete from officer_enrolment where expires_at <= $1");
}

/// Keeps a link; those that the officer had before are void.
///
/// # Errors
/// When the database refuses.
pub async fn replace(
    tx: &mut Tx<'_>,
    digest: Hash,
    officer: OfficerId,
    expires_at: Instant,
) -> Result<(), StorageError> {
    tx.exec(DELETE_OF_OFFICER, params![officer]).await?;
    tx.exec(INSERT, params![digest, officer, expires_at]).await.map(drop)
}

/// The officer whom the link is for, if it still works.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, digest: Hash, now: Instant) -> Result<Option<OfficerId>, StorageError> {
    tx.optional(FIND, params![digest, now]).await?.map(|mut row| row.take(0)).transpose()
}

/// Uses up the officer's link, and says how many there were: of two presses at once, one finds none.
///
/// # Errors
/// When the database refuses.
pub async fn delete_of_officer(tx: &mut Tx<'_>, officer: OfficerId) -> Result<u64, StorageError> {
    tx.exec(DELETE_OF_OFFICER, params![officer]).await
}

/// Forgets links that no longer work, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
