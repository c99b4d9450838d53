//! `/kho-du-lieu`: the personal store (kho dữ liệu điện tử): results and checked papers, and who used them when and why.

mod item;
mod list;

use axum::Router;
use axum::routing::get;
use web::portal::Portal;

/// The addresses of the store.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/kho-du-lieu", get(list::show))
        .route("/kho-du-lieu/{item}", get(item::show))
        .route("/kho-du-lieu/{item}/tep", get(item::download))
}
