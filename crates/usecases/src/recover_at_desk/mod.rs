//! An account whose telephone and mailbox are both lost gets new ones at a one-stop desk: one officer opens, the new
//! contacts are proved, another officer confirms, everybody who could be reached before is told, and after the wait it
//! takes effect.

pub(crate) mod advance;
mod confirm;
mod find_account;
mod notices;
mod open;
mod prove;
mod stop;
mod view;

pub use confirm::confirm_recovery_at_desk;
pub use find_account::{LostAccount, find_lost_account, view_lost_account};
pub use open::{NewRecovery, open_recovery};
pub use prove::{TypedCodes, WrongCodes, prove_contacts, resend_recovery_codes};
pub use stop::{find_stoppable, stop_own_recovery, stop_recovery, stop_recovery_by_code};
pub use view::{
    DeskRecovery, OwnRecovery, RECOVERIES_SHOWN, RecoveryRow, list_own_recoveries, list_recoveries, view_recovery,
};

pub(crate) use view::{RecoveryLog, list_with_logs};

use domain::account::Account;
use domain::account::recovery::{
    self, Facts, Recovery, RecoveryCommand, RecoveryEvent, RecoveryRefusal, RecoveryRules,
};
use domain::codes::AgencyCode;
use domain::dossier::{Actor, OfficerRef};
use domain::ids::{AccountId, OfficerId, RecoveryId};
use domain::policy::{Act, Basis, Grant, Resource, Viewer, may};
use domain::time::{Day, Instant};
use storage::audit::{self, AuditActor, AuditLine};
use storage::{StorageError, Tx, accounts, officers, recoveries};

use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// How often an act is tried again when somebody else changed the recovery meanwhile.
const ATTEMPTS: usize = 5;

/// Why a recovery was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum RecoverError {
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] RecoveryRefusal),
    /// Another recovery of the account waits already.
    #[error("another recovery of the account is live")]
    AlreadyLive,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for RecoverError {
    fn from(error: StorageError) -> Self {
        match error.is_constraint(recoveries::LIVE_TWICE) {
            true => Self::AlreadyLive,
            false => Self::Usecase(error.into()),
        }
    }
}

impl RecoverError {
    /// Whether somebody else was faster, so that trying again may find another state.
    fn is_race(&self) -> bool {
        match self {
            Self::Usecase(UsecaseError::Conflict) => true,
            Self::Usecase(UsecaseError::Storage(error)) => error.is_constraint(recoveries::EVENT_NUMBER),
            _ => false,
        }
    }
}

/// A recovery with its account, as the transaction reads them.
struct Loaded {
    recovery: Recovery,
    account: Account,
}

async fn load(tx: &mut Tx<'_>, id: RecoveryId) -> Result<Loaded, UsecaseError> {
    let recovery = recoveries::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
    let account = accounts::find(tx, recovery.account).await?.ok_or(UsecaseError::NotFound)?;
    Ok(Loaded { recovery, account })
}

/// Decides, notes the events and stores what they lead to. Answers the recovery and what happened; nothing, when it was so
/// already.
async fn act(
    tx: &mut Tx<'_>,
    before: Option<Recovery>,
    account: &Account,
    desk: &AgencyCode,
    command: &RecoveryCommand,
    rules: &RecoveryRules,
    now: Instant,
) -> Result<(Recovery, Vec<RecoveryEvent>), RecoverError> {
    let events = decide(tx, before.as_ref(), account, desk, command, rules, now).await?;
    let read_version = before.as_ref().map(|before| before.version);
    let after = events.iter().fold(before, recovery::evolve);
    let after = after.ok_or(UsecaseError::Broken("a recovery begins with its opening"))?;
    match read_version {
        _ if events.is_empty() => return Ok((after, events)),
        None => recoveries::insert(tx, &after).await?,
        Some(version) => recoveries::update(tx, &after, version).await?,
    }
    let first = after.version + 1 - events.len() as u64;
    for (number, event) in (first..).zip(&events) {
        recoveries::insert_event(tx, after.id, number, event, now).await?;
    }
    Ok((after, events))
}

/// What the rules say, with everything that they look at read anew.
async fn decide(
    tx: &mut Tx<'_>,
    before: Option<&Recovery>,
    account: &Account,
    desk: &AgencyCode,
    command: &RecoveryCommand,
    rules: &RecoveryRules,
    now: Instant,
) -> Result<Vec<RecoveryEvent>, RecoverError> {
    let former_numbers = accounts::list_former_numbers(tx, account.id).await?;
    let standing = standing_officers(tx, before, desk, command, now.day()).await?;
    let facts = Facts { account, former_numbers: &former_numbers, officers: &standing };
    Ok(recovery::decide(before, command, &facts, rules, now)?)
}

