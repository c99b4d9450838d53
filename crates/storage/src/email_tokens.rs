//! Links that confirm an e-mail address; only the digests of their tokens are stored.

use domain::codes::EmailAddress;
use domain::ids::{AccountId, Hash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into email_token (token_hash, account_id, email, expires_at) values ($1, $2, $3, $4)",
    );
    // A link that was sent to an address which the account no longer has is void.
    FIND = Sql::new(
        "select email_token.account_id
         from email_token
         join account on account.id = email_token.account_id and account.email = email_token.email
         where email_token.token_hash = $1 and email_token.expires_at > $2",
    );
    COUNT_OF_ACCOUNT = Sql::new(
        "select count(*) from email_token where account_id = $1 and expires_at > $2",
    );
    DELETE_EXPIRED = Sql::new("delete from email_token where expires_at <= $1");
}

/// Remembers a link that was sent to an address.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn insert(
    tx: &mut Tx<'_>,
    token_hash: Hash,
    account: AccountId,
    email: &EmailAddress,
    expires_at: Instant,
) -> Result<(), StorageError> {
    tx.queue(INSERT, params![token_hash, account, email, expires_at]);
    Ok(())
}

/// The account whose present address the link confirms, if it still works.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, token_hash: Hash, now: Instant) -> Result<Option<AccountId>, StorageError> {
    tx.optional(FIND, params![token_hash, now]).await?.map(|mut row| row.take(0)).transpose()
}

/// How many links sent for the account still work.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_of_account(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<i64, StorageError> {
    tx.one(COUNT_OF_ACCOUNT, params![account, now]).await?.take(0)
}

/// Forgets links that no longer work, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
