//! Several parts of a draft are changed at once by whoever has seen its last version, such as a program.

use std::collections::BTreeMap;

use domain::dossier::{Command, Delivery, Dossier, Owner};
use domain::ids::DossierId;
use domain::policy::Act;
use serde_json::Value;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;

/// What is changed; what is none stays as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct DraftChange {
    /// Whose dossier it is.
    pub owner: Option<Owner>,
    /// The version of the form, and answers by path; null takes one back.
    pub answers: Option<(String, BTreeMap<String, Value>)>,
    /// Where the result is received.
    pub delivery: Option<Delivery>,
}

/// Keeps all of the change, or nothing of it.
///
/// # Errors
/// [`domain::dossier::DossierRefusal::DraftChanged`] when the draft has another version than the one that was seen.
pub async fn change_draft(
    app: &App,
    ctx: &Ctx,
    id: DossierId,
    seen: u64,
    change: DraftChange,
) -> Result<Dossier, ActError> {
    let owner = change.owner.map(Command::EnterOwner);
    let answers =
        change.answers.map(|(form_version, answers)| Command::GiveAnswers { form_version, answers, seen: None });
    let delivery = change.delivery.map(Command::ChooseDelivery);
    let commands = [owner, answers, delivery].into_iter().flatten().collect();
    act(app, ctx, id, Step { act: Act::EditDraft, command: Order::Change { seen, commands }, news: None }).await
}
