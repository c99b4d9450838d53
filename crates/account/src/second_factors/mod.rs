//! Ways to sign in beside the password, of accounts and of officers: seeing and changing them, and signing in with them.

mod authenticator;
mod codes;
mod overview;
mod passkeys;
mod sign_in_passkey;
mod sign_in_step;

use askama::Template;
use axum::Router;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use axum::routing::get;
use domain::ids::CeremonyId;
use usecases::UsecaseError;
use usecases::second_factors::SecondFactorError;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::answer::{html_with, refuse_too_many};
use crate::own::without_password;
use crate::sign_in::leading_on;

/// The page that signs an account in with a passkey.
pub(crate) const PASSKEY_SIGN_IN: &str = "/dang-nhap/khoa-truy-cap";

/// Every address of both doors, which differ in whose ways to sign in they are.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/tai-khoan/bao-mat", get(overview::show))
        .route("/tai-khoan/bao-mat/ung-dung", get(authenticator::ask).post(authenticator::begin))
        .route("/tai-khoan/bao-mat/ung-dung/{id}", get(authenticator::show).post(authenticator::finish))
        .route("/tai-khoan/bao-mat/go-ung-dung", get(authenticator::ask_removal).post(authenticator::remove))
        .route("/tai-khoan/bao-mat/ma-du-phong", get(codes::ask).post(codes::renew))
        .route("/tai-khoan/bao-mat/khoa-truy-cap", get(passkeys::ask).post(passkeys::begin))
        .route("/tai-khoan/bao-mat/khoa-truy-cap/{id}", get(passkeys::show).post(passkeys::finish))
        .route("/tai-khoan/bao-mat/go-khoa/{key}", get(passkeys::ask_removal).post(passkeys::remove))
        .route("/dang-nhap/ma-ung-dung/{id}", get(sign_in_step::show).post(sign_in_step::enter))
        .route("/dang-nhap/khoa-truy-cap", get(sign_in_passkey::show).post(sign_in_passkey::enter))
        .route("/can-bo/bao-mat", get(overview::show))
        .route("/can-bo/bao-mat/ung-dung", get(authenticator::ask).post(authenticator::begin))
        .route("/can-bo/bao-mat/ung-dung/{id}", get(authenticator::show).post(authenticator::finish))
        .route("/can-bo/bao-mat/go-ung-dung", get(authenticator::ask_removal).post(authenticator::remove))
        .route("/can-bo/bao-mat/ma-du-phong", get(codes::ask).post(codes::renew))
        .route("/can-bo/bao-mat/khoa-truy-cap", get(passkeys::ask).post(passkeys::begin))
        .route("/can-bo/bao-mat/khoa-truy-cap/{id}", get(passkeys::show).post(passkeys::finish))
        .route("/can-bo/bao-mat/go-khoa/{key}", get(passkeys::ask_removal).post(passkeys::remove))
        .route("/can-bo/dang-nhap/ma-ung-dung/{id}", get(sign_in_step::show).post(sign_in_step::enter))
        .route("/can-bo/dang-nhap/khoa-truy-cap", get(sign_in_passkey::show).post(sign_in_passkey::enter))
        .route("/can-bo/dang-nhap/thiet-lap/{id}", get(authenticator::show_first).post(authenticator::finish_first))
}

/// Where the page asks for the second factor of an account whose password was right.
pub(crate) fn second_step_address(id: CeremonyId, back: Option<&str>) -> String {
    leading_on(&format!("/dang-nhap/ma-ung-dung/{id}"), back)
}

/// Whose pages they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    /// Citizens, enterprises, state agencies.
    Account,
    /// Officers.
    Office,
}

impl Door {
    fn of(uri: &Uri) -> Self {
        if uri.path().starts_with("/can-bo/") { Self::Office } else { Self::Account }
    }

