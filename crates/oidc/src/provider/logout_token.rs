//! Logout tokens (OpenID Connect Back-Channel Logout): the provider tells its clients that a session has ended.

use serde_json::json;

use crate::address::Issuer;
use crate::jose::{KeyError, SigningKey};
use crate::provider::{ClientId, LOGOUT_TOKEN_SECONDS};
use crate::secret::Secret;
use crate::time::UnixTime;

/// The event that makes a token a logout token.
pub(crate) const LOGOUT_EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// The kind of token in its header.
pub(crate) const LOGOUT_KIND: &str = "logout+jwt";

/// What a logout token says.
#[derive(Clone, Copy, Debug)]
pub struct LogoutToken<'a> {
    /// Who says it.
    pub issuer: &'a Issuer,
    /// To whom.
    pub client: &'a ClientId,
    /// Who signed out.
    pub subject: &'a str,
    /// Of which session.
    pub session: &'a str,
    /// A name of the token that no other has.
    pub id: &'a Secret,
}

impl LogoutToken<'_> {
    /// The signed token, which goes to the client's address as the form field `logout_token`.
    ///
    /// # Errors
    /// When the system gives no randomness for the signature.
    pub fn sign(&self, key: &SigningKey, now: UnixTime) -> Result<String, KeyError> {
        let claims = json!({
            "iss": self.issuer.as_str(),
            "aud": self.client.as_str(),
            "sub": self.subject,
            "sid": self.session,
            "iat": now,
            "exp": now.plus(LOGOUT_TOKEN_SECONDS),
            "jti": self.id.as_str(),
            "events": { LOGOUT_EVENT: {} },
        });
        key.sign(LOGOUT_KIND, &claims)
    }
}
