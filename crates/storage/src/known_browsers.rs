//! Browsers in which accounts have signed in; of the mark that a browser keeps only the digest is stored.

use domain::ids::{AccountId, Hash};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    COUNT = Sql::new("select count(*) from known_browser where account_id = $1");
    TOUCH = Sql::new(
        "insert into known_browser (account_id, digest, seen_at) values ($1, $2, $3)
         on conflict (account_id, digest) do nothing",
    );
    SEE_AGAIN = Sql::new("update known_browser set seen_at = $1 where account_id = $2 and digest = $3");
    DELETE_ALL = Sql::new("delete from known_browser where account_id = $1");
    DELETE_UNSEEN = Sql::new("delete from known_browser where seen_at <= $1");
}

/// How a browser is known to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquaintance {
    /// It has signed the account in before.
    Known,
    /// No browser has signed the account in before.
    First,
    /// Others have, this one has not.
    New,
}

/// Notes that a browser signed an account in, and says how it was known before.
///
/// # Errors
/// When the database refuses.
pub async fn meet(
    tx: &mut Tx<'_>,
    account: AccountId,
    digest: Hash,
    now: Instant,
) -> Result<Acquaintance, StorageError> {
    if tx.exec(SEE_AGAIN, params![now, account, digest]).await? == 1 {
        return Ok(Acquaintance::Known);
    }
    let others: u64 = match tx.optional(COUNT, params![account]).await? {
        Some(mut row) => row.take(0)?,
        None => 0,
    };
    tx.exec(TOUCH, params![account, digest, now]).await?;
    Ok(if others == 0 { Acquaintance::First } else { Acquaintance::New })
}

/// Forgets the browsers of an account, such as when it is closed.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx<'_>, account: AccountId) -> Result<(), StorageError> {
    tx.exec(DELETE_ALL, params![account]).await.map(drop)
}

/// Forgets browsers that were last seen at this moment or before, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_unseen(tx: &mut Tx<'_>, since: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_UNSEEN, params![since]).await
}
