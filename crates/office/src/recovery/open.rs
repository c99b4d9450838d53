//! The account that was found, and the form with the paper and the new contacts.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::recovery::{Contacts, PaperKind, RecoveryRefusal, SecondFactorFate, SeenPaper, clean_tail};
use domain::account::{Reason, ReasonError};
use domain::ids::AccountId;
use domain::time::Day;
use usecases::UsecaseError;
use usecases::recover_at_desk::{LostAccount, NewRecovery, RecoverError, open_recovery, view_lost_account};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use super::{START, refuse_too_many, too_many};

const PAPERS: [(&str, PaperKind); 3] = [
    ("identity_card", PaperKind::IdentityCard),
    ("old_identity_card", PaperKind::OldIdentityCard),
    ("passport", PaperKind::Passport),
];

#[derive(Template)]
#[template(path = "office/recovery/open.html")]
struct OpenPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    address: String,
    rows: Vec<SummaryRow>,
    /// The recovery that waits already; empty when it is another desk's.
    live: Option<String>,
    has_second_factors: bool,
}

impl OpenPage<'_> {
    fn papers(&self) -> [Choice; 3] {
        PAPERS.map(|(word, kind)| Choice::new(word, self.t.k(super::words::paper_words(kind))))
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let account = find(&portal, &visitor, &id).await?;
    html(&page_of(&portal, &visitor, &account, FormView::new()))
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let account = find(&portal, &visitor, &id).await?;
    let t = visitor.texts();
    let (new, mut form) = read(&fields, t, &account);
    let Some(new) = new.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, &account, form));
    };
    match open_recovery(portal.app(), &visitor.ctx, account.id, new).await {
        Ok(id) => return Ok(Redirect::to(&format!("{START}/{id}")).into_response()),
        // The page says so at its top.
        Err(RecoverError::AlreadyLive) => {
            return Ok(Redirect::to(&format!("{START}/tai-khoan/{id}")).into_response());
        }
        Err(RecoverError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "phone", t, retry_after_seconds);
            return too_many(html(&page_of(&portal, &visitor, &account, form)), retry_after_seconds);
        }
        Err(RecoverError::Refused(refusal)) => match refusal {
            RecoveryRefusal::NoContact if !fields.text("phone").is_empty() => {
                form.refuse("phone", t.m("desk-phone-not-mobile"));
            }
            RecoveryRefusal::NoContact => form.refuse("phone", t.m("desk-contact-missing")),
            RecoveryRefusal::SameContact => form.refuse("phone", t.m("desk-contact-same")),
            RecoveryRefusal::PaperFromFuture => form.refuse("issued", t.m("desk-issued-wrong")),
            RecoveryRefusal::OtherNumber => form.refuse("tail", t.m("desk-tail-other")),
            RecoveryRefusal::NotThisOfficer => return Err(WebError::Forbidden),
            _ => return Err(WebError::Conflict),
        },
        Err(RecoverError::Usecase(error)) => return Err(error.into()),
    }
    html_invalid(&page_of(&portal, &visitor, &account, form))
}

fn read(fields: &Fields, t: &'static Texts, account: &LostAccount) -> (Option<NewRecovery>, FormView) {
    let shown =
        ["paper", "tail", "issued.day", "issued.month", "issued.year", "phone", "email", "reason", "lost", "factors"];
    let mut input = Input::new(fields, t, &shown);
    let kind = input.choice("paper", &PAPERS, "desk-paper-missing");
    let tail = clean_tail(input.text("tail")).ok();
    if tail.is_none() {
        input.refuse("tail", "desk-tail-wrong");
    }
    let issued_on = day_of(fields, "issued");
    if issued_on.is_none() {
        input.refuse("issued", "desk-issued-wrong");
    }
    let phone = match input.text("phone") {
        "" => None,
        _ => input.phone("phone"),
    };
    let email = input.optional_email("email");
    if input.text("phone").is_empty() && input.text("email").is_empty() {
        input.refuse("phone", "desk-contact-missing");
    }
    let reason = match Reason::parse(input.text("reason")) {
        Ok(reason) => Some(reason),
        Err(ReasonError::Empty) => refused(&mut input, "desk-reason-missing"),
        Err(ReasonError::ControlCharacter) => refused(&mut input, "input-control-character"),
        Err(ReasonError::Link) => refused(&mut input, "admin-reason-link"),
        Err(ReasonError::TooLong { max }) => {
            input.refuse_with("reason", t.f("input-too-long", [("max", max.into())]));
            None
        }
    };
    if fields.text("lost") != "1" {
        input.refuse("lost", "desk-lost-missing");
    }
    let second_factors = match fields.text("factors") == "1" && account.has_second_factors {
        true => SecondFactorFate::Removed,
        false => SecondFactorFate::Kept,
    };
    let paper = match (kind, tail, issued_on) {
        (Some(kind), Some(tail), Some(issued_on)) => SeenPaper::new(kind, &tail, issued_on).ok(),
        _ => None,
    };
    let new = match (paper, reason) {
        (Some(paper), Some(reason)) => {
            Some(NewRecovery { paper, wanted: Contacts { phone, email }, reason, second_factors })
        }
        _ => None,
    };
    (new, input.into_form())
}

fn refused(input: &mut Input<'_>, key: &'static str) -> Option<Reason> {
    input.refuse("reason", key);
    None
}

/// A whole day in three boxes.
fn day_of(fields: &Fields, name: &str) -> Option<Day> {
    let part = |part: &str| fields.text(&format!("{name}.{part}")).to_owned();
    let (year, month, day) = (part("year").parse().ok()?, part("month").parse().ok()?, part("day").parse().ok()?);
    Day::new(year, month, day).ok().filter(|_| year >= 1900)
}

async fn find(portal: &Portal, visitor: &Visitor, id: &str) -> Result<LostAccount, WebError> {
    visitor.officer()?;
    let id = AccountId::parse(id).map_err(|_| WebError::NotFound)?;
    match view_lost_account(portal.app(), &visitor.ctx, id).await {
        Ok(account) => Ok(account),
        Err(RecoverError::Usecase(error)) => Err(error.into()),
        Err(RecoverError::Refused(_) | RecoverError::AlreadyLive) => Err(WebError::NotFound),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, account: &LostAccount, form: FormView) -> OpenPage<'a> {
    let t = visitor.texts();
    OpenPage {
        page: visitor.page(portal).in_section(Section::Recoveries),
        t,
        form,
        address: format!("{START}/tai-khoan/{}", account.id),
        rows: vec![
            SummaryRow::new(t.m("account-full-name"), account.name.clone()),
            SummaryRow::new(t.m("desk-old-phone"), account.phone.clone()),
            SummaryRow::new(t.m("desk-old-email"), account.email.clone()),
        ],
        live: account.is_live.then(|| account.live.map(|id| format!("{START}/{id}")).unwrap_or_default()),
        has_second_factors: account.has_second_factors,
    }
}
