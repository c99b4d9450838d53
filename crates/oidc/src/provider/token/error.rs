//! What the token endpoint answers when it gives nothing (RFC 6749, 5.2).

use serde_json::json;

use crate::params::Repeated;
use crate::provider::GrantRefusal;

/// Why there are no tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct TokenError {
    /// What it is, for the client's program.
    pub code: TokenErrorCode,
    /// What it is, for the client's programmer.
    pub description: &'static str,
}

/// The codes of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenErrorCode {
    /// A parameter is missing, repeated or wrong.
    InvalidRequest,
    /// The client has not proved who it is.
    InvalidClient,
    /// The code or the token is no good.
    InvalidGrant,
    /// Something else is offered in exchange.
    UnsupportedGrantType,
    /// More is asked for than was agreed to.
    InvalidScope,
    /// Another place than the one that was agreed to (RFC 8707, 2).
    InvalidTarget,
}

impl TokenErrorCode {
    /// Its name in the protocol.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
        }
    }
}

impl TokenError {
    pub(crate) const fn of(code: TokenErrorCode, description: &'static str) -> Self {
        Self { code, description }
    }

    /// The client has not proved who it is; whether it exists is not said.
    pub const fn invalid_client() -> Self {
        Self::of(TokenErrorCode::InvalidClient, "client authentication failed")
    }

    /// The status of the answer.
    pub const fn status(self) -> u16 {
        match self.code {
            TokenErrorCode::InvalidClient => 401,
            _ => 400,
        }
    }

    /// The header `WWW-Authenticate` that goes with status 401.
    pub fn challenge(self) -> Option<&'static str> {
        (self.status() == 401).then_some("Basic realm=\"oidc\"")
    }

    /// The body of the answer.
    pub fn to_json(self) -> String {
        json!({ "error": self.code.as_str(), "error_description": self.description }).to_string()
    }
}

impl From<Repeated> for TokenError {
    fn from(_: Repeated) -> Self {
        Self::of(TokenErrorCode::InvalidRequest, "a parameter is given more than once")
    }
}

// Which of the reasons it was helps only those who try.
impl From<GrantRefusal> for TokenError {
    fn from(refusal: GrantRefusal) -> Self {
        match refusal {
            GrantRefusal::MoreScopes => Self::of(TokenErrorCode::InvalidScope, "more than was agreed to"),
            GrantRefusal::OtherResource => Self::of(TokenErrorCode::InvalidTarget, "another place than was agreed to"),
            _ => Self::of(TokenErrorCode::InvalidGrant, "the code or token is wrong, expired or used"),
        }
    }
}
