//! `/can-bo/tai-khoan`: an officer's own account.

mod password;
mod profile;

use axum::Router;
use axum::routing::{get, post};
use web::portal::Portal;

/// The addresses of an officer's own account.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/can-bo/tai-khoan", get(profile::show))
        .route("/can-bo/tai-khoan/mat-khau", get(password::show).post(password::save))
        .route("/can-bo/tai-khoan/phien/khac/ket-thuc", post(profile::end_others))
        .route("/can-bo/tai-khoan/phien/{session}/ket-thuc", post(profile::end))
}
