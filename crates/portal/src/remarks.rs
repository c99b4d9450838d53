//! `/ho-so/{code}/trao-doi`: questions to the agency and its answers.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::DossierCode;
use domain::dossier::{Dossier, Remark, Sentence, Side, may_remark};
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

use crate::other_role::other_role;
use crate::supplement::refused_words;

#[derive(Template)]
#[template(path = "portal/remarks.html")]
struct RemarksPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    procedure: &'a str,
    agency: &'a str,
    remarks: Vec<ShownRemark>,
    /// Why nothing can be written; empty when something can.
    closed: String,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let (dossier, list) = match find(&portal, &visitor, &code).await {
        Err(WebError::NotFound) => return other_role(&portal, &visitor, &code).await,
        found => found?,
    };
    html(&page_of(&portal, &visitor, &dossier, &list, FormView::new())?)
}

pub(crate) async fn write(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let (dossier, list) = find(&portal, &visitor, &code).await?;
    if !visitor.account()?.may_file() {
        return Err(WebError::MayNotFile);
    }
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["words"]);
    match (Sentence::parse(fields.text("words")), &dossier.code) {
        (Ok(words), Some(own)) => {
            let seen = fields.text("seen").parse().unwrap_or(list.len());
            match write_remark(portal.app(), &visitor.ctx, own, words, seen).await {
                Ok(()) => return Ok(Redirect::to(&format!("/ho-so/{code}/trao-doi")).into_response()),
                Err(RemarkError::Refused(refusal)) => input.refuse_with("words", refusal_words(refusal, t)),
                Err(RemarkError::Usecase(error)) => return Err(error.into()),
            }
        }
        (Err(error), _) => input.refuse_with("words", refused_words(error, "remarks-missing", t)),
        (_, None) => return Err(WebError::NotFound),
    }
    html_invalid(&page_of(&portal, &visitor, &dossier, &list, input.into_form())?)
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<(Dossier, Vec<Remark>), WebError> {
    visitor.account()?;
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    Ok(list_remarks(portal.app(), &visitor.ctx, &code).await?)
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    list: &[Remark],
    form: FormView,
) -> Result<RemarksPage<'a>, WebError> {
    let t = visitor.texts();
    let closed = match may_remark(dossier, list, Side::Filer) {
        _ if !visitor.account()?.may_file() => t.m("my-dossiers-only-look").to_owned(),
        Ok(()) => String::new(),
        Err(refusal) => refusal_words(refusal, t),
    };
    Ok(RemarksPage {
        page: visitor.page(portal).in_section(Section::MyDossiers),
        t,
        form,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: &dossier.procedure.name,
        agency: &dossier.agency.name,
        remarks: shown(list, Side::Filer, &dossier.agency.name, t),
        closed,
    })
}
