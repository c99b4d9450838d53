//! One's own account: what the portal knows, changing it, where it is signed in, closing it (I6).

mod close;
mod contact;
mod data;
mod new_number;
mod password;
mod profile;
mod recovery;
mod sessions;

use askama::Template;
use axum::Router;
use axum::response::Response;
use axum::routing::{get, post};
use usecases::{ChangeError, CodePurpose, UsecaseError, has_password};
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::answer::refuse_too_many;
use crate::code;
use crate::providers::ProviderButton;

/// The addresses of one's own account.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/tai-khoan", get(profile::show))
        .route("/tai-khoan/mat-khau", get(password::show).post(password::save))
        .route("/tai-khoan/so-dien-thoai", get(contact::show_phone).post(contact::save_phone))
        .route("/tai-khoan/email", get(contact::show_email).post(contact::save_email))
        .route("/tai-khoan/can-cuoc", get(new_number::show).post(new_number::save))
        .route("/tai-khoan/phien", get(sessions::show))
        .route("/tai-khoan/phien/khac/ket-thuc", post(sessions::end_others))
        .route("/tai-khoan/phien/{session}/ket-thuc", post(sessions::end))
        .route("/tai-khoan/du-lieu", get(data::show))
        .route("/tai-khoan/du-lieu.json", get(data::export))
        .route("/tai-khoan/khoi-phuc", get(recovery::show).post(recovery::stop))
        .route("/da-dong-tai-khoan", get(close::closed))
        .route("/tai-khoan/dong", get(close::show).post(close::save))
        .merge(code::routes(CodePurpose::ChangePhone))
        .merge(code::routes(CodePurpose::ChangeEmail))
}

#[derive(Template)]
#[template(path = "account/own/no_password.html")]
struct NoPasswordPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    title: TextKey,
    before: &'static str,
    /// The provider where to sign in anew, when that is enough instead of a password.
    provider: Option<ProviderButton<'a>>,
}

/// In place of a page that asks for the password: what to do first, when the account has none.
pub(crate) async fn without_password(
    portal: &Portal,
    visitor: &Visitor,
    title: TextKey,
    before: &'static str,
) -> Result<Option<Response>, WebError> {
    if has_password(portal.app(), &visitor.ctx).await? {
        return Ok(None);
    }
    no_password(portal, visitor, title, before, None).map(Some)
}

/// What to do first who has no password: sign in at the provider anew, where that is enough, or set one.
fn no_password(
    portal: &Portal,
    visitor: &Visitor,
    title: TextKey,
    before: &'static str,
    provider: Option<ProviderButton<'_>>,
) -> Result<Response, WebError> {
    let page = visitor.page(portal).in_section(Section::Account);
    html(&NoPasswordPage { page, t: visitor.texts(), title, before, provider })
}

/// Puts a refusal beside its field; what is nobody's mistake goes on as an error. Answers how long to wait, if that is why.
fn refuse(form: &mut FormView, t: &Texts, error: ChangeError, field: &str) -> Result<Option<u32>, WebError> {
    match error {
        ChangeError::WrongPassword => form.refuse("present", t.m("account-password-wrong")),
        ChangeError::Taken => form.refuse(field, t.m("account-number-taken")),
        // Asked for by no form that has a field for it.
        ChangeError::SignInAnew | ChangeError::Refused(_) => return Err(WebError::Conflict),
        ChangeError::Usecase(UsecaseError::TooMany { retry_after_seconds }) => {
            refuse_too_many(form, "present", t, retry_after_seconds);
            return Ok(Some(retry_after_seconds));
        }
        ChangeError::Usecase(error) => return Err(error.into()),
    }
    Ok(None)
}
