//! Problem documents (RFC 9457): what is wrong and what to do, for programs by type and for people in their language.

use axum::http::header::{CONTENT_TYPE, WWW_AUTHENTICATE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use usecases::{ActError, UsecaseError};
use utoipa::ToSchema;
use web::errors::WebError;
use web::i18n::{TextKey, Texts};

use crate::drafts::Obstacle;

/// A problem document.
#[derive(Debug, Serialize, ToSchema)]
#[schema(example = json!({
    "type": "urn:motcua:problem:invalid", "title": "Nội dung gửi lên chưa đúng", "status": 422,
    "detail": "Không có gì được lưu. Hãy sửa những chỗ được nêu rồi gửi lại.",
    "errors": [{"pointer": "/owner/phone", "detail": "Nhập số điện thoại"}]
}))]
pub(crate) struct Problem {
    /// Which kind of problem it is: `urn:motcua:problem:…`, or `about:blank` when the status says it.
    #[serde(rename = "type")]
    pub(crate) kind: String,
    /// What is wrong, in one line.
    pub(crate) title: String,
    /// The HTTP status again.
    pub(crate) status: u16,
    /// What is wrong and what to do.
    pub(crate) detail: String,
    /// Under which name the request is found in the portal's log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) instance: Option<String>,
    /// Each part of the body that is wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) errors: Vec<FieldFault>,
    /// What keeps a draft from being filed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) obstacles: Vec<Obstacle>,
    /// The code of the dossier that the draft has become.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<String>,
}

/// One part of a body that is wrong.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub(crate) struct FieldFault {
    /// Where it stands: a JSON Pointer (RFC 6901).
    pub(crate) pointer: String,
    /// What is wrong with it and what to do.
    pub(crate) detail: String,
}

/// A kind of problem.
pub(crate) struct Kind {
    name: &'static str,
    status: StatusCode,
    title: TextKey,
    detail: TextKey,
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $constant:ident = $name:literal, $status:ident, $title:literal, $detail:literal;)+) => {$(
        $(#[$doc])*
        pub(crate) const $constant: Kind = Kind {
            name: $name, status: StatusCode::$status, title: TextKey($title), detail: TextKey($detail),
        };
    )+};
}

kinds! {
    /// The body is no JSON.
    NOT_JSON = "not_json", BAD_REQUEST, "api-not-json", "api-not-json-what";
    /// The body has another type.
    OTHER_TYPE = "other_type", UNSUPPORTED_MEDIA_TYPE, "api-other-type", "api-other-type-what";
    /// Parts of the body, or of the query, are wrong.
    INVALID = "invalid", UNPROCESSABLE_ENTITY, "api-invalid", "api-invalid-what";
    /// Something keeps the draft from being filed.
    INCOMPLETE = "incomplete", UNPROCESSABLE_ENTITY, "api-incomplete", "api-incomplete-what";
    /// The draft was changed since it was seen.
    CHANGED = "changed", PRECONDITION_FAILED, "api-changed", "api-changed-what";
    /// It is not said which version was seen.
    NOT_SEEN = "not_seen", PRECONDITION_REQUIRED, "api-not-seen", "api-not-seen-what";
    /// The draft has become a dossier.
    FILED = "filed", GONE, "api-filed", "api-filed-what";
    /// It has, and not by this key.
    FILED_OTHERWISE = "filed_otherwise", CONFLICT, "api-filed", "api-filed-otherwise-what";
    /// No key, or none that can be one.
    NO_KEY = "no_key", BAD_REQUEST, "api-no-key", "api-no-key-what";
    /// The procedure is not filed here, or not at that agency.
    NOT_FILEABLE = "not_fileable", UNPROCESSABLE_ENTITY, "api-not-fileable", "api-not-fileable-what";
    /// No token.
    NO_TOKEN = "no_token", UNAUTHORIZED, "api-no-token", "api-no-token-what";
    /// A token that is presented in another way.
    TOKEN_MISPLACED = "token_misplaced", BAD_REQUEST, "api-token-misplaced", "api-token-misplaced-what";
    /// A token that opens nothing here.
    TOKEN_INVALID = "token_invalid", UNAUTHORIZED, "api-token-invalid", "api-token-invalid-what";
    /// A token for something else.
    TOKEN_SCOPE = "token_scope", FORBIDDEN, "api-token-scope", "api-token-scope-what";
    /// The token of somebody who has no account here.
    NO_ACCOUNT = "no_account", UNAUTHORIZED, "api-no-account", "api-no-account-what";
}

impl Kind {
    /// The document in this language.
    pub(crate) fn document(&self, t: &Texts) -> Problem {
        Problem {
            kind: format!("urn:motcua:problem:{}", self.name),
            title: t.k(self.title).to_owned(),
            status: self.status.as_u16(),
            detail: t.k(self.detail).to_owned(),
            instance: None,
            errors: Vec::new(),
            obstacles: Vec::new(),
            code: None,
        }
    }

    /// The answer in this language.
    pub(crate) fn refused(&self, t: &Texts) -> Refused {
        self.document(t).into()
    }
}

/// The answer to a request that is not done.
#[derive(Debug)]
pub(crate) struct Refused(Box<Response>);

impl Refused {
    /// With the header by which a program learns how to come back (RFC 6750, 3).
    pub(crate) fn with_challenge(mut self, challenge: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(challenge) {
            self.0.headers_mut().insert(WWW_AUTHENTICATE, value);
        }
        self
    }

    /// With another header.
    pub(crate) fn with_header(mut self, name: axum::http::HeaderName, value: HeaderValue) -> Self {
        self.0.headers_mut().insert(name, value);
        self
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        *self.0
    }
}

impl From<Problem> for Refused {
    fn from(problem: Problem) -> Self {
        let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        match serde_json::to_vec(&problem) {
            Ok(body) => {
                let kind = [(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"))];
                Self(Box::new((status, kind, body).into_response()))
            }
            Err(error) => WebError::internal(error).into(),
        }
    }
}

impl From<WebError> for Refused {
    fn from(error: WebError) -> Self {
        Self(Box::new(error.into_response()))
    }
}

impl From<UsecaseError> for Refused {
    fn from(error: UsecaseError) -> Self {
        WebError::from(error).into()
    }
}

impl From<ActError> for Refused {
    fn from(error: ActError) -> Self {
        WebError::from(error).into()
    }
}
