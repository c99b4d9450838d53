//! The page that asks for a code which went to a telephone or a mailbox (R31, R35, I6): typed, judged, sent again.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::account::{Answer, OneTimeCode, ResendRefusal};
use domain::ids::OneTimeCodeId;
use usecases::{
    CodeError, CodePurpose, CodeTrouble, ResendError, UsecaseError, WaitingCode, confirm_recovery, confirm_sign_up,
    find_waiting_code, finish_change_of_contact, finish_sign_in, resend_code,
};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::{html_too_many, html_with, redirect_signed_in, refuse_too_many};
use crate::sign_in::{back_of, leading_on};

#[derive(Template)]
#[template(path = "account/code.html")]
struct CodePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    waiting: WaitingCode,
    /// Where the form goes.
    action: String,
    /// Where *Gửi lại mã* goes.
    resend: String,
    /// Where one starts anew.
    start: &'static str,
    /// Another code has just been sent.
    resent: bool,
    /// The page must not tell whether there is such an account.
    is_recovery: bool,
    /// Whom to call when no code comes.
    help_phone: String,
}

impl CodePage<'_> {
    fn lead(&self) -> String {
        let minutes = ("n", self.waiting.minutes.into());
        if self.is_recovery {
            return self.t.f("account-code-lead-recovery", [minutes]);
        }
        let to = ("to", self.waiting.masked_recipient.as_str().into());
        match self.waiting.trouble {
            Some(CodeTrouble::Delayed) => return self.t.f("account-code-lead-delayed", [to]),
            Some(CodeTrouble::Undelivered) => return self.t.f("account-code-lead-undelivered", [to]),
            Some(CodeTrouble::Busy) | None => {}
        }
        let key = if self.waiting.by_email { "account-code-lead-email" } else { "account-code-lead" };
        self.t.f(key, [to, minutes])
    }

    /// Where the code is read; of another password it is not told whether it went to a telephone or a mailbox.
    fn hint(&self) -> &'static str {
        self.t.m(match (self.is_recovery, self.waiting.by_email) {
            (true, _) => "account-code-hint-either",
            (false, true) => "account-code-hint-email",
            (false, false) => "account-code-hint",
        })
    }

    /// What to do when no code has come.
    fn missing(&self) -> String {
        let by_email = self.waiting.by_email && !self.is_recovery;
        let Some(seconds) = self.waiting.resend_after_seconds else {
            return self
                .t
                .m(if by_email { "account-code-missing-text-email" } else { "account-code-missing-text" })
                .to_owned();
        };
        let key = match (self.is_recovery, by_email) {
            (true, _) => "account-code-missing-wait-either",
            (false, true) => "account-code-missing-wait-email",
            (false, false) => "account-code-missing-wait",
        };
        self.t.f(key, [("n", seconds.into())])
    }

    /// What to do while the code does not come, and whom to call.
    fn trouble(&self) -> Option<String> {
        let key = match self.waiting.trouble? {
            CodeTrouble::Delayed => "account-code-delayed-text",
            CodeTrouble::Undelivered => "account-code-undelivered-text",
            CodeTrouble::Busy => "account-code-busy-text",
        };
        Some(self.t.f(key, [("phone", self.help_phone.as_str().into())]))
    }
}

#[derive(Template)]
#[template(path = "account/code_void.html")]
struct CodeVoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    start: &'static str,
}

/// The addresses of the pages that ask for a code of this purpose.
pub(crate) fn routes(purpose: CodePurpose) -> Router<Portal> {
    let page = format!("{}/{{id}}", page_of_purpose(purpose));
    let shown = async move |State(portal): State<Portal>, visitor: Visitor, Path(id): Path<String>, uri: Uri| {
        show(&portal, &visitor, &id, &uri, purpose).await
    };
    let typed = async move |State(portal): State<Portal>, Path(id): Path<String>, uri: Uri, form: Form| {
        confirm(&portal, &form, &id, &uri, purpose).await
    };
    let again = async move |State(portal): State<Portal>, Path(id): Path<String>, uri: Uri, form: Form| {
        resend(&portal, &form.visitor, &id, &uri, purpose).await
    };
    Router::new().route(&page, get(shown).post(typed)).route(&format!("{page}/gui-lai"), post(again))
}

