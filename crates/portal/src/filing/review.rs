//! Everything once more, then *Nộp hồ sơ* (R56).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Dossier, DossierRefusal, OwnerKind};
use forms::{Page as FormPage, Question};
use usecases::{ActError, form_of, form_problems, submit_dossier};
use web::answers::{AnsweredPage, answered_pages, problem_words, words};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::filters;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use super::answers::page_address;
use super::steps::Steps;
use super::{address, draft_or_leave, find};
use crate::words::{delivery_row, filer_of_draft, owner_rows};

/// The fields of the owner's page in the order of the rows, so that *Sửa* leads to the right one.
const OWNER_FIELDS: [&str; 8] = ["relation", "kind", "full_name", "number", "birth_date", "phone", "email", "address"];

#[derive(Template)]
#[template(path = "portal/filing/review.html")]
struct ReviewPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    dossier: &'a Dossier,
    back: String,
    step: String,
    action: String,
    files: String,
    /// What was answered in the form, by its pages.
    answers: Vec<AnsweredPage>,
    /// What the person declares with the form.
    declaration: &'a str,
    owner: Vec<SummaryRow>,
    delivery: Vec<SummaryRow>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    html(&page_of(&portal, &visitor, &dossier, FormView::new()))
}

pub(super) async fn submit(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let refusal = match submit_dossier(portal.app(), &visitor.ctx, dossier.id).await {
        Ok(filed) => {
            let code = filed.code.as_ref().map(ToString::to_string).unwrap_or_default();
            return Ok(Redirect::to(&format!("/ho-so/{code}/da-nop")).into_response());
        }
        Err(ActError::Refused(refusal)) => refusal,
        Err(ActError::Usecase(error)) => return Err(error.into()),
    };
    if matches!(refusal, DossierRefusal::FormIncomplete { .. }) {
        return html_invalid(&page_of(&portal, &visitor, &dossier, form_refused(&portal, &visitor, &dossier)));
    }
    let (part, key) = match refusal {
        DossierRefusal::OwnerMissing => ("chu-ho-so", "review-owner-missing"),
        DossierRefusal::DeliveryMissing => ("noi-nhan", "review-delivery-missing"),
        DossierRefusal::NoFile => ("tep", "review-no-file"),
        _ => return Err(WebError::Conflict),
    };
    let mut form = FormView::new();
    form.refuse(part, visitor.texts().m(key).to_owned());
    html_invalid(&page_of(&portal, &visitor, &dossier, form))
}

/// Every question that must still be answered, or answered otherwise: one complete list (domain.md §6).
fn form_refused(portal: &Portal, visitor: &Visitor, dossier: &Dossier) -> FormView {
    let mut form = FormView::new();
    if let Some(own) = form_of(portal.app(), dossier) {
        for problem in form_problems(portal.app(), dossier, visitor.ctx.now.day()) {
            form.refuse(&problem.path, problem_words(&own.form, &problem, visitor.texts()));
        }
    }
    form
}

/// The answers with the places where they are changed; a question's path is its anchor there.
fn answered(portal: &Portal, dossier: &Dossier, t: &Texts) -> Vec<AnsweredPage> {
    let Some(own) = form_of(portal.app(), dossier) else { return Vec::new() };
    let change =
        |page: &FormPage, field: &Question| Some(format!("{}#{}", address(dossier, &page_address(page)), field.path));
    answered_pages(&own.form, &dossier.answers, change, t)
}

/// An organisation has no birth date.
fn is_organisation(dossier: &Dossier) -> bool {
    dossier.owner.as_ref().is_some_and(|owner| owner.kind == OwnerKind::Organisation)
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, dossier: &'a Dossier, form: FormView) -> ReviewPage<'a> {
    let t = visitor.texts();
    let change = address(dossier, "chu-ho-so");
    let filer = visitor.account().map(|account| filer_of_draft(account, t)).unwrap_or_default();
    let rows = owner_rows(dossier, &filer, t).into_iter().zip(OWNER_FIELDS);
    let asked = rows.filter(|(_, field)| *field != "birth_date" || !is_organisation(dossier));
    let owner = asked.map(|(row, field)| row.changed_at(format!("{change}#{field}"))).collect();
    let delivery = delivery_row(dossier, t).changed_at(address(dossier, "noi-nhan-ket-qua"));
    let steps = Steps::of(portal, &dossier.procedure.code, &dossier.answers);
    ReviewPage {
        page: visitor.page(portal).in_section(Section::Services),
        t,
        form,
        dossier,
        back: address(dossier, "tep-dinh-kem"),
        step: steps.words(steps.of_review(), t),
        answers: answered(portal, dossier, t),
        declaration: form_of(portal.app(), dossier).map_or("", |own| words(&own.form.declaration, t)),
        action: address(dossier, "xem-lai"),
        files: address(dossier, "tep-dinh-kem"),
        owner,
        delivery: vec![delivery],
    }
}
