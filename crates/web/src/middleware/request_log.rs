//! Gives each request an id, measures it, and writes one line about it without personal data.

use std::panic::AssertUnwindSafe;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;
use tracing::Instrument;

use crate::errors::WebError;
use crate::portal::Portal;

/// The id under which a request is found in the log; the answer carries it too.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

pub(super) async fn log_request(State(portal): State<Portal>, mut request: Request, next: Next) -> Response {
    let seed = (portal.source().seed)();
    let id = format!("{:016x}", seed[..8].iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte)));
    request.extensions_mut().insert(RequestId(id.clone()));
    // The matched route, never the address: addresses hold dossier codes and search words.
    let route = request.extensions().get::<MatchedPath>().map_or("none", |path| path.as_str()).to_owned();
    let method = request.method().clone();
    let started_at = (portal.source().ticks)();
    let span = tracing::info_span!("request", id = %id);
    let mut response = AssertUnwindSafe(next.run(request))
        .catch_unwind()
        .instrument(span)
        .await
        .unwrap_or_else(|_| WebError::internal(Panicked).into_response());
    let micros = (portal.source().ticks)().saturating_sub(started_at);
    let status = response.status().as_u16();
    metrics::counter!("motcua_requests_total", "route" => route.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("motcua_request_seconds", "route" => route.clone()).record(micros as f64 / 1e6);
    tracing::info!(id = %id, method = %method, route = %route, status, micros, "Answered a request");
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

#[derive(Debug, thiserror::Error)]
#[error("a handler panicked")]
struct Panicked;
