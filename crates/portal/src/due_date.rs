//! `/ho-so/{code}/han-tra`: how the due time of one's own dossier was found, as a page and as JSON.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::Dossier;
use usecases::{derive_due, view_dossier};
use web::derivation::{Derivation, as_json, derivation};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::other_role::other_role;

#[derive(Template)]
#[template(path = "portal/due_date.html")]
struct DueDatePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    code: String,
    shown: Derivation,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let dossier = match find(&portal, &visitor, &code).await {
        Err(WebError::NotFound) => return other_role(&portal, &visitor, &code).await,
        found => found?,
    };
    let derived = derive_due(portal.app(), &dossier).ok_or(WebError::NotFound)?;
    let t = visitor.texts();
    html(&DueDatePage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t,
        shown: derivation(&portal, &dossier, &derived, t),
        code,
    })
}

pub(crate) async fn download(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let dossier = find(&portal, &visitor, &code).await?;
    let derived = derive_due(portal.app(), &dossier).ok_or(WebError::NotFound)?;
    Ok(web::files::made(as_json(&code, &derived), "application/json", &format!("{code}-han-tra.json")))
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<Dossier, WebError> {
    visitor.account()?;
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    Ok(view_dossier(portal.app(), &visitor.ctx, &code).await?.dossier)
}
