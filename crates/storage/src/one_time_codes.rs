//! Challenges that wait for a one-time code; only digests of codes are stored.

use domain::account::Challenge;
use domain::codes::Recipient;
use domain::ids::{AccountId, Hash, MessageId, OneTimeCodeId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into one_time_code (id, purpose, account_id, recipient, digest, tries, sends, sent_at, expires_at)
         values ($1, $2, $3, $4, $5, 0, 1, $6, $7)",
    );
    FIND = Sql::new(
        "select id, purpose, account_id, recipient, digest, tries, sends, sent_at, met_at
         from one_time_code where id = $1 and expires_at > $2",
    );
    // The row stays locked until the end of the transaction: of many tries at once each one counts.
    TRY = Sql::new(
        "update one_time_code set tries = tries + 1 where id = $1 and expires_at > $2
         returning id, purpose, account_id, recipient, digest, tries - 1, sends, sent_at, met_at",
    );
    MEET = Sql::new("update one_time_code set met_at = $1 where id = $2");
    RESEND = Sql::new(
        "update one_time_code set digest = $1, tries = 0, sends = sends + 1, sent_at = $2, expires_at = $3
         where id = $4 and sends = $5 and met_at is null",
    );
    NOTE_MESSAGE = Sql::new("update one_time_code set message_id = $1 where id = $2");
    FIND_MESSAGE = Sql::new("select message_id from one_time_code where id = $1");
    DELETE = Sql::new("delete from one_time_code where id = $1");
    DELETE_EXPIRED = Sql::new("delete from one_time_code where expires_at <= $1");
}

/// What the right code opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new account (R31).
    SignUp,
    /// A session (R35).
    SignIn,
    /// Another telephone number.
    ChangePhone,
    /// Another e-mail address.
    ChangeEmail,
    /// Another password instead of a forgotten one.
    NewPassword,
    /// Other contacts for an account, at the desk: the person reads the code out to the officer.
    Recovery,
}

impl Purpose {
    const ALL: [Self; 6] =
        [Self::SignUp, Self::SignIn, Self::ChangePhone, Self::ChangeEmail, Self::NewPassword, Self::Recovery];

    fn as_str(self) -> &'static str {
        match self {
            Self::SignUp => "sign_up",
            Self::SignIn => "sign_in",
            Self::ChangePhone => "change_phone",
            Self::ChangeEmail => "change_email",
            Self::NewPassword => "new_password",
            Self::Recovery => "recovery",
        }
    }

    fn parse(word: &str) -> Result<Self, StorageError> {
        let found = Self::ALL.into_iter().find(|purpose| purpose.as_str() == word);
        found.ok_or_else(|| StorageError::broken(format!("no purpose is called {word}")))
    }
}

/// A challenge with whom and what it is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredChallenge {
    /// The challenge.
    pub challenge: Challenge,
    /// What it opens.
    pub purpose: Purpose,
    /// Whose it is, once there is an account.
    pub account: Option<AccountId>,
    /// Where its codes go.
    pub recipient: Recipient,
}

/// Adds a challenge whose first code is on its way.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, stored: &StoredChallenge, expires_at: Instant) -> Result<(), StorageError> {
    let StoredChallenge { challenge, purpose, account, recipient } = stored;
    let params =
        params![challenge.id, purpose.as_str(), *account, recipient, challenge.digest, challenge.sent_at, expires_at];
    tx.exec(INSERT, params).await.map(drop)
}

/// The challenge of this id, unless it is forgotten.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: OneTimeCodeId, now: Instant) -> Result<Option<StoredChallenge>, StorageError> {
    tx.optional(FIND, params![id, now]).await?.map(read).transpose()
}

/// Counts a try and returns the challenge as it was before it, unless it is forgotten. Nobody else tries until the
/// transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn begin_try(
    tx: &mut Tx<'_>,
    id: OneTimeCodeId,
    now: Instant,
) -> Result<Option<StoredChallenge>, StorageError> {
    tx.optional(TRY, params![id, now]).await?.map(read).transpose()
}

/// Notes that the right code was typed.
///
/// # Errors
/// When the database refuses.
pub async fn meet(tx: &mut Tx<'_>, id: OneTimeCodeId, at: Instant) -> Result<(), StorageError> {
    tx.exec(MEET, params![at, id]).await.map(drop)
}

/// Puts another code in the place of the one before.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else had one sent meanwhile.
pub async fn resend(
    tx: &mut Tx<'_>,
    challenge: &Challenge,
    digest: Hash,
    at: Instant,
    expires_at: Instant,
) -> Result<(), StorageError> {
    match tx.exec(RESEND, params![digest, at, expires_at, challenge.id, challenge.sends]).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// Notes which message carries the latest code.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn note_message(tx: &mut Tx<'_>, id: OneTimeCodeId, message: MessageId) -> Result<(), StorageError> {
    tx.queue(NOTE_MESSAGE, params![message, id]);
    Ok(())
}

/// The message with the latest code; none when there is nobody to send it to.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_message(tx: &mut Tx<'_>, id: OneTimeCodeId) -> Result<Option<MessageId>, StorageError> {
    tx.optional(FIND_MESSAGE, params![id]).await?.map_or(Ok(None), |mut row| row.take(0))
}

/// Forgets a challenge that has opened what it was for.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, id: OneTimeCodeId) -> Result<u64, StorageError> {
    tx.exec(DELETE, params![id]).await
}

/// Forgets old challenges, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}

fn read(mut row: Row) -> Result<StoredChallenge, StorageError> {
    Ok(StoredChallenge {
        purpose: Purpose::parse(&row.take::<String>(1)?)?,
        account: row.take(2)?,
        recipient: row.take(3)?,
        challenge: Challenge {
            id: row.take(0)?,
            digest: row.take(4)?,
            tries: row.take(5)?,
            sends: row.take(6)?,
            sent_at: row.take(7)?,
            met_at: row.take(8)?,
        },
    })
}
