//! The filer presses *Nộp hồ sơ* (R56–R58): the draft becomes a filed dossier, once, however often it is pressed.

use domain::dossier::{Dossier, DossierRefusal};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, ReceiptOrder, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;
use crate::receipts::Signer;
use crate::view_dossier::find_by_id;

/// Files the dossier and returns it with its code; one that is filed already is returned as it is (I8). `seen` is the version
/// of the draft that was looked through; when it is given, no other one is filed.
///
/// # Errors
/// [`DossierRefusal::Incomplete`] when something must still be put right, [`DossierRefusal::DraftChanged`] when the draft has
/// another version than the one that was seen.
pub async fn submit_dossier(app: &App, ctx: &Ctx, id: DossierId, seen: Option<u64>) -> Result<Dossier, ActError> {
    let answer_due_at = app.answer_due_at(ctx.now);
    let receipt = ReceiptOrder { signer: Signer::get(app, ctx).await?, seed: ctx.random() };
    let command = Order::File { seen, random: u64::from_le_bytes(ctx.random()), answer_due_at, receipt };
    match act(app, ctx, id, Step { act: Act::FileDossier, command, news: Some(News::Filed) }).await {
        Err(ActError::Refused(DossierRefusal::AlreadyFiled(_))) => {
            Ok(find_by_id(app, ctx, id).await?.ok_or(UsecaseError::NotFound)?)
        }
        result => result,
    }
}