    /// Where one's own ways to sign in are.
    fn own(self) -> &'static str {
        match self {
            Self::Account => "/tai-khoan/bao-mat",
            Self::Office => "/can-bo/bao-mat",
        }
    }

    /// Where one signs in.
    fn enter(self) -> &'static str {
        match self {
            Self::Account => "/dang-nhap",
            Self::Office => "/can-bo/dang-nhap",
        }
    }

    /// Where one is after signing in, when one was going nowhere.
    fn home(self) -> &'static str {
        match self {
            Self::Account => "/",
            Self::Office => "/can-bo",
        }
    }

    /// Refuses whoever is not signed in at this door.
    fn check(self, visitor: &Visitor) -> Result<(), WebError> {
        match self {
            Self::Account => visitor.holder().map(drop),
            Self::Office => visitor.officer().map(drop),
        }
    }

    fn page<'a>(self, portal: &'a Portal, visitor: &'a Visitor) -> Page<'a> {
        match self {
            Self::Account => visitor.page(portal).in_section(Section::Account),
            Self::Office => visitor.page(portal).in_office(),
        }
    }
}

#[derive(Template)]
#[template(path = "account/second_factors/password.html")]
struct PasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    before: &'static str,
    title: &'static str,
    lead: &'static str,
    button: &'static str,
    is_danger: bool,
}

/// A page that asks for the password before something is changed, by the keys of its texts.
#[derive(Clone, Copy)]
struct Question {
    title: &'static str,
    lead: &'static str,
    button: &'static str,
    is_danger: bool,
}

impl Question {
    /// The page, for whoever is signed in at its door.
    async fn ask(self, portal: &Portal, visitor: &Visitor, uri: &Uri) -> Result<Response, WebError> {
        let door = Door::of(uri);
        door.check(visitor)?;
        if door == Door::Account
            && let Some(page) = without_password(portal, visitor, TextKey(self.title), door.own()).await?
        {
            return Ok(page);
        }
        html(&self.page(door, portal, visitor, FormView::new()))
    }

    /// The page again, since no password was typed.
    fn ask_again(self, door: Door, portal: &Portal, visitor: &Visitor) -> Result<Response, WebError> {
        let mut form = FormView::new();
        form.refuse("present", visitor.texts().m("account-present-password-missing"));
        html_invalid(&self.page(door, portal, visitor, form))
    }

    /// The page again, with what spoke against the change.
    fn refuse(
        self,
        door: Door,
        portal: &Portal,
        visitor: &Visitor,
        error: SecondFactorError,
    ) -> Result<Response, WebError> {
        let mut form = FormView::new();
        let status = refuse(&mut form, visitor.texts(), error, "present")?;
        html_with(status, &self.page(door, portal, visitor, form))
    }

    fn page<'a>(self, door: Door, portal: &'a Portal, visitor: &'a Visitor, form: FormView) -> PasswordPage<'a> {
        let t = visitor.texts();
        PasswordPage {
            page: door.page(portal, visitor),
            t,
            form,
            before: door.own(),
            title: self.title,
            lead: self.lead,
            button: self.button,
            is_danger: self.is_danger,
        }
    }
}

/// The password of the form, unless the field was left empty.
fn present_of(fields: &Fields) -> Option<&str> {
    Some(fields.raw("present")).filter(|present| !present.is_empty())
}

/// Puts a refusal beside its field; what is nobody's mistake goes on as an error. Answers the status of the page.
fn refuse(form: &mut FormView, t: &Texts, error: SecondFactorError, field: &str) -> Result<StatusCode, WebError> {
    match error {
        SecondFactorError::WrongPassword => form.refuse("present", t.m("account-password-wrong")),
        SecondFactorError::Wrong => form.refuse(field, t.m("factor-code-wrong")),
        SecondFactorError::Taken => form.refuse(field, t.m("factor-passkey-taken")),
        SecondFactorError::Unknown => return Err(WebError::NotFound),
        SecondFactorError::Usecase(UsecaseError::TooMany { retry_after_seconds }) => {
            let field = if field == "code" { "code" } else { "present" };
            refuse_too_many(form, field, t, retry_after_seconds);
            return Ok(StatusCode::TOO_MANY_REQUESTS);
        }
        SecondFactorError::Usecase(error) => return Err(error.into()),
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

#[derive(Template)]
#[template(path = "account/second_factors/void.html")]
struct VoidPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// Where one begins anew.
    start: &'static str,
}

/// The step is forgotten: it was answered, or too late, or too often.
fn void(door: Door, portal: &Portal, visitor: &Visitor, start: &'static str) -> Result<Response, WebError> {
    let page = VoidPage { page: door.page(portal, visitor), t: visitor.texts(), start };
    html_with(StatusCode::NOT_FOUND, &page)
}
