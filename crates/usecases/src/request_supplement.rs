//! The officer asks the filer for what is missing or wrong: everything in one request (form 02, domain.md §1.2).

use domain::dossier::{Command, Dossier, SupplementRequest};
use domain::ids::DossierId;
use domain::policy::Act;
use domain::time::Day;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::letters::News;
use crate::sessions::SignedInOfficer;

/// Asks; the desk's clock stands still until the supplement is sent.
///
/// # Errors
/// When the dossier is neither filed nor accepted, the day is not after today, or the officer may not ask.
pub async fn request_supplement(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    id: DossierId,
    request: SupplementRequest,
    respond_by: Day,
) -> Result<Dossier, ActError> {
    let command = Command::RequestSupplement { request, respond_by, officer: officer.reference() };
    let step =
        Step { act: Act::RequestSupplement, command: Order::Ready(command), news: Some(News::SupplementRequested) };
    act(app, ctx, id, step).await
}
