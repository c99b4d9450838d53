//! What people have agreed that clients may know.

use domain::ids::AccountId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    UPSERT = Sql::new(
        "insert into oidc_consent (account_id, client_id, scopes, given_at, resources) values ($1, $2, $3, $4, $5)
         on conflict (account_id, client_id) do update set scopes = excluded.scopes, given_at = excluded.given_at,
             resources = excluded.resources",
    );
    FIND = Sql::new("select scopes, resources from oidc_consent where account_id = $1 and client_id = $2");
    LIST_OF_ACCOUNT = Sql::new(
        "select client_id, scopes, given_at, resources from oidc_consent where account_id = $1
         order by given_at desc, client_id",
    );
    DELETE = Sql::new("delete from oidc_consent where account_id = $1 and client_id = $2");
}

/// What somebody has agreed to for one client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The client.
    pub client: String,
    /// What it may know, with spaces between.
    pub scopes: String,
    /// When it was last agreed to.
    pub given_at: Instant,
    /// At which portals it may act for them, with spaces between.
    pub resources: String,
}

/// Remembers what somebody has agreed to, instead of what was remembered before.
///
/// # Errors
/// When the database refuses.
pub async fn upsert(
    tx: &mut Tx<'_>,
    account: AccountId,
    client: &str,
    scopes: &str,
    resources: &str,
    now: Instant,
) -> Result<(), StorageError> {
    tx.exec(UPSERT, params![account, client, scopes, now, resources]).await.map(drop)
}

/// What somebody has agreed to for this client, and at which portals it may act for them, each with spaces between.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, client: &str) -> Result<Option<(String, String)>, StorageError> {
    match tx.optional(FIND, params![account, client]).await? {
        Some(mut row) => Ok(Some((row.take(0)?, row.take(1)?))),
        None => Ok(None),
    }
}

/// What somebody has agreed to, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<Consent>, StorageError> {
    let rows = tx.all(LIST_OF_ACCOUNT, params![account]).await?;
    let read = |mut row: Row| {
        Ok(Consent { client: row.take(0)?, scopes: row.take(1)?, given_at: row.take(2)?, resources: row.take(3)? })
    };
    rows.into_iter().map(read).collect()
}

/// Forgets what somebody has agreed to for this client, so that they are asked again.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, account: AccountId, client: &str) -> Result<(), StorageError> {
    tx.exec(DELETE, params![account, client]).await.map(drop)
}
