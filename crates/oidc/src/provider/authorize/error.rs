//! What went wrong with an authorization request, and who is told: the client, when it is surely it; else the person.

use crate::address::{Address, Issuer};

/// Why a request is not followed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AuthorizeError {
    /// Nobody may be sent anywhere: the person reads a page.
    #[error(transparent)]
    Shown(#[from] ShownError),
    /// The client learns of it.
    #[error(transparent)]
    Returned(#[from] ReturnedError),
}

/// Why nobody is sent anywhere: the address could be anybody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShownError {
    /// Too long, or names its client or its address twice.
    #[error("a request that cannot be read")]
    Malformed,
    /// No client, or none that is registered.
    #[error("a client that is not registered")]
    UnknownClient,
    /// No address, or none that is registered for this client.
    #[error("an address that is not registered for the client")]
    UnknownRedirect,
}

/// What the client is told, at its registered address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {description}", code.as_str())]
pub struct ReturnedError {
    pub(crate) redirect_uri: Address,
    pub(crate) state: Option<String>,
    /// What it is, for the client's program.
    pub code: ErrorCode,
    /// What it is, for the client's programmer.
    pub description: &'static str,
}

/// The codes of RFC 6749, 4.1.2.1, and of OpenID Connect Core, 3.1.2.6.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorCode {
    /// A parameter is missing, repeated or wrong.
    InvalidRequest,
    /// The person, or the provider, said no.
    AccessDenied,
    /// Something else than a code.
    UnsupportedResponseType,
    /// Something that this client may not have.
    InvalidScope,
    /// A place that takes no tokens (RFC 8707, 2).
    InvalidTarget,
    /// Nobody is signed in, and nobody may be asked to.
    LoginRequired,
    /// The person has not agreed, and may not be asked to.
    ConsentRequired,
    /// The request stands in a parameter `request`.
    RequestNotSupported,
    /// The request stands elsewhere.
    RequestUriNotSupported,
    /// The client describes itself in the request.
    RegistrationNotSupported,
    /// The provider failed.
    ServerError,
}

impl ErrorCode {
    /// Its name in the protocol.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid_request",
            Self::AccessDenied => "access_denied",
            Self::UnsupportedResponseType => "unsupported_response_type",
            Self::InvalidScope => "invalid_scope",
            Self::InvalidTarget => "invalid_target",
            Self::LoginRequired => "login_required",
            Self::ConsentRequired => "consent_required",
            Self::RequestNotSupported => "request_not_supported",
            Self::RequestUriNotSupported => "request_uri_not_supported",
            Self::RegistrationNotSupported => "registration_not_supported",
            Self::ServerError => "server_error",
        }
    }
}

impl ReturnedError {
    /// Where the browser goes with the bad news. The issuer is named (RFC 9207), here as with good news.
    pub fn location(&self, issuer: &Issuer) -> String {
        self.redirect_uri.with(&[
            ("error", Some(self.code.as_str())),
            ("error_description", Some(self.description)),
            ("state", self.state.as_deref()),
            ("iss", Some(issuer.as_str())),
        ])
    }
}
