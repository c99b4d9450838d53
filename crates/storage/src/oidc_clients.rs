//! Programs of others that let people sign in here; what is registered about them is text to this crate.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    UPSERT = Sql::new(
        "insert into oidc_client (id, registration, registered_at) values ($1, $2, $3)
         on conflict (id) do update set registration = excluded.registration, registered_at = excluded.registered_at",
    );
    FIND = Sql::new("select registration from oidc_client where id = $1");
}

/// Registers a client, or registers it anew.
///
/// # Errors
/// When the database refuses.
pub async fn upsert(tx: &mut Tx<'_>, id: &str, registration: &str, now: Instant) -> Result<(), StorageError> {
    tx.exec(UPSERT, params![id, registration, now]).await.map(drop)
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
