//! What people have agreed that clients may know.

use domain::ids::AccountId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    UPSERT = Sql::new(
        "insert into oidc_consent (account_id, client_id, scopes, given_at) values ($1, $2, $3, $4)
         on conflict (account_id, client_id) do update set scopes = excluded.scopes, given_at = excluded.given_at",
    );
    FIND = Sql::new("select scopes from oidc_consent where account_id = $1 and client_id = $2");
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
    now: Instant,
) -> Result<(), StorageError> {
    tx.exec(UPSERT, params![account, client, scopes, now]).await.map(drop)
}

/// What somebody has agreed to for this client, with spaces between.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, account: AccountId, client: &str) -> Result<Option<String>, StorageError> {
    match tx.optional(FIND, params![account, client]).await? {
        Some(mut row) => Ok(Some(row.take(0)?)),
        None => Ok(None),
    }
}
