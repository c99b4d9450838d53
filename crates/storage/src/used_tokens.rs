//! Tokens that are good for one use: the digests of the used ones, until they would have expired anyway.

use domain::ids::Hash;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into used_token (token_hash, expires_at) values ($1, $2) on conflict (token_hash) do nothing",
    );
    DELETE_EXPIRED = Sql::new("delete from used_token where expires_at <= $1");
}

/// Uses a token up, and says whether this was its first use; of several at once, one is the first.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, token_hash: Hash, expires_at: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(INSERT, params![token_hash, expires_at]).await? == 1)
}

/// Forgets tokens that have expired, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
