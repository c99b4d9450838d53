//! The files of a draft that have arrived: read again, and taken out.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::dossier::DossierRefusal;
use domain::ids::AttachmentId;
use usecases::{ActError, open_draft_attachment, remove_file};
use web::errors::WebError;
use web::portal::Portal;

use super::find;
use crate::caller::{Caller, Place};
use crate::problem::Refused;

/// Hands out a file of a draft.
#[utoipa::path(get, path = "/api/v1/drafts/{id}/files/{file}", operation_id = "downloadDraftFile", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("file" = String, Path, description = "The file's identifier")),
    security(("account" = ["dossiers"])),
    responses((status = 200, description = "Its bytes, under its own media type", body = Vec<u8>,
            content_type = "application/octet-stream"),
        crate::description::Refusals, crate::description::DraftRefusals))]
pub(crate) async fn download(
    State(portal): State<Portal>,
    caller: Caller,
    Place((id, file)): Place<(String, String)>,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    let opened = open_draft_attachment(portal.app(), &caller.ctx, dossier.id, file_id(&file)?).await?;
    let attachment = &opened.attachment;
    Ok(web::files::stored(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

/// Takes a file out of a draft.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}/files/{file}", operation_id = "removeDraftFile", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("file" = String, Path, description = "The file's identifier")),
    security(("account" = ["dossiers"])),
    responses((status = 204, description = "It is not one of the draft's any more"),
        crate::description::Refusals, crate::description::DraftRefusals))]
pub(crate) async fn remove(
    State(portal): State<Portal>,
    caller: Caller,
    Place((id, file)): Place<(String, String)>,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    caller.count_change(&portal).await?;
    match remove_file(portal.app(), &caller.ctx, dossier.id, file_id(&file)?).await {
        Ok(_) => Ok(StatusCode::NO_CONTENT.into_response()),
        Err(ActError::Refused(DossierRefusal::UnknownFile)) => Err(WebError::NotFound.into()),
        Err(error) => Err(error.into()),
    }
}

/// The identifier of a file in an address.
pub(crate) fn file_id(text: &str) -> Result<AttachmentId, Refused> {
    AttachmentId::parse(text).map_err(|_| WebError::NotFound.into())
}
