//! Draws the page (or the problem document) of every answer that is an error, in the visitor's language and our voice.

use axum::body::Body;
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::Response;

use crate::cookies::{find_cookie, language_cookie};
use crate::errors::ErrorPage;
use crate::fields::Fields;
use crate::i18n::{Locale, Texts};
use crate::middleware::RequestId;
use crate::portal::Portal;
use crate::visitor::{Visitor, locale_of};

pub(super) async fn draw_errors(State(portal): State<Portal>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let machine = parts.uri.path().starts_with("/api/");
    let locale = if machine { Locale::accepted(&parts.headers) } else { locale_of(&parts) };
    let asked = asked_language(parts.uri.query()).filter(|_| !machine);
    // Who is signed in is asked again only when there is an error to show; programs are known by no cookie.
    let signed_in = find_cookie(&parts.headers, portal.session_cookie()).is_some() && !machine;
    let signed_in = signed_in.then(|| parts.clone());
    let id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    let mut response = next.run(Request::from_parts(parts, body)).await;
    if let Some(asked) = asked
        && let Ok(cookie) = HeaderValue::from_str(&language_cookie(asked.code(), portal.settings().secure_cookies))
    {
        response.headers_mut().append(axum::http::header::SET_COOKIE, cookie);
    }
    match key_of(&response) {
        Some(key) if machine => problem(response, key, locale, &id),
        Some(key) => {
            let visitor = match signed_in {
                Some(mut parts) => {
                    let mut visitor = Visitor::from_request_parts(&mut parts, &portal).await.ok();
                    // The address of a form shows nothing when the language is switched there.
                    if let Some(visitor) = visitor.as_mut().filter(|_| parts.method != Method::GET) {
                        visitor.address = "/".to_owned();
                    }
                    visitor
                }
                None => None,
            };
            page(&portal, response, visitor.as_ref(), key, locale, &id)
        }
        None => response,
    }
}

fn asked_language(query: Option<&str>) -> Option<Locale> {
    let query = query.filter(|query| query.contains("lang="))?;
    Locale::parse(Fields::of_query(Some(query)).text("lang"))
}

/// Which text an answer needs, when it is an error that has no page yet.
fn key_of(response: &Response) -> Option<&'static str> {
    if let Some(page) = response.extensions().get::<ErrorPage>() {
        return Some(page.key);
    }
    let finished = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).is_some_and(|kind| {
        kind.starts_with("text/html")
            || kind.starts_with("application/problem+json")
            || kind.starts_with("application/json")
    });
    match response.status() {
        status if !(status.is_client_error() || status.is_server_error()) || finished => None,
        StatusCode::NOT_FOUND => Some("error-not-found"),
        StatusCode::FORBIDDEN | StatusCode::UNAUTHORIZED => Some("error-forbidden"),
        StatusCode::METHOD_NOT_ALLOWED => Some("error-method"),
        StatusCode::PAYLOAD_TOO_LARGE => Some("error-too-large"),
        StatusCode::TOO_MANY_REQUESTS => Some("error-too-many"),
        StatusCode::SERVICE_UNAVAILABLE | StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
            Some("error-unavailable")
        }
        status if status.is_client_error() => Some("error-unreadable"),
        _ => Some("error-internal"),
    }
}

fn page(
    portal: &Portal,
    response: Response,
    visitor: Option<&Visitor>,
    key: &'static str,
    locale: Locale,
    id: &str,
) -> Response {
    let visitor = visitor.filter(|visitor| !visitor.is_anonymous());
    let html = crate::shell::error_page(portal, visitor, key, locale, id);
    with_body(response, html, "text/html; charset=utf-8")
}

fn problem(response: Response, key: &'static str, locale: Locale, id: &str) -> Response {
    let texts = Texts::of(locale);
    let document = serde_json::json!({
        "type": "about:blank",
        "title": texts.m(&format!("{key}-title")),
        "status": response.status().as_u16(),
        "detail": texts.m(&format!("{key}-lead")),
        "instance": format!("urn:motcua:request:{id}"),
    });
    with_body(response, document.to_string(), "application/problem+json")
}

fn with_body(response: Response, body: String, kind: &'static str) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    Response::from_parts(parts, Body::from(body))
}
