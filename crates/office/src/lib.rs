//! The officers' door: sign-in and one's own account, the inbox by due time, and the acts on one dossier.

mod acts;
mod admin;
mod check_paper;
mod dossier;
mod due_date;
mod enrolment;
mod inbox;
mod letters;
mod own;
mod recovery;
mod remarks;
mod sign_in;
mod supplement;
mod words;

use axum::Router;
use axum::routing::{get, post};
use web::portal::Portal;

/// Every address of this door.
pub fn routes(portal: &Portal) -> Router<Portal> {
    let uploads = Router::new()
        .route("/can-bo/ho-so/{code}/ket-qua", post(acts::finish))
        .layer(web::upload::body_limit(portal, 2));
    Router::new()
        .route("/can-bo", get(inbox::show))
        .route("/can-bo/ho-so/{code}", get(dossier::show))
        .route("/can-bo/ho-so/{code}/tep/{file}", get(dossier::attachment))
        .route("/can-bo/ho-so/{code}/dan-cu", post(acts::ask_register))
        .route("/can-bo/ho-so/{code}/tep/{file}/doi-chieu", get(check_paper::show).post(check_paper::keep))
        .route("/can-bo/ho-so/{code}/du-thao/{name}", get(letters::draft))
        .route("/can-bo/ho-so/{code}/giay-to/{name}", get(dossier::document))
        .route("/can-bo/ho-so/{code}/han-tra", get(due_date::show))
        .route("/can-bo/ho-so/{code}/tiep-nhan", post(acts::accept))
        .route("/can-bo/ho-so/{code}/tu-choi", post(acts::refuse))
        .route("/can-bo/ho-so/{code}/trao-doi", get(remarks::show).post(remarks::write))
        .route("/can-bo/ho-so/{code}/bo-sung", get(supplement::show).post(supplement::send))
        .route("/can-bo/ho-so/{code}/tra-ket-qua", post(acts::give_back))
        .merge(uploads)
        .merge(officials())
}

/// The addresses of a portal that keeps no dossiers: its officers are administrators.
pub fn administration_routes() -> Router<Portal> {
    Router::new().route("/can-bo", get(admin::start)).merge(officials())
}

/// What officers find on every portal: signing in, their own account, the administration.
fn officials() -> Router<Portal> {
    Router::new()
        .route("/can-bo/dang-nhap", get(sign_in::show).post(sign_in::enter))
        .route("/can-bo/da-kich-hoat", get(enrolment::done))
        .route("/can-bo/kich-hoat/{token}", get(enrolment::show).post(enrolment::save))
        .merge(own::routes())
        .merge(recovery::routes())
        .merge(admin::routes())
}
