//! A program files a draft: once, however often it asks, and with the same answer for the same key.

use axum::extract::State;
use axum::http::header::{IF_MATCH, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use domain::dossier::{Dossier, DossierRefusal};
use serde::Serialize;
use usecases::programs::{FileOnceError, file_once};
use usecases::{ActError, find_draft};
use utoipa::ToSchema;
use web::portal::Portal;

use super::change::{seen_version, stale};
use super::obstacles::obstacles_of;
use super::{filed, id_of};
use crate::caller::{Caller, Place};
use crate::json::answer;
use crate::problem::{FILED_OTHERWISE, INCOMPLETE, NO_KEY, Refused};

/// The most characters of a key.
const LONGEST_KEY: usize = 255;

/// That a dossier was filed.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "code": "H21.58.51-261123-0001", "secret": "K7QX", "filed_at": 1795395600000_i64, "answer_due_at": 1795482000000_i64,
    "dossier": "/api/v1/dossiers/H21.58.51-261123-0001", "receipt": "/api/v1/dossiers/H21.58.51-261123-0001/receipt",
    "receipt_keys": "/.well-known/motcua-receipt-keys.json"
}))]
pub(crate) struct Submission {
    /// The dossier's code.
    code: String,
    /// The four characters that, with the code, open its progress to whoever holds them. They are told here and nowhere
    /// else: keep them for the person.
    secret: String,
    /// When it was filed, in milliseconds UTC.
    filed_at: i64,
    /// By when the desk must answer, in milliseconds UTC.
    answer_due_at: i64,
    /// Where the dossier is read.
    dossier: String,
    /// Where its signed receipt is.
    receipt: String,
    /// Where the keys are by which receipts are checked (RFC 7517).
    receipt_keys: String,
}

/// Files a draft.
#[utoipa::path(post, path = "/api/v1/drafts/{id}/submit", operation_id = "submitDraft", tag = "drafts",
    params(("id" = String, Path, description = "The draft's identifier"),
        ("Idempotency-Key" = String, Header, description = "Drawn by the program for this filing, 1 to 255 printable \
            characters of ASCII. Asked again with the same key within 24 hours, the answer is the same"),
        ("If-Match" = Option<String>, Header, description = "The `ETag` of the draft as the person saw it; when it is sent, \
            no other version is filed")),
    security(("account" = ["dossiers"])),
    responses((status = 201, description = "It is filed", body = Submission,
            headers(("Location" = String, description = "Where the dossier is read"))),
        (status = 400, description = "No key", body = crate::problem::Problem,
            content_type = "application/problem+json"),
        (status = 409, description = "It was filed before, and not with this key", body = crate::problem::Problem,
            content_type = "application/problem+json"),
        (status = 412, description = "The draft was changed since it was seen", body = crate::problem::Problem,
            content_type = "application/problem+json",
            headers(("ETag" = String, description = "The version that it has"))),
        (status = 422, description = "Something keeps it from being filed: `obstacles` has all of it",
            body = crate::problem::Problem, content_type = "application/problem+json"),
        crate::description::Refusals, crate::description::DraftRefusals))]
pub(crate) async fn submit(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
    headers: HeaderMap,
) -> Result<Response, Refused> {
    let id = id_of(&id)?;
    let mut keys = headers.get_all("idempotency-key").iter();
    let key = match (keys.next().and_then(|key| key.to_str().ok()).map(str::trim), keys.next()) {
        (Some(key), None) if (1..=LONGEST_KEY).contains(&key.len()) => key,
        _ => return Err(NO_KEY.refused(caller.t)),
    };
    let seen = match headers.contains_key(IF_MATCH) {
        // Whoever asks for nothing that is known has seen no version, and version 0 is none.
        true => Some(seen_version(&headers, caller.t)?.unwrap_or_default()),
        false => None,
    };
    caller.count_change(&portal).await?;
    match file_once(portal.app(), &caller.ctx, &caller.admitted.program, key, id, seen).await {
        Ok(dossier) => Ok(submission(&dossier)),
        Err(FileOnceError::FiledOtherwise(dossier)) => {
            let mut document = FILED_OTHERWISE.document(caller.t);
            document.code = dossier.code.as_ref().map(ToString::to_string);
            Err(document.into())
        }
        Err(FileOnceError::Act(ActError::Refused(refusal))) => {
            let dossier = find_draft(portal.app(), &caller.ctx, id).await?;
            if matches!(refusal, DossierRefusal::DraftChanged { .. }) && dossier.is_draft() {
                return Err(stale(&caller, &dossier));
            }
            if !matches!(refusal, DossierRefusal::Incomplete { .. }) || !dossier.is_draft() {
                return Err(filed(&caller, &dossier));
            }
            let mut document = INCOMPLETE.document(caller.t);
            document.obstacles = obstacles_of(&portal, &caller, &dossier).await?;
            Err(document.into())
        }
        Err(FileOnceError::Act(ActError::Usecase(error))) => Err(error.into()),
    }
}

fn submission(dossier: &Dossier) -> Response {
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let place = format!("/api/v1/dossiers/{code}");
    let mut response = answer(
        StatusCode::CREATED,
        &Submission {
            secret: dossier.secret.as_ref().map(|secret| secret.as_str().to_owned()).unwrap_or_default(),
            filed_at: dossier.filed_at.map_or(0, |at| at.as_millis()),
            answer_due_at: dossier.answer_due_at.map_or(0, |at| at.as_millis()),
            receipt: format!("{place}/receipt"),
            receipt_keys: "/.well-known/motcua-receipt-keys.json".to_owned(),
            dossier: place.clone(),
            code,
        },
    );
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(LOCATION, place);
    }
    response
}
