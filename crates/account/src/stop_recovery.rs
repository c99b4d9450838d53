//! Whoever holds an old telephone or mailbox stops a recovery at the desk: by the code of a text message, or a letter's link.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::account::recovery::RecoveryRefusal;
use usecases::UsecaseError;
use usecases::recover_at_desk::{RecoverError, find_stoppable, stop_recovery_by_code};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::{html_too_many, html_with, refuse_too_many};

/// How many digits the code has.
const CODE_DIGITS: usize = 10;

#[derive(Template)]
#[template(path = "account/stop_recovery/code.html")]
struct CodePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

#[derive(Template)]
#[template(path = "account/stop_recovery/link.html")]
struct LinkPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    address: String,
}

#[derive(Template)]
#[template(path = "account/stop_recovery/done.html")]
struct DonePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

#[derive(Template)]
#[template(path = "account/stop_recovery/void.html")]
struct VoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

/// The addresses of stopping a recovery without signing in.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/khoi-phuc/dung", get(show).post(stop_by_code))
        .route("/khoi-phuc/da-dung", get(done))
        .route("/khoi-phuc/dung/{token}", get(show_link).post(stop_by_link))
}

async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&CodePage { page: visitor.page(&portal), t: visitor.texts(), form: FormView::new() })
}

async fn stop_by_code(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let t = visitor.texts();
    let mut form = Input::new(&fields, t, &["stop_code"]).into_form();
    let typed: String = fields.text("stop_code").chars().filter(|c| !matches!(c, ' ' | '-' | '.')).collect();
    if typed.len() != CODE_DIGITS || !typed.bytes().all(|byte| byte.is_ascii_digit()) {
        form.refuse("stop_code", t.m("stop-code-digits"));
        return html_invalid(&CodePage { page: visitor.page(&portal), t, form });
    }
    match stop_recovery_by_code(portal.app(), &visitor.ctx, &visitor.client, &typed).await {
        Ok(()) => return Ok(Redirect::to("/khoi-phuc/da-dung").into_response()),
        Err(RecoverError::Refused(RecoveryRefusal::Past)) => return void(&portal, &visitor),
        Err(RecoverError::Usecase(UsecaseError::NotFound)) => form.refuse("stop_code", t.m("stop-code-wrong")),
        Err(RecoverError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "stop_code", t, retry_after_seconds);
            return html_too_many(&CodePage { page: visitor.page(&portal), t, form }, retry_after_seconds);
        }
        Err(error) => return Err(fault(error)),
    }
    html_invalid(&CodePage { page: visitor.page(&portal), t, form })
}

/// Opening the link stops nothing: programs that look through mail open links too.
async fn show_link(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(token): Path<String>,
) -> Result<Response, WebError> {
    match find_stoppable(portal.app(), &visitor.ctx, &visitor.client, &token).await? {
        true => {
            let address = format!("/khoi-phuc/dung/{token}");
            html(&LinkPage { page: visitor.page(&portal), t: visitor.texts(), address })
        }
        false => void(&portal, &visitor),
    }
}

async fn stop_by_link(
    State(portal): State<Portal>,
    Path(token): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    match stop_recovery_by_code(portal.app(), &visitor.ctx, &visitor.client, &token).await {
        Ok(()) => Ok(Redirect::to("/khoi-phuc/da-dung").into_response()),
        Err(RecoverError::Refused(RecoveryRefusal::Past) | RecoverError::Usecase(UsecaseError::NotFound)) => {
            void(&portal, &visitor)
        }
        Err(error) => Err(fault(error)),
    }
}

async fn done(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&DonePage { page: visitor.page(&portal), t: visitor.texts() })
}

fn fault(error: RecoverError) -> WebError {
    match error {
        RecoverError::Usecase(error) => error.into(),
        RecoverError::Refused(_) | RecoverError::AlreadyLive => WebError::Conflict,
    }
}

fn void(portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
    html_with(StatusCode::NOT_FOUND, &VoidPage { page: visitor.page(portal), t: visitor.texts() })
}
