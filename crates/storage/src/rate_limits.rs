//! How often something was tried in the present window of time, counted where all processes see it.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    // A process whose clock is behind counts into the window that is there.
    HIT = Sql::new(
        "insert into rate_limit (key, window_started_at, expires_at, hits) values ($1, $2, $3, 1)
         on conflict (key) do update set
             hits = case
                 when excluded.window_started_at > rate_limit.window_started_at then 1
                 else rate_limit.hits + 1
             end,
             expires_at = case
                 when excluded.window_started_at > rate_limit.window_started_at then excluded.expires_at
                 else rate_limit.expires_at
             end,
             window_started_at = case
                 when excluded.window_started_at > rate_limit.window_started_at then excluded.window_started_at
                 else rate_limit.window_started_at
             end
         returning hits",
    );
    COUNT = Sql::new("select hits from rate_limit where key = $1 and expires_at > $2");
    TAKE_BACK = Sql::new("update rate_limit set hits = hits - 1 where key = $1 and hits > 0");
    DELETE = Sql::new("delete from rate_limit where key = $1");
    DELETE_EXPIRED = Sql::new("delete from rate_limit where expires_at <= $1");
}

/// Counts one try, and says how many there have been in this window; windows begin at whole multiples of their length.
///
/// # Errors
/// When the database refuses.
pub async fn hit(tx: &mut Tx<'_>, key: &str, window_millis: i64, now: Instant) -> Result<i64, StorageError> {
    let started = now.plus_millis(-now.as_millis().rem_euclid(window_millis));
    tx.one(HIT, params![key, started, started.plus_millis(window_millis)]).await?.take(0)
}

/// How many tries were counted in the window that lasts now.
///
/// # Errors
/// When the database refuses.
pub async fn count(tx: &mut Tx<'_>, key: &str, now: Instant) -> Result<i64, StorageError> {
    tx.optional(COUNT, params![key, now]).await?.map_or(Ok(0), |mut row| row.take(0))
}

/// Takes one counted try back.
///
/// # Errors
/// When the database refuses.
pub async fn take_back(tx: &mut Tx<'_>, key: &str) -> Result<(), StorageError> {
    tx.exec(TAKE_BACK, params![key]).await.map(drop)
}

/// Forgets all tries of this key.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, key: &str) -> Result<(), StorageError> {
    tx.exec(DELETE, params![key]).await.map(drop)
}

/// Forgets windows that have passed, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}
