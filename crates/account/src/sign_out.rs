//! *Đăng xuất*: the session ends on the server, whatever happens to the cookie.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use usecases::login_providers::leave_provider;
use usecases::sessions::SignedIn;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use crate::answer::{redirect_signed_out, without_session};
use crate::moving_on::lead_on;

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
    let mut elsewhere = None;
    if let Some(token) = visitor.session_token() {
        // Who came through a provider is signed out there too: else the next person at the same machine would come in as
        // them with one press of a button.
        let back = format!("{}/", portal.app().settings().public_url);
        elsewhere = leave_provider(portal.app(), &visitor.ctx, token, &back).await?;
        usecases::sign_out(portal.app(), &visitor.ctx, token).await?;
    }
    if let Some(address) = elsewhere {
        return Ok(without_session(&portal, lead_on(&portal, &visitor, &address)?));
    }
    let address = match visitor.signed_in {
        Some(SignedIn::Officer(_)) => "/can-bo/dang-nhap",
        Some(SignedIn::Account(_)) | None => "/",
    };
    Ok(redirect_signed_out(&portal, address))
}
