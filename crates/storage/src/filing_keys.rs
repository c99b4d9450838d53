//! The keys with which programs asked to file drafts; only their digests are stored.

use domain::ids::{DossierId, Hash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into filing_key (dossier_id, digest, brought_at) values ($1, $2, $3)
         on conflict (dossier_id, digest) do nothing",
    );
    FIND = Sql::new("select brought_at from filing_key where dossier_id = $1 and digest = $2 and brought_at > $3");
    DELETE_OLD = Sql::new("delete from filing_key where brought_at <= $1");
}

/// Remembers that a draft was to be filed with this key.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, draft: DossierId, digest: Hash, now: Instant) -> Result<(), StorageError> {
    tx.exec(INSERT, params![draft, digest, now]).await.map(drop)
}

/// Whether the draft was to be filed with this key, later than that.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_known(tx: &mut Tx<'_>, draft: DossierId, digest: Hash, since: Instant) -> Result<bool, StorageError> {
    Ok(tx.optional(FIND, params![draft, digest, since]).await?.is_some())
}

/// Forgets the keys that were brought no later than that, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_old(tx: &mut Tx<'_>, until: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_OLD, params![until]).await
}
