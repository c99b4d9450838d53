//! Accounts of state agencies that wait for approval: the list, one of them, approving and refusing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, AccountStatus, Reason, ReasonError};
use domain::ids::AccountId;
use domain::time::Instant;
use usecases::{
    APPLICANTS_A_PAGE, Applicant, DecideError, Decision, decide_applicant, find_applicant, list_applicants,
};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::{SummaryRow, Tone};
use web::visitor::Visitor;

use super::START;

#[derive(Template)]
#[template(path = "office/admin/applicants.html")]
struct ListPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    rows: Vec<Row>,
    next: Option<String>,
    /// What was decided just now; empty when nothing was.
    done: &'static str,
}

struct Row {
    href: String,
    number: String,
    name: String,
    phone: String,
    email: String,
    registered_at: String,
}

#[derive(Template)]
#[template(path = "office/admin/applicant.html")]
struct ApplicantPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    address: String,
    status: TextKey,
    tone: Tone,
    rows: Vec<SummaryRow>,
    waits: bool,
}

pub(super) async fn list(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    visitor.officer()?;
    let query = Fields::of_query(uri.query());
    let found = list_applicants(portal.app(), &visitor.ctx, cursor(query.text("sau-tai-khoan"))).await?;
    let next = found.last().filter(|_| found.len() == APPLICANTS_A_PAGE as usize);
    html(&ListPage {
        page: visitor.page(&portal).in_section(Section::Administration),
        t: visitor.texts(),
        next: next.map(|last| format!("{START}?sau-tai-khoan={}-{}", last.registered_at.as_millis(), last.id)),
        rows: found.iter().map(row_of).collect(),
        done: match query.text("sau") {
            "da-duyet" => visitor.texts().m("admin-approved"),
            "da-tu-choi" => visitor.texts().m("admin-refused"),
            _ => "",
        },
    })
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    html(&page_of(&portal, &visitor, &found, FormView::new()))
}

pub(super) async fn approve(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    decide(&portal, &visitor, found.account.id, Decision::Approve, "da-duyet").await
}

pub(super) async fn refuse(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    let mut input = Input::new(&fields, visitor.texts(), &["reason"]);
    match Reason::parse(fields.text("reason")) {
        Ok(reason) => {
            return decide(&portal, &visitor, found.account.id, Decision::Refuse(reason), "da-tu-choi").await;
        }
        Err(ReasonError::Empty) => input.refuse("reason", "admin-reason-missing"),
        Err(ReasonError::ControlCharacter) => input.refuse("reason", "input-control-character"),
        Err(ReasonError::Link) => input.refuse("reason", "admin-reason-link"),
        Err(ReasonError::TooLong { max }) => {
            let t = visitor.texts();
            let both = [("what", t.m("admin-reason").into()), ("max", max.into())];
            input.refuse_with("reason", t.f("input-too-long", both));
        }
    }
    html_invalid(&page_of(&portal, &visitor, &found, input.into_form()))
}

async fn decide(
    portal: &Portal,
    visitor: &Visitor,
    id: AccountId,
    decision: Decision,
    done: &str,
) -> Result<Response, WebError> {
    match decide_applicant(portal.app(), &visitor.ctx, id, decision).await {
        Ok(()) => Ok(Redirect::to(&format!("{START}?sau={done}")).into_response()),
        // A colleague was faster: the page says what was decided.
        Err(DecideError::Otherwise) => Ok(Redirect::to(&format!("{START}/{id}")).into_response()),
        Err(DecideError::Usecase(error)) => Err(error.into()),
    }
}

async fn find(portal: &Portal, visitor: &Visitor, id: &str) -> Result<Applicant, WebError> {
    visitor.officer()?;
    let id = AccountId::parse(id).map_err(|_| WebError::NotFound)?;
    Ok(find_applicant(portal.app(), &visitor.ctx, id).await?)
}

/// Where a page of the list ended: the moment and the account.
fn cursor(text: &str) -> Option<(Instant, AccountId)> {
    let (at, id) = text.split_once('-')?;
    Some((Instant::from_millis(at.parse().ok()?), AccountId::parse(id).ok()?))
}

fn row_of(account: &Account) -> Row {
    Row {
        href: format!("{START}/{}", account.id),
        number: account.login.to_string(),
        name: account.name.to_string(),
        phone: account.phone.as_ref().map(|phone| phone.national()).unwrap_or_default(),
        email: account.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        registered_at: account.registered_at.vietnamese(),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, found: &Applicant, form: FormView) -> ApplicantPage<'a> {
    let t = visitor.texts();
    let Applicant { account, decided } = found;
    let row = row_of(account);
    let mut rows = vec![
        SummaryRow::new(t.m("admin-agency-name"), row.name),
        SummaryRow::new(t.m("account-tax-number"), row.number),
        SummaryRow::new(t.m("account-phone"), row.phone),
        SummaryRow::new(t.m("account-email"), row.email),
        SummaryRow::new(t.m("account-registered-at"), row.registered_at),
    ];
    if let Some((at, officer, reason)) = decided {
        rows.push(SummaryRow::new(t.m("admin-decided"), format!("{}, {}", at.vietnamese(), officer.name)));
        rows.extend(reason.as_ref().map(|reason| SummaryRow::new(t.m("admin-reason"), reason.as_str())));
    }
    let (status, tone) = match account.status {
        AccountStatus::PendingApproval | AccountStatus::PendingConfirmation => {
            (TextKey("admin-status-waiting"), Tone::Attention)
        }
        AccountStatus::Active => (TextKey("admin-status-active"), Tone::Good),
        AccountStatus::Closed => (TextKey("admin-status-closed"), Tone::Bad),
    };
    let address = format!("{START}/{}", account.id);
    ApplicantPage {
        page: visitor.page(portal).in_section(Section::Administration).found_at(address.clone()),
        t,
        form,
        address,
        status,
        tone,
        rows,
        waits: account.status == AccountStatus::PendingApproval,
    }
}
