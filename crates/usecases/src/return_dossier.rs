//! The officer hands the result over; lateness never blocks it (domain.md §1.2).

use domain::dossier::{Command, Dossier, ReturnWay};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::letters::News;
use crate::sessions::SignedInOfficer;

/// Records how the result was handed over.
pub async fn return_dossier(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    id: DossierId,
    how: ReturnWay,
) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::Return { how, officer: officer.reference() });
    act(app, ctx, id, Step { act: Act::ReturnDossier, command, news: Some(News::Returned) }).await
}
