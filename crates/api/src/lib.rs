//! The door for machines: JSON with types of its own, described by OpenAPI 3.1, errors as RFC 9457.

mod agencies;
mod caller;
mod description;
mod dossiers;
mod drafts;
mod form;
mod json;
mod metadata;
mod problem;
mod procedures;
mod strict;
mod tracking;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, options, patch, post};
use web::portal::{Portal, Role};

/// The most bytes of a JSON body: more than all answers of a dossier take.
const MOST_BYTES: usize = 512 << 10;

/// Every address of this door; dossiers are filed and tracked where they are kept.
pub fn routes(role: Role) -> Router<Portal> {
    let routes = Router::new()
        .route("/api/openapi.json", get(description::show))
        .route("/api/v1/procedures", get(procedures::list))
        .route("/api/v1/procedures/{code}", get(procedures::show))
        .route("/api/v1/procedures/{code}/form", get(form::show))
        .route("/api/v1/agencies", get(agencies::list))
        .route("/api/v1/agencies/{code}", get(agencies::show));
    match role {
        Role::National => routes,
        Role::Province => routes
            .route("/.well-known/oauth-protected-resource", get(metadata::show))
            .route("/api/v1/tracking", post(tracking::look_up))
            .merge(filing()),
    }
}

/// What a program does for a person who let it.
fn filing() -> Router<Portal> {
    let upload = patch(drafts::append).head(drafts::tell).delete(drafts::forget);
    Router::new()
        .route("/api/v1/drafts", post(drafts::start).get(drafts::list))
        .route("/api/v1/drafts/{id}", get(drafts::show).patch(drafts::change).delete(drafts::delete))
        .route("/api/v1/drafts/{id}/obstacles", get(drafts::obstacles))
        .route("/api/v1/drafts/{id}/uploads", options(drafts::abilities).post(drafts::create))
        .route("/api/v1/drafts/{id}/uploads/{upload}", upload)
        .route("/api/v1/drafts/{id}/files/{file}", get(drafts::download).delete(drafts::remove))
        .route("/api/v1/drafts/{id}/submit", post(drafts::submit))
        .route("/api/v1/dossiers", get(dossiers::list))
        .route("/api/v1/dossiers/{code}", get(dossiers::show))
        .route("/api/v1/dossiers/{code}/receipt", get(dossiers::receipt))
        .route("/api/v1/dossiers/{code}/files/{file}", get(dossiers::download))
        .route("/api/v1/dossiers/{code}/result", get(dossiers::result))
        .layer(DefaultBodyLimit::max(MOST_BYTES))
}
