//! The person reads out the codes that came to the new telephone and the new mailbox; the officer types them.

use domain::account::OneTimeCode;
use domain::account::recovery::{Recovery, RecoveryCommand, RecoveryEvent};
use domain::ids::{OneTimeCodeId, RecoveryId};
use domain::policy::{Act, Resource, may};
use storage::one_time_codes::Purpose;
use storage::recoveries;

use super::advance::follow;
use super::notices::Notices;
use super::{ATTEMPTS, LineHead, Loaded, RecoverError, act, basis_of, load, note, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::one_time_codes::{CodeError, ResendError, judge, resend_code};

/// What was typed.
#[derive(Clone, Debug, Default)]
pub struct TypedCodes {
    /// The code of the telephone.
    pub phone: Option<OneTimeCode>,
    /// The code of the mailbox.
    pub email: Option<OneTimeCode>,
}

/// Which of the typed codes were not right, and why.
#[derive(Debug, Default)]
pub struct WrongCodes {
    /// The code of the telephone.
    pub phone: Option<CodeError>,
    /// The code of the mailbox.
    pub email: Option<CodeError>,
}

/// Judges the codes; each right one proves its contact.
pub async fn prove_contacts(
    app: &App,
    ctx: &Ctx,
    id: RecoveryId,
    typed: TypedCodes,
) -> Result<WrongCodes, RecoverError> {
    for _ in 0..ATTEMPTS {
        match try_prove(app, ctx, id, typed.clone()).await {
            Err(error) if error.is_race() => {}
            done => return done,
        }
    }
    Err(UsecaseError::Conflict.into())
}

async fn try_prove(app: &App, ctx: &Ctx, id: RecoveryId, typed: TypedCodes) -> Result<WrongCodes, RecoverError> {
    let (by, viewer, line) = (officer_of(ctx)?, ctx.viewer.clone(), LineHead::of(ctx));
    let notices = Notices::draw(app, ctx);
    let (rules, code_rules, now) = (app.content().rules.account_recovery, app.settings().codes, ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Loaded { mut recovery, account } = load(tx, id).await?;
                let desk = Resource::Recoveries(recovery.agency.clone());
                let right = may(&viewer, Act::ReadRecovery, &desk).map_err(UsecaseError::from)?;
                let pending = recovery.codes;
                let mut wrong = WrongCodes::default();
                for (code, typed, wrong) in
                    [(pending.phone, typed.phone, &mut wrong.phone), (pending.email, typed.email, &mut wrong.email)]
                {
                    let (Some(code), Some(typed)) = (code, typed) else { continue };
                    match judge(tx, code, Purpose::Recovery, &typed, &code_rules, now).await? {
                        Ok(_) => {
                            let (by, agency) = (by.clone(), recovery.agency.clone());
                            let command = RecoveryCommand::Prove { by, code };
                            let (after, events) =
                                act(tx, Some(recovery), &account, &agency, &command, &rules, now).await?;
                            recovery = after;
                            match events.first() {
                                Some(RecoveryEvent::ContactProved { .. }) => {
                                    let basis = basis_of(&right, Some(id));
                                    note(tx, &line, "prove_new_contact", Some(account.id), basis).await?;
                                }
                                // What time has brought came first.
                                Some(event) => {
                                    follow(tx, &recovery, &account, event, &notices, None, &line).await?;
                                    break;
                                }
                                None => {}
                            }
                        }
                        // A wrong try counts: the transaction commits.
                        Err(refused) => *wrong = Some(refused),
                    }
                }
                Ok(wrong)
            })
        })
        .await
}

/// Sends other codes to the contacts that are not proved; those before are void.
pub async fn resend_recovery_codes(app: &App, ctx: &Ctx, id: RecoveryId) -> Result<(), ResendError> {
    let viewer = ctx.viewer.clone();
    let pending: Vec<OneTimeCodeId> = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let recovery: Recovery = recoveries::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadRecovery, &Resource::Recoveries(recovery.agency.clone()))?;
                Ok::<_, UsecaseError>(recovery.codes.iter().filter(|_| recovery.is_live()).collect())
            })
        })
        .await?;
    if pending.is_empty() {
        return Err(ResendError::Unknown);
    }
    for code in pending {
        resend_code(app, ctx, code, Purpose::Recovery).await?;
    }
    Ok(())
}
