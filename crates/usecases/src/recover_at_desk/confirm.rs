//! The second officer has seen the person and the paper; the wait begins, and whoever could be reached before is told.

use domain::account::recovery::{RecoveryCommand, RecoveryEvent};
use domain::ids::{Hash, RecoveryId};
use domain::policy::{Act, Resource, may};
use storage::recoveries;

use super::advance::{Errand, follow};
use super::notices::{News, Notices};
use super::{ATTEMPTS, LineHead, Loaded, RecoverError, act, basis_of, load, note, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::register_account::hex;

/// What stops a recovery: a code that is typed, and the token of a link.
#[derive(Clone)]
pub(super) struct StopSecrets {
    pub(super) code: String,
    pub(super) token: String,
}

impl StopSecrets {
    fn draw(ctx: &Ctx) -> Self {
        // Ten digits: guessing stops somebody's recovery, and opens nothing.
        let number = u64::from_be_bytes(ctx.random()) % 10_000_000_000;
        Self { code: format!("{number:010}"), token: hex(&ctx.random::<32>()) }
    }
}

/// The digest under which a code or a token is kept.
pub(super) fn stop_digest(secret: &str) -> Hash {
    Hash::of(format!("stop recovery\0{secret}").as_bytes())
}

/// Confirms a colleague's recovery. A wrong tail counts: few tries are enough for whoever holds the paper.
pub async fn confirm_recovery_at_desk(app: &App, ctx: &Ctx, id: RecoveryId, tail: &str) -> Result<(), RecoverError> {
    limits::check_recovery_paper(app, ctx, id).await?;
    // Nobody knows the password that holds from then on: the person sets one by the new contact.
    let nobodys = hex(&ctx.random::<32>());
    let password_hash = app.passwords().hash(&nobodys, ctx.random()).await.map_err(UsecaseError::from)?;
    for _ in 0..ATTEMPTS {
        match try_confirm(app, ctx, id, tail, &password_hash).await {
            Err(error) if error.is_race() => {}
            done => return done,
        }
    }
    Err(UsecaseError::Conflict.into())
}

async fn try_confirm(
    app: &App,
    ctx: &Ctx,
    id: RecoveryId,
    tail: &str,
    password_hash: &str,
) -> Result<(), RecoverError> {
    let by = officer_of(ctx)?;
    let command = RecoveryCommand::Confirm { by, number_tail: tail.to_owned() };
    let (rules, now, viewer, line) =
        (app.content().rules.account_recovery, ctx.now, ctx.viewer.clone(), LineHead::of(ctx));
    let (secrets, notices) = (StopSecrets::draw(ctx), Notices::draw(app, ctx));
    let errand = Errand::to_apply(ctx, id, password_hash);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Loaded { recovery, account } = load(tx, id).await?;
                let agency = recovery.agency.clone();
                let desk = Resource::Recoveries(agency.clone());
                let right = may(&viewer, Act::JudgeRecovery, &desk).map_err(UsecaseError::from)?;
                let (after, events) = act(tx, Some(recovery), &account, &agency, &command, &rules, now).await?;
                let Some(event) = events.first() else { return Ok(()) };
                let RecoveryEvent::Confirmed { takes_effect_at, .. } = event else {
                    // What time has brought came first.
                    return Ok(follow(tx, &after, &account, event, &notices, None, &line).await?);
                };
                for secret in [&secrets.code, &secrets.token] {
                    recoveries::insert_stop(tx, stop_digest(secret), id).await?;
                }
                notices.tell(tx, &after, &account, &News::Begun(secrets)).await?;
                errand.enqueue(tx, *takes_effect_at).await?;
                note(tx, &line, "confirm_recovery", Some(account.id), basis_of(&right, Some(id))).await?;
                Ok(())
            })
        })
        .await
}
