//! `/can-bo/khoi-phuc`: accounts whose telephone and mailbox are both lost, recovered at the desk by two officers.

mod list;
mod one;
mod open;
mod words;

use axum::Router;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;
use axum::routing::{get, post};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::view::form::FormView;

/// Where the recoveries of a desk are listed.
const START: &str = "/can-bo/khoi-phuc";

/// The addresses of recoveries at the desk.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/can-bo/khoi-phuc", get(list::show).post(list::search))
        .route("/can-bo/khoi-phuc/tai-khoan/{account}", get(open::show).post(open::save))
        .route("/can-bo/khoi-phuc/{id}", get(one::show))
        .route("/can-bo/khoi-phuc/{id}/ma", post(one::prove))
        .route("/can-bo/khoi-phuc/{id}/gui-lai-ma", post(one::resend))
        .route("/can-bo/khoi-phuc/{id}/xac-nhan", post(one::confirm))
        .route("/can-bo/khoi-phuc/{id}/dung", post(one::stop))
}

/// Says beside a field how many minutes to wait.
fn refuse_too_many(form: &mut FormView, field: &str, t: &Texts, seconds: u32) {
    form.refuse(field, t.f("account-too-many", [("n", seconds.div_ceil(60).into())]));
}

/// The page after too many tries.
fn too_many(page: Result<Response, WebError>, seconds: u32) -> Result<Response, WebError> {
    let mut response = page?;
    *response.status_mut() = StatusCode::TOO_MANY_REQUESTS;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}
