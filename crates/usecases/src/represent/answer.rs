//! Accepting and ending a representation: the person named accepts or declines, either side ends it at once.

use domain::ids::RepresentationId;
use domain::representation::{Command, Representation};
use storage::{accounts, representations as rows};

use super::notices::{RepresentationNotice, tell};
use super::{RepresentError, act, giver_of, holder_of, load_side};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The person named accepts. Accepting twice is accepting once.
pub async fn accept_representation(
    app: &App,
    ctx: &Ctx,
    id: RepresentationId,
) -> Result<Representation, RepresentError> {
    change(app, ctx, id, Answer::Accept).await
}

/// Declines it, gives it back or takes it back, as whichever side the account is. Ending twice is ending once.
pub async fn end_representation(app: &App, ctx: &Ctx, id: RepresentationId) -> Result<Representation, RepresentError> {
    change(app, ctx, id, Answer::End).await
}

#[derive(Clone, Copy, PartialEq)]
enum Answer {
    Accept,
    End,
}

async fn change(app: &App, ctx: &Ctx, id: RepresentationId, answer: Answer) -> Result<Representation, RepresentError> {
    let by = match answer {
        Answer::Accept => holder_of(ctx)?,
        Answer::End => giver_of(ctx)?.0,
    };
    let (actor, now) = (ctx.actor.clone(), ctx.now);
    let notice = || match answer {
        Answer::Accept => RepresentationNotice::accepted(app, ctx),
        Answer::End => RepresentationNotice::ended(app, ctx),
    };
    let (to_one, to_other) = (notice(), notice());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let side = load_side(tx, by).await?;
                let before = rows::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let version = before.version;
                let command = match answer {
                    Answer::Accept => Command::Accept { by: &side.account, own_numbers: &side.numbers },
                    Answer::End => Command::End { by: &side.account, own_numbers: &side.numbers },
                };
                if answer == Answer::Accept {
                    // A principal that is gone has nothing left to give.
                    let principal = before.principal().map(|party| party.id);
                    let account = accounts::find(tx, principal.ok_or(UsecaseError::NotFound)?).await?;
                    account.filter(|account| account.closed_at.is_none()).ok_or(UsecaseError::NotFound)?;
                }
                let after = act(tx, Some(before), &command, &actor, now).await?;
                if after.version != version {
                    for (notice, party) in [(to_one, after.principal()), (to_other, after.representative.as_ref())] {
                        let Some(party) = party else { continue };
                        if let Some(account) = accounts::find(tx, party.id).await? {
                            tell(tx, notice, &account, now).await?;
                        }
                    }
                }
                Ok(after)
            })
        })
        .await
}
