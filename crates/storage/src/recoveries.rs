//! Recoveries of accounts at the desk, with what happened to each, and what stops one.

use domain::account::recovery::{Recovery, RecoveryEvent};
use domain::codes::AgencyCode;
use domain::ids::{AccountId, Hash, RecoveryId};
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that an account has one live recovery.
pub const LIVE_TWICE: &str = "account_recovery_live_account_id";
/// The rule that each event has a number of its own; broken when two change a recovery at once.
pub const EVENT_NUMBER: &str = "account_recovery_event_recovery_id_number";

statements! {
    INSERT = Sql::new(
        "insert into account_recovery (id, version, account_id, live_account_id, agency_code, opened_at, state)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    UPDATE = Sql::new(
        "update account_recovery set version = $1, live_account_id = $2, state = $3 where id = $4 and version = $5",
    );
    FIND = Sql::new("select state from account_recovery where id = $1");
    FIND_LIVE = Sql::new("select state from account_recovery where live_account_id = $1");
    LIST_OF_ACCOUNT = Sql::new(
        "select state from account_recovery where account_id = $1 order by opened_at desc, id limit $2",
    );
    LIST_OF_AGENCY = Sql::new(
        "select r.state, a.name
         from account_recovery r join account a on a.id = r.account_id
         where r.agency_code = $1
         order by case when r.live_account_id is null then 1 else 0 end, r.opened_at desc, r.id limit $2",
    );
    INSERT_EVENT = Sql::new(
        "insert into account_recovery_event (recovery_id, number, at, event) values ($1, $2, $3, $4)",
    );
    LIST_EVENTS = Sql::new("select at, event from account_recovery_event where recovery_id = $1 order by number");
    INSERT_STOP = Sql::new("insert into account_recovery_stop (digest, recovery_id) values ($1, $2)");
    FIND_BY_STOP = Sql::new(
        "select state from account_recovery where id in (select recovery_id from account_recovery_stop where digest = $1)",
    );
}

/// Adds a recovery.
///
/// # Errors
/// [`StorageError::Constraint`] with [`LIVE_TWICE`] when the account has a live one.
pub async fn insert(tx: &mut Tx<'_>, new: &Recovery) -> Result<(), StorageError> {
    let params =
        params![new.id, new.version, new.account, live_account(new), &new.agency, new.opened_at, to_json(new)?];
    tx.exec(INSERT, params).await.map(drop)
}

/// Stores a recovery as events have changed it; `read_version` is the version from which they led here.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &mut Tx<'_>, changed: &Recovery, read_version: u64) -> Result<(), StorageError> {
    let params = params![changed.version, live_account(changed), to_json(changed)?, changed.id, read_version];
    match tx.exec(UPDATE, params).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// The recovery of this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: RecoveryId) -> Result<Option<Recovery>, StorageError> {
    tx.optional(FIND, params![id]).await?.as_mut().map(read).transpose()
}

/// The one that waits for something, of this account.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_live(tx: &mut Tx<'_>, account: AccountId) -> Result<Option<Recovery>, StorageError> {
    tx.optional(FIND_LIVE, params![account]).await?.as_mut().map(read).transpose()
}

/// All of an account, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(tx: &mut Tx<'_>, id: AccountId, most: u32) -> Result<Vec<Recovery>, StorageError> {
    tx.all(LIST_OF_ACCOUNT, params![id, most]).await?.iter_mut().map(read).collect()
}

/// Those of an agency with the holders' names: what waits first, each part the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_agency(
    tx: &mut Tx<'_>,
    agency: &AgencyCode,
    most: u32,
) -> Result<Vec<(Recovery, String)>, StorageError> {
    let rows = tx.all(LIST_OF_AGENCY, params![agency, most]).await?;
    rows.into_iter().map(|mut row| Ok((read(&mut row)?, row.take(1)?))).collect()
}

/// Notes what happened; `number` is the recovery's version after it.
///
/// # Errors
/// [`StorageError::Constraint`] when somebody else noted another event under this number meanwhile.
pub async fn insert_event(
    tx: &mut Tx<'_>,
    id: RecoveryId,
    number: u64,
    event: &RecoveryEvent,
    at: Instant,
) -> Result<(), StorageError> {
    tx.exec(INSERT_EVENT, params![id, number, at, to_json(event)?]).await.map(drop)
}

/// What happened to a recovery, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_events(tx: &mut Tx<'_>, id: RecoveryId) -> Result<Vec<(Instant, RecoveryEvent)>, StorageError> {
    let rows = tx.all(LIST_EVENTS, params![id]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, take_json(&mut row, 1)?))).collect()
}

/// Keeps what stops the recovery.
///
/// # Errors
/// When the database refuses.
pub async fn insert_stop(tx: &mut Tx<'_>, digest: Hash, id: RecoveryId) -> Result<(), StorageError> {
    tx.exec(INSERT_STOP, params![digest, id]).await.map(drop)
}

/// The recovery that this code or this link stops.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_by_stop(tx: &mut Tx<'_>, digest: Hash) -> Result<Option<Recovery>, StorageError> {
    tx.optional(FIND_BY_STOP, params![digest]).await?.as_mut().map(read).transpose()
}

fn live_account(recovery: &Recovery) -> Option<AccountId> {
    recovery.is_live().then_some(recovery.account)
}

fn read(row: &mut Row) -> Result<Recovery, StorageError> {
    take_json(row, 0)
}
