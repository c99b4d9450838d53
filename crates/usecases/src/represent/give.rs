//! A principal offers rights to a person by number. Whether the number has an account is told to nobody: the offer waits
//! until such a person signs in.

use domain::dossier::Actor;
use domain::ids::RepresentationId;
use domain::representation::{Command, EndReason, Matter, Representation, Standing, Terms};
use storage::representations as rows;
use storage::{StorageError, Tx, accounts};

use super::notices::{RepresentationNotice, tell};
use super::{RepresentError, act, giver_of, load_side};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// The most open representations of one principal.
const MOST_OPEN: u64 = 200;

/// Offers the rights. The same form sent twice makes one offer.
pub async fn give_rights(app: &App, ctx: &Ctx, terms: Terms) -> Result<Representation, RepresentError> {
    let (principal, manager) = giver_of(ctx)?;
    limits::check_giving(app, ctx, principal).await?;
    let id = RepresentationId::from_bytes(ctx.random());
    let (actor, now) = (ctx.actor.clone(), ctx.now);
    let to_giver = RepresentationNotice::given(app, ctx);
    let giver = match &ctx.actor {
        Actor::Account { name, .. } | Actor::Program { name, .. } => name.as_str(),
        Actor::Representative { principal_name, .. } => principal_name.as_str(),
        Actor::Officer { .. } | Actor::System => "",
    };
    let to_person = RepresentationNotice::offered(app, ctx, giver);
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let side = load_side(tx, principal).await?;
                let command = Command::Give {
                    id,
                    principal: &side.account,
                    own_numbers: &side.numbers,
                    terms: terms.clone(),
                    manager: manager.as_ref(),
                };
                let events = domain::representation::decide(None, &command, now)?;
                let offered =
                    events.iter().fold(None, |state, event| domain::representation::evolve(state, event, now));
                let offered = offered.ok_or(UsecaseError::Broken("an offer begins a representation"))?;
                if let Some(same) = make_room(tx, &offered, &actor, now).await? {
                    return Ok(same);
                }
                if rows::count_open(tx, principal).await? >= MOST_OPEN {
                    return Err(RepresentError::TooManyOpen);
                }
                let given = act(tx, None, &command, &actor, now).await?;
                to_giver.send(tx, &side.account, now).await?;
                if let Some(person) = accounts::find_by_login(tx, &terms.number).await? {
                    tell(tx, to_person, &person.account, now).await?;
                }
                Ok(given)
            })
        })
        .await;
    match written {
        Err(RepresentError::Usecase(UsecaseError::Storage(refused))) if is_twice(&refused) => {
            Err(RepresentError::AlreadyOpen)
        }
        written => written,
    }
}

pub(super) fn is_twice(refused: &StorageError) -> bool {
    refused.is_constraint(rows::OPEN_TWICE)
}

/// Ends an earlier one whose last day has passed; answers it when it is the same, and refuses when it is another.
pub(super) async fn make_room(
    tx: &mut Tx<'_>,
    wanted: &Representation,
    actor: &domain::dossier::Actor,
    now: domain::time::Instant,
) -> Result<Option<Representation>, RepresentError> {
    let Some(before) = rows::find_open_like(tx, wanted).await? else { return Ok(None) };
    if before.standing(now.day()) == Standing::Expired {
        act(tx, Some(before), &Command::EndBecause(EndReason::Replaced), actor, now).await?;
        return Ok(None);
    }
    let is_same = match (&before.matter, &wanted.matter) {
        (Matter::Principal { terms: old, .. }, Matter::Principal { terms: new, .. }) => old == new,
        (Matter::Child { child: old }, Matter::Child { child: new }) => old == new,
        _ => false,
    };
    if is_same { Ok(Some(before)) } else { Err(RepresentError::AlreadyOpen) }
}
