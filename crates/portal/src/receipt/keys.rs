//! `/.well-known/motcua-receipt-keys.json`: the public keys of receipts, for whoever checks one off line.

use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use usecases::receipts::{KEYS_SECONDS, published_receipt_keys};
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let keys = published_receipt_keys(portal.app(), &visitor.ctx).await?;
    // Nothing in it is anybody's: programs of any site may read it, and keep it.
    let headers = [
        (CONTENT_TYPE, "application/jwk-set+json".to_owned()),
        (CACHE_CONTROL, format!("public, max-age={KEYS_SECONDS}")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned()),
    ];
    Ok((headers, keys).into_response())
}
