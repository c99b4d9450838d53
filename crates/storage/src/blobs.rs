//! Which files the store holds, and how large each is.

use domain::ids::Hash;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT_IF_ABSENT = Sql::new(
        "insert into blob (hash, size, received_at) values ($1, $2, $3) on conflict (hash) do nothing",
    );
    IS_USED = Sql::new("select count(*) from attachment where blob_hash = $1");
    DELETE_UNUSED = Sql::new(
        "delete from blob where hash = $1 and not exists (select 1 from attachment where blob_hash = $1)",
    );
    FIND = Sql::new("select size, received_at from blob where hash = $1");
}

/// A file of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blob {
    /// The SHA-256 of its content.
    pub hash: Hash,
    /// How many bytes it has.
    pub size: u64,
    /// When it was first received.
    pub received_at: Instant,
}

/// Notes a file, unless its content is known already.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn insert_if_absent(tx: &mut Tx<'_>, blob: &Blob) -> Result<(), StorageError> {
    tx.queue(INSERT_IF_ABSENT, params![blob.hash, blob.size, blob.received_at]);
    Ok(())
}

/// Whether a file of some dossier has this content.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_used(tx: &mut Tx<'_>, hash: Hash) -> Result<bool, StorageError> {
    Ok(tx.one(IS_USED, params![hash]).await?.take::<i64>(0)? > 0)
}

/// Forgets a content that no file of any dossier has, and says whether none had.
///
/// # Errors
/// When the database refuses.
pub async fn delete_unused(tx: &mut Tx<'_>, hash: Hash) -> Result<bool, StorageError> {
    tx.exec(DELETE_UNUSED, params![hash]).await?;
    Ok(!is_used(tx, hash).await?)
}

/// The file of this content.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, hash: Hash) -> Result<Option<Blob>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![hash]).await? else {
        return Ok(None);
    };
    Ok(Some(Blob { hash, size: row.take(0)?, received_at: row.take(1)? }))
}
