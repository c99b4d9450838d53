//! The sixth and the seventh step (R33, R34): whose account, then number and password; a code follows.

use askama::Template;
use axum::extract::State;
use axum::http::Uri;
use axum::response::{IntoResponse, Redirect, Response};
use usecases::sessions::SignedIn;
use usecases::{CodePurpose, SecondProof, SignIn, SignInError, UsecaseError, begin_sign_in};
use web::captcha::{self, Captcha, CaptchaPurpose, Difficulty};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::{html_too_many, refuse_too_many};
use crate::code::code_address;
use crate::second_factors::{PASSKEY_SIGN_IN, second_step_address};
use crate::sign_in::{back_of, leading_on};

const SIGN_IN: CaptchaPurpose = CaptchaPurpose::new("sign-in");
const OWN: &str = "/dang-nhap/cong-dvcqg";

#[derive(Template)]
#[template(path = "account/national/providers.html")]
struct ProvidersPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// The sign-in with an account of this portal.
    own: String,
    /// The page that signs in with a passkey.
    passkey: String,
    register: String,
    on_the_way: bool,
}

#[derive(Template)]
#[template(path = "account/national/sign_in.html")]
struct SignInPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    action: String,
    captcha: Captcha,
    /// Back to the choice of the provider.
    before: String,
    register: String,
}

pub(super) async fn choose(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let back = back_of(&uri);
    if let Some(SignedIn::Account(_)) = visitor.signed_in {
        return Ok(Redirect::to(back.as_deref().unwrap_or("/")).into_response());
    }
    html(&ProvidersPage {
        page: visitor.page(&portal),
        t: visitor.texts(),
        own: leading_on(OWN, back.as_deref()),
        passkey: leading_on(PASSKEY_SIGN_IN, back.as_deref()),
        register: leading_on("/dang-ky", back.as_deref()),
        on_the_way: back.is_some(),
    })
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let captcha = Captcha::issue(&portal, &visitor, SIGN_IN, Difficulty::of(&portal, &visitor, 0).await?);
    html(&page_of(&portal, &visitor, back_of(&uri).as_deref(), FormView::new(), captcha))
}

pub(super) async fn enter(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let back = back_of(&uri);
    let back = back.as_deref();
    let t = visitor.texts();
    let difficulty = Difficulty::of(&portal, &visitor, 0).await?;
    let mut input = Input::new(&fields, t, &["number"]);
    if captcha::wants_another(&fields) {
        let captcha = Captcha::issue(&portal, &visitor, SIGN_IN, difficulty).with_focus();
        return html(&page_of(&portal, &visitor, back, input.into_form(), captcha));
    }
    let outcome = captcha::check(&portal, &visitor, &fields, SIGN_IN).await?;
    let login = input.login_name("number");
    let password = fields.raw("password");
    if password.is_empty() {
        input.refuse("password", "account-password-missing");
    }
    if let Err(refusal) = &outcome {
        input.refuse(captcha::FIELD, refusal.text_key());
    }
    let mut form = input.into_form();
    let Some(login) = login.filter(|_| form.is_valid()) else {
        let captcha = Captcha::again(&portal, &visitor, SIGN_IN, difficulty, outcome);
        return html_invalid(&page_of(&portal, &visitor, back, form, captcha));
    };
    let request = SignIn { login: &login, password, previous_token: None, browser: visitor.browser() };
    let error = match begin_sign_in(portal.app(), &visitor.ctx, &visitor.client, request).await {
        Ok(SecondProof::Text(id)) => {
            let address = code_address(CodePurpose::SignIn, id);
            return Ok(Redirect::to(&leading_on(&address, back)).into_response());
        }
        Ok(SecondProof::Authenticator(id)) => return Ok(Redirect::to(&second_step_address(id, back)).into_response()),
        Err(error) => error,
    };
    // Each guess costs another captcha, a harder one.
    let captcha = Captcha::after_failure(&portal, &visitor, SIGN_IN, login.as_str()).await?;
    match error {
        SignInError::Unapproved => form.refuse("number", t.m("account-sign-in-unapproved")),
        // No account of this portal waits for a letter.
        SignInError::Wrong | SignInError::Unconfirmed(_) => form.refuse("number", t.m("account-sign-in-wrong")),
        SignInError::Usecase(UsecaseError::TooMany { retry_after_seconds }) => {
            refuse_too_many(&mut form, "number", t, retry_after_seconds);
            return html_too_many(&page_of(&portal, &visitor, back, form, captcha), retry_after_seconds);
        }
        SignInError::Usecase(error) => return Err(error.into()),
    }
    html_invalid(&page_of(&portal, &visitor, back, form, captcha))
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    back: Option<&str>,
    form: FormView,
    captcha: Captcha,
) -> SignInPage<'a> {
    SignInPage {
        page: visitor.page(portal),
        t: visitor.texts(),
        form,
        action: leading_on(OWN, back),
        captcha,
        before: leading_on("/dang-nhap", back),
        register: leading_on("/dang-ky", back),
    }
}