/// Where the page stands that asks for the code of this challenge.
pub(crate) fn code_address(purpose: CodePurpose, id: OneTimeCodeId) -> String {
    format!("{}/{id}", page_of_purpose(purpose))
}

fn page_of_purpose(purpose: CodePurpose) -> &'static str {
    match purpose {
        CodePurpose::SignUp => "/dang-ky/ma-otp",
        CodePurpose::SignIn => "/dang-nhap/ma-otp",
        CodePurpose::NewPassword => "/quen-mat-khau/ma-otp",
        CodePurpose::ChangePhone => "/tai-khoan/so-dien-thoai/ma-otp",
        CodePurpose::ChangeEmail => "/tai-khoan/email/ma-otp",
        // Typed by the officer, on the recovery's own page.
        CodePurpose::Recovery => "/can-bo/khoi-phuc",
    }
}

/// Where one starts anew.
fn start_of(purpose: CodePurpose) -> &'static str {
    match purpose {
        CodePurpose::SignUp => "/dang-ky",
        CodePurpose::SignIn => "/dang-nhap",
        CodePurpose::NewPassword => "/quen-mat-khau",
        CodePurpose::ChangePhone => "/tai-khoan/so-dien-thoai",
        CodePurpose::ChangeEmail => "/tai-khoan/email",
        CodePurpose::Recovery => "/can-bo/khoi-phuc",
    }
}

/// Changing an account needs its session beside the code.
fn check_session(visitor: &Visitor, purpose: CodePurpose) -> Result<(), WebError> {
    match purpose {
        CodePurpose::ChangePhone | CodePurpose::ChangeEmail => visitor.holder().map(drop),
        CodePurpose::SignUp | CodePurpose::SignIn | CodePurpose::NewPassword => Ok(()),
        CodePurpose::Recovery => Err(WebError::NotFound),
    }
}

async fn confirm(
    portal: &Portal,
    Form { visitor, fields }: &Form,
    id: &str,
    uri: &Uri,
    purpose: CodePurpose,
) -> Result<Response, WebError> {
    check_session(visitor, purpose)?;
    let Ok(id) = OneTimeCodeId::parse(id) else { return void(portal, visitor, purpose) };
    let Ok(code) = OneTimeCode::parse(fields.text("code")) else {
        // What was typed is no code: said without counting a try.
        let key = if fields.text("code").is_empty() { "account-code-missing" } else { "account-code-digits" };
        return again(portal, visitor, id, uri, purpose, visitor.texts().m(key).to_owned()).await;
    };
    let (app, ctx) = (portal.app(), &visitor.ctx);
    let opened = match purpose {
        CodePurpose::SignUp => confirm_sign_up(app, ctx, id, &code).await.map(|()| format!("/dang-ky/mat-khau/{id}")),
        CodePurpose::NewPassword => {
            confirm_recovery(app, ctx, id, &code).await.map(|()| format!("/quen-mat-khau/mat-khau/{id}"))
        }
        CodePurpose::SignIn => {
            match finish_sign_in(app, ctx, id, &code, visitor.session_token(), visitor.browser()).await {
                Ok(token) => {
                    return Ok(redirect_signed_in(portal, visitor, &token, back_of(uri).as_deref().unwrap_or("/")));
                }
                Err(error) => Err(error),
            }
        }
        CodePurpose::ChangePhone | CodePurpose::ChangeEmail => {
            finish_change_of_contact(app, ctx, id, purpose, &code).await.map(|()| "/tai-khoan?sau=da-doi".to_owned())
        }
        CodePurpose::Recovery => return Err(WebError::NotFound),
    };
    match opened {
        Ok(address) => Ok(Redirect::to(&address).into_response()),
        Err(error) => refuse(portal, visitor, id, uri, purpose, error).await,
    }
}

async fn show(
    portal: &Portal,
    visitor: &Visitor,
    id: &str,
    uri: &Uri,
    purpose: CodePurpose,
) -> Result<Response, WebError> {
    check_session(visitor, purpose)?;
    let Ok(id) = OneTimeCodeId::parse(id) else { return void(portal, visitor, purpose) };
    match find_waiting_code(portal.app(), &visitor.ctx, id, purpose).await? {
        Some(waiting) if !waiting.is_met => {
            let resent = Fields::of_query(uri.query()).text("sau") == "gui-lai";
            html(&CodePage { resent, ..page_of(portal, visitor, id, uri, purpose, waiting, FormView::new()) })
        }
        _ => void(portal, visitor, purpose),
    }
}

