//! The signed receipt: for its owner `/ho-so/{code}/bien-nhan`, for everybody `/kiem-tra-bien-nhan` and the public keys.

mod check;
mod finding;
mod keys;
mod own;
mod words;

use axum::Router;
use axum::routing::get;
use web::portal::Portal;

/// How many of the largest files may be compared with a receipt at once.
const LARGEST_AT_ONCE: usize = 2;

/// The addresses of receipts.
pub(crate) fn routes(portal: &Portal) -> Router<Portal> {
    let check = Router::new()
        .route("/kiem-tra-bien-nhan", get(check::show).post(check::check))
        .layer(web::upload::body_limit(portal, LARGEST_AT_ONCE));
    Router::new()
        .route("/.well-known/motcua-receipt-keys.json", get(keys::show))
        .route("/ho-so/{code}/bien-nhan", get(own::show))
        .route("/ho-so/{code}/bien-nhan.json", get(own::download))
        .route("/ho-so/{code}/bien-nhan-rut-gon.json", get(own::download_without_values))
        .merge(check)
}
