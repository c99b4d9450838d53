//! Codes that clients exchange for tokens; only their digests are stored.

use domain::ids::{Hash, OidcGrantId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into oidc_code (digest, grant_id, redirect_uri, challenge, issued_at) values ($1, $2, $3, $4, $5)",
    );
    FIND = Sql::new("select grant_id, redirect_uri, challenge, issued_at, used_at from oidc_code where digest = $1");
    USE = Sql::new("update oidc_code set used_at = $1 where digest = $2 and used_at is null");
}

/// A code as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Code {
    /// The sign-in.
    pub grant: OidcGrantId,
    /// Where it was sent.
    pub redirect_uri: String,
    /// The digest of the secret that comes with it.
    pub challenge: Hash,
    /// When it was given.
    pub issued_at: Instant,
    /// When it was first tried.
    pub used_at: Option<Instant>,
}

/// Adds a code that nobody has tried.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, digest: Hash, code: &Code) -> Result<(), StorageError> {
    let params = params![digest, code.grant, &code.redirect_uri, code.challenge, code.issued_at];
    tx.exec(INSERT, params).await.map(drop)
}

/// The code of this digest.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, digest: Hash) -> Result<Option<Code>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![digest]).await? else { return Ok(None) };
    Ok(Some(Code {
        grant: row.take(0)?,
        redirect_uri: row.take(1)?,
        challenge: row.take(2)?,
        issued_at: row.take(3)?,
        used_at: row.take(4)?,
    }))
}

/// Uses a code up, and says whether it was fresh: of many who try at once, one is told so.
///
/// # Errors
/// When the database refuses.
pub async fn use_up(tx: &mut Tx<'_>, digest: Hash, at: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(USE, params![at, digest]).await? > 0)
}
