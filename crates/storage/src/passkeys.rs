//! Passkeys (WebAuthn): the public halves of keys on people's devices.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::holder::Holder;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that a passkey has one holder; [`StorageError::is_constraint`] tells when it was broken.
pub const PASSKEY_TAKEN: &str = "passkey_id";

statements! {
    INSERT = Sql::new(
        "insert into passkey (id, account_id, officer_id, name, credential, created_at)
         values ($1, $2, $3, $4, $5, $6)",
    );
    FIND = Sql::new(
        "select id, account_id, officer_id, name, credential, created_at, used_at from passkey where id = $1",
    );
    LIST = Sql::new(
        "select id, account_id, officer_id, name, credential, created_at, used_at
         from passkey where account_id = $1 or officer_id = $2 order by created_at, id",
    );
    USE = Sql::new("update passkey set credential = $1, used_at = $2 where id = $3");
    DELETE = Sql::new("delete from passkey where id = $1 and (account_id = $2 or officer_id = $3)");
    DELETE_ALL = Sql::new("delete from passkey where account_id = $1 or officer_id = $2");
}

/// A stored passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredPasskey {
    /// The credential's identifier, base64url.
    pub id: String,
    /// Whom it signs in.
    pub holder: Holder,
    /// What its holder calls it.
    pub name: String,
    /// The public key with its counter and flags, as JSON of the WebAuthn library.
    pub credential: String,
    /// When it was added.
    pub created_at: Instant,
    /// When it last signed its holder in.
    pub used_at: Option<Instant>,
}

/// Adds a passkey.
///
/// # Errors
/// [`StorageError::Constraint`] with [`PASSKEY_TAKEN`] when it is stored already.
pub async fn insert(tx: &mut Tx<'_>, passkey: &StoredPasskey) -> Result<(), StorageError> {
    let StoredPasskey { id, holder, name, credential, created_at, .. } = passkey;
    tx.exec(INSERT, params![id, holder.account(), holder.officer(), name, credential, *created_at]).await.map(drop)
}

/// The passkey with this identifier.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: &str) -> Result<Option<StoredPasskey>, StorageError> {
    tx.optional(FIND, params![id]).await?.map(read).transpose()
}

/// The passkeys of a holder, the oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &mut Tx<'_>, holder: Holder) -> Result<Vec<StoredPasskey>, StorageError> {
    tx.all(LIST, params![holder.account(), holder.officer()]).await?.into_iter().map(read).collect()
}

/// Notes that a passkey signed its holder in, with its counter and flags since then.
///
/// # Errors
/// When the database refuses.
pub async fn note_use(tx: &mut Tx<'_>, id: &str, credential: &str, at: Instant) -> Result<(), StorageError> {
    tx.exec(USE, params![credential, at, id]).await.map(drop)
}

/// Removes a passkey of a holder, and says whether there was one; another's stays.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, id: &str, holder: Holder) -> Result<bool, StorageError> {
    Ok(tx.exec(DELETE, params![id, holder.account(), holder.officer()]).await? == 1)
}

/// Removes all passkeys of a holder.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx<'_>, holder: Holder) -> Result<(), StorageError> {
    tx.exec(DELETE_ALL, params![holder.account(), holder.officer()]).await.map(drop)
}

fn read(mut row: Row) -> Result<StoredPasskey, StorageError> {
    Ok(StoredPasskey {
        id: row.take(0)?,
        holder: Holder::read(&mut row, 1)?.ok_or_else(|| StorageError::broken("a passkey of nobody"))?,
        name: row.take(3)?,
        credential: row.take(4)?,
        created_at: row.take(5)?,
        used_at: row.take(6)?,
    })
}
