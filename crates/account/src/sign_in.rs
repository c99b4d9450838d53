//! *Đăng nhập* (R42): the number and the password, nothing else; afterwards the visitor is where they wanted to go.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::second_factors::Step;
use usecases::sessions::SignedIn;
use usecases::{SignIn, SignInError, UsecaseError, sign_in};
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

use crate::answer::{html_too_many, redirect_signed_in, refuse_too_many};
use crate::providers::{ProviderButton, buttons};
use crate::register::waiting_address;
use crate::second_factors::{PASSKEY_SIGN_IN, second_step_address};

#[derive(Template)]
#[template(path = "account/sign_in.html")]
struct SignInPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// Where the form goes.
    action: String,
    /// Where those register who have no account; the way back is kept.
    register: String,
    /// The visitor was on the way to a page that needs an account.
    on_the_way: bool,
    /// The page that signs in with a passkey.
    passkey: String,
    /// The other ways to sign in.
    providers: Vec<ProviderButton<'a>>,
}

pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let back = back_of(&uri);
    // An officer's session opens no page of citizens, so an officer may sign in here all the same.
    if let Some(SignedIn::Account(_)) = visitor.signed_in {
        return Ok(Redirect::to(back.as_deref().unwrap_or("/")).into_response());
    }
    html(&page_of(&portal, &visitor, back.as_deref(), FormView::new()))
}

pub(crate) async fn enter(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let back = back_of(&uri);
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["number"]);
    let login = input.login_name("number");
    let password = fields.raw("password");
    if password.is_empty() {
        input.refuse("password", "account-password-missing");
    }
    let mut form = input.into_form();
    let Some(login) = login.filter(|_| form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, back.as_deref(), form));
    };
    let request =
        SignIn { login: &login, password, previous_token: visitor.session_token(), browser: visitor.browser() };
    match sign_in(portal.app(), &visitor.ctx, &visitor.client, request).await {
        Ok(Step::SignedIn(token)) => Ok(redirect_signed_in(&portal, &visitor, &token, back.as_deref().unwrap_or("/"))),
        Ok(Step::SecondFactor(id)) => Ok(Redirect::to(&second_step_address(id, back.as_deref())).into_response()),
        // Only officers must have a second factor.
        Ok(Step::FirstAuthenticator(_) | Step::PasskeyOnly) => Err(WebError::NotFound),
        Err(SignInError::Unconfirmed(account)) => {
            Ok(Redirect::to(&waiting_address(account, "dang-nhap")).into_response())
        }
        // No account of this portal waits for an approval.
        Err(SignInError::Wrong | SignInError::Unapproved) => {
            form.refuse("number", t.m("account-sign-in-wrong"));
            html_invalid(&page_of(&portal, &visitor, back.as_deref(), form))
        }
        Err(SignInError::Usecase(UsecaseError::TooMany { retry_after_seconds })) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            html_too_many(&page_of(&portal, &visitor, back.as_deref(), form), retry_after_seconds)
        }
        Err(SignInError::Usecase(error)) => Err(error.into()),
    }
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, back: Option<&str>, form: FormView) -> SignInPage<'a> {
    SignInPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        action: leading_on("/dang-nhap", back),
        register: leading_on("/dang-ky", back),
        on_the_way: back.is_some(),
        passkey: leading_on(PASSKEY_SIGN_IN, back),
        providers: buttons(portal, visitor, back),
    }
}

/// The address of a page after which the visitor goes where they wanted.
pub(crate) fn leading_on(path: &str, back: Option<&str>) -> String {
    back.map_or_else(|| path.to_owned(), |back| format!("{path}?tiep={}", encode(back)))
}

/// The sign-in page of somebody who has just registered: it leads on to where they were going before.
pub(crate) fn address_after_registration(visitor: &Visitor) -> String {
    let query = visitor.way_back.as_ref().map(|back| format!("tiep={back}"));
    leading_on("/dang-nhap", back_of_query(query.as_deref()).as_deref())
}

/// Where the visitor wanted to go, when that is a page of this portal; signing in or out again is no place to go to.
pub(crate) fn back_of(uri: &Uri) -> Option<String> {
    back_of_query(uri.query())
}

fn back_of_query(query: Option<&str>) -> Option<String> {
    let query = Fields::of_query(query);
    let back = own_path(query.text("tiep"), "");
    let leads_on =
        !back.is_empty() && !["/dang-nhap", "/dang-xuat", "/dang-ky"].iter().any(|door| back.starts_with(door));
    leads_on.then_some(back)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_back_stays_on_the_portal() {
        let cases = [
            ("/dang-nhap", None),
            ("/dang-nhap?tiep=", None),
            ("/dang-nhap?tiep=/nop-ho-so/1.001193%3Fco-quan=H21.58.51", Some("/nop-ho-so/1.001193?co-quan=H21.58.51")),
            ("/dang-nhap?tiep=//evil.example", None),
            ("/dang-nhap?tiep=https://evil.example", None),
            ("/dang-nhap?tiep=/%5Cevil.example", None),
            ("/dang-nhap?tiep=/%09/evil.example", Some("/%09/evil.example")),
            ("/dang-nhap?tiep=%FF", None),
            ("/dang-nhap?tiep=/dang-xuat", None),
            ("/dang-nhap?tiep=/dang-nhap%3Ftiep=/ho-so", None),
            ("/dang-nhap?tiep=/ho-so%0d%0aSet-Cookie:x", None),
        ];
        for (address, expected) in cases {
            let uri: Uri = address.parse().expect("an address");
            assert_eq!(back_of(&uri).as_deref(), expected, "{address}");
        }
    }
}
