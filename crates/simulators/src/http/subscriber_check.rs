//! The carrier's check of a subscription: `POST /telco/subscriber-check`. It compares and tells nothing that is registered.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::World;
use crate::faults::{FaultKind, Service};
use crate::subscribers::{Claim, Verdict, compare};

/// `{"phone":"84912345678","idKind":"CCCD","idNumber":"…","fullName":"…","birthDate":"1985-03-12"}`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Question {
    phone: String,
    id_kind: String,
    id_number: String,
    full_name: String,
    birth_date: String,
}

/// `{"result":"MATCH"}`, `{"result":"MISMATCH","mismatch":["FULL_NAME"]}` or `{"result":"NOT_FOUND"}`.
pub(crate) async fn check(
    State(world): State<Arc<World>>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Response {
    if !has_key(&headers) {
        return refused(StatusCode::UNAUTHORIZED, "A bearer token is missing");
    }
    let question = body.ok().and_then(|body| serde_json::from_slice::<Question>(&body).ok());
    let Some(question) = question.filter(is_well_formed) else {
        return refused(StatusCode::BAD_REQUEST, "Not a question as agreed");
    };
    match world.faults.take_refusal(Service::Subscribers) {
        Some(FaultKind::Temporary) => return StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Some(_) => return refused(StatusCode::FORBIDDEN, "Refused for good, as asked"),
        None => {}
    }
    match world.faults.take_spoiled_answer(Service::Subscribers) {
        Some(FaultKind::Slow(delay)) => tokio::time::sleep(delay).await,
        Some(_) => return StatusCode::GATEWAY_TIMEOUT.into_response(),
        None => {}
    }
    Json(answer(&question)).into_response()
}

fn answer(question: &Question) -> Value {
    let claim = Claim {
        phone: &question.phone,
        id_kind: &question.id_kind,
        id_number: &question.id_number,
        name: &question.full_name,
        birth_date: &question.birth_date,
    };
    match compare(&claim) {
        Verdict::Match => json!({ "result": "MATCH" }),
        Verdict::Mismatch(fields) => json!({ "result": "MISMATCH", "mismatch": fields }),
        Verdict::NotFound => json!({ "result": "NOT_FOUND" }),
    }
}

fn has_key(headers: &HeaderMap) -> bool {
    let token = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
    token.is_some_and(|token| !token.trim().is_empty())
}

fn is_well_formed(question: &Question) -> bool {
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let number_fits = match question.id_kind.as_str() {
        "CCCD" => question.id_number.len() == 12,
        "CMND" => question.id_number.len() == 9,
        _ => false,
    };
    let date = question.birth_date.as_bytes();
    let date_fits = matches!(date.len(), 4 | 7 | 10)
        && date.iter().enumerate().all(|(index, byte)| match index {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    number_fits
        && date_fits
        && is_digits(&question.id_number)
        && question.phone.starts_with("84")
        && is_digits(&question.phone)
        && (1..=100).contains(&question.full_name.trim().chars().count())
}

fn refused(status: StatusCode, reason: &str) -> Response {
    (status, Json(json!({ "error": reason }))).into_response()
}
