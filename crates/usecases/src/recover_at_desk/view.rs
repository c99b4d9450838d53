//! Recoveries as officers see those of their desk, and holders their own.

use domain::account::recovery::{Recovery, RecoveryEvent};
use domain::codes::AgencyCode;
use domain::ids::RecoveryId;
use domain::policy::{Act, Resource, Viewer, may};
use domain::time::Instant;
use storage::{Tx, accounts, recoveries};

use super::{LineHead, Loaded, basis_of, desks, load, note, officer_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// How many recoveries of one desk are listed.
pub const RECOVERIES_SHOWN: u32 = 100;
/// How many of one account are listed.
const OWN_SHOWN: u32 = 100;

/// A recovery in the list of a desk.
#[derive(Clone, Debug)]
pub struct RecoveryRow {
    /// The recovery.
    pub recovery: Recovery,
    /// Whose account it is.
    pub name: String,
}

/// A recovery on its page.
#[derive(Clone, Debug)]
pub struct DeskRecovery {
    /// The recovery.
    pub recovery: Recovery,
    /// Whose account it is.
    pub name: String,
    /// What happened, oldest first.
    pub log: Vec<(Instant, RecoveryEvent)>,
    /// Whether the viewer opened it.
    pub is_own: bool,
    /// Whether the viewer may open recoveries here, not only confirm them.
    pub may_judge: bool,
}

/// A recovery as the account's holder sees it.
#[derive(Clone, Debug)]
pub struct OwnRecovery {
    /// The recovery.
    pub recovery: Recovery,
    /// The desk's name.
    pub agency_name: String,
    /// What happened, oldest first.
    pub log: Vec<(Instant, RecoveryEvent)>,
}

/// The recoveries of the viewer's desks: what waits first.
pub async fn list_recoveries(app: &App, ctx: &Ctx) -> Result<Vec<RecoveryRow>, UsecaseError> {
    let desks = desks(&ctx.viewer, Act::ReadRecovery)?;
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let mut rows = Vec::new();
                for desk in &desks {
                    let found = recoveries::list_of_agency(tx, desk, RECOVERIES_SHOWN).await?;
                    rows.extend(found.into_iter().map(|(recovery, name)| RecoveryRow { recovery, name }));
                }
                // Each desk's are in order; of several desks, what waits comes first too.
                rows.sort_by_key(|row| !row.recovery.is_live());
                Ok(rows)
            })
        })
        .await
}

/// One recovery of the viewer's desks; that it was looked at is noted.
pub async fn view_recovery(app: &App, ctx: &Ctx, id: RecoveryId) -> Result<DeskRecovery, UsecaseError> {
    let (officer, viewer, line) = (officer_of(ctx)?, ctx.viewer.clone(), LineHead::of(ctx));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Loaded { recovery, account } = load(tx, id).await?;
                let desk = Resource::Recoveries(recovery.agency.clone());
                let right = may(&viewer, Act::ReadRecovery, &desk)?;
                note(tx, &line, "read_recovery", Some(account.id), basis_of(&right, Some(id))).await?;
                Ok(DeskRecovery {
                    log: recoveries::list_events(tx, id).await?,
                    is_own: recovery.opened_by.id == officer.id,
                    may_judge: may(&viewer, Act::JudgeRecovery, &desk).is_ok(),
                    recovery,
                    name: account.name.to_string(),
                })
            })
        })
        .await
}

/// The recoveries of the viewer's own account, the latest first.
pub async fn list_own_recoveries(app: &App, ctx: &Ctx) -> Result<Vec<OwnRecovery>, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    let found = app.db().read(move |tx| Box::pin(list_with_logs(tx, id))).await?;
    Ok(found
        .into_iter()
        .map(|(recovery, log)| OwnRecovery { agency_name: name_of(app, &recovery.agency), recovery, log })
        .collect())
}

/// What happened, oldest first.
pub(crate) type RecoveryLog = Vec<(Instant, RecoveryEvent)>;

/// All recoveries of an account, each with its log.
pub(crate) async fn list_with_logs(
    tx: &mut Tx<'_>,
    id: domain::ids::AccountId,
) -> Result<Vec<(Recovery, RecoveryLog)>, UsecaseError> {
    let mut all = Vec::new();
    accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
    for recovery in recoveries::list_of_account(tx, id, OWN_SHOWN).await? {
        let log = recoveries::list_events(tx, recovery.id).await?;
        all.push((recovery, log));
    }
    Ok(all)
}

fn name_of(app: &App, agency: &AgencyCode) -> String {
    app.content().agencies.find(agency).map(|agency| agency.name.clone()).unwrap_or_else(|| agency.to_string())
}
