//! A recovery is stopped: by the holder who is signed in, by whoever reads what went to an old contact, by an officer.

use domain::account::recovery::{Recovery, RecoveryCommand, RecoveryRefusal, Stopper};
use domain::ids::{Hash, RecoveryId};
use domain::policy::{Act, Resource, Viewer, may};
use storage::{Tx, accounts, recoveries};

use super::advance::follow;
use super::confirm::stop_digest;
use super::notices::Notices;
use super::{ATTEMPTS, LineHead, RecoverError, act, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// Which recovery is to be stopped.
#[derive(Clone, Copy)]
enum Which {
    /// The one of this id.
    Id(RecoveryId),
    /// The viewer's own that is live.
    Own,
    /// The one that this code or link stops.
    Secret(Hash),
}

/// Stops a recovery of the officer's desk.
pub async fn stop_recovery(app: &App, ctx: &Ctx, id: RecoveryId) -> Result<(), RecoverError> {
    stop(app, ctx, Which::Id(id), Stopper::Officer { officer: officer_of(ctx)? }).await
}

/// Stops the recovery of the viewer's own account; when none is live, nothing is left to stop.
pub async fn stop_own_recovery(app: &App, ctx: &Ctx) -> Result<(), RecoverError> {
    stop(app, ctx, Which::Own, Stopper::Holder).await
}

/// Stops the recovery that this code of a text message, or this token of a link, is for. Tries count by place.
///
/// # Errors
/// [`UsecaseError::NotFound`] when nothing is stopped by it; [`RecoveryRefusal::Past`] when it has taken effect, or ended.
pub async fn stop_recovery_by_code(app: &App, ctx: &Ctx, client: &str, secret: &str) -> Result<(), RecoverError> {
    limits::check_stop_code(app, ctx, client).await?;
    stop(app, ctx, Which::Secret(stop_digest(secret)), Stopper::OldContact).await
}

/// Whether this token of a link stops a recovery that is live; tries count as those of codes do.
pub async fn find_stoppable(app: &App, ctx: &Ctx, client: &str, token: &str) -> Result<bool, UsecaseError> {
    limits::check_stop_code(app, ctx, client).await?;
    let digest = stop_digest(token);
    let found = app.db().read(move |tx: &mut Tx<'_>| {
        Box::pin(async move { Ok::<_, UsecaseError>(recoveries::find_by_stop(tx, digest).await?) })
    });
    Ok(found.await?.is_some_and(|found| found.is_live()))
}

async fn stop(app: &App, ctx: &Ctx, which: Which, stopper: Stopper) -> Result<(), RecoverError> {
    for _ in 0..ATTEMPTS {
        match try_stop(app, ctx, which, stopper.clone()).await {
            Err(error) if error.is_race() => {}
            done => return done,
        }
    }
    Err(UsecaseError::Conflict.into())
}

async fn try_stop(app: &App, ctx: &Ctx, which: Which, stopper: Stopper) -> Result<(), RecoverError> {
    let (viewer, now, line, notices) = (ctx.viewer.clone(), ctx.now, LineHead::of(ctx), Notices::draw(app, ctx));
    let rules = app.content().rules.account_recovery;
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(recovery) = find(tx, which, &viewer).await? else { return Ok(()) };
                let account = accounts::find(tx, recovery.account).await?.ok_or(UsecaseError::NotFound)?;
                let agency = recovery.agency.clone();
                if matches!(stopper, Stopper::Officer { .. }) {
                    let desk = Resource::Recoveries(agency.clone());
                    may(&viewer, Act::JudgeRecovery, &desk).map_err(UsecaseError::from)?;
                }
                // Due already, and only the job is late: whoever comes now is in time no more.
                if recovery.takes_effect_at.is_some_and(|at| now >= at) && recovery.is_live() {
                    return Err(RecoveryRefusal::Past.into());
                }
                let command = RecoveryCommand::Stop(stopper);
                let (after, events) = act(tx, Some(recovery), &account, &agency, &command, &rules, now).await?;
                match events.first() {
                    Some(event) => Ok(follow(tx, &after, &account, event, &notices, None, &line).await?),
                    None => Ok(()),
                }
            })
        })
        .await
}

async fn find(tx: &mut Tx<'_>, which: Which, viewer: &Viewer) -> Result<Option<Recovery>, UsecaseError> {
    match which {
        Which::Id(id) => Ok(Some(recoveries::find(tx, id).await?.ok_or(UsecaseError::NotFound)?)),
        Which::Own => match viewer {
            Viewer::Citizen(id) => Ok(recoveries::find_live(tx, *id).await?),
            _ => Err(UsecaseError::SignInFirst),
        },
        Which::Secret(digest) => Ok(Some(recoveries::find_by_stop(tx, digest).await?.ok_or(UsecaseError::NotFound)?)),
    }
}
