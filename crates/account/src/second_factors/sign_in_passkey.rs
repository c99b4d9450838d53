//! Signing in with a passkey: no number, no password, no code.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::ids::CeremonyId;
use usecases::second_factors::{
    PasskeyPage, PasskeySignIn, SecondFactorError, begin_passkey_sign_in, finish_passkey_sign_in,
};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use super::Door;
use super::sign_in_step::{already, onward};
use crate::answer::redirect_signed_in;
use crate::sign_in::{back_of, leading_on};

#[derive(Template)]
#[template(path = "account/second_factors/passkey_sign_in.html")]
struct PasskeySignInPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The page under a name, where it was opened under a number.
    named_address: Option<String>,
    form: FormView,
    asked: PasskeyPage,
    action: String,
    /// The other ways to sign in.
    before: String,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    if let Some(answer) = already(Door::of(&uri), &visitor, &uri) {
        return Ok(answer);
    }
    html(&page_of(&portal, &visitor, &uri, FormView::new()).await?)
}

pub(super) async fn enter(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let (door, t) = (Door::of(&uri), visitor.texts());
    let mut form = FormView::new();
    if let Ok(id) = CeremonyId::parse(fields.text("step")) {
        let input = PasskeySignIn {
            id,
            answer: fields.raw("credential"),
            is_officer: door == Door::Office,
            previous_token: visitor.session_token(),
            browser: visitor.browser(),
        };
        match finish_passkey_sign_in(portal.app(), &visitor.ctx, input).await {
            Ok(token) => return Ok(redirect_signed_in(&portal, &visitor, &token, &onward(door, &uri))),
            Err(SecondFactorError::Usecase(error)) => return Err(error.into()),
            Err(_) => {}
        }
    }
    form.refuse("passkey", t.m("factor-passkey-refused"));
    html_invalid(&page_of(&portal, &visitor, &uri, form).await?)
}

async fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    uri: &Uri,
    form: FormView,
) -> Result<PasskeySignInPage<'a>, WebError> {
    let (door, back) = (Door::of(uri), back_of(uri));
    Ok(PasskeySignInPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        named_address: visitor.named_address(),
        form,
        asked: begin_passkey_sign_in(portal.app(), &visitor.ctx, &visitor.client).await?,
        action: leading_on(uri.path(), back.as_deref()),
        before: leading_on(door.enter(), back.as_deref()),
    })
}
