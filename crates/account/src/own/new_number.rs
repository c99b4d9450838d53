//! CCCD instead of CMND: one person, two numbers; both go on leading to the account (I6).

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::{LoginName, PersonalNumber};
use usecases::replace_number;
use web::errors::WebError;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{refuse, without_password};
use crate::answer::html_too_many;

#[derive(Template)]
#[template(path = "account/own/new_number.html")]
struct NewNumberPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// The account's number, as far as it is to be shown.
    present_number: String,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let account = visitor.holder()?;
    if let Some(page) = without_password(&portal, &visitor, TextKey("account-new-number-title"), "/tai-khoan").await? {
        return Ok(page);
    }
    // Only a CMND is replaced.
    match account.login {
        LoginName::OldIdentity(_) => html(&page_of(&portal, &visitor, FormView::new())?),
        _ => Ok(Redirect::to("/tai-khoan").into_response()),
    }
}

pub(super) async fn save(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["number"]);
    let digits: String =
        input.text("number").chars().filter(|c| !c.is_whitespace() && !matches!(c, '.' | '-')).collect();
    let number = PersonalNumber::parse(&digits).ok();
    if number.is_none() {
        input.refuse("number", "account-new-number-wrong");
    }
    let present = fields.raw("present");
    if present.is_empty() {
        input.refuse("present", "account-present-password-missing");
    }
    let mut form = input.into_form();
    let Some(number) = number.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, form)?);
    };
    match replace_number(portal.app(), &visitor.ctx, &visitor.client, present, number).await {
        Ok(()) => Ok(Redirect::to("/tai-khoan?sau=da-doi").into_response()),
        Err(error) => match refuse(&mut form, t, error, "number")? {
            Some(seconds) => html_too_many(&page_of(&portal, &visitor, form)?, seconds),
            None => html_invalid(&page_of(&portal, &visitor, form)?),
        },
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> Result<NewNumberPage<'a>, WebError> {
    let present_number = visitor.holder()?.login.masked();
    let page = visitor.page(portal).in_section(Section::Account);
    Ok(NewNumberPage { page, t: visitor.texts(), form, present_number })
}
