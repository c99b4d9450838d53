//! What an account gave, was offered and has accepted, and the children it declared.

use domain::representation::{Representation, Standing, Tie};
use storage::representations as rows;

use super::{holder_of, load_side};
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

/// What concerns the account that is signed in.
pub async fn list_representations(app: &App, ctx: &Ctx) -> Result<Representations, UsecaseError> {
    let (id, today) = (holder_of(ctx)?, ctx.now.day());
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let side = load_side(tx, id).await?;
                let given = rows::list_of_principal(tx, id, MOST).await?;
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
