//! The fourth and the eighth step (R31, R35): the code that went to the telephone is typed, then *Xác nhận*.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Answer, OneTimeCode, ResendRefusal};
use domain::ids::OneTimeCodeId;
use usecases::{
    CodeError, CodePurpose, ResendError, UsecaseError, WaitingCode, confirm_sign_up as confirm_registration,
    find_waiting_code, finish_sign_in, resend_code,
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

use super::code_address;
use crate::answer::{html_too_many, html_with, redirect_signed_in, refuse_too_many};
use crate::sign_in::{back_of, leading_on};

#[derive(Template)]
#[template(path = "account/national/code.html")]
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
}

#[derive(Template)]
#[template(path = "account/national/code_void.html")]
struct CodeVoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    start: &'static str,
}

pub(super) async fn show_sign_up(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    show(&portal, &visitor, &id, &uri, CodePurpose::SignUp).await
}

pub(super) async fn show_sign_in(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    show(&portal, &visitor, &id, &uri, CodePurpose::SignIn).await
}

pub(super) async fn confirm_sign_up(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let Ok(challenge) = OneTimeCodeId::parse(&id) else { return void(&portal, &visitor, CodePurpose::SignUp) };
    let Ok(code) = OneTimeCode::parse(fields.text("code")) else {
        return refuse_unreadable(&portal, &visitor, challenge, &uri, CodePurpose::SignUp, &fields).await;
    };
    match confirm_registration(portal.app(), &visitor.ctx, challenge, &code).await {
        Ok(()) | Err(CodeError::Refused(Answer::Used)) => {
            Ok(Redirect::to(&format!("/dang-ky/mat-khau/{challenge}")).into_response())
        }
        Err(error) => refuse(&portal, &visitor, challenge, &uri, CodePurpose::SignUp, error).await,
    }
}

pub(super) async fn confirm_sign_in(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let Ok(challenge) = OneTimeCodeId::parse(&id) else { return void(&portal, &visitor, CodePurpose::SignIn) };
    let Ok(code) = OneTimeCode::parse(fields.text("code")) else {
        return refuse_unreadable(&portal, &visitor, challenge, &uri, CodePurpose::SignIn, &fields).await;
    };
    match finish_sign_in(portal.app(), &visitor.ctx, challenge, &code, visitor.session_token()).await {
        Ok(token) => Ok(redirect_signed_in(&portal, &token, back_of(&uri).as_deref().unwrap_or("/"))),
        Err(error) => refuse(&portal, &visitor, challenge, &uri, CodePurpose::SignIn, error).await,
    }
}

pub(super) async fn resend_sign_up(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    resend(&portal, &visitor, &id, &uri, CodePurpose::SignUp).await
}

pub(super) async fn resend_sign_in(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    uri: Uri,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    resend(&portal, &visitor, &id, &uri, CodePurpose::SignIn).await
}

async fn show(
    portal: &Portal,
    visitor: &Visitor,
    id: &str,
    uri: &Uri,
    purpose: CodePurpose,
) -> Result<Response, WebError> {
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
            form.refuse("code", t.m("account-code-sent-too-often").to_owned());
            0
        }
        Err(ResendError::Refused(ResendRefusal::Wait { seconds })) => {
            form.refuse("code", t.f("account-code-wait", [("n", seconds.into())]));
            u32::try_from(seconds).unwrap_or(60)
        }
        Err(ResendError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "code", t, retry_after_seconds);
            retry_after_seconds
        }
        Err(ResendError::Usecase(error)) => return Err(error.into()),
    };
    match find_waiting_code(portal.app(), &visitor.ctx, id, purpose).await? {
        Some(waiting) => html_too_many(&page_of(portal, visitor, id, uri, purpose, waiting, form), seconds),
        None => void(portal, visitor, purpose),
    }
}

/// What was typed is no code: said without counting a try.
async fn refuse_unreadable(
    portal: &Portal,
    visitor: &Visitor,
    id: OneTimeCodeId,
    uri: &Uri,
    purpose: CodePurpose,
    fields: &Fields,
) -> Result<Response, WebError> {
    let key = if fields.text("code").is_empty() { "account-code-missing" } else { "account-code-digits" };
    let sentence = visitor.texts().m(key).to_owned();
    again(portal, visitor, id, uri, purpose, sentence).await
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
    CodePage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        waiting,
        action: leading_on(&address, back.as_deref()),
        resend: leading_on(&format!("{address}/gui-lai"), back.as_deref()),
        start: start_of(purpose),
        resent: false,
    }
}

fn void(portal: &Portal, visitor: &Visitor, purpose: CodePurpose) -> Result<Response, WebError> {
    let page = CodeVoidPage { page: visitor.page(portal), t: visitor.texts(), start: start_of(purpose) };
    html_with(StatusCode::NOT_FOUND, &page)
}

fn start_of(purpose: CodePurpose) -> &'static str {
    match purpose {
        CodePurpose::SignUp => "/dang-ky",
        _ => "/dang-nhap",
    }
}
