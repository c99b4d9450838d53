//! A mistyped e-mail address is corrected before it was ever confirmed, with the password that was just set.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, AccountStatus};
use usecases::{CorrectEmailError, UsecaseError, correct_email};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::waiting::find;
use super::waiting_address;
use crate::answer::{html_too_many, refuse_too_many};

#[derive(Template)]
#[template(path = "account/correct_email.html")]
struct CorrectEmailPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// The address that the letter went to, as far as it may be shown.
    email: String,
    back: String,
    action: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    let account = find(&portal, &id).await?;
    if account.status != AccountStatus::PendingConfirmation {
        return Ok(Redirect::to(&waiting_address(account.id, "")).into_response());
    }
    html(&page_of(&portal, &visitor, &account, FormView::new()))
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let account = find(&portal, &id).await?;
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["email"]);
    let email = input.email("email");
    let password = fields.raw("password");
    if password.is_empty() {
        input.refuse("password", "account-password-missing");
    }
    let mut form = input.into_form();
    let Some(email) = email.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, &account, form));
    };
    match correct_email(portal.app(), &visitor.ctx, &visitor.client, account.id, email, password).await {
        Ok(()) => Ok(Redirect::to(&waiting_address(account.id, "gui-lai")).into_response()),
        Err(CorrectEmailError::Wrong) => {
            form.refuse("password", t.m("account-password-wrong"));
            html_invalid(&page_of(&portal, &visitor, &account, form))
        }
        Err(CorrectEmailError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "password", t, retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, &account, form), retry_after_seconds)
        }
        // Confirmed meanwhile: the page says so.
        Err(CorrectEmailError::Usecase(UsecaseError::Conflict) | CorrectEmailError::Refused(_)) => {
            Ok(Redirect::to(&waiting_address(account.id, "")).into_response())
        }
        Err(CorrectEmailError::Usecase(error)) => Err(error.into()),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, account: &Account, form: FormView) -> CorrectEmailPage<'a> {
    let back = format!("/dang-ky/cho-xac-nhan/{}", account.id);
    CorrectEmailPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        email: account.email.as_ref().map(|email| email.masked()).unwrap_or_default(),
        action: format!("{back}/email"),
        back,
    }
}
