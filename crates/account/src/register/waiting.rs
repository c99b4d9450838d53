//! The fifth step (R41): the letter has gone to the address given; it can be sent again.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, AccountStatus};
use domain::ids::AccountId;
use usecases::{UsecaseError, find_registration, resend_confirmation};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::waiting_address;
use crate::answer::{html_too_many, refuse_too_many};
use crate::sign_in::address_after_registration;

#[derive(Template)]
#[template(path = "account/waiting.html")]
struct WaitingPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// What led here: `dang-ky`, `dang-nhap` or `gui-lai`.
    after: &'a str,
    confirmed: bool,
    email: String,
    hours: i64,
    action: String,
    /// The sign-in page.
    sign_in: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let account = find(&portal, &id).await?;
    let query = Fields::of_query(uri.query());
    html(&page_of(&portal, &visitor, &account, query.text("sau"), FormView::new()))
}

pub(super) async fn resend(
    State(portal): State<Portal>,
    Path(id): Path<String>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let account = find(&portal, &id).await?;
    match resend_confirmation(portal.app(), &visitor.ctx, account.id).await {
        Ok(()) => Ok(Redirect::to(&waiting_address(account.id, "gui-lai")).into_response()),
        // Confirmed meanwhile: the page says so.
        Err(UsecaseError::Conflict) => Ok(Redirect::to(&waiting_address(account.id, "")).into_response()),
        Err(UsecaseError::TooMany { retry_after_seconds }) => {
            let mut form = FormView::new();
            refuse_too_many(&mut form, "resend", visitor.texts(), retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, &account, "", form), retry_after_seconds)
        }
        Err(error) => Err(error.into()),
    }
}

/// The account of the address; one that was never made, or is forgotten, is not found.
pub(super) async fn find(portal: &Portal, id: &str) -> Result<Account, WebError> {
    let id = AccountId::parse(id).map_err(|_| WebError::NotFound)?;
    let account = find_registration(portal.app(), id).await?;
    account.filter(|account| account.status != AccountStatus::Closed).ok_or(WebError::NotFound)
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    account: &Account,
    after: &'a str,
    form: FormView,
) -> WaitingPage<'a> {
    WaitingPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        after,
        confirmed: account.status == AccountStatus::Active,
        email: account.email.as_ref().map(|email| email.masked()).unwrap_or_default(),
        hours: portal.app().settings().confirmation_hours,
        action: format!("/dang-ky/cho-xac-nhan/{}", account.id),
        sign_in: address_after_registration(visitor),
    }
}
