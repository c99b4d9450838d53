//! `/can-bo/ho-so/{code}/han-tra`: how the due time of a dossier was found.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use usecases::derive_due;
use web::derivation::{Derivation, derivation};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::dossier::find;

#[derive(Template)]
#[template(path = "office/due_date.html")]
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
    let found = find(&portal, &visitor, &code).await?;
    let derived = derive_due(portal.app(), &found.dossier).ok_or(WebError::NotFound)?;
    let t = visitor.texts();
    html(&DueDatePage {
        page: visitor.page(&portal).in_section(Section::Inbox).found_at(format!("/can-bo/ho-so/{code}")),
        t,
        shown: derivation(&portal, &found.dossier, &derived, t),
        code,
    })
}
