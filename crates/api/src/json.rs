//! Answers of the API: JSON, and problem documents (RFC 9457) for what cannot be answered.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Problem {
    /// Always `about:blank`: the status says which kind of problem it is.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What is wrong, in one line.
    title: String,
    /// The HTTP status again.
    status: u16,
    /// What is wrong and what to do.
    detail: String,
}

/// Data that changes with a release only; machines and caches may keep it for five minutes.
pub(crate) fn public(data: &impl Serialize) -> Response {
    let mut response = answer(StatusCode::OK, "application/json", data);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// Data for the asker alone.
pub(crate) fn private(data: &impl Serialize) -> Response {
    answer(StatusCode::OK, "application/json", data)
}

/// A request that can be read and cannot be answered as it is.
pub(crate) fn invalid(title: &str, detail: &str) -> Response {
    problem(StatusCode::UNPROCESSABLE_ENTITY, title, detail)
}

/// There is no such thing.
pub(crate) fn not_found(title: &str, detail: &str) -> Response {
    problem(StatusCode::NOT_FOUND, title, detail)
}

fn problem(status: StatusCode, title: &str, detail: &str) -> Response {
    let document = Problem { kind: "about:blank", title: title.into(), status: status.as_u16(), detail: detail.into() };
    answer(status, "application/problem+json", &document)
}

fn answer(status: StatusCode, kind: &'static str, data: &impl Serialize) -> Response {
    match serde_json::to_vec(data) {
        Ok(body) => (status, [(CONTENT_TYPE, HeaderValue::from_static(kind))], body).into_response(),
        Err(error) => web::errors::WebError::internal(error).into_response(),
    }
}
