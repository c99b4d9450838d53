//! The officer accepts a dossier: the due time is computed and form 01 can be printed.

use domain::catalogue::Method;
use domain::deadline::TimeLimit;
use domain::dossier::{Command, Dossier};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;
use crate::sessions::SignedInOfficer;
use crate::view_dossier::find_by_id;

/// What the officer says when accepting.
#[derive(Clone, Copy, Debug, Default)]
pub struct AcceptInput {
    /// The time limit, for procedures whose record states none that can be counted.
    pub limit: Option<TimeLimit>,
}

/// The time limit that the procedure's record states for dossiers filed online.
pub fn propose_limit(app: &App, dossier: &Dossier) -> Option<TimeLimit> {
    app.content().procedures.detail(&dossier.procedure.code)?.time_limit(Method::Online)
}

/// Why a dossier was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum AcceptError {
    /// The record states no time limit that can be counted, and the officer gave none.
    #[error("no time limit is known")]
    LimitMissing,
    /// It could not be done.
    #[error(transparent)]
    Act(#[from] ActError),
}

/// Accepts the dossier. The record's own limit counts; the officer's is used only where the record states none.
pub async fn accept_dossier(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    id: DossierId,
    input: AcceptInput,
) -> Result<Dossier, AcceptError> {
    let found = find_by_id(app, ctx, id).await.map_err(ActError::from)?;
    let dossier = found.ok_or(ActError::Usecase(UsecaseError::NotFound))?;
    let limit = propose_limit(app, &dossier).or(input.limit).ok_or(AcceptError::LimitMissing)?;
    let due = app.due(ctx.now, limit);
    let command = Order::Ready(Command::Accept { due, officer: officer.reference() });
    Ok(act(app, ctx, id, Step { act: Act::AcceptDossier, command, news: Some(News::Accepted) }).await?)
}
