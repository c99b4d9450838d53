//! `/can-bo/ho-so/{code}/trao-doi`: the filer's questions, and answers to them.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::DossierCode;
use domain::dossier::{Dossier, Remark, Sentence, SentenceError, Side, may_remark};
use usecases::{RemarkError, list_remarks, write_remark};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::remarks::{ShownRemark, refusal_words, shown};
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::supplement::refused_words;

#[derive(Template)]
#[template(path = "office/remarks.html")]
struct RemarksPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    procedure: &'a str,
    remarks: Vec<ShownRemark>,
    /// Why nothing can be written; empty when something can.
    closed: String,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let (dossier, list) = find(&portal, &visitor, &code).await?;
    html(&page_of(&portal, &visitor, &dossier, &list, FormView::new()))
}

pub(crate) async fn write(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let (dossier, list) = find(&portal, &visitor, &code).await?;
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["words"]);
    match (Sentence::parse(fields.text("words")), &dossier.code) {
        (Ok(words), Some(own)) => {
            let seen = fields.text("seen").parse().unwrap_or(list.len());
            match write_remark(portal.app(), &visitor.ctx, own, words, seen).await {
                Ok(()) => return Ok(Redirect::to(&format!("/can-bo/ho-so/{code}/trao-doi")).into_response()),
                Err(RemarkError::Refused(refusal)) => input.refuse_with("words", refusal_words(refusal, t)),
                Err(RemarkError::Usecase(error)) => return Err(error.into()),
            }
        }
        (Err(SentenceError::Empty), _) => input.refuse("words", "remarks-missing"),
        (Err(error), _) => input.refuse_with("words", refused_words(error, t)),
        (_, None) => return Err(WebError::NotFound),
    }
    html_invalid(&page_of(&portal, &visitor, &dossier, &list, input.into_form()))
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<(Dossier, Vec<Remark>), WebError> {
    visitor.officer()?;
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    Ok(list_remarks(portal.app(), &visitor.ctx, &code).await?)
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    list: &[Remark],
    form: FormView,
) -> RemarksPage<'a> {
    let t = visitor.texts();
    RemarksPage {
        page: visitor.page(portal).in_section(Section::Inbox),
        t,
        form,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: &dossier.procedure.name,
        remarks: shown(list, Side::Desk, &dossier.agency.name, t),
        closed: may_remark(dossier, list, Side::Desk)
            .err()
            .map(|refusal| refusal_words(refusal, t))
            .unwrap_or_default(),
    }
}
