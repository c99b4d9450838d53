//! Programs of others that let people sign in here; what is registered about them is text to this crate.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    UPSERT = Sql::new(
        "insert into oidc_client (id, registration, registered_at, resource) values ($1, $2, $3, $4)
         on conflict (id) do update set registration = excluded.registration, registered_at = excluded.registered_at,
             resource = excluded.resource",
    );
    FIND = Sql::new("select registration from oidc_client where id = $1");
    FIND_RESOURCE = Sql::new("select registration from oidc_client where resource = $1");
}

/// The rule that no two clients take access tokens as the same.
pub const RESOURCE_TAKEN: &str = "oidc_client_resource";

/// Registers a client, or registers it anew; `resource` is as which it takes access tokens, when it does.
///
/// # Errors
/// [`StorageError::Constraint`] with [`RESOURCE_TAKEN`] when another client does so as the same.
pub async fn upsert(
    tx: &mut Tx<'_>,
    id: &str,
    registration: &str,
    resource: Option<&str>,
    now: Instant,
) -> Result<(), StorageError> {
    tx.exec(UPSERT, params![id, registration, now, resource]).await.map(drop)
}

/// What is registered about the client of this name.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<String>, StorageError> {
    match tx.optional(FIND, params![id]).await? {
        Some(mut row) => Ok(Some(row.take(0)?)),
        None => Ok(None),
    }
}

/// What is registered about the client that takes access tokens as this.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Option<String>, StorageError> {
    match tx.optional(FIND_RESOURCE, params![resource]).await? {
        Some(mut row) => Ok(Some(row.take(0)?)),
        None => Ok(None),
    }
}
