//! The one way in which an account changes: decide, note the event, store what it led to, in the caller's transaction.

use domain::account::{self, Account, AccountCommand, AccountRefusal, Registration};
use domain::time::Instant;
use storage::{StorageError, Tx, accounts};

use crate::errors::UsecaseError;

/// Why an account stayed as it was.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AccountActError {
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] AccountRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for AccountActError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// The account that a registration makes, before anything is stored.
pub(crate) fn opened(registration: Registration, now: Instant) -> Result<Account, AccountActError> {
    let events = account::decide(None, &AccountCommand::Register(registration), now)?;
    let opened = events.iter().fold(None, |account, event| account::evolve(account, event, now));
    Ok(opened.ok_or(UsecaseError::Broken("a registration makes an account"))?)
}

/// Stores an account that was just opened.
///
/// # Errors
/// [`accounts::LOGIN_NAME_TAKEN`] when its number has one already.
pub(crate) async fn open(
    tx: &mut Tx<'_>,
    registration: Registration,
    password_hash: &str,
    now: Instant,
) -> Result<Account, AccountActError> {
    let account = opened(registration.clone(), now)?;
    accounts::insert(tx, &account, password_hash).await?;
    let event = account::AccountEvent::Registered { registration };
    accounts::insert_event(tx, account.id, account.version, &event, now).await?;
    Ok(account)
}

/// Does what the command asks of the account, and returns the account as it is then.
pub(crate) async fn change(
    tx: &mut Tx<'_>,
    account: Account,
    command: &AccountCommand,
    now: Instant,
) -> Result<Account, AccountActError> {
    let read_version = account.version;
    let events = account::decide(Some(&account), command, now)?;
    let mut changed = account;
    for event in &events {
        changed = account::evolve(Some(changed), event, now).ok_or(UsecaseError::Broken("an account stays one"))?;
        accounts::insert_event(tx, changed.id, changed.version, event, now).await?;
    }
    if changed.version != read_version {
        accounts::update(tx, &changed, read_version).await?;
    }
    Ok(changed)
}
