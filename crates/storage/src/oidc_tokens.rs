//! Access and refresh tokens of clients; only their digests are stored.

use domain::ids::{Hash, OidcGrantId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into oidc_token (digest, grant_id, kind, scopes, issued_at, expires_at) values ($1, $2, $3, $4, $5, $6)",
    );
    FIND = Sql::new(
        "select grant_id, scopes, issued_at, used_at, expires_at from oidc_token where digest = $1 and kind = $2",
    );
    USE = Sql::new("update oidc_token set used_at = $1 where digest = $2 and used_at is null");
    DELETE_EXPIRED = Sql::new("delete from oidc_token where kind = $1 and expires_at <= $2");
}

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// It opens claims.
    Access,
    /// It gives fresh tokens.
    Refresh,
}

impl TokenKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Access => "access",
            Self::Refresh => "refresh",
        }
    }
}

/// A token as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// The sign-in.
    pub grant: OidcGrantId,
    /// What it opens, with spaces between.
    pub scopes: String,
    /// When it was given.
    pub issued_at: Instant,
    /// When a refresh token was exchanged for the next.
    pub used_at: Option<Instant>,
    /// When it opens nothing any more.
    pub expires_at: Instant,
}

/// Adds a token that nobody has used.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, kind: TokenKind, digest: Hash, token: &Token) -> Result<(), StorageError> {
    let params = params![digest, token.grant, kind.as_str(), &token.scopes, token.issued_at, token.expires_at];
    tx.exec(INSERT, params).await.map(drop)
}

/// The token of this digest, when it is of this kind.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, kind: TokenKind, digest: Hash) -> Result<Option<Token>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![digest, kind.as_str()]).await? else { return Ok(None) };
    Ok(Some(Token {
        grant: row.take(0)?,
        scopes: row.take(1)?,
        issued_at: row.take(2)?,
        used_at: row.take(3)?,
        expires_at: row.take(4)?,
    }))
}

/// Uses a refresh token up, and says whether it was fresh: of many who try at once, one is told so.
///
/// # Errors
/// When the database refuses.
pub async fn use_up(tx: &mut Tx<'_>, digest: Hash, at: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(USE, params![at, digest]).await? > 0)
}

/// Forgets access tokens that open nothing any more, and says how many. Refresh tokens go with their sign-in, so that one
/// that comes twice is noticed.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![TokenKind::Access.as_str(), now]).await
}
