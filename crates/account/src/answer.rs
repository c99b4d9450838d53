//! Answers that the pages of this door share: after too many tries, and with the session's cookie.

use askama::Template;
use axum::http::header::{RETRY_AFTER, SET_COOKIE};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{AppendHeaders, IntoResponse, Redirect, Response};
use web::cookies::session_cookie;
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::form::FormView;
use web::visitor::Visitor;

/// A working day: the server ends a session that is not used much earlier, and this one even when it is used.
const COOKIE_SECONDS: i64 = 12 * 60 * 60;

/// The page with another status than 200.
pub(crate) fn html_with(status: StatusCode, page: &impl Template) -> Result<Response, WebError> {
    let mut response = html(page)?;
    *response.status_mut() = status;
    Ok(response)
}

/// The form again after too many tries, with everything that was entered.
pub(crate) fn html_too_many(page: &impl Template, seconds: u32) -> Result<Response, WebError> {
    let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, page)?;
    response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds));
    Ok(response)
}

/// Says beside a field how many minutes to wait.
pub(crate) fn refuse_too_many(form: &mut FormView, field: &str, t: &Texts, seconds: u32) {
    form.refuse(field, t.f("account-too-many", [("n", seconds.div_ceil(60).into())]));
}

/// Goes on with a fresh session.
pub(crate) fn redirect_signed_in(portal: &Portal, visitor: &Visitor, token: &str, address: &str) -> Response {
    (visitor.session_cookies(portal, token, COOKIE_SECONDS), Redirect::to(address)).into_response()
}

/// Goes on with the session of an officer, which ends with the browser's day too.
pub(crate) fn with_session(portal: &Portal, visitor: &Visitor, token: &str, response: Response) -> Response {
    (visitor.session_cookies(portal, token, COOKIE_SECONDS), response).into_response()
}

/// Goes on without a session.
pub(crate) fn redirect_signed_out(portal: &Portal, address: &str) -> Response {
    (cookie(portal, "", 0), Redirect::to(address)).into_response()
}

/// The answer, after which the browser has no session.
pub(crate) fn without_session(portal: &Portal, response: Response) -> Response {
    (cookie(portal, "", 0), response).into_response()
}

fn cookie(portal: &Portal, token: &str, seconds: i64) -> AppendHeaders<[(HeaderName, String); 1]> {
    let secure = portal.settings().secure_cookies;
    AppendHeaders([(SET_COOKIE, session_cookie(portal.session_cookie(), token, secure, seconds))])
}
