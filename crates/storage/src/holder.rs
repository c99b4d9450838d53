//! Whose a session, a key or a code is: an account's or an officer's.

use domain::ids::{AccountId, OfficerId};

use crate::error::StorageError;
use crate::value::Row;

/// Whoever signs in. In tables it is two columns, of which exactly one is filled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// An account of the portal.
    Account(AccountId),
    /// An officer.
    Officer(OfficerId),
}

impl Holder {
    /// The value of the column `account_id`.
    pub fn account(self) -> Option<AccountId> {
        match self {
            Self::Account(id) => Some(id),
            Self::Officer(_) => None,
        }
    }

    /// The value of the column `officer_id`.
    pub fn officer(self) -> Option<OfficerId> {
        match self {
            Self::Officer(id) => Some(id),
            Self::Account(_) => None,
        }
    }

    /// The identifier's 128 bits; those of an account are never those of an officer, since both are drawn at random.
    pub fn as_bytes(&self) -> &[u8; 16] {
        match self {
            Self::Account(id) => id.as_bytes(),
            Self::Officer(id) => id.as_bytes(),
        }
    }

    /// Reads both columns, the account's first.
    pub(crate) fn read(row: &mut Row, column: usize) -> Result<Option<Self>, StorageError> {
        let account: Option<AccountId> = row.take(column)?;
        let officer: Option<OfficerId> = row.take(column + 1)?;
        Ok(account.map(Self::Account).or(officer.map(Self::Officer)))
    }
}
