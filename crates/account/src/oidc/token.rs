//! What clients ask without a browser: tokens for a code, and claims for a token. They read JSON, whatever happens.

use axum::extract::State;
use axum::extract::rejection::StringRejection;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use oidc::provider::BearerError;
use usecases::oidc_provider::{ClaimsError, exchange_tokens, read_claims};
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

pub(super) async fn exchange(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    body: Result<String, StringRejection>,
) -> Result<Response, WebError> {
    let is_form = text(&headers, CONTENT_TYPE.as_str())
        .is_some_and(|kind| kind.trim_start().to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
    // Something else than a form, one that is far too long, or bytes that are no text have no parameters, and are told so.
    let form = body.ok().filter(|_| is_form).unwrap_or_default();
    let authorization = text(&headers, AUTHORIZATION.as_str());
    let answer = exchange_tokens(portal.app(), &visitor.ctx, authorization, &form).await?;
    Ok(json(answer.status, answer.challenge, answer.body))
}

pub(super) async fn claims(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    match read_claims(portal.app(), &visitor.ctx, text(&headers, AUTHORIZATION.as_str())).await {
        Ok(claims) => Ok(json(200, None, claims)),
        Err(ClaimsError::Bearer(error)) => {
            let word = match error {
                BearerError::Missing | BearerError::Invalid => r#"{"error":"invalid_token"}"#,
                BearerError::Malformed => r#"{"error":"invalid_request"}"#,
            };
            Ok(json(error.status(), Some(error.challenge()), word.to_owned()))
        }
        Err(ClaimsError::Usecase(error)) => Err(error.into()),
    }
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

// `Cache-Control: no-store` is on every answer that says nothing else.
fn json(status: u16, challenge: Option<&'static str>, body: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, [(CONTENT_TYPE, "application/json")], body).into_response();
    if let Some(challenge) = challenge {
        response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    }
    response
}
