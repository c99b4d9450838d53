//! Handing out a file of a dossier to somebody who may read it.

use domain::codes::DossierCode;
use domain::dossier::{Attachment, Dossier};
use domain::ids::{AttachmentId, DossierId};
use tokio::fs::File;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::view_dossier::{find_by_id, view_dossier};

/// A file ready to be streamed.
pub struct OpenedAttachment {
    /// What it is.
    pub attachment: Attachment,
    /// Its bytes.
    pub file: File,
}

/// Opens a file of a filed dossier: one that was attached, or the result.
pub async fn open_attachment(
    app: &App,
    ctx: &Ctx,
    code: &DossierCode,
    id: AttachmentId,
) -> Result<OpenedAttachment, UsecaseError> {
    let dossier = view_dossier(app, ctx, code).await?.dossier;
    open(app, &dossier, id).await
}

/// Opens a file of a draft.
pub async fn open_draft_attachment(
    app: &App,
    ctx: &Ctx,
    dossier: DossierId,
    id: AttachmentId,
) -> Result<OpenedAttachment, UsecaseError> {
    let dossier = find_by_id(app, ctx, dossier).await?.ok_or(UsecaseError::NotFound)?;
    open(app, &dossier, id).await
}

async fn open(app: &App, dossier: &Dossier, id: AttachmentId) -> Result<OpenedAttachment, UsecaseError> {
    let attachment = dossier.all_files().find(|attachment| attachment.id == id).ok_or(UsecaseError::NotFound)?.clone();
    let file = app.blobs().open_file(attachment.hash).await?;
    Ok(OpenedAttachment { attachment, file })
}
