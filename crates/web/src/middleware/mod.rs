//! What surrounds every request: an id and a log line, refusal of posts from other sites, safe headers, pages for errors.

mod error_pages;
mod guard;
mod headers;
mod kept_pages;
mod request_log;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

pub use request_log::RequestId;

use crate::errors::WebError;
use crate::portal::Portal;

/// Puts the layers round the routes of a portal, outermost last.
pub fn surround(routes: Router<Portal>, portal: &Portal) -> Router {
    routes
        .fallback(async || WebError::NotFound)
        .layer(from_fn(guard::refuse_other_sites))
        .layer(from_fn_with_state(portal.clone(), error_pages::draw_errors))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(5)))
        .layer(from_fn_with_state(portal.clone(), kept_pages::answer_kept))
        .layer(from_fn(headers::add_headers))
        .layer(from_fn_with_state(portal.clone(), request_log::log_request))
        .with_state(portal.clone())
}
