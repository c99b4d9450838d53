//! The filer enters whose dossier it is (R53).

use domain::dossier::{Command, Dossier, Owner};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::spell_address::{commune_of, spelled_address};

/// Keeps the owner's data in the draft, with the commune that the address names.
pub async fn enter_owner(app: &App, ctx: &Ctx, id: DossierId, owner: Owner) -> Result<Dossier, ActError> {
    let address = spelled_address(app, &owner.address);
    let owner = Owner { commune: commune_of(app, &address), address, ..owner };
    let command = Order::Ready(Command::EnterOwner(owner));
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}
