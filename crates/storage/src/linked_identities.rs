//! Accounts at providers and the accounts here that belong to the same people.

use domain::ids::AccountId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

/// The rule that an account at a provider belongs to one account here.
pub const IDENTITY_TAKEN: &str = "linked_identity_issuer_subject";

statements! {
    INSERT = Sql::new("insert into linked_identity (issuer, subject, account_id, linked_at) values ($1, $2, $3, $4)");
    FIND = Sql::new("select account_id from linked_identity where issuer = $1 and subject = $2");
    DELETE = Sql::new("delete from linked_identity where issuer = $1 and subject = $2");
    LIST_OF_ACCOUNT = Sql::new("select issuer, linked_at from linked_identity where account_id = $1 order by linked_at");
}

/// Links an account at a provider with an account here.
///
/// # Errors
/// [`StorageError::Constraint`] with [`IDENTITY_TAKEN`] when it is linked already.
pub async fn insert(
    tx: &mut Tx<'_>,
    issuer: &str,
    subject: &str,
    account: AccountId,
    now: Instant,
) -> Result<(), StorageError> {
    tx.exec(INSERT, params![issuer, subject, account, now]).await.map(drop)
}

/// The account here that belongs to an account at a provider.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<Option<AccountId>, StorageError> {
    match tx.optional(FIND, params![issuer, subject]).await? {
        Some(mut row) => Ok(Some(row.take(0)?)),
        None => Ok(None),
    }
}

/// Takes a link apart, such as when the account here was closed.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, issuer: &str, subject: &str) -> Result<(), StorageError> {
    tx.exec(DELETE, params![issuer, subject]).await.map(drop)
}

/// The providers whose accounts belong to an account here, each with when it was linked.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(tx: &mut Tx<'_>, account: AccountId) -> Result<Vec<(String, Instant)>, StorageError> {
    let rows = tx.all(LIST_OF_ACCOUNT, params![account]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}
