//! The national portal as a provider of OpenID Connect: what programs ask, and the few pages that people see.

mod authorize;
mod consents;
mod documents;
mod sign_out;
mod token;

use axum::Router;
use axum::routing::{get, post};
use oidc::provider::Endpoints;
use web::portal::Portal;

/// Where programs find the provider's endpoints, under its issuer.
pub const ENDPOINTS: Endpoints = Endpoints {
    authorization: "/oidc/authorize",
    token: "/oidc/token",
    userinfo: "/oidc/userinfo",
    jwks: "/oidc/jwks",
    end_session: "/oidc/logout",
};

/// The addresses of the provider. Those whose names are English stand in documents that programs read.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/.well-known/openid-configuration", get(documents::discovery))
        .route("/oidc/jwks", get(documents::keys))
        .route("/oidc/authorize", get(authorize::begin).post(authorize::take_post))
        .route("/oidc/tiep", get(authorize::resume).post(authorize::answer))
        .route("/oidc/token", post(token::exchange))
        .route("/oidc/userinfo", get(token::claims).post(token::claims))
        .route("/oidc/logout", get(sign_out::begin).post(sign_out::take_post))
        .route("/oidc/dang-xuat", post(sign_out::agree))
        .route("/tai-khoan/ung-dung", get(consents::show))
        .route("/tai-khoan/ung-dung/{client}/thu-hoi", post(consents::withdraw))
}

/// The query of an address; empty when it has none.
fn query(uri: &axum::http::Uri) -> &str {
    uri.query().unwrap_or_default()
}
