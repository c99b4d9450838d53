//! Sign-ins at clients of OpenID Connect; codes and tokens hang on them and end with them.

use domain::ids::{AccountId, OidcGrantId, SessionHash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into oidc_grant (id, client_id, account_id, session_hash, session_name, scopes, nonce, signed_in_at,
             granted_at, expires_at, resource)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    );
    FIND = Sql::new(
        "select id, client_id, account_id, session_hash, session_name, scopes, nonce, signed_in_at, granted_at, ended_at,
             resource
         from oidc_grant where id = $1",
    );
    LIST_OF_ACCOUNT = Sql::new(
        "select id, client_id, account_id, session_hash, session_name, scopes, nonce, signed_in_at, granted_at, ended_at,
             resource
         from oidc_grant where account_id = $1 and expires_at > $2 order by granted_at, id",
    );
    LIST_UNTOLD = Sql::new(
        "select id, client_id, account_id, session_hash, session_name, scopes, nonce, signed_in_at, granted_at, ended_at,
             resource
         from oidc_grant
         where account_id = $1 and told_at is null
             and not exists (select 1 from session where session.token_hash = oidc_grant.session_hash)
         order by granted_at, id",
    );
    NOTE_TOLD = Sql::new("update oidc_grant set told_at = $1 where id = $2 and told_at is null");
    END_OF_ACCOUNT = Sql::new("update oidc_grant set ended_at = $1 where account_id = $2 and ended_at is null");
    END_OF_CLIENT = Sql::new(
        "update oidc_grant set ended_at = $1 where account_id = $2 and client_id = $3 and ended_at is null",
    );
    END = Sql::new("update oidc_grant set ended_at = $1 where id = $2 and ended_at is null");
    DELETE_EXPIRED_TOKENS = Sql::new(
        "delete from oidc_token where grant_id in (select id from oidc_grant where expires_at <= $1)",
    );
    DELETE_EXPIRED_CODES = Sql::new(
        "delete from oidc_code where grant_id in (select id from oidc_grant where expires_at <= $1)",
    );
    DELETE_EXPIRED = Sql::new("delete from oidc_grant where expires_at <= $1");
}

/// A sign-in at a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// Its identifier.
    pub id: OidcGrantId,
    /// The client's name.
    pub client: String,
    /// Who signed in.
    pub account: AccountId,
    /// In which session here.
    pub session: SessionHash,
    /// That session's name for the client.
    pub session_name: String,
    /// What the client may know, with spaces between.
    pub scopes: String,
    /// What the client wants to see again.
    pub nonce: Option<String>,
    /// When the person had proved who they are.
    pub signed_in_at: Instant,
    /// When it happened.
    pub granted_at: Instant,
    /// When it was ended.
    pub ended_at: Option<Instant>,
    /// The portal at which its access tokens open something; none when they open claims here.
    pub resource: Option<String>,
}

/// Adds a sign-in, which is forgotten at `expires_at` with all that hangs on it.
///
/// # Errors
/// [`StorageError::Reference`] when there is no such client or account.
pub async fn insert(tx: &mut Tx<'_>, grant: &Grant, expires_at: Instant) -> Result<(), StorageError> {
    let params = params![
        grant.id,
        &grant.client,
        grant.account,
        grant.session,
        &grant.session_name,
        &grant.scopes,
        grant.nonce.as_ref(),
        grant.signed_in_at,
        grant.granted_at,
        expires_at,
        grant.resource.as_ref(),
    ];
    tx.exec(INSERT, params).await.map(drop)
}

/// The sign-in of this identifier.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: OidcGrantId) -> Result<Option<Grant>, StorageError> {
    tx.optional(FIND, params![id]).await?.map(read).transpose()
}

/// The sign-ins of an account that are not forgotten.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<Vec<Grant>, StorageError> {
    tx.all(LIST_OF_ACCOUNT, params![account, now]).await?.into_iter().map(read).collect()
}

/// The sign-ins of an account whose session has ended, and whose clients were not told.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_untold(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Grant>, StorageError> {
    tx.all(LIST_UNTOLD, params![account]).await?.into_iter().map(read).collect()
}

/// Notes that the client is to be told; says whether nobody had noted it before.
///
/// # Errors
/// When the database refuses.
pub async fn note_told(tx: &mut Tx<'_>, id: OidcGrantId, at: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(NOTE_TOLD, params![at, id]).await? > 0)
}

/// Ends all sign-ins of an account.
///
/// # Errors
/// When the database refuses.
pub async fn end_of_account(tx: &mut Tx<'_>, account: AccountId, at: Instant) -> Result<(), StorageError> {
    tx.exec(END_OF_ACCOUNT, params![at, account]).await.map(drop)
}

/// Ends all sign-ins of an account at one client.
///
/// # Errors
/// When the database refuses.
pub async fn end_of_client(tx: &mut Tx<'_>, account: AccountId, client: &str, at: Instant) -> Result<(), StorageError> {
    tx.exec(END_OF_CLIENT, params![at, account, client]).await.map(drop)
}

/// Ends a sign-in: nothing that hangs on it opens anything any more.
///
/// # Errors
/// When the database refuses.
pub async fn end(tx: &mut Tx<'_>, id: OidcGrantId, at: Instant) -> Result<(), StorageError> {
    tx.exec(END, params![at, id]).await.map(drop)
}

/// Forgets old sign-ins with their codes and tokens, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED_TOKENS, params![now]).await?;
    tx.exec(DELETE_EXPIRED_CODES, params![now]).await?;
    tx.exec(DELETE_EXPIRED, params![now]).await
}

fn read(mut row: Row) -> Result<Grant, StorageError> {
    Ok(Grant {
        id: row.take(0)?,
        client: row.take(1)?,
        account: row.take(2)?,
        session: row.take(3)?,
        session_name: row.take(4)?,
        scopes: row.take(5)?,
        nonce: row.take(6)?,
        signed_in_at: row.take(7)?,
        granted_at: row.take(8)?,
        ended_at: row.take(9)?,
        resource: row.take(10)?,
    })
}
