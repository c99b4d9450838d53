//! A guardian declares a child under 14, to file in the child's name.

use domain::ids::RepresentationId;
use domain::representation::{Child, Command, Representation, decide, evolve};
use storage::representations as rows;

use super::give::{is_twice, make_room};
use super::{RepresentError, act, holder_of, load_side};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// The most children that one account may have declared at a time.
const MOST_CHILDREN: usize = 30;

/// Declares the child. The same form sent twice declares it once.
pub async fn declare_child(app: &App, ctx: &Ctx, child: Child) -> Result<Representation, RepresentError> {
    let guardian = holder_of(ctx)?;
    limits::check_giving(app, ctx, guardian).await?;
    let id = RepresentationId::from_bytes(ctx.random());
    let (actor, now) = (ctx.actor.clone(), ctx.now);
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let side = load_side(tx, guardian).await?;
                let command = Command::DeclareChild { id, guardian: &side.account, child: child.clone() };
                let events = decide(None, &command, now)?;
                let declared = events.iter().fold(None, |state, event| evolve(state, event, now));
                let declared = declared.ok_or(UsecaseError::Broken("a declaration begins a representation"))?;
                if let Some(same) = make_room(tx, &declared, &actor, now).await? {
                    return Ok(same);
                }
                let all = rows::list_of_representative(tx, guardian, 1_000).await?;
                if all.iter().filter(|one| one.principal().is_none() && one.ended.is_none()).count() >= MOST_CHILDREN {
                    return Err(RepresentError::TooManyOpen);
                }
                act(tx, None, &command, &actor, now).await
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
