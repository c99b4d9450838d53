//! One recovery: its codes are typed, a colleague confirms it, anybody of the desk stops it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::recovery::{RecoveryRefusal, RecoveryStatus, SecondFactorFate, clean_tail};
use domain::account::{Answer, OneTimeCode, ResendRefusal};
use domain::ids::RecoveryId;
use usecases::recover_at_desk::{
    DeskRecovery, RecoverError, TypedCodes, confirm_recovery_at_desk, prove_contacts, resend_recovery_codes,
    stop_recovery, view_recovery,
};
use usecases::{CodeError, ResendError, UsecaseError};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::{Step, StepState, SummaryRow, Tone};
use web::visitor::Visitor;

use super::words::{event_words, paper_words, status_words};
use super::{START, refuse_too_many, too_many};

#[derive(Template)]
#[template(path = "office/recovery/one.html")]
struct RecoveryPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    address: String,
    status: TextKey,
    tone: Tone,
    rows: Vec<SummaryRow>,
    steps: Vec<Step>,
    /// Where the codes went that are still to be typed.
    pending_phone: Option<String>,
    pending_email: Option<String>,
    /// Another officer may confirm it now.
    is_open: bool,
    is_own: bool,
    is_live: bool,
    removes_factors: bool,
    /// When it takes effect, while it waits.
    takes_effect_at: Option<String>,
    /// Other codes have just been sent.
    resent: bool,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    let resent = Fields::of_query(uri.query()).text("sau") == "gui-lai";
    html(&RecoveryPage { resent, ..page_of(&portal, &visitor, &found, FormView::new()) })
}

pub(super) async fn prove(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    let (t, mut form) = (visitor.texts(), FormView::new());
    let mut typed = |field: &str, is_pending: bool| {
        let text = fields.text(field);
        if !is_pending || text.is_empty() {
            return None;
        }
        let code = OneTimeCode::parse(text).ok();
        if code.is_none() {
            form.refuse(field, t.m("account-code-digits"));
        }
        code
    };
    let codes = found.recovery.codes;
    let typed = TypedCodes {
        phone: typed("phone_code", codes.phone.is_some()),
        email: typed("email_code", codes.email.is_some()),
    };
    if typed.phone.is_none() && typed.email.is_none() {
        if form.is_valid() && !codes.is_empty() {
            form.refuse(if codes.phone.is_some() { "phone_code" } else { "email_code" }, t.m("account-code-missing"));
        }
        return if form.is_valid() { Ok(back(&id)) } else { html_invalid(&page_of(&portal, &visitor, &found, form)) };
    }
    match prove_contacts(portal.app(), &visitor.ctx, found.recovery.id, typed).await {
        Ok(wrong) => {
            for (field, error) in [("phone_code", wrong.phone), ("email_code", wrong.email)] {
                if let Some(error) = error {
                    form.refuse(field, wrong_words(t, error)?);
                }
            }
        }
        // A colleague, or the clock, was faster: the page says what is so.
        Err(RecoverError::Refused(RecoveryRefusal::Past)) => {}
        Err(error) => return Err(fault(error)),
    }
    if form.is_valid() {
        return Ok(back(&id));
    }
    let found = find(&portal, &visitor, &id).await?;
    html_invalid(&page_of(&portal, &visitor, &found, form))
}

pub(super) async fn resend(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    let (t, mut form) = (visitor.texts(), FormView::new());
    let field = if found.recovery.codes.phone.is_some() { "phone_code" } else { "email_code" };
    let seconds = match resend_recovery_codes(portal.app(), &visitor.ctx, found.recovery.id).await {
        Ok(()) => return Ok(Redirect::to(&format!("{START}/{id}?sau=gui-lai")).into_response()),
        Err(ResendError::Unknown | ResendError::Refused(ResendRefusal::Used | ResendRefusal::TooMany)) => {
            form.refuse(field, t.m("desk-codes-void"));
            0
        }
        Err(ResendError::Refused(ResendRefusal::Wait { seconds })) => {
            form.refuse(field, t.f("account-code-wait", [("n", seconds.into())]));
            u32::try_from(seconds).unwrap_or(60)
        }
        Err(ResendError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, field, t, retry_after_seconds);
            retry_after_seconds
        }
        Err(ResendError::Usecase(error)) => return Err(error.into()),
    };
    too_many(html(&page_of(&portal, &visitor, &found, form)), seconds)
}

pub(super) async fn confirm(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    let (t, mut form) = (visitor.texts(), FormView::new());
    let Ok(tail) = clean_tail(fields.text("tail")) else {
        form.refuse("tail", t.m("desk-tail-wrong"));
        return html_invalid(&page_of(&portal, &visitor, &found, form));
    };
    match confirm_recovery_at_desk(portal.app(), &visitor.ctx, found.recovery.id, &tail).await {
        Ok(()) | Err(RecoverError::Refused(RecoveryRefusal::Past)) => return Ok(back(&id)),
        Err(RecoverError::Refused(RecoveryRefusal::OtherPaper)) => form.refuse("tail", t.m("desk-tail-differs")),
        Err(RecoverError::Refused(RecoveryRefusal::SameOfficer)) => form.refuse("tail", t.m("desk-same-officer")),
        Err(RecoverError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "tail", t, retry_after_seconds);
            return too_many(html(&page_of(&portal, &visitor, &found, form)), retry_after_seconds);
        }
        Err(error) => return Err(fault(error)),
    }
    html_invalid(&page_of(&portal, &visitor, &found, form))
}

