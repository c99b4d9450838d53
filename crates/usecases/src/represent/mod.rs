//! Letting somebody else act: an enterprise's people, mandates between citizens, guardians of children.

mod acting;
mod answer;
mod close;
mod declare_child;
mod give;
mod journal;
mod list;
mod notices;
mod other_role;

pub(crate) use acting::stand_for;
pub use acting::{forget_acting, start_acting, stop_acting};
pub use answer::{accept_representation, end_representation};
pub(crate) use close::end_all_of;
pub use declare_child::declare_child;
pub use give::give_rights;
pub use journal::{JournalEntry, JournalKind, view_journal};
pub use list::{Representations, list_own_children, list_representations};
pub use other_role::{OtherRole, find_other_role};

use domain::account::Account;
use domain::codes::LoginName;
use domain::dossier::Actor;
use domain::ids::AccountId;
use domain::policy::{Acting, Viewer};
use domain::representation::{self, Command, Event, Refusal, Representation, Right};
use domain::time::Instant;
use storage::representations::{self as rows, RecordedEvent};
use storage::{StorageError, Tx, accounts};

use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// Why a representation was not made or changed.
#[derive(Debug, thiserror::Error)]
pub enum RepresentError {
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] Refusal),
    /// The two sides have an open one of this kind, with other terms.
    #[error("there is an open one already")]
    AlreadyOpen,
    /// The account has given to as many people as one may.
    #[error("too many are open")]
    TooManyOpen,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for RepresentError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// An account with every number that leads to it.
struct Side {
    account: Account,
    numbers: Vec<LoginName>,
}

async fn load_side(tx: &mut Tx<'_>, id: AccountId) -> Result<Side, UsecaseError> {
    let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
    let mut numbers = accounts::list_former_numbers(tx, id).await?;
    numbers.push(account.login.clone());
    Ok(Side { account, numbers })
}

/// The account that is signed in for itself.
fn holder_of(ctx: &Ctx) -> Result<AccountId, UsecaseError> {
    match ctx.viewer {
        Viewer::Citizen(id) => Ok(id),
        Viewer::Representative(_) => Err(UsecaseError::Denied),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// The account for which rights are given and taken back: one's own, or that of the principal for whom one manages members.
fn giver_of(ctx: &Ctx) -> Result<(AccountId, Option<Acting>), UsecaseError> {
    match &ctx.viewer {
        Viewer::Citizen(id) => Ok((*id, None)),
        Viewer::Representative(acting) if acting.has(Right::ManageMembers) => {
            Ok((acting.principal, Some(acting.clone())))
        }
        Viewer::Representative(_) => Err(UsecaseError::Denied),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// Decides, notes the events and stores what they lead to; whether anything changed is told by the version.
async fn act(
    tx: &mut Tx<'_>,
    state: Option<Representation>,
    command: &Command<'_>,
    actor: &Actor,
    now: Instant,
) -> Result<Representation, RepresentError> {
    let events = representation::decide(state.as_ref(), command, now)?;
    let read_version = state.as_ref().map(|state| state.version);
    let mut after = state;
    for event in &events {
        after = representation::evolve(after, event, now);
    }
    let after = after.ok_or(UsecaseError::Broken("a representation begins with its first event"))?;
    match read_version {
        None => rows::insert(tx, &after).await?,
        Some(version) if version != after.version => rows::update(tx, &after, version).await?,
        Some(_) => return Ok(after),
    }
    note(tx, &after, events, actor, now).await?;
    Ok(after)
}

async fn note(
    tx: &mut Tx<'_>,
    after: &Representation,
    events: Vec<Event>,
    actor: &Actor,
    now: Instant,
) -> Result<(), RepresentError> {
    let first = after.version + 1 - events.len() as u64;
    for (number, event) in (first..).zip(events) {
        let recorded = RecordedEvent { at: now, actor: actor.clone(), event };
        rows::insert_event(tx, after.id, number, &recorded).await?;
    }
    Ok(())
}
