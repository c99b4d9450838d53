//! Behind the link of the letter (R41): a page with a button, because mail scanners open links but press nothing.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use domain::account::{Account, AccountStatus};
use usecases::{ConfirmError, confirm_email, find_link_account};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::links::encode;
use web::portal::Portal;
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
    /// Whose account it is, so that somebody who never registered notices.
    rows: [SummaryRow; 2],
}

#[derive(Template)]
#[template(path = "account/confirmed.html")]
struct ConfirmedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// It happened just now, not some time before.
    just_now: bool,
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
    match account.status {
        AccountStatus::PendingConfirmation => html(&ConfirmPage { page, t, token, rows: rows(&account, t) }),
        AccountStatus::Active => {
            let sign_in = address_after_registration(&visitor);
            html(&ConfirmedPage { page, t, just_now: query.text("sau") == "xac-nhan", sign_in })
        }
        AccountStatus::PendingApproval | AccountStatus::Closed => void(&portal, &visitor),
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

fn rows(account: &Account, t: &Texts) -> [SummaryRow; 2] {
    [
        SummaryRow::new(t.m("account-login"), account.login.masked()),
        SummaryRow::new(t.m("account-holder"), account.name.as_str()),
    ]
}
