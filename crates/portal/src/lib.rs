//! The citizens' door: the catalogue of both portals, and filing and tracking at the province's.

mod agencies;
mod agency;
mod dossier;
mod due_date;
mod export;
mod filing;
mod help;
mod home;
mod my_dossiers;
mod other_role;
mod places;
mod popular;
mod procedure;
mod procedures;
mod process;
mod receipt;
mod remarks;
mod services;
mod situation;
mod store;
mod supplement;
mod tracking;
mod withdraw;
mod words;

use axum::Router;
use axum::extract::State;
use axum::response::Redirect;
use axum::routing::get;
use domain::account::AccountKind;
use usecases::sessions::SignedIn;
use web::errors::WebError;
use web::links::encode;
use web::portal::{Portal, Role};
use web::visitor::Visitor;

/// Every address of the citizens' pages.
pub fn routes(portal: &Portal) -> Router<Portal> {
    let role = portal.settings().role;
    let catalogue = Router::new()
        .merge(home::routes())
        .merge(services::routes(role))
        .merge(procedures::routes())
        .merge(procedure::routes())
        .merge(agencies::routes())
        .merge(agency::routes())
        .merge(help::routes());
    match role {
        Role::National => catalogue
            .route("/nop-ho-so/{procedure}", get(at_province))
            .route("/tra-cuu", get(at_province))
            .route("/kiem-tra-bien-nhan", get(at_province))
            .route("/kho-du-lieu", get(at_province))
            .route("/ho-so", get(at_province)),
        Role::Province => catalogue.merge(dossiers(portal)),
    }
}

/// Sends a person on to the same address of the province's portal, signed in there when they are signed in here (R50).
async fn at_province(State(portal): State<Portal>, visitor: Visitor) -> Result<Redirect, WebError> {
    let province = portal.settings().other_portal_url.as_deref().ok_or(WebError::NotFound)?;
    let address = &visitor.address;
    let is_taken_there = match &visitor.signed_in {
        // An agency's account opens nothing at the province.
        Some(SignedIn::Account(account)) => account.kind != AccountKind::StateAgency,
        _ => false,
    };
    let needs_account = !address.starts_with("/tra-cuu");
    if is_taken_there && needs_account {
        return Ok(Redirect::to(&format!("{province}/dang-nhap/qua?tiep={}", encode(address))));
    }
    Ok(Redirect::to(&format!("{province}{address}")))
}

/// Where dossiers are filed and followed.
fn dossiers(portal: &Portal) -> Router<Portal> {
    Router::new()
        .merge(filing::routes(portal))
        .merge(receipt::routes(portal))
        .merge(supplement::routes(portal))
        .merge(store::routes())
        .route("/dia-ban/goi-y", get(places::suggest))
        .route("/tra-cuu", get(tracking::show).post(tracking::look_up))
        .route("/ho-so", get(my_dossiers::show))
        .route("/ho-so/{code}", get(dossier::show))
        .route("/ho-so/{code}/han-tra", get(due_date::show))
        .route("/ho-so/{code}/han-tra.json", get(due_date::download))
        .route("/ho-so/{code}/rut", get(withdraw::ask).post(withdraw::withdraw))
        .route("/ho-so/{code}/trao-doi", get(remarks::show).post(remarks::write))
        .route("/ho-so/{code}/tat-ca.zip", get(export::download))
        .route("/ho-so/{code}/tep/{file}", get(dossier::attachment))
        .route("/ho-so/{code}/giay-to/{name}", get(dossier::document))
}
