//! Closing the account for good, with the password.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use usecases::close_account;
use web::errors::WebError;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{refuse, without_password};
use crate::answer::{html_too_many, redirect_signed_out};

/// What is shown to whoever has closed their account and is signed out.
const CLOSED: &str = "/da-dong-tai-khoan";

#[derive(Template)]
#[template(path = "account/own/closed.html")]
struct ClosedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

pub(super) async fn closed(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&ClosedPage { page: visitor.page(&portal), t: visitor.texts() })
}

#[derive(Template)]
#[template(path = "account/own/close.html")]
struct ClosePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    if let Some(page) = without_password(&portal, &visitor, TextKey("account-close-title"), "/tai-khoan").await? {
        return Ok(page);
    }
    html(&page_of(&portal, &visitor, FormView::new()))
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let mut form = FormView::new();
    let present = fields.raw("present");
    if present.is_empty() {
        form.refuse("present", t.m("account-present-password-missing"));
        return html_invalid(&page_of(&portal, &visitor, form));
    }
    match close_account(portal.app(), &visitor.ctx, &visitor.client, present).await {
        Ok(()) => Ok(redirect_signed_out(&portal, CLOSED)),
        Err(error) => match refuse(&mut form, t, error, "present")? {
            Some(seconds) => html_too_many(&page_of(&portal, &visitor, form), seconds),
            None => html_invalid(&page_of(&portal, &visitor, form)),
        },
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> ClosePage<'a> {
    ClosePage { page: visitor.page(portal).in_section(Section::Account), t: visitor.texts(), form }
}
