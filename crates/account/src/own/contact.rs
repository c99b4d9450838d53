//! Another telephone or mailbox: a code goes to the new one, and the old one is told (I6).

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::{PhoneNumber, Recipient};
use usecases::{CodePurpose, begin_change_of_contact};
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
use crate::code::code_address;

#[derive(Template)]
#[template(path = "account/own/contact.html")]
struct ContactPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    by_email: bool,
}

pub(super) async fn show_phone(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    match without_password(&portal, &visitor, TextKey("account-change-phone"), "/tai-khoan").await? {
        Some(page) => Ok(page),
        None => html(&page_of(&portal, &visitor, FormView::new(), false)),
    }
}

pub(super) async fn show_email(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.holder()?;
    match without_password(&portal, &visitor, TextKey("account-change-email"), "/tai-khoan").await? {
        Some(page) => Ok(page),
        None => html(&page_of(&portal, &visitor, FormView::new(), true)),
    }
}

pub(super) async fn save_phone(State(portal): State<Portal>, form: Form) -> Result<Response, WebError> {
    save(&portal, &form, false).await
}

pub(super) async fn save_email(State(portal): State<Portal>, form: Form) -> Result<Response, WebError> {
    save(&portal, &form, true).await
}

async fn save(portal: &Portal, Form { visitor, fields }: &Form, by_email: bool) -> Result<Response, WebError> {
    visitor.holder()?;
    let t = visitor.texts();
    let mut input = Input::new(fields, t, &["phone", "email"]);
    let (field, purpose) =
        if by_email { ("email", CodePurpose::ChangeEmail) } else { ("phone", CodePurpose::ChangePhone) };
    let recipient = match by_email {
        true => input.email("email").map(Recipient::Email),
        false => {
            let phone = input.phone("phone");
            if !phone.as_ref().is_none_or(PhoneNumber::is_mobile) {
                input.refuse("phone", "account-phone-not-mobile");
            }
            phone.map(Recipient::Phone)
        }
    };
    let present = fields.raw("present");
    if present.is_empty() {
        input.refuse("present", "account-present-password-missing");
    }
    let mut form = input.into_form();
    let Some(recipient) = recipient.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(portal, visitor, form, by_email));
    };
    match begin_change_of_contact(portal.app(), &visitor.ctx, &visitor.client, present, recipient).await {
        Ok(id) => Ok(Redirect::to(&code_address(purpose, id)).into_response()),
        Err(error) => match refuse(&mut form, t, error, field)? {
            Some(seconds) => html_too_many(&page_of(portal, visitor, form, by_email), seconds),
            None => html_invalid(&page_of(portal, visitor, form, by_email)),
        },
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView, by_email: bool) -> ContactPage<'a> {
    ContactPage { page: visitor.page(portal).in_section(Section::Account), t: visitor.texts(), form, by_email }
}
