//! Why a request of a program was refused, as RFC 9457 tells it, with a sentence to read.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::json;

/// A refusal with its status.
pub(crate) struct Refusal {
    status: StatusCode,
    sentence: &'static str,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, sentence: &'static str) -> Self {
        Self { status, sentence }
    }

    /// The request was understood, and what it asks cannot be done.
    pub(crate) fn unprocessable(sentence: &'static str) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, sentence)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Không có địa chỉ này.")
    }

    pub(crate) fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "Địa chỉ này không nhận cách gọi đó.")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let problem = json!({
            "type": "about:blank",
            "title": self.status.canonical_reason().unwrap_or("Refused"),
            "status": self.status.as_u16(),
            "detail": self.sentence,
        });
        let content_type = [(header::CONTENT_TYPE, "application/problem+json")];
        (self.status, content_type, problem.to_string()).into_response()
    }
}

/// Reads a JSON body, whatever content type it came with: people type these requests by hand.
pub(crate) fn parse_json<T: DeserializeOwned>(body: Result<Bytes, BytesRejection>) -> Result<T, Refusal> {
    let too_large = Refusal::new(StatusCode::PAYLOAD_TOO_LARGE, "Nội dung gửi lên quá lớn hoặc bị ngắt giữa chừng.");
    let body = body.map_err(|_| too_large)?;
    serde_json::from_slice(&body).map_err(|_| Refusal::unprocessable("Nội dung gửi lên không phải JSON như mô tả."))
}
