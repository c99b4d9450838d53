//! Private keys that sign ID tokens; what is stored is encrypted with the key of the installation.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new("insert into signing_key (kid, sealed, signs_from, created_at) values ($1, $2, $3, $4)");
    LIST = Sql::new("select kid, sealed, signs_from from signing_key order by signs_from, kid");
    DELETE = Sql::new("delete from signing_key where signs_from = $1");
}

/// A key as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKey {
    /// Its name.
    pub kid: String,
    /// The key, encrypted.
    pub sealed: Vec<u8>,
    /// From when on it signs.
    pub signs_from: Instant,
}

/// Adds a key.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, key: &StoredKey, now: Instant) -> Result<(), StorageError> {
    tx.exec(INSERT, params![&key.kid, key.sealed.clone(), key.signs_from, now]).await.map(drop)
}

/// All keys, in the order in which they sign.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &mut Tx<'_>) -> Result<Vec<StoredKey>, StorageError> {
    let rows = tx.all(LIST, params![]).await?;
    rows.into_iter()
        .map(|mut row| Ok(StoredKey { kid: row.take(0)?, sealed: row.take(1)?, signs_from: row.take(2)? }))
        .collect()
}

/// Forgets the keys that began to sign at this moment.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, signs_from: Instant) -> Result<(), StorageError> {
    tx.exec(DELETE, params![signs_from]).await.map(drop)
}
