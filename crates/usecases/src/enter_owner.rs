//! The filer enters whose dossier it is (R53).

use domain::dossier::{Command, Dossier, Owner};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;

/// Keeps the owner's data in the draft.
pub async fn enter_owner(app: &App, ctx: &Ctx, id: DossierId, owner: Owner) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::EnterOwner(owner));
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}
