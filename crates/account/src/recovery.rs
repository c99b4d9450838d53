//! *Quên mật khẩu* (I6): the number, a code to what was confirmed, another password.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use domain::ids::OneTimeCodeId;
use usecases::{CodePurpose, UsecaseError, begin_recovery, find_open_recovery, finish_recovery};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::new_password::read_password;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::{html_too_many, html_with, refuse_too_many};
use crate::code::{self, code_address};

#[derive(Template)]
#[template(path = "account/recovery/number.html")]
struct NumberPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// How long one waits who has lost telephone and mailbox and comes to a desk.
    days: u32,
}

#[derive(Template)]
#[template(path = "account/recovery/password.html")]
struct PasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

#[derive(Template)]
#[template(path = "account/recovery/done.html")]
struct DonePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

#[derive(Template)]
#[template(path = "account/recovery/void.html")]
struct VoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

/// The addresses of setting another password.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/quen-mat-khau", get(show).post(begin))
        .route("/quen-mat-khau/mat-khau/{id}", get(show_password).post(save_password))
        .route("/quen-mat-khau/thanh-cong", get(done))
        .merge(code::routes(CodePurpose::NewPassword))
}

async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&number_page(&portal, &visitor, FormView::new()))
}

async fn begin(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["number"]);
    let login = input.login_name("number");
    let mut form = input.into_form();
    let Some(login) = login else {
        return html_invalid(&number_page(&portal, &visitor, form));
    };
    match begin_recovery(portal.app(), &visitor.ctx, &visitor.client, &login).await {
        Ok(id) => Ok(Redirect::to(&code_address(CodePurpose::NewPassword, id)).into_response()),
        Err(UsecaseError::TooMany { retry_after_seconds }) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            html_too_many(&number_page(&portal, &visitor, form), retry_after_seconds)
        }
        Err(error) => Err(error.into()),
    }
}

async fn show_password(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    match OneTimeCodeId::parse(&id) {
        Ok(id) if find_open_recovery(portal.app(), &visitor.ctx, id).await?.is_some() => {
            html(&password_page(&portal, &visitor, FormView::new()))
        }
        _ => void(&portal, &visitor),
    }
}

async fn save_password(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let Ok(id) = OneTimeCodeId::parse(&id) else { return void(&portal, &visitor) };
    let Some(own) = find_open_recovery(portal.app(), &visitor.ctx, id).await? else { return void(&portal, &visitor) };
    let mut input = Input::new(&fields, visitor.texts(), &[]);
    let password = read_password(&mut input, &fields, &portal, visitor.texts(), &own);
    let form = input.into_form();
    let Some(password) = password else { return html_invalid(&password_page(&portal, &visitor, form)) };
    match finish_recovery(portal.app(), &visitor.ctx, id, &password).await? {
        true => Ok(Redirect::to("/quen-mat-khau/thanh-cong").into_response()),
        false => void(&portal, &visitor),
    }
}

async fn done(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&DonePage { page: visitor.page(&portal), t: visitor.texts() })
}

fn number_page<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> NumberPage<'a> {
    let days = portal.app().content().rules.account_recovery.waiting_days();
    NumberPage { page: visitor.page(portal), t: visitor.texts(), form, days }
}

fn password_page<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> PasswordPage<'a> {
    PasswordPage { page: visitor.page(portal), t: visitor.texts(), form }
}

fn void(portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
    html_with(StatusCode::NOT_FOUND, &VoidPage { page: visitor.page(portal), t: visitor.texts() })
}
