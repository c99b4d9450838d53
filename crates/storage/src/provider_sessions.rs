//! Sessions that were opened through a provider: which provider, who it is there, and which session there.

use domain::ids::SessionHash;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    UPDATE = Sql::new(
        "update session set issuer = $1, provider_subject = $2, provider_session = $3, id_token = $4
         where token_hash = $5",
    );
    FIND = Sql::new(
        "select issuer, provider_subject, provider_session, id_token
         from session where token_hash = $1 and issuer is not null",
    );
    DELETE_OF_SUBJECT = Sql::new("delete from session where issuer = $1 and provider_subject = $2");
    DELETE_OF_SESSION = Sql::new("delete from session where issuer = $1 and provider_session = $2");
    DELETE_OF_BOTH = Sql::new(
        "delete from session where issuer = $1 and provider_subject = $2 and provider_session = $3",
    );
}

/// Where a session comes from.
#[derive(Clone, PartialEq, Eq)]
pub struct Origin {
    /// The provider.
    pub issuer: String,
    /// Who it is there.
    pub subject: String,
    /// The name of the session there.
    pub session: Option<String>,
    /// What the provider said of who it is, signed.
    pub id_token: String,
}

/// Notes where a session comes from.
///
/// # Errors
/// When the database refuses.
pub async fn update(tx: &mut Tx<'_>, hash: SessionHash, origin: &Origin) -> Result<(), StorageError> {
    let Origin { issuer, subject, session, id_token } = origin;
    tx.exec(UPDATE, params![issuer, subject, session.as_ref(), id_token, hash]).await.map(drop)
}

/// Where a session comes from, unless it was opened here.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, hash: SessionHash) -> Result<Option<Origin>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![hash]).await? else { return Ok(None) };
    Ok(Some(Origin { issuer: row.take(0)?, subject: row.take(1)?, session: row.take(2)?, id_token: row.take(3)? }))
}

/// Ends the sessions that come from a session at a provider, or from all sessions of somebody there; says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_of(
    tx: &mut Tx<'_>,
    issuer: &str,
    subject: Option<&str>,
    session: Option<&str>,
) -> Result<u64, StorageError> {
    match (subject, session) {
        (Some(subject), Some(session)) => tx.exec(DELETE_OF_BOTH, params![issuer, subject, session]).await,
        (Some(subject), None) => tx.exec(DELETE_OF_SUBJECT, params![issuer, subject]).await,
        (None, Some(session)) => tx.exec(DELETE_OF_SESSION, params![issuer, session]).await,
        (None, None) => Ok(0),
    }
}
