//! How far a dossier is, for machines that hold its code and secret (R59); progress only, as on the page.

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use usecases::{DossierWithLog, TrackError, track_dossier};
use utoipa::ToSchema;
use web::errors::WebError;
use web::portal::Portal;

use crate::caller::Machine;
use crate::json::{invalid, not_found, private};
use crate::problem::Problem;

/// What to look up; in the body, so that secrets stay out of addresses and logs.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TrackingRequest {
    /// The dossier code, as `H21.58.51-261122-0001`.
    code: String,
    /// The 4 characters printed with it, or the last 4 digits of the owner's number.
    secret: String,
}

/// How far a dossier is. Instants are UTC milliseconds.
#[derive(Serialize, ToSchema)]
pub(crate) struct Progress {
    /// The dossier code.
    code: String,
    /// `filed`, `accepted`, `refused`, `finished` or `returned`.
    status: &'static str,
    /// The number of that state in the national exchange (TrangThai).
    national_status: Option<u8>,
    /// Code of the procedure.
    procedure_code: String,
    /// Name of the procedure.
    procedure_name: String,
    /// Code of the agency.
    agency_code: String,
    /// Name of the agency.
    agency_name: String,
    /// Name of the agency that has it.
    holder: Option<String>,
    /// Since when.
    held_since: Option<i64>,
    /// When it was filed.
    filed_at: Option<i64>,
    /// By when the desk must answer.
    answer_due_at: Option<i64>,
    /// When it was accepted.
    accepted_at: Option<i64>,
    /// The appointed return.
    due_at: Option<i64>,
    /// What happened since filing, oldest first.
    events: Vec<ProgressEvent>,
}

/// One thing that happened.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProgressEvent {
    /// What: `filed`, `supplement_requested`, `supplement_sent`, `accepted`, `refused`, `withdrawn`, `finished` or
    /// `returned`.
    kind: &'static str,
    /// When.
    at: i64,
}

/// Looks a dossier up.
#[utoipa::path(post, path = "/api/v1/tracking", operation_id = "trackDossier", tag = "dossiers", request_body = TrackingRequest,
    responses((status = 200, description = "How far it is", body = Progress),
        (status = 404, description = "No dossier matches", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The body, or the code in it, cannot be read", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many wrong secrets", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn look_up(State(portal): State<Portal>, machine: Machine, body: Bytes) -> Result<Response, WebError> {
    let Ok(request) = serde_json::from_slice::<TrackingRequest>(&body) else {
        return Ok(invalid("The request is not valid", "Send JSON with code and secret, and nothing else."));
    };
    let Ok(code) = DossierCode::parse(&request.code) else {
        return Ok(invalid("The code is not valid", "A dossier code looks like H21.58.51-261122-0001."));
    };
    match track_dossier(portal.app(), &machine.ctx, &machine.client, &code, &request.secret).await {
        Ok(found) => Ok(private(&progress(&found))),
        Err(TrackError::Wrong) => Ok(not_found("No dossier matches", "No dossier matches this code and secret.")),
        Err(TrackError::Usecase(error)) => Err(error.into()),
    }
}

fn progress(found: &DossierWithLog) -> Progress {
    let dossier = &found.dossier;
    let millis = |at: Option<Instant>| at.map(Instant::as_millis);
    let public = |kind: &str| {
        matches!(
            kind,
            "filed"
                | "supplement_requested"
                | "supplement_sent"
                | "accepted"
                | "refused"
                | "withdrawn"
                | "finished"
                | "returned"
        )
    };
    let events = found.log.iter().filter(|entry| public(entry.event.kind()));
    Progress {
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        status: dossier.status.as_str(),
        national_status: dossier.status.wire_code(),
        procedure_code: dossier.procedure.code.to_string(),
        procedure_name: dossier.procedure.name.clone(),
        agency_code: dossier.agency.code.to_string(),
        agency_name: dossier.agency.name.clone(),
        holder: dossier.holder.as_ref().map(|holder| holder.agency.name.clone()),
        held_since: millis(dossier.holder.as_ref().map(|holder| holder.since)),
        filed_at: millis(dossier.filed_at),
        answer_due_at: millis(dossier.answer_due_at),
        accepted_at: millis(dossier.accepted_at),
        due_at: millis(dossier.due.as_ref().map(|due| due.due_at)),
        events: events.map(|entry| ProgressEvent { kind: entry.event.kind(), at: entry.at.as_millis() }).collect(),
    }
}
