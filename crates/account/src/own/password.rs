//! Another password, with the present one.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use usecases::{OwnWords, change_password};
use web::errors::WebError;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::new_password::read_password;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{refuse, without_password};
use crate::answer::{html_too_many, redirect_signed_in};

#[derive(Template)]
#[template(path = "account/own/password.html")]
struct PasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    if let Some(page) = without_password(&portal, &visitor, TextKey("account-change-password"), "/tai-khoan").await? {
        return Ok(page);
    }
    html(&page_of(&portal, &visitor, FormView::new()))
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let own = OwnWords::of_signed_in(visitor.holder()?);
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &[]);
    let present = fields.raw("present");
    if present.is_empty() {
        input.refuse("present", "account-present-password-missing");
    }
    let wanted = read_password(&mut input, &fields, &portal, t, &own);
    let mut form = input.into_form();
    let Some(wanted) = wanted.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, form));
    };
    let session = visitor.session_token();
    match change_password(portal.app(), &visitor.ctx, &visitor.client, present, &wanted, session).await {
        Ok(token) => Ok(redirect_signed_in(&portal, &visitor, &token, "/tai-khoan?sau=da-doi")),
        Err(error) => match refuse(&mut form, t, error, "password")? {
            Some(seconds) => html_too_many(&page_of(&portal, &visitor, form), seconds),
            None => html_invalid(&page_of(&portal, &visitor, form)),
        },
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> PasswordPage<'a> {
    PasswordPage { page: visitor.page(portal).in_section(Section::Account), t: visitor.texts(), form }
}
