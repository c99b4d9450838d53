//! People who have proved who they are at a provider, and must still prove that an account here is theirs.

use domain::ids::{AccountId, Hash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into identity_proof (digest, browser_digest, identity, account_id, way_back, expires_at)
         values ($1, $2, $3, $4, $5, $6)",
    );
    FIND = Sql::new(
        "select identity, account_id, way_back from identity_proof
         where digest = $1 and browser_digest = $2 and expires_at > $3",
    );
    DELETE = Sql::new("delete from identity_proof where digest = $1");
    DELETE_EXPIRED = Sql::new("delete from identity_proof where expires_at <= $1");
}

/// Somebody who has proved one half.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdentityProof {
    /// Who it is at the provider, as JSON.
    pub identity: String,
    /// The account here that has the same number.
    pub account: AccountId,
    /// Where they were going.
    pub way_back: Option<String>,
}

/// Keeps a proof for one browser.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx<'_>,
    digest: Hash,
    browser: Hash,
    proof: &IdentityProof,
    expires_at: Instant,
) -> Result<(), StorageError> {
    let params = params![digest, browser, &proof.identity, proof.account, proof.way_back.as_ref(), expires_at];
    tx.exec(INSERT, params).await.map(drop)
}

/// The proof of this browser, unless it is forgotten.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(
    tx: &mut Tx<'_>,
    digest: Hash,
    browser: Hash,
    now: Instant,
) -> Result<Option<IdentityProof>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![digest, browser, now]).await? else { return Ok(None) };
    Ok(Some(IdentityProof { identity: row.take(0)?, account: row.take(1)?, way_back: row.take(2)? }))
}

/// Forgets a proof that was completed.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, digest: Hash) -> Result<(), StorageError> {
    tx.exec(DELETE, params![digest]).await.map(drop)
}

/// Forgets old proofs, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
