//! Accounts of citizens and enterprises, with the hash of their password.

use domain::account::{Account, AccountEvent, AccountStatus};
use domain::codes::LoginName;
use domain::ids::AccountId;
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::{take_json, take_optional_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that a number has one account; [`StorageError::is_constraint`] tells when it was broken.
pub const LOGIN_NAME_TAKEN: &str = "account_login_name";
/// The rule that each event has a number of its own; broken when two change an account at once.
pub const EVENT_NUMBER: &str = "account_event_account_id_number";

statements! {
    INSERT = Sql::new(
        "insert into account (id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, phone_confirmed_at, closed_at, representative, password_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
    );
    FIND = Sql::new(
        "select id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, phone_confirmed_at, closed_at, representative
         from account where id = $1",
    );
    FIND_BY_LOGIN = Sql::new(
        "select id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, phone_confirmed_at, closed_at, representative,
             password_hash
         from account
         where status <> 'closed' and (login_name = $1
             or id in (select account_id from former_number where former_number.login_name = $1))",
    );
    UPDATE = Sql::new(
        "update account set version = $1, status = $2, login_name = $3, name = $4, birth_date = $5, email = $6,
             phone = $7, assurance = $8, email_confirmed_at = $9, phone_confirmed_at = $10, closed_at = $11
         where id = $12 and version = $13",
    );
    INSERT_EVENT = Sql::new("insert into account_event (account_id, number, at, event) values ($1, $2, $3, $4)");
    LIST_EVENTS = Sql::new("select at, event from account_event where account_id = $1 order by number desc");
    INSERT_FORMER_NUMBER = Sql::new(
        "insert into former_number (login_name, account_id, replaced_at) values ($1, $2, $3)",
    );
    DELETE_FORMER_NUMBERS = Sql::new("delete from former_number where account_id = $1");
    LIST_FORMER_NUMBERS = Sql::new(
        "select login_name from former_number where account_id = $1 order by replaced_at desc, login_name",
    );
    UPDATE_PASSWORD = Sql::new("update account set password_hash = $1 where id = $2");
    DELETE_LINKS = Sql::new(
        "delete from email_token
         where account_id in (select id from account where id = $1 and status = $2)",
    );
    DELETE_EVENTS = Sql::new(
        "delete from account_event
         where account_id in (select id from account where id = $1 and status = $2)",
    );
    DELETE_UNCONFIRMED = Sql::new("delete from account where id = $1 and status = $2");
}

/// An account with what only signing in needs.
#[derive(Clone, Debug)]
pub struct AccountWithPassword {
    /// The account.
    pub account: Account,
    /// The password's hash; none when no password was ever set, of an account that is entered through a provider.
    pub password_hash: Option<String>,
}

/// Adds an account; without a password when the hash is empty.
///
/// # Errors
/// [`StorageError::Constraint`] with [`LOGIN_NAME_TAKEN`] when the number has an account already.
pub async fn insert(tx: &mut Tx<'_>, account: &Account, password_hash: &str) -> Result<(), StorageError> {
    let params = params![
        account.id,
        account.version,
        account.kind,
        account.status,
        &account.login,
        account.name.clone(),
        account.birth_date,
        account.email.as_ref(),
        account.phone.as_ref(),
        account.assurance,
        account.registered_at,
        account.email_confirmed_at,
        account.phone_confirmed_at,
        account.closed_at,
        account.representative.as_ref().map(to_json).transpose()?,
        password_hash,
    ];
    tx.exec(INSERT, params).await.map(drop)
}

/// The account of this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, StorageError> {
    tx.optional(FIND, params![id]).await?.as_mut().map(read).transpose()
}

/// The account that signs in with this number, now or before it was replaced; a closed one lets nobody in and leaves its
/// number free.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_by_login(tx: &mut Tx<'_>, login: &LoginName) -> Result<Option<AccountWithPassword>, StorageError> {
    let Some(mut row) = tx.optional(FIND_BY_LOGIN, params![login]).await? else {
        return Ok(None);
    };
    let password_hash: String = row.take(15)?;
    let password_hash = Some(password_hash).filter(|hash| !hash.is_empty());
    Ok(Some(AccountWithPassword { account: read(&mut row)?, password_hash }))
}

