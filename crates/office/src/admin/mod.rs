//! `/quan-tri`: what administrators look after.

mod applicants;

use axum::Router;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

/// Where administrators begin.
pub(crate) const START: &str = "/quan-tri/tai-khoan";

/// The addresses of the administration.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/quan-tri", get(start))
        .route("/quan-tri/tai-khoan", get(applicants::list))
        .route("/quan-tri/tai-khoan/{id}", get(applicants::show))
        .route("/quan-tri/tai-khoan/{id}/phe-duyet", post(applicants::approve))
        .route("/quan-tri/tai-khoan/{id}/tu-choi", post(applicants::refuse))
}

/// Leads on to the first page of the administration; the national portal's officers have no other.
pub(crate) async fn start(visitor: Visitor) -> Result<Response, WebError> {
    visitor.officer()?;
    Ok(Redirect::to(START).into_response())
}