async fn resend(
    portal: &Portal,
    visitor: &Visitor,
    id: &str,
    uri: &Uri,
    purpose: CodePurpose,
) -> Result<Response, WebError> {
    check_session(visitor, purpose)?;
    let Ok(id) = OneTimeCodeId::parse(id) else { return void(portal, visitor, purpose) };
    let t = visitor.texts();
    let mut form = FormView::new();
    let seconds = match resend_code(portal.app(), &visitor.ctx, id, purpose).await {
        Ok(()) => {
            let back = back_of(uri);
            let address = leading_on(&code_address(purpose, id), back.as_deref());
            let joint = if back.is_some() { '&' } else { '?' };
            return Ok(Redirect::to(&format!("{address}{joint}sau=gui-lai")).into_response());
        }
        Err(ResendError::Unknown | ResendError::Refused(ResendRefusal::Used)) => return void(portal, visitor, purpose),
        Err(ResendError::Refused(ResendRefusal::TooMany)) => {
            form.refuse("resend", t.m("account-code-sent-too-often").to_owned());
            0
        }
        Err(ResendError::Refused(ResendRefusal::Wait { seconds })) => {
            form.refuse("resend", t.f("account-code-wait", [("n", seconds.into())]));
            u32::try_from(seconds).unwrap_or(60)
        }
        Err(ResendError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "resend", t, retry_after_seconds);
            retry_after_seconds
        }
        Err(ResendError::Usecase(error)) => return Err(error.into()),
    };
    match find_waiting_code(portal.app(), &visitor.ctx, id, purpose).await? {
        Some(waiting) => html_too_many(&page_of(portal, visitor, id, uri, purpose, waiting, form), seconds),
        None => void(portal, visitor, purpose),
    }
}

async fn refuse(
    portal: &Portal,
    visitor: &Visitor,
    id: OneTimeCodeId,
    uri: &Uri,
    purpose: CodePurpose,
    error: CodeError,
) -> Result<Response, WebError> {
    let t = visitor.texts();
    let sentence = match error {
        CodeError::Unknown | CodeError::Refused(Answer::Used | Answer::Right) => return void(portal, visitor, purpose),
        CodeError::Refused(Answer::Wrong { left }) => t.f("account-code-wrong", [("n", left.into())]),
        CodeError::Refused(Answer::Void) => t.m("account-code-void").to_owned(),
        CodeError::Refused(Answer::Expired) => t.m("account-code-expired").to_owned(),
        CodeError::Usecase(error) => return Err(error.into()),
    };
    again(portal, visitor, id, uri, purpose, sentence).await
}

async fn again(
    portal: &Portal,
    visitor: &Visitor,
    id: OneTimeCodeId,
    uri: &Uri,
    purpose: CodePurpose,
    sentence: String,
) -> Result<Response, WebError> {
    let mut form = FormView::new();
    form.refuse("code", sentence);
    match find_waiting_code(portal.app(), &visitor.ctx, id, purpose).await? {
        Some(waiting) if !waiting.is_met => html_invalid(&page_of(portal, visitor, id, uri, purpose, waiting, form)),
        _ => void(portal, visitor, purpose),
    }
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    id: OneTimeCodeId,
    uri: &Uri,
    purpose: CodePurpose,
    waiting: WaitingCode,
    form: FormView,
) -> CodePage<'a> {
    let (address, back) = (code_address(purpose, id), back_of(uri));
    let action = leading_on(&address, back.as_deref());
    CodePage {
        page: visitor.page(portal).found_at(action.clone()),
        t: visitor.texts(),
        form,
        waiting,
        action,
        resend: leading_on(&format!("{address}/gui-lai"), back.as_deref()),
        start: start_of(purpose),
        resent: false,
        is_recovery: purpose == CodePurpose::NewPassword,
        help_phone: portal.settings().help.phone.clone(),
    }
}

fn void(portal: &Portal, visitor: &Visitor, purpose: CodePurpose) -> Result<Response, WebError> {
    let page = CodeVoidPage { page: visitor.page(portal), t: visitor.texts(), start: start_of(purpose) };
    html_with(StatusCode::NOT_FOUND, &page)
}
