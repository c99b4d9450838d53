//! `/ho-so/{code}/rut`: the question before a dossier is withdrawn, and the withdrawal.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::DossierCode;
use domain::dossier::{Dossier, DossierRefusal, Sentence};
use usecases::{ActError, view_dossier, withdraw_dossier};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::other_role::other_role;
use crate::supplement::refused_words;

#[derive(Template)]
#[template(path = "portal/withdraw.html")]
struct WithdrawPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    procedure: &'a str,
    agency: &'a str,
}

pub(crate) async fn ask(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let dossier = match find(&portal, &visitor, &code).await {
        Err(WebError::NotFound) => return other_role(&portal, &visitor, &code).await,
        found => found?,
    };
    if !dossier.may_be_withdrawn() {
        return Ok(Redirect::to(&format!("/ho-so/{code}")).into_response());
    }
    html(&page_of(&portal, &visitor, &dossier, FormView::new()))
}

pub(crate) async fn withdraw(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let dossier = find(&portal, &visitor, &code).await?;
    let mut input = Input::new(&fields, visitor.texts(), &["reason"]);
    match Sentence::parse(fields.text("reason")) {
        Ok(reason) => {
            return match withdraw_dossier(portal.app(), &visitor.ctx, dossier.id, reason).await {
                Ok(_) => Ok(Redirect::to(&format!("/ho-so/{code}?sau=da-rut")).into_response()),
                // The result came meanwhile: the dossier is shown as it stands.
                Err(ActError::Refused(DossierRefusal::NotInStatus { .. })) => {
                    Ok(Redirect::to(&format!("/ho-so/{code}")).into_response())
                }
                Err(error) => Err(error.into()),
            };
        }
        Err(error) => input.refuse_with("reason", refused_words(error, "withdraw-reason-missing", visitor.texts())),
    }
    html_invalid(&page_of(&portal, &visitor, &dossier, input.into_form()))
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<Dossier, WebError> {
    let may_file = visitor.account()?.may_file();
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    let dossier = view_dossier(portal.app(), &visitor.ctx, &code).await?.dossier;
    if may_file { Ok(dossier) } else { Err(WebError::MayNotFile) }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, dossier: &'a Dossier, form: FormView) -> WithdrawPage<'a> {
    WithdrawPage {
        page: visitor.page(portal).in_section(Section::MyDossiers),
        t: visitor.texts(),
        form,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: &dossier.procedure.name,
        agency: &dossier.agency.name,
    }
}
