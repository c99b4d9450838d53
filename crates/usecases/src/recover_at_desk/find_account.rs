//! An officer finds the account of the person at the desk: counted, audited, and shown as far as needed to know the person.

use domain::account::recovery::{RecoveryRefusal, check_account};
use domain::codes::LoginName;
use domain::ids::{AccountId, RecoveryId};
use domain::policy::Act;
use storage::{Holder, Tx};
use storage::{accounts, authenticators, passkeys, recoveries};

use super::{LineHead, RecoverError, basis_of, desk_of, desks, note, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// An account as an officer at the desk sees it.
#[derive(Clone, Debug)]
pub struct LostAccount {
    /// The account.
    pub id: AccountId,
    /// The holder's name.
    pub name: String,
    /// Its telephone, masked; empty when there is none.
    pub phone: String,
    /// Its mailbox, masked; empty when there is none.
    pub email: String,
    /// Whether there are ways to sign in beside the password that the person may have lost too.
    pub has_second_factors: bool,
    /// The recovery that waits already, when it is one of the viewer's own desk.
    pub live: Option<RecoveryId>,
    /// Whether a recovery waits already, wherever.
    pub is_live: bool,
}

/// The account of this number. Every search counts and is noted, also one that finds nothing.
///
/// # Errors
/// [`RecoverError::Refused`] when the account cannot be recovered at the desk; [`UsecaseError::NotFound`] when there is none.
pub async fn find_lost_account(app: &App, ctx: &Ctx, login: &LoginName) -> Result<AccountId, RecoverError> {
    let (officer, (_, right)) = (officer_of(ctx)?, desk_of(&ctx.viewer)?);
    limits::check_desk_search(app, ctx, officer.id).await?;
    let (login, line, basis) = (login.clone(), LineHead::of(ctx), basis_of(&right, None));
    let found = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = accounts::find_by_login(tx, &login).await?.map(|found| found.account);
                note(tx, &line, "find_lost_account", found.as_ref().map(|found| found.id), basis).await?;
                Ok::<_, UsecaseError>(found)
            })
        })
        .await?;
    let account = found.ok_or(UsecaseError::NotFound)?;
    check_account(&account)?;
    Ok(account.id)
}

/// The account that a search has found, for the page on which the recovery is opened.
pub async fn view_lost_account(app: &App, ctx: &Ctx, id: AccountId) -> Result<LostAccount, RecoverError> {
    let (_, desks) = (desk_of(&ctx.viewer)?, desks(&ctx.viewer, Act::ReadRecovery)?);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                match check_account(&account) {
                    Ok(()) => {}
                    Err(RecoveryRefusal::AccountNotUsable) => return Err(UsecaseError::NotFound.into()),
                    Err(refusal) => return Err(refusal.into()),
                }
                let live = recoveries::find_live(tx, id).await?;
                Ok(LostAccount {
                    id,
                    name: account.name.to_string(),
                    phone: account.phone.as_ref().map(|phone| phone.masked()).unwrap_or_default(),
                    email: account.email.as_ref().map(|email| email.masked()).unwrap_or_default(),
                    has_second_factors: has_second_factors(tx, id).await?,
                    is_live: live.is_some(),
                    live: live.filter(|live| desks.contains(&live.agency)).map(|live| live.id),
                })
            })
        })
        .await
}

async fn has_second_factors(tx: &mut Tx<'_>, id: AccountId) -> Result<bool, UsecaseError> {
    let holder = Holder::Account(id);
    Ok(authenticators::find(tx, holder).await?.is_some() || !passkeys::list(tx, holder).await?.is_empty())
}
