//! The two documents by which programs come to know the provider: what it can do, and its public keys.

use axum::extract::State;
use axum::http::header::{ACCESS_CONTROL_ALLOW_ORIGIN, CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use usecases::oidc_provider::{DOCUMENT_SECONDS, published_keys};
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

pub(super) async fn discovery(State(portal): State<Portal>) -> Result<Response, WebError> {
    let provider = portal.app().single_sign_on().provider.as_ref().ok_or(WebError::NotFound)?;
    Ok(document("application/json", provider.discovery()))
}

pub(super) async fn keys(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    Ok(document("application/jwk-set+json", published_keys(portal.app(), &visitor.ctx).await?))
}

// Nothing in them is anybody's: programs of any site may read them, and keep them for a while.
fn document(kind: &'static str, body: String) -> Response {
    let kept = format!("public, max-age={DOCUMENT_SECONDS}");
    let headers =
        [(CONTENT_TYPE, kind.to_owned()), (CACHE_CONTROL, kept), (ACCESS_CONTROL_ALLOW_ORIGIN, "*".to_owned())];
    (headers, body).into_response()
}
