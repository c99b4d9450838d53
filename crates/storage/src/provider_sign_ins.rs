//! People who were sent to a provider and have not come back.

use domain::ids::Hash;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into provider_sign_in (digest, browser_digest, provider, pending, way_back, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    );
    TAKE = Sql::new(
        "delete from provider_sign_in where digest = $1 and browser_digest = $2
         returning provider, pending, way_back, expires_at",
    );
    DELETE_EXPIRED = Sql::new("delete from provider_sign_in where expires_at <= $1");
}

/// Somebody who was sent to a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProviderSignIn {
    /// The provider's name in the configuration.
    pub provider: String,
    /// What has to be remembered.
    pub pending: String,
    /// Where they were going.
    pub way_back: Option<String>,
    /// When it is forgotten.
    pub expires_at: Instant,
}

/// Remembers somebody who is sent to a provider, by the state and by their browser.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, state: Hash, browser: Hash, sign_in: &ProviderSignIn) -> Result<(), StorageError> {
    let ProviderSignIn { provider, pending, way_back, expires_at } = sign_in;
    tx.exec(INSERT, params![state, browser, provider, pending, way_back.as_ref(), *expires_at]).await.map(drop)
}

/// Whoever comes back with this state in this browser; they come back once.
///
/// # Errors
/// When the database refuses.
pub async fn take(
    tx: &mut Tx<'_>,
    state: Hash,
    browser: Hash,
    now: Instant,
) -> Result<Option<ProviderSignIn>, StorageError> {
    let Some(mut row) = tx.optional(TAKE, params![state, browser]).await? else { return Ok(None) };
    let sign_in = ProviderSignIn {
        provider: row.take(0)?,
        pending: row.take(1)?,
        way_back: row.take(2)?,
        expires_at: row.take(3)?,
    };
    Ok(Some(sign_in).filter(|sign_in| sign_in.expires_at > now))
}

/// Forgets those who did not come back, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
