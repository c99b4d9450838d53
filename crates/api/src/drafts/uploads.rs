//! Files for a draft in pieces (tus 1.0), by the same code as the page's: what has arrived is kept.

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::response::Response;
use domain::dossier::{Dossier, MANDATE};
use usecases::{ComponentRef, needs_mandate, version_of};
use web::i18n::{Locale, Texts};
use web::pieces;
use web::portal::Portal;
use web::tus;

use super::find;
use crate::caller::{Caller, Place};
use crate::problem::Refused;

/// Tells what of tus is spoken here.
#[utoipa::path(options, path = "/api/v1/drafts/{id}/uploads", operation_id = "showUploadAbilities", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier")),
    responses((status = 204, description = "Versions, extensions and limits of tus",
        headers(("Tus-Version" = String, description = "The versions that are spoken"),
            ("Tus-Extension" = String, description = "The extensions that are spoken"),
            ("Tus-Max-Size" = String, description = "The most bytes of one file")))))]
pub(crate) async fn abilities(State(portal): State<Portal>) -> Response {
    tus::abilities(portal.app().settings().upload_limit_bytes)
}

/// Begins a file, perhaps with its first piece.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/uploads", operation_id = "beginUpload", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
        ("Upload-Length" = String, Header, description = "How many bytes the file has"),
        ("Upload-Metadata" = String, Header, description = "Pairs of a name and its value in Base64, with commas between: \
            `filename`, and `component` with the code of the paper; `mandate` for the mandate of whoever files `by_mandate`; without it the file stands beside the list"),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha256` and the digest of the piece in Base64")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream",
        description = "The first piece; may be left out"),
    security(("account" = ["dossiers"])),
    responses((status = 201, description = "The file may come",
            headers(("Location" = String, description = "Where its pieces go"),
                ("Upload-Offset" = String, description = "How many bytes have arrived"),
                ("Upload-Expires" = String, description = "Until when the next piece is waited for"))),
        crate::description::Refusals, crate::description::DraftRefusals, crate::description::UploadRefusals))]
pub(crate) async fn create(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
    request: Request,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    if let Err(error) = tus::check_version(request.headers()) {
        return Ok(pieces::misread(error, caller.t));
    }
    let new = match pieces::read_new(request.headers(), |code| component(&portal, &caller, &dossier, code)) {
        Ok(new) => new,
        Err(error) => return Ok(pieces::misread(error, caller.t)),
    };
    caller.count_change(&portal).await?;
    let place = format!("/api/v1/drafts/{}/uploads", dossier.id);
    Ok(pieces::create(portal.app(), caller.ctx, caller.t, (dossier.id, &place), new, request).await?)
}

/// Tells how far a file has come.
#[utoipa::path(head, path = "/api/v1/drafts/{id}/uploads/{upload}", operation_id = "showUpload", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("upload" = String, Path, description = "The last part of the upload's address"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`")),
    security(("account" = ["dossiers"])),
    responses((status = 200, description = "How far it has come",
            headers(("Upload-Offset" = String, description = "How many bytes have arrived"),
                ("Upload-Length" = String, description = "How many it has"))),
        crate::description::Refusals, crate::description::DraftRefusals, crate::description::UploadRefusals))]
pub(crate) async fn tell(
    State(portal): State<Portal>,
    caller: Caller,
    Place((id, upload)): Place<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    if let Err(error) = tus::check_version(&headers) {
        return Ok(pieces::misread(error, caller.t));
    }
    Ok(pieces::tell(portal.app(), &caller.ctx, caller.t, dossier.id, &upload).await?)
}

/// Takes the next piece. With the last one the file becomes one of the draft's, under the same identifier.
#[utoipa::path(patch, path = "/api/v1/drafts/{id}/uploads/{upload}", operation_id = "continueUpload", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("upload" = String, Path, description = "The last part of the upload's address"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`"),
        ("Upload-Offset" = String, Header, description = "Where the piece begins in the file"),
        ("Upload-Checksum" = Option<String>, Header, description = "`sha256` and the digest of the piece in Base64")),
    request_body(content = Vec<u8>, content_type = "application/offset+octet-stream", description = "The piece"),
    security(("account" = ["dossiers"])),
    responses((status = 204, description = "The piece is kept",
            headers(("Upload-Offset" = String, description = "How many bytes have arrived"))),
        crate::description::Refusals, crate::description::DraftRefusals, crate::description::UploadRefusals))]
pub(crate) async fn append(
    State(portal): State<Portal>,
    caller: Caller,
    Place((id, upload)): Place<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    if let Err(error) = tus::check_version(request.headers()) {
        return Ok(pieces::misread(error, caller.t));
    }
    Ok(pieces::append(portal.app(), caller.ctx, caller.t, dossier.id, &upload, request).await?)
}

/// Forgets a file that has not come to its end.
#[utoipa::path(delete, path = "/api/v1/drafts/{id}/uploads/{upload}", operation_id = "forgetUpload", tag = "files",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("upload" = String, Path, description = "The last part of the upload's address"),
        ("Tus-Resumable" = String, Header, description = "`1.0.0`")),
    security(("account" = ["dossiers"])),
    responses((status = 204, description = "It is forgotten"), crate::description::Refusals,
        crate::description::DraftRefusals, crate::description::UploadRefusals))]
pub(crate) async fn forget(
    State(portal): State<Portal>,
    caller: Caller,
    Place((id, upload)): Place<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    if let Err(error) = tus::check_version(&headers) {
        return Ok(pieces::misread(error, caller.t));
    }
    Ok(pieces::remove(portal.app(), &caller.ctx, caller.t, dossier.id, &upload).await?)
}

/// The procedure's paper of this code, under its Vietnamese name; the empty code stands for one beside the list.
fn component(portal: &Portal, caller: &Caller, dossier: &Dossier, code: &str) -> Option<ComponentRef> {
    if code.is_empty() {
        let name = Texts::of(Locale::Vi).m("filing-files-other").to_owned();
        return Some(ComponentRef { code: None, name });
    }
    if code == MANDATE && needs_mandate(dossier) {
        let name = Texts::of(Locale::Vi).m("filing-files-mandate").to_owned();
        return Some(ComponentRef { code: Some(code.to_owned()), name });
    }
    let own = version_of(portal.app(), dossier, caller.ctx.now.day()).filter(|own| !own.papers.is_empty());
    let name = match own {
        Some(own) => {
            // Whether it is asked for may follow from answers that are still to come.
            own.papers.iter().find(|paper| paper.code == code).map(|paper| paper.title.vi.clone())
        }
        None => {
            let detail = portal.app().content().procedures.detail(&dossier.procedure.code)?;
            let known = detail.components().find(|component| component.code == code);
            known.map(|component| component.title().to_owned())
        }
    };
    name.map(|name| ComponentRef { code: Some(code.to_owned()), name })
}
