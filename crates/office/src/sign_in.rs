//! Officers sign in with a login name of their own.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::second_factors::Step;
use usecases::sessions::SignedIn;
use usecases::{SignInError, sign_in_officer, sign_out};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::links::{encode, own_path};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

const INBOX: &str = "/can-bo";

#[derive(Template)]
#[template(path = "office/sign_in.html")]
struct SignInPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// Where to go afterwards.
    back: String,
    is_demo: bool,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    uri: axum::http::Uri,
) -> Result<Response, WebError> {
    let back = own_path(Fields::of_query(uri.query()).text("tiep"), INBOX);
    if matches!(visitor.signed_in, Some(SignedIn::Officer(_))) {
        return Ok(Redirect::to(&back).into_response());
    }
    html(&page_of(&portal, &visitor, FormView::new(), back))
}

pub(crate) async fn enter(State(portal): State<Portal>, Form { visitor, fields }: Form) -> Result<Response, WebError> {
    let back = own_path(fields.text("tiep"), INBOX);
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["login"]);
    let login = input.line("login", 100, "office-login-missing");
    if fields.raw("password").is_empty() {
        input.refuse("password", "office-password-missing");
    }
    if let Some(login) = login.filter(|_| !fields.raw("password").is_empty()) {
        let password = fields.raw("password");
        let entered =
            sign_in_officer(portal.app(), &visitor.ctx, &visitor.client, &login, password, visitor.browser()).await;
        match entered {
            Ok(Step::SignedIn(token)) => return enter_with(&portal, &visitor, &token, &back).await,
            Ok(Step::SecondFactor(id)) => return go_on(&format!("/can-bo/dang-nhap/ma-ung-dung/{id}"), &back),
            Ok(Step::FirstAuthenticator(id)) => return go_on(&format!("/can-bo/dang-nhap/thiet-lap/{id}"), &back),
            Ok(Step::PasskeyOnly) => input.refuse("login", "office-passkey-only"),
            Err(SignInError::Wrong | SignInError::Unconfirmed(_) | SignInError::Unapproved) => {
                input.refuse("login", "office-sign-in-wrong")
            }
            Err(SignInError::Usecase(error)) => return Err(error.into()),
        }
    }
    html_invalid(&page_of(&portal, &visitor, input.into_form(), back))
}

/// The next step of signing in, which leads to the same place afterwards.
fn go_on(address: &str, back: &str) -> Result<Response, WebError> {
    Ok(Redirect::to(&format!("{address}?tiep={}", encode(back))).into_response())
}

/// A new session at every sign-in; the one before ends.
async fn enter_with(portal: &Portal, visitor: &Visitor, token: &str, back: &str) -> Result<Response, WebError> {
    if let Some(old) = visitor.session_token() {
        sign_out(portal.app(), &visitor.ctx, old).await?;
    }
    let seconds = portal.app().settings().session_millis / 1000;
    Ok((visitor.session_cookies(portal, token, seconds), Redirect::to(back)).into_response())
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, form: FormView, back: String) -> SignInPage<'a> {
    SignInPage { page: visitor.page(portal), t: visitor.texts(), form, back, is_demo: portal.settings().demo.is_some() }
}
