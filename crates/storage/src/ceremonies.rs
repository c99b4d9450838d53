//! Steps of signing in, or of adding a way to, that were begun and wait for their answer.

use domain::ids::CeremonyId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::holder::Holder;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into ceremony (id, purpose, account_id, officer_id, state, tries, expires_at)
         values ($1, $2, $3, $4, $5, 0, $6)",
    );
    FIND = Sql::new(
        "select id, purpose, account_id, officer_id, state, tries from ceremony where id = $1 and expires_at > $2",
    );
    // The row stays locked until the end of the transaction: of many tries at once each one counts.
    TRY = Sql::new(
        "update ceremony set tries = tries + 1 where id = $1 and expires_at > $2
         returning id, purpose, account_id, officer_id, state, tries",
    );
    DELETE = Sql::new("delete from ceremony where id = $1");
    DELETE_ALL = Sql::new("delete from ceremony where account_id = $1 or officer_id = $2");
    DELETE_EXPIRED = Sql::new("delete from ceremony where expires_at <= $1");
}

/// What the answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CeremonyPurpose {
    /// The password was right; a code of the app, or one on paper, opens the session.
    SecondFactor,
    /// The password was right, and the holder must add an authenticator before there is a session.
    FirstAuthenticator,
    /// Adds an authenticator to a holder who is signed in.
    AddAuthenticator,
    /// Adds a passkey to a holder who is signed in.
    AddPasskey,
    /// A passkey opens the session.
    PasskeySignIn,
}

impl CeremonyPurpose {
    const ALL: [Self; 5] =
        [Self::SecondFactor, Self::FirstAuthenticator, Self::AddAuthenticator, Self::AddPasskey, Self::PasskeySignIn];

    fn as_str(self) -> &'static str {
        match self {
            Self::SecondFactor => "second_factor",
            Self::FirstAuthenticator => "first_authenticator",
            Self::AddAuthenticator => "add_authenticator",
            Self::AddPasskey => "add_passkey",
            Self::PasskeySignIn => "passkey_sign_in",
        }
    }

    fn parse(word: &str) -> Result<Self, StorageError> {
        let found = Self::ALL.into_iter().find(|purpose| purpose.as_str() == word);
        found.ok_or_else(|| StorageError::broken(format!("no ceremony is called {word}")))
    }
}

/// A step that waits for its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ceremony {
    /// Its identifier, which its page knows.
    pub id: CeremonyId,
    /// What the answer does.
    pub purpose: CeremonyPurpose,
    /// Whose it is, when that is known.
    pub holder: Option<Holder>,
    /// What must be remembered until the answer.
    pub state: String,
    /// How often an answer came.
    pub tries: u64,
}

/// Begins a step that is forgotten at `expires_at`.
///
/// # Errors
/// When the database refuses.
pub async fn insert(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    holder: Option<Holder>,
    state: &str,
    expires_at: Instant,
) -> Result<(), StorageError> {
    let (account, officer) = (holder.and_then(Holder::account), holder.and_then(Holder::officer));
    tx.exec(INSERT, params![id, purpose.as_str(), account, officer, state, expires_at]).await.map(drop)
}

/// The step of this identifier and purpose, unless it is forgotten.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    now: Instant,
) -> Result<Option<Ceremony>, StorageError> {
    let found = tx.optional(FIND, params![id, now]).await?.map(read).transpose()?;
    Ok(found.filter(|found| found.purpose == purpose))
}

/// Counts an answer and returns the step with it counted. Nobody else answers until the transaction ends.
///
/// # Errors
/// When the database refuses.
pub async fn begin_try(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    now: Instant,
) -> Result<Option<Ceremony>, StorageError> {
    let found = tx.optional(TRY, params![id, now]).await?.map(read).transpose()?;
    Ok(found.filter(|found| found.purpose == purpose))
}

/// Ends a step, and says whether it was still there: of two right answers at once, one ends it.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, id: CeremonyId) -> Result<bool, StorageError> {
    Ok(tx.exec(DELETE, params![id]).await? == 1)
}

/// Ends all steps of a holder, such as when the password is changed.
///
/// # Errors
/// When the database refuses.
pub async fn delete_all(tx: &mut Tx<'_>, holder: Holder) -> Result<(), StorageError> {
    tx.exec(DELETE_ALL, params![holder.account(), holder.officer()]).await.map(drop)
}

/// Forgets steps that have expired, and says how many.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, now: Instant) -> Result<u64, StorageError> {
    tx.exec(DELETE_EXPIRED, params![now]).await
}

fn read(mut row: Row) -> Result<Ceremony, StorageError> {
    let purpose: String = row.take(1)?;
    Ok(Ceremony {
        id: row.take(0)?,
        purpose: CeremonyPurpose::parse(&purpose)?,
        holder: Holder::read(&mut row, 2)?,
        state: row.take(4)?,
        tries: row.take(5)?,
    })
}