/// Stores an account as events have changed it; `read_version` is the version from which they led here.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &mut Tx<'_>, account: &Account, read_version: u64) -> Result<(), StorageError> {
    let params = params![
        account.version,
        account.status,
        &account.login,
        account.name.clone(),
        account.birth_date,
        account.email.as_ref(),
        account.phone.as_ref(),
        account.assurance,
        account.email_confirmed_at,
        account.phone_confirmed_at,
        account.closed_at,
        account.id,
        read_version,
    ];
    match tx.exec(UPDATE, params).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// Notes what happened to an account; `number` is its version after it.
///
/// # Errors
/// [`StorageError::Constraint`] when somebody else noted another event under this number meanwhile.
pub async fn insert_event(
    tx: &mut Tx<'_>,
    id: AccountId,
    number: u64,
    event: &AccountEvent,
    at: Instant,
) -> Result<(), StorageError> {
    tx.exec(INSERT_EVENT, params![id, number, at, to_json(event)?]).await.map(drop)
}

/// What happened to an account, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_events(tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<(Instant, AccountEvent)>, StorageError> {
    let rows = tx.all(LIST_EVENTS, params![id]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, take_json(&mut row, 1)?))).collect()
}

/// Keeps a number that the account had before: it goes on leading to it, and to nobody else.
///
/// # Errors
/// [`StorageError::Constraint`] when it was another account's.
pub async fn insert_former_number(
    tx: &mut Tx<'_>,
    login: &LoginName,
    id: AccountId,
    at: Instant,
) -> Result<(), StorageError> {
    tx.exec(INSERT_FORMER_NUMBER, params![login, id, at]).await.map(drop)
}

/// Lets go of the numbers that an account had before, when it is closed.
///
/// # Errors
/// When the database refuses.
pub async fn delete_former_numbers(tx: &mut Tx<'_>, id: AccountId) -> Result<(), StorageError> {
    tx.exec(DELETE_FORMER_NUMBERS, params![id]).await.map(drop)
}

/// The numbers that the account had before, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_former_numbers(tx: &mut Tx<'_>, id: AccountId) -> Result<Vec<LoginName>, StorageError> {
    let rows = tx.all(LIST_FORMER_NUMBERS, params![id]).await?;
    rows.into_iter().map(|mut row| row.take(0)).collect()
}

/// Stores another password's hash.
///
/// # Errors
/// [`StorageError::NoRow`] when there is no such account.
pub async fn update_password(tx: &mut Tx<'_>, id: AccountId, password_hash: &str) -> Result<(), StorageError> {
    match tx.exec(UPDATE_PASSWORD, params![password_hash, id]).await? {
        0 => Err(StorageError::NoRow),
        _ => Ok(()),
    }
}

/// Forgets an account that nobody confirmed, with its links; one that was confirmed stays.
///
/// # Errors
/// When the database refuses.
pub async fn delete_unconfirmed(tx: &mut Tx<'_>, id: AccountId) -> Result<(), StorageError> {
    tx.exec(DELETE_LINKS, params![id, AccountStatus::PendingConfirmation]).await?;
    tx.exec(DELETE_EVENTS, params![id, AccountStatus::PendingConfirmation]).await?;
    tx.exec(DELETE_UNCONFIRMED, params![id, AccountStatus::PendingConfirmation]).await.map(drop)
}

pub(crate) fn read(row: &mut Row) -> Result<Account, StorageError> {
    Ok(Account {
        id: row.take(0)?,
        version: row.take(1)?,
        kind: row.take(2)?,
        status: row.take(3)?,
        login: row.take(4)?,
        name: row.take(5)?,
        birth_date: row.take(6)?,
        email: row.take(7)?,
        phone: row.take(8)?,
        assurance: row.take(9)?,
        registered_at: row.take(10)?,
        email_confirmed_at: row.take(11)?,
        phone_confirmed_at: row.take(12)?,
        closed_at: row.take(13)?,
        representative: take_optional_json(row, 14)?,
    })
}
