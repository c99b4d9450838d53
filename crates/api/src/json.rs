//! Answers of the API as JSON.

use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::problem::{Problem, Refused};

/// Data that changes with a release only; machines and caches may keep it for five minutes.
pub(crate) fn public(data: &impl Serialize) -> Response {
    let mut response = answer(StatusCode::OK, data);
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    response
}

/// Data for the asker alone.
pub(crate) fn private(data: &impl Serialize) -> Response {
    answer(StatusCode::OK, data)
}

/// The same with another status.
pub(crate) fn answer(status: StatusCode, data: &impl Serialize) -> Response {
    match serde_json::to_vec(data) {
        Ok(body) => (status, [(CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response(),
        Err(error) => web::errors::WebError::internal(error).into_response(),
    }
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
    let document = Problem {
        kind: "about:blank".to_owned(),
        title: title.into(),
        status: status.as_u16(),
        detail: detail.into(),
        instance: None,
        errors: Vec::new(),
        obstacles: Vec::new(),
        code: None,
    };
    Refused::from(document).into_response()
}
