//! Extractors for submitted forms: the visitor, the decoded fields, and the check that the form is theirs.

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header::CONTENT_TYPE;

use crate::errors::WebError;
use crate::fields::Fields;
use crate::portal::Portal;
use crate::visitor::Visitor;

/// The most bytes a form without files may have.
pub const MOST_FORM_BYTES: usize = 256 << 10;

/// A form without files, checked to belong to the visitor's session.
pub struct Form {
    /// Who sent it.
    pub visitor: Visitor,
    /// What was entered.
    pub fields: Fields,
}

impl FromRequest<Portal> for Form {
    type Rejection = WebError;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, portal).await?;
        let is_form = parts
            .headers
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.starts_with("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(WebError::Unreadable);
        }
        let body = axum::body::to_bytes(body, MOST_FORM_BYTES).await.map_err(|error| {
            let too_large = error.into_inner().is::<http_body_util::LengthLimitError>();
            if too_large { WebError::TooLarge } else { WebError::Unreadable }
        })?;
        let fields = Fields::parse(&body).map_err(|_| WebError::Unreadable)?;
        visitor.check_form(&fields)?;
        Ok(Self { visitor, fields })
    }
}
