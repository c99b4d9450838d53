//! *Nộp hồ sơ* (R52–R58): owner, where to receive the result, files, review, submit; each page keeps what it was given.

mod answers;
mod delivery;
mod discard;
mod done;
mod files;
mod owner;
mod population;
mod review;
mod start;
mod steps;
mod tasks;
mod uploads;

pub(crate) use answers::{Boxes, items};
pub(crate) use files::{LARGEST_AT_ONCE, accepted_endings};
pub(crate) use tasks::has_list;

use axum::Router;
use axum::routing::{get, options, post};
use domain::codes::ProcedureCode;
use domain::dossier::Dossier;
use domain::ids::DossierId;
use usecases::find_draft;
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

/// The addresses of filing.
pub(crate) fn routes(portal: &Portal) -> Router<Portal> {
    let uploads = Router::new()
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem", get(files::show).post(files::upload))
        .layer(web::upload::body_limit(portal, files::LARGEST_AT_ONCE));
    let pieces = options(uploads::abilities)
        .head(uploads::tell)
        .patch(uploads::append)
        .delete(uploads::remove)
        .post(uploads::overridden);
    Router::new()
        .route("/nop-ho-so/{procedure}", get(start::show).post(start::begin))
        .route("/nop-ho-so/{procedure}/{draft}/chu-ho-so", get(owner::show).post(owner::save))
        .route("/nop-ho-so/{procedure}/{draft}/to-khai/{page}", get(answers::show).post(answers::save))
        .route("/nop-ho-so/{procedure}/{draft}/cac-phan", get(tasks::show))
        .route("/nop-ho-so/{procedure}/{draft}/noi-nhan-ket-qua", get(delivery::show).post(delivery::save))
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/ghep", post(files::merge))
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/tu-kho", post(files::cite))
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}", get(files::download))
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}/xem", get(files::preview))
        .route("/nop-ho-so/{procedure}/{draft}/tep-dinh-kem/{file}/xoa", post(files::remove))
        .route("/nop-ho-so/{procedure}/{draft}/tai-len", options(uploads::abilities).post(uploads::create))
        .route("/nop-ho-so/{procedure}/{draft}/tai-len/{upload}", pieces)
        .route("/nop-ho-so/{procedure}/{draft}/xoa-ban-nhap", get(discard::ask).post(discard::delete))
        .route("/nop-ho-so/{procedure}/{draft}/xem-lai", get(review::show).post(review::submit))
        .route("/ho-so/{code}/da-nop", get(done::show))
        .merge(uploads)
}

/// The address of a page of a draft.
fn address(dossier: &Dossier, page: &str) -> String {
    format!("/nop-ho-so/{}/{}/{page}", dossier.procedure.code, dossier.id)
}

/// What a page of filing is about: still a draft, or filed meanwhile (another window, a second press, the back button).
enum Found {
    Draft(Box<Dossier>),
    Filed(String),
}

async fn find(portal: &Portal, visitor: &Visitor, procedure: &str, draft: &str) -> Result<Found, WebError> {
    visitor.account()?;
    let code = ProcedureCode::parse(procedure).map_err(|_| WebError::NotFound)?;
    let id = DossierId::parse(draft).map_err(|_| WebError::NotFound)?;
    let dossier = find_draft(portal.app(), &visitor.ctx, id).await?;
    if dossier.procedure.code != code {
        return Err(WebError::NotFound);
    }
    Ok(match &dossier.code {
        Some(code) => Found::Filed(format!("/ho-so/{code}/da-nop")),
        None => Found::Draft(Box::new(dossier)),
    })
}

/// Unpacks a draft, or sends the visitor to the page of the filed dossier.
macro_rules! draft_or_leave {
    ($found:expr) => {
        match $found {
            $crate::filing::Found::Draft(dossier) => *dossier,
            $crate::filing::Found::Filed(address) => {
                return Ok(axum::response::IntoResponse::into_response(axum::response::Redirect::to(&address)))
            }
        }
    };
}
use draft_or_leave;
