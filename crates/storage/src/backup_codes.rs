//! Codes on paper for the day when the telephone is lost; only digests are stored, and a used one is gone.

use domain::ids::Hash;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::holder::Holder;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into backup_code (digest, account_id, officer_id, created_at) values ($1, $2, $3, $4)",
    );
    USE = Sql::new("delete from backup_code where digest = $1 and (account_id = $2 or officer_id = $3)");
    COUNT = Sql::new("select count(*) from backup_code where account_id = $1 or officer_id = $2");
    DELETE_ALL = Sql::new("delete from backup_code where account_id = $1 or officer_id = $2");
}

/// Gives a holder these codes; those before no longer work.
///
/// # Errors
/// When the database refuses.
pub async fn replace(tx: &mut Tx<'_>, holder: Holder, digests: &[Hash], now: Instant) -> Result<(), StorageError> {
    delete_all(tx, holder).await?;
    for digest in digests {
        tx.exec(INSERT, params![*digest, holder.account(), holder.officer(), now]).await?;
    }
    Ok(())
}

/// Uses a code up, and says whether it was one of the holder's.
///
/// # Errors
/// When the database refuses.
pub async fn take(tx: &mut Tx<'_>, holder: Holder, digest: Hash) -> Result<bool, StorageError> {
    Ok(tx.exec(USE, params![digest, holder.account(), holder.officer()]).await? == 1)
}

/// How many codes of a holder are left.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &mut Tx<'_>, holder: Holder) -> Result<u64, StorageError> {
    match tx.optional(COUNT, params![holder.account(), holder.officer()]).await? {
        Some(mut row) => row.take(0),
        None => Ok(0),
    }
}

/// Removes the codes of a holder.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx<'_>, holder: Holder) -> Result<(), StorageError> {
    tx.exec(DELETE_ALL, params![holder.account(), holder.officer()]).await.map(drop)
}
