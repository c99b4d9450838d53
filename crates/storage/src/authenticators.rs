//! Apps that show a code every 30 seconds (TOTP, RFC 6238); each holder has one at most.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::holder::Holder;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into authenticator (account_id, officer_id, sealed_secret, last_step, created_at)
         values ($1, $2, $3, $4, $5)",
    );
    FIND = Sql::new(
        "select sealed_secret, last_step, created_at from authenticator where account_id = $1 or officer_id = $2",
    );
    // Of two who bring the same code, one changes the row.
    TAKE = Sql::new(
        "update authenticator set last_step = $1 where (account_id = $2 or officer_id = $3) and last_step < $1",
    );
    DELETE = Sql::new("delete from authenticator where account_id = $1 or officer_id = $2");
}

/// A stored authenticator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredAuthenticator {
    /// The shared secret, encrypted.
    pub sealed_secret: Vec<u8>,
    /// The last step of 30 seconds since 1970 whose code was taken.
    pub last_step: u64,
    /// When it was added.
    pub created_at: Instant,
}

/// Gives a holder an authenticator; the one before no longer works.
///
/// # Errors
/// When the database refuses.
pub async fn replace(tx: &mut Tx<'_>, holder: Holder, stored: &StoredAuthenticator) -> Result<(), StorageError> {
    delete(tx, holder).await?;
    let StoredAuthenticator { sealed_secret, last_step, created_at } = stored;
    let params = params![holder.account(), holder.officer(), sealed_secret.clone(), *last_step, *created_at];
    tx.exec(INSERT, params).await.map(drop)
}

/// The authenticator of a holder.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, holder: Holder) -> Result<Option<StoredAuthenticator>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![holder.account(), holder.officer()]).await? else { return Ok(None) };
    Ok(Some(StoredAuthenticator { sealed_secret: row.take(0)?, last_step: row.take(1)?, created_at: row.take(2)? }))
}

/// Takes the code of a step, and says whether it was not taken before, nor one of a later step.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx<'_>, holder: Holder, step: u64) -> Result<bool, StorageError> {
    Ok(tx.exec(TAKE, params![step, holder.account(), holder.officer()]).await? == 1)
}

/// Removes the authenticator of a holder, and says whether there was one.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, holder: Holder) -> Result<bool, StorageError> {
    Ok(tx.exec(DELETE, params![holder.account(), holder.officer()]).await? == 1)
}