/// Those of the officers concerned who may at this moment take part at the desk: read anew, whatever a session says.
async fn standing_officers(
    tx: &mut Tx<'_>,
    recovery: Option<&Recovery>,
    desk: &AgencyCode,
    command: &RecoveryCommand,
    today: Day,
) -> Result<Vec<OfficerId>, UsecaseError> {
    let mut concerned: Vec<OfficerId> = match command {
        RecoveryCommand::Open(opening) => vec![opening.by.id],
        RecoveryCommand::Prove { by, .. } | RecoveryCommand::Confirm { by, .. } => vec![by.id],
        RecoveryCommand::Stop(recovery::Stopper::Officer { officer }) => vec![officer.id],
        RecoveryCommand::Stop(_) | RecoveryCommand::Advance => Vec::new(),
    };
    let of_recovery = recovery.map(|recovery| (&recovery.opened_by, recovery.confirmed_by.as_ref()));
    if let Some((first, second)) = of_recovery {
        concerned.push(first.id);
        concerned.extend(second.map(|officer| officer.id));
    }
    let needed = match command {
        RecoveryCommand::Open(_) => Act::OpenRecovery,
        _ => Act::JudgeRecovery,
    };
    let mut standing = Vec::new();
    for id in concerned {
        let Some(officer) = officers::find(tx, id).await?.filter(|officer| officer.is_active) else { continue };
        let grants = officers::list_grants(tx, officer.id, today).await?;
        if may(&Viewer::officer(id, grants, today), needed, &Resource::Recoveries(desk.clone())).is_ok() {
            standing.push(id);
        }
    }
    Ok(standing)
}

/// The officer who acts.
fn officer_of(ctx: &Ctx) -> Result<OfficerRef, UsecaseError> {
    match (&ctx.viewer, &ctx.actor) {
        (Viewer::Officer { .. }, Actor::Officer { id, name }) => Ok(OfficerRef { id: *id, name: name.clone() }),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// The desks at which the viewer may do this, in the order of the grants.
fn desks(viewer: &Viewer, act: Act) -> Result<Vec<AgencyCode>, UsecaseError> {
    let Viewer::Officer { grants, .. } = viewer else { return Err(UsecaseError::SignInFirst) };
    let mut desks: Vec<AgencyCode> = Vec::new();
    for grant in grants {
        let is_desk = may(viewer, act, &Resource::Recoveries(grant.agency.clone())).is_ok();
        if is_desk && !desks.contains(&grant.agency) {
            desks.push(grant.agency.clone());
        }
    }
    if desks.is_empty() { Err(UsecaseError::Denied) } else { Ok(desks) }
}

/// Where the viewer opens recoveries: at the desk of the first grant that allows it.
fn desk_of(viewer: &Viewer) -> Result<(AgencyCode, Grant), UsecaseError> {
    let desk = desks(viewer, Act::OpenRecovery)?.swap_remove(0);
    let right = may(viewer, Act::OpenRecovery, &Resource::Recoveries(desk.clone()))?;
    Ok((desk, right))
}

/// A line about an account, for those who watch over the officers.
async fn note(
    tx: &mut Tx<'_>,
    line: &LineHead,
    act: &str,
    account: Option<AccountId>,
    basis: String,
) -> Result<(), StorageError> {
    let line = AuditLine {
        at: line.at,
        actor: line.actor,
        act: act.to_owned(),
        subject_kind: "account".to_owned(),
        subject_id: account.map(|account| account.to_string()),
        basis: Some(basis),
        request_id: line.request_id.clone(),
    };
    audit::insert(tx, &line).await
}

/// Who acts when, in which request.
#[derive(Clone)]
struct LineHead {
    at: Instant,
    actor: AuditActor,
    request_id: Option<String>,
}

impl LineHead {
    fn of(ctx: &Ctx) -> Self {
        let actor = match ctx.viewer {
            Viewer::Officer { id, .. } => AuditActor::Officer(id),
            Viewer::Citizen(id) => AuditActor::Account(id),
            _ if ctx.request_id.is_empty() => AuditActor::System,
            _ => AuditActor::Anonymous,
        };
        Self { at: ctx.now, actor, request_id: Some(ctx.request_id.clone()).filter(|id| !id.is_empty()) }
    }
}

/// By which right, about which recovery.
fn basis_of(right: &Grant, recovery: Option<RecoveryId>) -> String {
    let right = match &right.basis {
        Basis::Officer { role, agency } => format!("{} {agency}", role.as_str()),
        _ => String::new(),
    };
    match recovery {
        Some(id) => format!("{right}, recovery {id}"),
        None => right,
    }
}
