//! Accounts of citizens and enterprises, with the hash of their password.

use domain::account::{Account, AccountEvent, AccountStatus, evolve};
use domain::codes::LoginName;
use domain::ids::AccountId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that a number has one account; [`StorageError::is_constraint`] tells when it was broken.
pub const LOGIN_NAME_TAKEN: &str = "account_login_name";

statements! {
    INSERT = Sql::new(
        "insert into account (id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, closed_at, password_hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    );
    FIND = Sql::new(
        "select id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, closed_at
         from account where id = $1",
    );
    FIND_BY_LOGIN = Sql::new(
        "select id, version, kind, status, login_name, name, birth_date, email, phone, assurance,
             registered_at, email_confirmed_at, closed_at, password_hash
         from account where login_name = $1",
    );
    UPDATE = Sql::new(
        "update account set version = $1, status = $2, name = $3, birth_date = $4, email = $5, phone = $6,
             assurance = $7, email_confirmed_at = $8, closed_at = $9
         where id = $10 and version = $11",
    );
    UPDATE_PASSWORD = Sql::new("update account set password_hash = $1 where id = $2");
    DELETE_LINKS = Sql::new(
        "delete from email_token
         where account_id in (select id from account where id = $1 and status = $2)",
    );
    DELETE_UNCONFIRMED = Sql::new("delete from account where id = $1 and status = $2");
}

/// An account with what only signing in needs.
#[derive(Clone, Debug)]
pub struct AccountWithPassword {
    /// The account.
    pub account: Account,
    /// The password's hash.
    pub password_hash: String,
}

/// Adds an account.
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
        &account.email,
        account.phone.as_ref(),
        account.assurance,
        account.registered_at,
        account.email_confirmed_at,
        account.closed_at,
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

/// The account that signs in with this number.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_by_login(tx: &mut Tx<'_>, login: &LoginName) -> Result<Option<AccountWithPassword>, StorageError> {
    let Some(mut row) = tx.optional(FIND_BY_LOGIN, params![login]).await? else {
        return Ok(None);
    };
    Ok(Some(AccountWithPassword { account: read(&mut row)?, password_hash: row.take(13)? }))
}

/// Stores an account as events have changed it; `read_version` is the version from which they led here.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &mut Tx<'_>, account: &Account, read_version: u64) -> Result<(), StorageError> {
    let params = params![
        account.version,
        account.status,
        account.name.clone(),
        account.birth_date,
        &account.email,
        account.phone.as_ref(),
        account.assurance,
        account.email_confirmed_at,
        account.closed_at,
        account.id,
        read_version,
    ];
    match tx.exec(UPDATE, params).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// Notes that the holder reads the account's present address, unless that is known or the account is closed.
///
/// # Errors
/// [`StorageError::NoRow`] when there is no such account, [`StorageError::Conflict`] when it was changed meanwhile.
pub async fn confirm_email(tx: &mut Tx<'_>, id: AccountId, at: Instant) -> Result<(), StorageError> {
    let account = find(tx, id).await?.ok_or(StorageError::NoRow)?;
    if account.email_confirmed_at.is_some() || account.status == AccountStatus::Closed {
        return Ok(());
    }
    let read_version = account.version;
    let confirmed = AccountEvent::EmailConfirmed { email: account.email.clone() };
    match evolve(Some(account), &confirmed, at) {
        Some(account) => update(tx, &account, read_version).await,
        None => Err(StorageError::NoRow),
    }
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
    tx.exec(DELETE_UNCONFIRMED, params![id, AccountStatus::PendingConfirmation]).await.map(drop)
}

fn read(row: &mut Row) -> Result<Account, StorageError> {
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
        closed_at: row.take(12)?,
    })
}
