//! *Đăng xuất*: the session ends on the server, whatever happens to the cookie.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use usecases::sessions::SignedIn;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::redirect_signed_out;

#[derive(Template)]
#[template(path = "account/sign_out.html")]
struct SignOutPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
}

/// A link never signs anybody out: the page has a button.
pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    html(&SignOutPage { page: visitor.page(&portal), t: visitor.texts() })
}

pub(crate) async fn leave(State(portal): State<Portal>, form: Form) -> Result<Response, WebError> {
    let visitor = form.visitor;
    if let Some(token) = visitor.session_token() {
        usecases::sign_out(portal.app(), token).await?;
    }
    let address = match visitor.signed_in {
        Some(SignedIn::Officer(_)) => "/can-bo/dang-nhap",
        Some(SignedIn::Account(_)) | None => "/",
    };
    Ok(redirect_signed_out(&portal, address))
}
