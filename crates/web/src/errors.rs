//! What a handler answers when it cannot do what was asked; turned into a page or a problem document by `error_pages`.

use std::error::Error;

use axum::http::header::{LOCATION, RETRY_AFTER};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use usecases::{ActError, PasswordError, UsecaseError};

/// Why a request is not answered with what it asked for. What the visitor reads is a text of `errors.ftl`, found by kind.
#[derive(Debug)]
pub enum WebError {
    /// There is no such thing, or the visitor may not know that there is.
    NotFound,
    /// The visitor knows of it and may not do this.
    Forbidden,
    /// A page of the holder's own, while they act for somebody else.
    WhileActing,
    /// Whoever acts for somebody else may look, and not file.
    MayNotFile,
    /// The form was made for another session, or the request came from another site.
    Stale,
    /// Nobody is signed in; after signing in the visitor comes back to this address.
    SignInFirst {
        /// Where to sign in: `/dang-nhap` or `/can-bo/dang-nhap`.
        door: &'static str,
        /// Path and query to come back to.
        back: String,
    },
    /// The request cannot be read (wrong encoding, broken multipart, cut off).
    Unreadable,
    /// The body is larger than what this address takes.
    TooLarge,
    /// Too many tries; the seconds to wait.
    TooMany(u32),
    /// Somebody else changed the same thing meanwhile.
    Conflict,
    /// A part that this needs is down; trying again later may help.
    Unavailable,
    /// Too many people want the same thing at this moment; the seconds to wait.
    Busy(u32),
    /// A fault of ours. The chain is logged, the visitor gets the request's id.
    Internal(Box<dyn Error + Send + Sync>),
}

/// Marks an answer whose page is still to be drawn in the visitor's language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ErrorPage {
    /// Prefix of the texts' keys: `error-not-found` has `-title`, `-lead`, `-what-to-do`.
    pub key: &'static str,
}

impl WebError {
    /// Wraps a fault of ours.
    pub fn internal(error: impl Error + Send + Sync + 'static) -> Self {
        Self::Internal(Box::new(error))
    }

    fn status_and_key(&self) -> (StatusCode, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "error-not-found"),
            Self::Forbidden => (StatusCode::FORBIDDEN, "error-forbidden"),
            Self::WhileActing => (StatusCode::FORBIDDEN, "error-acting"),
            Self::MayNotFile => (StatusCode::FORBIDDEN, "error-no-filing"),
            Self::Stale => (StatusCode::FORBIDDEN, "error-stale"),
            Self::SignInFirst { .. } => (StatusCode::SEE_OTHER, ""),
            Self::Unreadable => (StatusCode::BAD_REQUEST, "error-unreadable"),
            Self::TooLarge => (StatusCode::PAYLOAD_TOO_LARGE, "error-too-large"),
            Self::TooMany(_) => (StatusCode::TOO_MANY_REQUESTS, "error-too-many"),
            Self::Conflict => (StatusCode::CONFLICT, "error-conflict"),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "error-unavailable"),
            Self::Busy(_) => (StatusCode::SERVICE_UNAVAILABLE, "error-busy"),
            Self::Internal(_) => (StatusCode::INTERNAL_SERVER_ERROR, "error-internal"),
        }
    }
}

impl IntoResponse for WebError {
    fn into_response(self) -> Response {
        let (status, key) = self.status_and_key();
        let mut response = status.into_response();
        match &self {
            Self::SignInFirst { door, back } => {
                let back: String = crate::links::encode(back);
                let target = format!("{door}?tiep={back}");
                let target = HeaderValue::from_str(&target).unwrap_or(HeaderValue::from_static("/dang-nhap"));
                response.headers_mut().insert(LOCATION, target);
                return response;
            }
            Self::TooMany(seconds) | Self::Busy(seconds) => {
                response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(*seconds));
            }
            Self::Internal(error) => tracing::error!(error = %chain(error.as_ref()), "A request failed"),
            Self::Unavailable => tracing::warn!("A request met a part that is down"),
            _ => {}
        }
        response.extensions_mut().insert(ErrorPage { key });
        response
    }
}

/// The error with its causes, joined by colons.
pub fn chain(error: &(dyn Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text
}

impl From<UsecaseError> for WebError {
    fn from(error: UsecaseError) -> Self {
        match error {
            UsecaseError::NotFound => Self::NotFound,
            UsecaseError::Denied => Self::Forbidden,
            UsecaseError::Conflict => Self::Conflict,
            UsecaseError::TooMany { retry_after_seconds } => Self::TooMany(retry_after_seconds),
            UsecaseError::Unavailable => Self::Unavailable,
            UsecaseError::Password(PasswordError::Busy { retry_after_seconds }) => Self::Busy(retry_after_seconds),
            other => Self::internal(other),
        }
    }
}

impl From<ActError> for WebError {
    /// For acts whose refusals the page has no better place for: a dossier in another state counts as a conflict.
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(_) => Self::Conflict,
            ActError::Usecase(error) => error.into(),
        }
    }
}
