//! The question before a draft is deleted, and its deletion: draft, answers and files, for good.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Dossier, DossierRefusal};
use usecases::{ActError, delete_draft};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{address, draft_or_leave, find};

#[derive(Template)]
#[template(path = "portal/filing/discard.html")]
struct DiscardPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    dossier: &'a Dossier,
    owner: &'a str,
    started_at: String,
    action: String,
}

pub(super) async fn ask(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    html(&DiscardPage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t: visitor.texts(),
        owner: dossier.owner.as_ref().map(|owner| owner.full_name.as_str()).unwrap_or_default(),
        started_at: dossier.started_at.vietnamese(),
        action: address(&dossier, "xoa-ban-nhap"),
        dossier: &dossier,
    })
}

pub(super) async fn delete(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let dossier = match find(&portal, &visitor, &procedure, &draft).await {
        // Pressed twice: it is gone already.
        Err(WebError::NotFound) => return Ok(Redirect::to("/ho-so").into_response()),
        found => draft_or_leave!(found?),
    };
    match delete_draft(portal.app(), &visitor.ctx, dossier.id).await {
        Ok(()) => Ok(Redirect::to("/ho-so?xong=da-xoa").into_response()),
        Err(ActError::Refused(DossierRefusal::AlreadyFiled(code))) => {
            Ok(Redirect::to(&format!("/ho-so/{code}")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}
