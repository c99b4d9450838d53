//! Registrations that wait for the code sent to the telephone: no account exists before (R31).

use domain::account::Registration;
use domain::ids::OneTimeCodeId;
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new("insert into signup (id, registration, expires_at) values ($1, $2, $3)");
    FIND = Sql::new("select registration, phone_confirmed_at from signup where id = $1 and expires_at > $2");
    CONFIRM = Sql::new("update signup set phone_confirmed_at = $1, expires_at = $2 where id = $3");
    DELETE = Sql::new("delete from signup where id = $1");
    DELETE_EXPIRED = Sql::new("delete from signup where expires_at <= $1");
}

/// A registration that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signup {
    /// What was entered.
    pub registration: Registration,
    /// When the right code was typed.
    pub phone_confirmed_at: Option<Instant>,
}

/// Adds a registration under the identifier of its challenge.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx<'_>,
    id: OneTimeCodeId,
    registration: &Registration,
    expires_at: Instant,
) -> Result<(), StorageError> {
    tx.exec(INSERT, params![id, to_json(registration)?, expires_at]).await.map(drop)
}

/// The registration of this challenge, unless it is forgotten.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: OneTimeCodeId, now: Instant) -> Result<Option<Signup>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![id, now]).await? else { return Ok(None) };
    Ok(Some(Signup { registration: take_json(&mut row, 0)?, phone_confirmed_at: row.take(1)? }))
}

/// Notes that the right code was typed; the registration waits until `expires_at` for its password.
///
/// # Errors
/// When the database refuses.
pub async fn confirm(tx: &mut Tx<'_>, id: OneTimeCodeId, at: Instant, expires_at: Instant) -> Result<(), StorageError> {
    tx.exec(CONFIRM, params![at, expires_at, id]).await.map(drop)
}

/// Forgets a registration that became an account.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, id: OneTimeCodeId) -> Result<(), StorageError> {
    tx.exec(DELETE, params![id]).await.map(drop)
}

/// Forgets old registrations, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
