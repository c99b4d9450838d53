//! Another telephone or mailbox: a code goes to the new one, and the old one is told (I6). Who has no password signs in at
//! their provider anew instead.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::{PhoneNumber, Recipient};
use usecases::login_providers::has_just_signed_in;
use usecases::{ChangeError, CodePurpose, HolderProof, begin_change_of_contact, has_password, view_account};
use web::errors::WebError;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{no_password, refuse};
use crate::answer::html_too_many;
use crate::code::code_address;
use crate::providers::sign_in_anew;

#[derive(Template)]
#[template(path = "account/own/contact.html")]
struct ContactPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    by_email: bool,
    /// The account has a password, which is asked for.
    by_password: bool,
    /// The account's address waits to be confirmed: the code does it.
    unconfirmed: bool,
}

pub(super) async fn show_phone(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    show(&portal, &visitor, false).await
}

pub(super) async fn show_email(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    show(&portal, &visitor, true).await
}

async fn show(portal: &Portal, visitor: &Visitor, by_email: bool) -> Result<Response, WebError> {
    visitor.holder()?;
    let by_password = has_password(portal.app(), &visitor.ctx).await?;
    if !by_password && !has_just_signed_in(portal.app(), &visitor.ctx, visitor.session_token()).await? {
        return sign_in_first(portal, visitor, by_email);
    }
    let account = view_account(portal.app(), &visitor.ctx).await?;
    let waiting = account.email.filter(|_| by_email && account.email_confirmed_at.is_none());
    let mut form = FormView::new();
    if let Some(email) = &waiting {
        form.set("email", email.as_str());
    }
    let page = page_of(portal, visitor, form, by_email, by_password);
    html(&ContactPage { unconfirmed: waiting.is_some(), ..page })
}

/// What to do first who has no password and has not just signed in at their provider.
fn sign_in_first(portal: &Portal, visitor: &Visitor, by_email: bool) -> Result<Response, WebError> {
    let title = if by_email { TextKey("account-change-email") } else { TextKey("account-change-phone") };
    let provider = sign_in_anew(portal, visitor, address(by_email));
    no_password(portal, visitor, title, "/tai-khoan", provider)
}

fn address(by_email: bool) -> &'static str {
    if by_email { "/tai-khoan/email" } else { "/tai-khoan/so-dien-thoai" }
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
    let by_password = has_password(portal.app(), &visitor.ctx).await?;
    let present = fields.raw("present");
    if by_password && present.is_empty() {
        input.refuse("present", "account-present-password-missing");
    }
    let mut form = input.into_form();
    let Some(recipient) = recipient.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(portal, visitor, form, by_email, by_password));
    };
    let proof = match by_password {
        true => HolderProof::Password(present),
        false => HolderProof::FreshSignIn(visitor.session_token()),
    };
    match begin_change_of_contact(portal.app(), &visitor.ctx, &visitor.client, proof, recipient).await {
        Ok(id) => Ok(Redirect::to(&code_address(purpose, id)).into_response()),
        // The page says where, and then how to go on.
        Err(ChangeError::SignInAnew) => Ok(Redirect::to(address(by_email)).into_response()),
        Err(error) => match refuse(&mut form, t, error, field)? {
            Some(seconds) => html_too_many(&page_of(portal, visitor, form, by_email, by_password), seconds),
            None => html_invalid(&page_of(portal, visitor, form, by_email, by_password)),
        },
    }
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    form: FormView,
    by_email: bool,
    by_password: bool,
) -> ContactPage<'a> {
    let page = visitor.page(portal).in_section(Section::Account);
    ContactPage { page, t: visitor.texts(), form, by_email, by_password, unconfirmed: false }
}
