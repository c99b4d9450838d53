//! Signing in with an account of another system (R33): the buttons of the sign-in page, the way there and back, and what
//! providers tell us by themselves.

mod arrive;
mod leave;
mod link;
mod told;

use axum::Router;
use axum::http::header::SET_COOKIE;
use axum::response::Response;
use axum::routing::{get, post};
use web::i18n::Locale;
use web::portal::Portal;
use web::visitor::Visitor;

use crate::sign_in::leading_on;

/// The addresses of signing in through a provider.
pub(crate) fn routes() -> Router<Portal> {
    Router::new()
        .route("/dang-nhap/qua", get(leave::handed_over))
        .route("/dang-nhap/qua/{provider}", get(leave::to_provider))
        .route("/dang-nhap/ve/{provider}", get(arrive::from_provider))
        .route("/dang-nhap/lien-ket/{id}", get(link::show).post(link::prove))
        .route("/dang-nhap/da-ra/{provider}", post(told::session_ended))
}

/// A button of the sign-in page.
pub(crate) struct ProviderButton<'a> {
    /// `Tài khoản cấp bởi Cổng DVCQG`.
    pub(crate) name: &'a str,
    pub(crate) href: String,
}

/// The providers by configuration; `back` is where the visitor was going.
pub(crate) fn buttons<'a>(portal: &'a Portal, visitor: &Visitor, back: Option<&str>) -> Vec<ProviderButton<'a>> {
    let providers = &portal.app().single_sign_on().login_providers;
    providers
        .iter()
        .map(|provider| ProviderButton {
            name: match visitor.locale {
                Locale::Vi => &provider.name,
                Locale::En => &provider.name_en,
            },
            href: leading_on(&format!("/dang-nhap/qua/{}", provider.id), back),
        })
        .collect()
}

/// Where whoever is signed in signs in anew at a provider, and then comes back to this page.
pub(crate) fn sign_in_anew<'a>(portal: &'a Portal, visitor: &Visitor, back: &str) -> Option<ProviderButton<'a>> {
    let button = buttons(portal, visitor, Some(back)).into_iter().next()?;
    Some(ProviderButton { href: format!("{}&moi=1", button.href), ..button })
}

/// Gives the browser the cookie that ties the answer to it.
fn with_cookie(portal: &Portal, mut response: Response, value: &str) -> Response {
    let secure = portal.settings().secure_cookies;
    let cookie = web::cookies::session_cookie(cookie_name(portal), value, secure, COOKIE_SECONDS);
    if let Ok(cookie) = cookie.parse() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

/// An hour: longer than anybody may stay away.
const COOKIE_SECONDS: i64 = 60 * 60;

fn cookie_name(portal: &Portal) -> &'static str {
    if portal.settings().secure_cookies { "__Host-motcua-provider" } else { "motcua-provider" }
}
