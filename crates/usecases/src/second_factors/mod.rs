//! Ways to sign in beside the password: passkeys, an authenticator app, backup codes; of accounts and of officers.

mod authenticator;
mod backup_codes;
mod change;
mod passkey;
mod relying_party;
mod second_step;
mod vault;

use domain::ids::CeremonyId;
use domain::policy::Viewer;
use domain::time::Instant;
use storage::ceremonies::{self, CeremonyPurpose};
use storage::{Holder, StorageError, Tx, authenticators, passkeys};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

pub use authenticator::{
    NewAuthenticator, add_first_authenticator, begin_authenticator, find_new_authenticator, finish_authenticator,
};
pub use backup_codes::renew_backup_codes;
pub use change::{SecondFactorChange, remove_authenticator, remove_passkey};
pub use passkey::{
    PasskeyPage, PasskeySignIn, begin_passkey, begin_passkey_sign_in, find_passkey_page, finish_passkey,
    finish_passkey_sign_in,
};
pub use relying_party::{RelyingParty, RelyingPartyError};
pub(crate) use second_step::{FreshStep, NextStep, next_step};
pub use second_step::{SecondStep, Step, find_second_step, finish_second_step};
pub use vault::Vault;

/// How long a begun step waits for its answer, in milliseconds.
const PATIENCE_MILLIS: i64 = 10 * 60_000;
/// How many answers a step takes before it is void.
const MOST_TRIES: u64 = 5;

/// Why a way to sign in was not added, or did not let anybody in.
#[derive(Debug, thiserror::Error)]
pub enum SecondFactorError {
    /// There is no such step, or it is forgotten: one begins anew.
    #[error("there is no such step")]
    Unknown,
    /// The code, or the key's answer, is not right.
    #[error("the answer is not right")]
    Wrong,
    /// The password is not the holder's.
    #[error("the password is not the holder's")]
    WrongPassword,
    /// The passkey is stored already.
    #[error("the passkey is stored already")]
    Taken,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for SecondFactorError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// The ways to sign in that a holder has beside the password.
#[derive(Clone, Debug)]
pub struct SecondFactors {
    /// Passkeys, the oldest first.
    pub passkeys: Vec<OwnPasskey>,
    /// When the authenticator app was added.
    pub authenticator_since: Option<Instant>,
    /// How many backup codes are left.
    pub backup_codes: u64,
    /// Whether the portal is reached in a way in which browsers offer passkeys.
    pub takes_passkeys: bool,
    /// Whether the holder must have one.
    pub is_required: bool,
}

/// A passkey, as its holder sees it.
#[derive(Clone, Debug)]
pub struct OwnPasskey {
    /// The credential's identifier.
    pub id: String,
    /// What its holder calls it.
    pub name: String,
    /// When it was added.
    pub created_at: Instant,
    /// When it last signed the holder in.
    pub used_at: Option<Instant>,
}

/// The ways to sign in that the viewer has beside the password.
pub async fn view_second_factors(app: &App, ctx: &Ctx) -> Result<SecondFactors, UsecaseError> {
    let holder = holder_of(ctx)?;
    let (passkeys, authenticator, backup_codes) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let passkeys = passkeys::list(tx, holder).await?;
                let authenticator = authenticators::find(tx, holder).await?;
                let left = storage::backup_codes::count(tx, holder).await?;
                Ok::<_, UsecaseError>((passkeys, authenticator, left))
            })
        })
        .await?;
    let own = |stored: passkeys::StoredPasskey| {
        let passkeys::StoredPasskey { id, name, created_at, used_at, .. } = stored;
        OwnPasskey { id, name, created_at, used_at }
    };
    Ok(SecondFactors {
        passkeys: passkeys.into_iter().map(own).collect(),
        authenticator_since: authenticator.map(|stored| stored.created_at),
        backup_codes,
        takes_passkeys: app.relying_party().is_some(),
        is_required: holder.officer().is_some() && app.settings().officers_need_second_factor,
    })
}

/// Whose ways to sign in the viewer may change: their own, and nobody else's.
fn holder_of(ctx: &Ctx) -> Result<Holder, UsecaseError> {
    match &ctx.viewer {
        Viewer::Citizen(id) => Ok(Holder::Account(*id)),
        Viewer::Officer { id, .. } => Ok(Holder::Officer(*id)),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// Begins a step; its identifier goes into the page that takes the answer.
async fn begin(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    holder: Option<Holder>,
    state: &str,
    now: Instant,
) -> Result<(), UsecaseError> {
    Ok(ceremonies::insert(tx, id, purpose, holder, state, now.plus_millis(PATIENCE_MILLIS)).await?)
}

/// Takes back a holder's ways to sign in beside the password, such as when the account is closed.
pub(crate) async fn forget_all(tx: &mut Tx<'_>, holder: Holder) -> Result<(), UsecaseError> {
    passkeys::delete_all(tx, holder).await?;
    authenticators::delete(tx, holder).await?;
    storage::backup_codes::delete_all(tx, holder).await?;
    ceremonies::delete_all(tx, holder).await?;
    if let Holder::Account(account) = holder {
        storage::known_browsers::delete_all(tx, account).await?;
    }
    Ok(())
}