pub(super) async fn stop(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &id).await?;
    match stop_recovery(portal.app(), &visitor.ctx, found.recovery.id).await {
        Ok(()) => Ok(Redirect::to(&format!("{START}?sau=da-dung")).into_response()),
        Err(RecoverError::Refused(RecoveryRefusal::Past)) => Ok(back(&id)),
        Err(error) => Err(fault(error)),
    }
}

fn back(id: &str) -> Response {
    Redirect::to(&format!("{START}/{id}")).into_response()
}

fn fault(error: RecoverError) -> WebError {
    match error {
        RecoverError::Refused(RecoveryRefusal::NotThisOfficer) => WebError::Forbidden,
        RecoverError::Refused(_) | RecoverError::AlreadyLive => WebError::Conflict,
        RecoverError::Usecase(error) => error.into(),
    }
}

fn wrong_words(t: &'static Texts, error: CodeError) -> Result<String, WebError> {
    Ok(match error {
        CodeError::Refused(Answer::Wrong { left }) => t.f("account-code-wrong", [("n", left.into())]),
        CodeError::Refused(Answer::Void) => t.m("account-code-void").to_owned(),
        CodeError::Refused(Answer::Expired) => t.m("account-code-expired").to_owned(),
        CodeError::Unknown | CodeError::Refused(Answer::Used | Answer::Right) => t.m("desk-codes-void").to_owned(),
        CodeError::Usecase(error) => return Err(error.into()),
    })
}

async fn find(portal: &Portal, visitor: &Visitor, id: &str) -> Result<DeskRecovery, WebError> {
    visitor.officer()?;
    let id = RecoveryId::parse(id).map_err(|_| WebError::NotFound)?;
    Ok(view_recovery(portal.app(), &visitor.ctx, id).await?)
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, found: &DeskRecovery, form: FormView) -> RecoveryPage<'a> {
    let t = visitor.texts();
    let recovery = &found.recovery;
    let (status, tone) = status_words(recovery.status);
    let phone = recovery.wanted.phone.as_ref().map(|phone| phone.national());
    let email = recovery.wanted.email.as_ref().map(ToString::to_string);
    let is_proving = recovery.status == RecoveryStatus::Proving;
    RecoveryPage {
        page: visitor.page(portal).in_section(Section::Recoveries),
        t,
        form,
        address: format!("{START}/{}", recovery.id),
        status,
        tone,
        rows: rows(found, t, phone.clone(), email.clone()),
        steps: found
            .log
            .iter()
            .rev()
            .map(|(at, event)| {
                let (title, by) = event_words(event, t);
                let (title, at, by) = (title.to_owned(), at.vietnamese(), by.to_owned());
                Step { title, at, by, note: String::new(), state: StepState::Done }
            })
            .collect(),
        pending_phone: phone.filter(|_| is_proving && recovery.codes.phone.is_some()),
        pending_email: email.filter(|_| is_proving && recovery.codes.email.is_some()),
        is_open: recovery.status == RecoveryStatus::Opened,
        is_own: found.is_own,
        is_live: recovery.is_live(),
        removes_factors: recovery.second_factors == SecondFactorFate::Removed,
        takes_effect_at: recovery
            .takes_effect_at
            .filter(|_| recovery.status == RecoveryStatus::Waiting)
            .map(|at| at.vietnamese()),
        resent: false,
    }
}

/// Never the end of the paper's number: the second officer reads it on the paper.
fn rows(found: &DeskRecovery, t: &'static Texts, phone: Option<String>, email: Option<String>) -> Vec<SummaryRow> {
    let recovery = &found.recovery;
    let old = &recovery.old;
    let paper = t.f(
        "desk-paper-issued",
        [("kind", t.k(paper_words(recovery.paper.kind)).into()), ("day", recovery.paper.issued_on.vietnamese().into())],
    );
    let factors = match recovery.second_factors {
        SecondFactorFate::Kept => t.m("desk-factors-kept"),
        SecondFactorFate::Removed => t.m("desk-factors-removed"),
    };
    let mut rows = vec![
        SummaryRow::new(t.m("account-full-name"), found.name.clone()),
        SummaryRow::new(t.m("desk-paper"), paper),
        SummaryRow::new(t.m("desk-old-phone"), old.phone.as_ref().map(|phone| phone.masked()).unwrap_or_default()),
        SummaryRow::new(t.m("desk-old-email"), old.email.as_ref().map(|email| email.masked()).unwrap_or_default()),
        SummaryRow::new(t.m("desk-new-phone"), phone.unwrap_or_default()),
        SummaryRow::new(t.m("desk-new-email"), email.unwrap_or_default()),
        SummaryRow::new(t.m("desk-reason"), recovery.reason.as_str()),
        SummaryRow::new(t.m("desk-factors-label"), factors),
    ];
    if recovery.is_live() && recovery.takes_effect_at.is_none() {
        rows.push(SummaryRow::new(t.m("desk-lapses-at"), recovery.lapses_at.vietnamese()));
    }
    rows
}
