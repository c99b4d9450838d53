//! The filer takes a file out of the draft.

use domain::dossier::{Command, Dossier};
use domain::ids::{AttachmentId, DossierId};
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::ActError;

/// Removes the file from the draft; the log of acts keeps that it was there.
pub async fn remove_file(app: &App, ctx: &Ctx, id: DossierId, file: AttachmentId) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::RemoveFile(file));
    act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await
}
