//! Giving rights to a person: an enterprise to a member or a delegate, a citizen to another by mandate.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::AccountKind;
use domain::codes::{LoginName, LoginNameError};
use domain::representation::{Refusal, Right, Terms, Tie};
use domain::time::Day;
use usecases::UsecaseError;
use usecases::represent::{RepresentError, give_rights};
use usecases::sessions::SignedInAccount;
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

use super::{OVERVIEW, boxes, read_day, right_text};
use crate::answer::{html_too_many, refuse_too_many};

const TIES: [(&str, Tie); 2] = [("member", Tie::Member), ("delegate", Tie::Delegate)];

#[derive(Template)]
#[template(path = "account/represent/give.html")]
struct GivePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    enterprise: bool,
}

impl GivePage<'_> {
    fn ties(&self) -> [Choice; 2] {
        [
            Choice::new("member", self.t.m("represent-tie-member")).with_hint(self.t.m("represent-tie-member-hint")),
            Choice::new("delegate", self.t.m("represent-tie-delegate"))
                .with_hint(self.t.m("represent-tie-delegate-hint")),
        ]
    }

    fn rights(&self) -> Vec<Choice> {
        let all = Right::ALL.iter().filter(|right| self.enterprise || **right != Right::ManageMembers);
        all.map(|right| Choice::new(right.as_str(), self.t.k(right_text(*right)))).collect()
    }
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    may_give(&visitor)?;
    let mut form = FormView::new();
    let today = visitor.ctx.now.day();
    for (part, value) in [("day", today.day_of_month().into()), ("month", today.month().into()), ("year", today.year())]
    {
        form.set(&format!("from.{part}"), value.to_string());
    }
    form.set("rights", Right::View.as_str());
    html(&page_of(&portal, &visitor, form)?)
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let enterprise = may_give(&visitor)?.kind == AccountKind::Enterprise;
    let t = visitor.texts();
    let (terms, mut form) = read(&fields, t, enterprise, visitor.ctx.now.day());
    let Some(terms) = terms else { return html_invalid(&page_of(&portal, &visitor, form)?) };
    match give_rights(portal.app(), &visitor.ctx, terms).await {
        Ok(_) => Ok(Redirect::to(&format!("{OVERVIEW}?sau=da-giao")).into_response()),
        Err(RepresentError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, form)?, retry_after_seconds)
        }
        Err(RepresentError::Usecase(error)) => Err(error.into()),
        Err(RepresentError::AlreadyOpen) => {
            form.refuse("number", t.m("represent-already-open"));
            html_invalid(&page_of(&portal, &visitor, form)?)
        }
        Err(RepresentError::TooManyOpen) => {
            form.refuse("number", t.m("represent-too-many"));
            html_invalid(&page_of(&portal, &visitor, form)?)
        }
        Err(RepresentError::Refused(refusal)) => {
            let (field, key) = refused(refusal).ok_or(WebError::Conflict)?;
            form.refuse(field, t.m(key));
            html_invalid(&page_of(&portal, &visitor, form)?)
        }
    }
}

/// The account that gives; whoever acts for it gives only when they manage its members.
fn may_give(visitor: &Visitor) -> Result<&SignedInAccount, WebError> {
    let account = visitor.account()?;
    let manages = account.acting.as_ref().is_none_or(|person| person.acting.has(Right::ManageMembers));
    if manages { Ok(account) } else { Err(WebError::Forbidden) }
}

/// Beside which field a refusal stands; the others cannot come from this page.
fn refused(refusal: Refusal) -> Option<(&'static str, &'static str)> {
    match refusal {
        Refusal::Oneself => Some(("number", "represent-oneself")),
        Refusal::NotAPerson => Some(("number", "account-number-is-tax-number")),
        Refusal::NotYours => Some(("rights", "represent-not-yours")),
        Refusal::NoRight => Some(("rights", "represent-rights-missing")),
        Refusal::BeginsInThePast => Some(("from", "represent-from-past")),
        Refusal::EndsBeforeItBegins => Some(("until", "represent-until-before")),
        Refusal::NeedsLastDay => Some(("until", "represent-until-missing")),
        Refusal::TooLong => Some(("until", "represent-until-too-long")),
        _ => None,
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> Result<GivePage<'a>, WebError> {
    let enterprise = match visitor.account()?.kind {
        AccountKind::Enterprise => true,
        AccountKind::Citizen => false,
        // An agency's people are officers.
        AccountKind::StateAgency => return Err(WebError::NotFound),
    };
    Ok(GivePage { page: visitor.page(portal).in_section(Section::Account), t: visitor.texts(), form, enterprise })
}

fn read(fields: &Fields, t: &'static Texts, enterprise: bool, today: Day) -> (Option<Terms>, FormView) {
    let boxes = boxes(&["from", "until"]);
    let names: Vec<&str> = ["number", "tie", "rights"].into_iter().chain(boxes.iter().map(String::as_str)).collect();
    let mut input = Input::new(fields, t, &names);
    let number = read_number(&mut input);
    let tie = if enterprise { input.choice("tie", &TIES, "represent-tie-missing") } else { Some(Tie::Mandate) };
    let rights: BTreeSet<Right> = fields.all("rights").filter_map(|word| Right::parse(word).ok()).collect();
    if rights.is_empty() {
        input.refuse("rights", "represent-rights-missing");
    }
    let from = read_day(&mut input, fields, "from").unwrap_or(today);
    let until = read_day(&mut input, fields, "until");
    if until.is_none() && tie.is_some_and(|tie| tie != Tie::Member) {
        input.refuse("until", "represent-until-missing");
    }
    let form = input.into_form();
    let terms = || Some(Terms { tie: tie?, number: number?, rights, from, until });
    let terms = if form.is_valid() { terms() } else { None };
    (terms, form)
}

fn read_number(input: &mut Input<'_>) -> Option<LoginName> {
    let text = input.text("number");
    let refusal = match LoginName::parse(text) {
        Ok(number @ (LoginName::Personal(_) | LoginName::OldIdentity(_))) => return Some(number),
        _ if text.is_empty() => "represent-number-missing",
        Ok(LoginName::Tax(_)) => "account-number-is-tax-number",
        Err(LoginNameError::NotDigits) => "account-number-digits",
        Err(LoginNameError::UnknownPlace) => "account-number-place",
        Err(_) => "account-number-length",
    };
    input.refuse("number", refusal);
    None
}
