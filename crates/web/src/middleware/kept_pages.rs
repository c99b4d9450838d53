//! Answers what was kept from an earlier request, before anything is asked of the routes.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::portal::Portal;
use crate::shell::find_kept;

pub(super) async fn answer_kept(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    match find_kept(&portal, &request) {
        Some(response) => response,
        None => next.run(request).await,
    }
}
