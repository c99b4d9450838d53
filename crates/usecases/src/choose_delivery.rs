//! The filer chooses where to receive the result (R5, R54).

use domain::dossier::{Command, Delivery, Dossier};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;

/// Keeps the choice in the draft.
pub async fn choose_delivery(app: &App, ctx: &Ctx, id: DossierId, delivery: Delivery) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::ChooseDelivery(delivery));
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}
