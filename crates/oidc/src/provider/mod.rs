//! The provider's side: whom it answers, what it asks first, and what its answers hold.

mod access_token;
mod authorize;
mod discovery;
mod grant;
mod id_token;
mod keys;
mod logout;
mod logout_token;
mod person;
mod registry;
mod token;
mod userinfo;

pub(crate) use access_token::ACCESS_TOKEN_KIND;
pub use access_token::AccessToken;
pub use authorize::{
    AuthorizationRequest, AuthorizeError, Circumstances, Consent, ErrorCode, Next, ReturnedError, Session, ShownError,
    decide, presented_client,
};
pub use discovery::{DISCOVERY_PATH, Endpoints};
pub use grant::{CodeGrant, Consequence, GrantRefusal, RefreshGrant};
pub(crate) use id_token::at_hash;
pub use id_token::{Hint, IdToken};
pub use keys::{KeyPlan, KeyRing, Rotation};
pub use logout::{LogoutError, LogoutRequest};
pub use logout_token::LogoutToken;
pub(crate) use logout_token::{LOGOUT_EVENT, LOGOUT_KIND};
pub use person::{Birth, Contact, Kind, Person};
pub use registry::{ClientAuthentication, ClientId, RegisteredClient};
pub use token::{Credentials, Exchange, TokenError, TokenErrorCode, TokenRequest, TokenResponse};
pub use userinfo::{BearerError, bearer_token};

/// How long a code waits to be exchanged, in seconds.
pub const CODE_SECONDS: i64 = 60;
/// How long an access token opens what it opens, in seconds.
pub const ACCESS_TOKEN_SECONDS: i64 = 10 * 60;
/// How long an access token for another portal opens what it opens, in seconds. That portal does not ask whether it was
/// taken back meanwhile, so it is short.
pub const RESOURCE_TOKEN_SECONDS: i64 = 5 * 60;
/// How long an ID token may be shown after it was made, in seconds.
pub const ID_TOKEN_SECONDS: i64 = 10 * 60;
/// How long a refresh token waits to be used, in seconds; each use gives a new one.
pub const REFRESH_TOKEN_SECONDS: i64 = 30 * 24 * 60 * 60;
/// After which time a person must be asked again, however often the tokens were refreshed, in seconds.
pub const GRANT_SECONDS: i64 = 90 * 24 * 60 * 60;
/// How long a logout token is believed, in seconds.
pub const LOGOUT_TOKEN_SECONDS: i64 = 2 * 60;
