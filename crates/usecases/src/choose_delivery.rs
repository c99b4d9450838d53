//! The filer chooses where to receive the result (R5, R54).

use domain::dossier::{Command, Delivery, Dossier};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;
use crate::spell_address::spelled_address;

/// Keeps the choice in the draft.
pub async fn choose_delivery(app: &App, ctx: &Ctx, id: DossierId, delivery: Delivery) -> Result<Dossier, ActError> {
    let delivery = match delivery {
        Delivery::ByPost { name, phone, address } => {
            Delivery::ByPost { name, phone, address: spelled_address(app, &address) }
        }
        other => other,
    };
    let command = Order::Ready(Command::ChooseDelivery(delivery));
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}
