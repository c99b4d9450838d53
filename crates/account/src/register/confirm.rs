//! Behind the link of the letter (R41): a page with a button, because mail scanners open links but press nothing. On the
//! national portal, where accounts are confirmed by telephone, the link confirms the address alone.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, AccountStatus};
use domain::codes::LoginName;
use usecases::{ConfirmError, confirm_email, find_link_account};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::links::encode;
use web::portal::{Portal, Role};
use web::shell::html;
use web::view::page::Page;
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use crate::answer::html_with;
use crate::sign_in::address_after_registration;

#[derive(Template)]
#[template(path = "account/confirm.html")]
struct ConfirmPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The token of the link.
    token: &'a str,
    /// Only the address is confirmed: the account can be used already.
    address_only: bool,
    /// Whose account it is, so that somebody who never registered notices.
    rows: [SummaryRow; 3],
}

#[derive(Template)]
#[template(path = "account/confirmed.html")]
struct ConfirmedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// It happened just now, not some time before.
    just_now: bool,
    /// Only the address was confirmed.
    address_only: bool,
    /// The sign-in page.
    sign_in: String,
}

#[derive(Template)]
#[template(path = "account/link_void.html")]
struct LinkVoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    hours: i64,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let query = Fields::of_query(uri.query());
    let token = query.text("ma");
    let Some(account) = find_link_account(portal.app(), &visitor.ctx, token).await? else {
        return void(&portal, &visitor);
    };
    let (page, t) = (visitor.page(&portal), visitor.texts());
    let address_only = portal.settings().role == Role::National;
    let waits = account.email_confirmed_at.is_none();
    match account.status {
        AccountStatus::Closed => void(&portal, &visitor),
        AccountStatus::PendingConfirmation | AccountStatus::PendingApproval | AccountStatus::Active if waits => {
            html(&ConfirmPage { page, t, token, address_only, rows: rows(&account, t) })
        }
        AccountStatus::PendingConfirmation | AccountStatus::PendingApproval | AccountStatus::Active => {
            let sign_in = address_after_registration(&visitor);
            let just_now = query.text("sau") == "xac-nhan";
            html(&ConfirmedPage { page, t, just_now, address_only, sign_in })
        }
    }
}

pub(super) async fn confirm(
    State(portal): State<Portal>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let token = fields.text("ma");
    match confirm_email(portal.app(), &visitor.ctx, token).await {
        Ok(()) => Ok(Redirect::to(&format!("/dang-ky/xac-nhan?ma={}&sau=xac-nhan", encode(token))).into_response()),
        Err(ConfirmError::Link) => void(&portal, &visitor),
        Err(ConfirmError::Usecase(error)) => Err(error.into()),
    }
}

fn void(portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
    let hours = portal.app().settings().confirmation_hours;
    let page = LinkVoidPage { page: visitor.page(portal), t: visitor.texts(), hours };
    html_with(StatusCode::NOT_FOUND, &page)
}

fn rows(account: &Account, t: &Texts) -> [SummaryRow; 3] {
    let number = match account.login {
        LoginName::Tax(_) => t.m("account-tax-number"),
        LoginName::Personal(_) | LoginName::OldIdentity(_) => t.m("account-number"),
    };
    let email = account.email.as_ref().map(|email| email.masked()).unwrap_or_default();
    [
        SummaryRow::new(number, account.login.masked()),
        SummaryRow::new(t.m("account-holder"), account.name.as_str()),
        SummaryRow::new(t.m("account-email"), email),
    ]
}
