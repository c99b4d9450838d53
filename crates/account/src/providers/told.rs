//! A provider tells us that somebody has signed out there (OpenID Connect Back-Channel Logout).

use axum::extract::rejection::StringRejection;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use usecases::login_providers::{EndError, end_provider_session};
use web::errors::WebError;
use web::portal::Portal;
use web::visitor::Visitor;

pub(super) async fn session_ended(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(provider): Path<String>,
    body: Result<String, StringRejection>,
) -> Result<Response, WebError> {
    let params = body.ok().and_then(|body| oidc::Params::parse(&body).ok());
    let token = params.as_ref().and_then(|params| params.one("logout_token").ok().flatten());
    let Some(token) = token else { return Ok(refuse("invalid_request")) };
    match end_provider_session(portal.app(), &visitor.ctx, &provider, token).await {
        Ok(count) => {
            tracing::info!(provider, count, "A provider has ended sessions");
            Ok(StatusCode::OK.into_response())
        }
        Err(EndError::Unknown) => Err(WebError::NotFound),
        Err(error @ (EndError::Token(_) | EndError::Replayed)) => {
            tracing::warn!(provider, error = %error, "A logout token is not believed");
            Ok(refuse("invalid_request"))
        }
        Err(EndError::Usecase(error)) => Err(error.into()),
    }
}

fn refuse(word: &str) -> Response {
    let body = format!(r#"{{"error":"{word}"}}"#);
    (StatusCode::BAD_REQUEST, [(CONTENT_TYPE, "application/json")], body).into_response()
}
