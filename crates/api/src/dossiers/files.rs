//! What a dossier has to be kept: its signed receipt, its files, its result.

use axum::extract::State;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use domain::receipt::SignedReceipt;
use serde::Serialize;
use usecases::receipts::view_receipt;
use usecases::{open_attachment, view_dossier};
use utoipa::ToSchema;
use web::errors::WebError;
use web::portal::Portal;

use super::code_of;
use crate::caller::{Caller, Place};
use crate::drafts::{FileData, file_id};
use crate::json::private;
use crate::problem::Refused;

/// A signed receipt, exactly as it is to be kept: every byte counts.
#[derive(ToSchema)]
#[schema(example = json!({
    "manifest": {"format": "motcua-receipt/1", "code": "H21.58.51-261123-0001"},
    "opened": [{"path": "/owner/full_name", "salt": "q0Z1", "value": "Rơ Châm H'Lan"}], "signature": "eyJhbGciOiJFZERTQSJ9..c2ln"
}))]
#[allow(dead_code, reason = "describes the answer for OpenAPI; its text is the domain's")]
pub(crate) struct ReceiptData {
    /// What is signed: what arrived, where and when, and of everything entered a hash.
    #[schema(value_type = Object)]
    manifest: serde_json::Value,
    /// What was entered, with what is needed to find it among the hashes.
    opened: Vec<OpenedData>,
    /// The signature over the manifest in canonical JSON: a JWS without its payload (RFC 7515, appendix F), EdDSA.
    signature: String,
}

/// A thing that was entered.
#[derive(ToSchema)]
#[allow(dead_code, reason = "describes the answer for OpenAPI; its text is the domain's")]
pub(crate) struct OpenedData {
    /// Where it stands.
    path: String,
    /// What was hashed with it.
    salt: String,
    /// What was entered.
    value: serde_json::Value,
}

/// A result.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"finished_at": 1795741200000_i64, "note": null, "files": []}))]
pub(crate) struct ResultData {
    /// When it was there, in milliseconds UTC.
    finished_at: i64,
    /// What the officer wrote with it.
    note: Option<String>,
    /// Its files, read as the dossier's other files are.
    files: Vec<FileData>,
}

/// Hands out the signed receipt.
#[utoipa::path(get, path = "/api/v1/dossiers/{code}/receipt", operation_id = "showReceipt", tag = "dossiers",
    params(("code" = String, Path, description = "The dossier's code")), security(("account" = ["dossiers"])),
    responses((status = 200, description = "The receipt", body = ReceiptData), crate::description::Refusals,
        crate::description::DossierRefusals))]
pub(crate) async fn receipt(
    State(portal): State<Portal>,
    caller: Caller,
    Place(code): Place<String>,
) -> Result<Response, Refused> {
    let found = view_receipt(portal.app(), &caller.ctx, &code_of(&code)?).await?;
    let receipt: SignedReceipt = found.receipt.ok_or(WebError::NotFound)?;
    Ok(([(CONTENT_TYPE, "application/json")], receipt.to_text()).into_response())
}

/// Hands out a file of a dossier: one that was filed with it, or one of its result.
#[utoipa::path(get, path = "/api/v1/dossiers/{code}/files/{file}", operation_id = "downloadFile", tag = "dossiers",
    params(("code" = String, Path, description = "The dossier's code"),
        ("file" = String, Path, description = "The file's identifier")),
    security(("account" = ["dossiers"])),
    responses((status = 200, description = "Its bytes, under its own media type", body = Vec<u8>,
            content_type = "application/octet-stream"),
        crate::description::Refusals, crate::description::DossierRefusals))]
pub(crate) async fn download(
    State(portal): State<Portal>,
    caller: Caller,
    Place((code, file)): Place<(String, String)>,
) -> Result<Response, Refused> {
    let opened = open_attachment(portal.app(), &caller.ctx, &code_of(&code)?, file_id(&file)?).await?;
    let attachment = &opened.attachment;
    Ok(web::files::stored(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

/// Shows the result, once there is one.
#[utoipa::path(get, path = "/api/v1/dossiers/{code}/result", operation_id = "showResult", tag = "dossiers",
    params(("code" = String, Path, description = "The dossier's code")), security(("account" = ["dossiers"])),
    responses((status = 200, description = "The result", body = ResultData), crate::description::Refusals,
        crate::description::DossierRefusals))]
pub(crate) async fn result(
    State(portal): State<Portal>,
    caller: Caller,
    Place(code): Place<String>,
) -> Result<Response, Refused> {
    let dossier = view_dossier(portal.app(), &caller.ctx, &code_of(&code)?).await?.dossier;
    let finished_at = dossier.finished_at.ok_or(WebError::NotFound)?;
    Ok(private(&ResultData {
        finished_at: finished_at.as_millis(),
        note: dossier.result_note.clone(),
        files: dossier.results.iter().map(FileData::of).collect(),
    }))
}
