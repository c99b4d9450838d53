//! Declaring a child under 14, for whom the guardian files.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::codes::{PersonName, PersonalNumber};
use domain::representation::{Child, ChildRelation, Refusal};
use usecases::UsecaseError;
use usecases::represent::{RepresentError, declare_child};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{OVERVIEW, boxes, read_day};
use crate::answer::{html_too_many, refuse_too_many};

const RELATIONS: [(&str, ChildRelation); 3] =
    [("father", ChildRelation::Father), ("mother", ChildRelation::Mother), ("guardian", ChildRelation::Guardian)];

#[derive(Template)]
#[template(path = "account/represent/child.html")]
struct ChildPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

impl ChildPage<'_> {
    fn relations(&self) -> [Choice; 3] {
        [
            Choice::new("father", self.t.m("represent-child-father")),
            Choice::new("mother", self.t.m("represent-child-mother")),
            Choice::new("guardian", self.t.m("represent-child-guardian")),
        ]
    }
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&page_of(&portal, &visitor, FormView::new())?)
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let (child, mut form) = read(&fields, t);
    let Some(child) = child else { return html_invalid(&page_of(&portal, &visitor, form)?) };
    let (field, key) = match declare_child(portal.app(), &visitor.ctx, child).await {
        Ok(_) => return Ok(Redirect::to(&format!("{OVERVIEW}?sau=da-khai")).into_response()),
        Err(RepresentError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "child_name", t, retry_after_seconds);
            return html_too_many(&page_of(&portal, &visitor, form)?, retry_after_seconds);
        }
        Err(RepresentError::Usecase(error)) => return Err(error.into()),
        Err(RepresentError::AlreadyOpen) => ("child_name", "represent-child-already"),
        Err(RepresentError::TooManyOpen) => ("child_name", "represent-too-many"),
        Err(RepresentError::Refused(Refusal::NotYetBorn)) => ("child_birth_date", "represent-child-not-born"),
        Err(RepresentError::Refused(Refusal::NoChild)) => ("child_birth_date", "represent-child-too-old"),
        Err(RepresentError::Refused(Refusal::NumberDoesNotFit)) => ("child_number", "represent-child-number-year"),
        Err(RepresentError::Refused(Refusal::Oneself)) => ("child_number", "represent-oneself"),
        Err(RepresentError::Refused(_)) => return Err(WebError::Conflict),
    };
    form.refuse(field, t.m(key));
    html_invalid(&page_of(&portal, &visitor, form)?)
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> Result<ChildPage<'a>, WebError> {
    match visitor.holder()?.kind {
        AccountKind::Citizen => {}
        AccountKind::Enterprise | AccountKind::StateAgency => return Err(WebError::NotFound),
    }
    Ok(ChildPage { page: visitor.page(portal).in_section(Section::Account), t: visitor.texts(), form })
}

fn read(fields: &Fields, t: &'static Texts) -> (Option<Child>, FormView) {
    let boxes = boxes(&["child_birth_date"]);
    let names = ["child_name", "relation", "child_number"];
    let names: Vec<&str> = names.into_iter().chain(boxes.iter().map(String::as_str)).collect();
    let mut input = Input::new(fields, t, &names);
    let name = input.person_name("child_name", "represent-child-name-missing");
    let birth_date = read_day(&mut input, fields, "child_birth_date");
    if birth_date.is_none() {
        input.refuse("child_birth_date", "represent-child-birth-date-missing");
    }
    let text = input.text("child_number");
    let number = if text.is_empty() { None } else { PersonalNumber::parse(text).ok() };
    if number.is_none() && !text.is_empty() {
        input.refuse("child_number", "represent-child-number-wrong");
    }
    let relation = input.choice("relation", &RELATIONS, "represent-child-relation-missing");
    let form = input.into_form();
    let child = || {
        let name = PersonName::parse(name?.as_str()).ok()?;
        Some(Child { name, birth_date: birth_date?, number, relation: relation? })
    };
    let child = if form.is_valid() { child() } else { None };
    (child, form)
}
