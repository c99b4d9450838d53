//! The officer refuses a dossier, with reasons in words (form 03).

use domain::dossier::{Command, Dossier, RefusalReasons};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::letters::News;
use crate::sessions::SignedInOfficer;

/// Refuses the dossier; each reason is one sentence for the citizen.
pub async fn refuse_dossier(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    id: DossierId,
    reasons: RefusalReasons,
) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::Refuse { reasons, officer: officer.reference() });
    act(app, ctx, id, Step { act: Act::RefuseDossier, command, news: Some(News::Refused) }).await
}
