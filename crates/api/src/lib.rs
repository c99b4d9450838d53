//! The door for machines: the read API as JSON with types of its own, described by OpenAPI 3.1, errors as RFC 9457.

mod agencies;
mod description;
mod json;
mod procedures;
mod tracking;

use axum::Router;
use axum::routing::{get, post};
use web::portal::{Portal, Role};

/// Every address of this door; dossiers are tracked where they are filed.
pub fn routes(role: Role) -> Router<Portal> {
    let routes = Router::new()
        .route("/api/openapi.json", get(description::show))
        .route("/api/v1/procedures", get(procedures::list))
        .route("/api/v1/procedures/{code}", get(procedures::show))
        .route("/api/v1/agencies", get(agencies::list))
        .route("/api/v1/agencies/{code}", get(agencies::show));
    match role {
        Role::National => routes,
        Role::Province => routes.route("/api/v1/tracking", post(tracking::look_up)),
    }
}
