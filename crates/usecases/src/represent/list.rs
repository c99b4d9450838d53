//! What an account gave, was offered and has accepted, and the children it declared.

use domain::ids::RepresentationId;
use domain::policy::Viewer;
use domain::representation::{Child, Matter, Representation, Right, Standing, Tie};
use storage::representations as rows;

use super::{giver_of, holder_of, load_side};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most of each that are shown.
const MOST: u32 = 300;

/// Everything about representation that concerns one account, the latest first.
#[derive(Clone, Debug, Default)]
pub struct Representations {
    /// What the account gave.
    pub given: Vec<Representation>,
    /// What waits for its answer.
    pub offered: Vec<Representation>,
    /// What it has accepted.
    pub received: Vec<Representation>,
    /// The children it declared.
    pub children: Vec<Representation>,
}

/// What concerns the account that is signed in; whoever manages members for another sees what that one gave.
pub async fn list_representations(app: &App, ctx: &Ctx) -> Result<Representations, UsecaseError> {
    let today = ctx.now.day();
    let (id, acting) = match &ctx.viewer {
        Viewer::Representative(acting) if !acting.has(Right::ManageMembers) => return Ok(Representations::default()),
        _ => giver_of(ctx)?,
    };
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let side = load_side(tx, id).await?;
                let given = rows::list_of_principal(tx, id, MOST).await?;
                if acting.is_some() {
                    return Ok(Representations { given, ..Representations::default() });
                }
                let mut offered = rows::list_of_number(tx, &side.account.login, id, MOST).await?;
                let is_other = |one: &Representation| one.principal().is_some_and(|party| party.id != id);
                offered.retain(|one| one.standing(today) == Standing::Waiting && is_other(one));
                let accepted = rows::list_of_representative(tx, id, MOST).await?;
                let (children, received) = accepted.into_iter().partition(|one| one.tie() == Tie::Guardian);
                Ok(Representations { given, offered, received, children })
            })
        })
        .await
}

/// The children under 14 of the person who is signed in, the latest declared first.
pub async fn list_own_children(app: &App, ctx: &Ctx) -> Result<Vec<(RepresentationId, Child)>, UsecaseError> {
    let (id, today) = (holder_of(ctx)?, ctx.now.day());
    let all = app
        .db()
        .read(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(rows::list_of_representative(tx, id, MOST).await?) })
        })
        .await?;
    let in_force = all.into_iter().filter(|one| one.standing(today) == Standing::InForce);
    Ok(in_force
        .filter_map(|one| match one.matter {
            Matter::Child { child } => Some((one.id, child)),
            Matter::Principal { .. } => None,
        })
        .collect())
}
