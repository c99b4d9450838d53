//! Access tokens for other portals (RFC 9068): signed, for one place, for one person, and soon over.

use serde_json::json;

use crate::address::Issuer;
use crate::jose::{KeyError, SigningKey};
use crate::provider::{ClientId, RESOURCE_TOKEN_SECONDS};
use crate::scope::Scopes;
use crate::secret::Secret;
use crate::time::UnixTime;

/// The kind of token in its header (RFC 9068, 2.1): an ID token never passes for one.
pub(crate) const ACCESS_TOKEN_KIND: &str = "at+jwt";

/// What an access token for another portal says.
#[derive(Clone, Copy, Debug)]
pub struct AccessToken<'a> {
    /// Who says it.
    pub issuer: &'a Issuer,
    /// Where it opens something.
    pub resource: &'a str,
    /// Whose things.
    pub subject: &'a str,
    /// To which client it was given.
    pub client: &'a ClientId,
    /// The client's name, by which the person knows it.
    pub client_name: &'a str,
    /// What it opens.
    pub scopes: &'a Scopes,
    /// A name of the token that no other has.
    pub id: &'a Secret,
}

impl AccessToken<'_> {
    /// The signed token.
    ///
    /// # Errors
    /// When the system gives no randomness for the signature.
    pub fn sign(&self, key: &SigningKey, now: UnixTime) -> Result<String, KeyError> {
        let claims = json!({
            "iss": self.issuer.as_str(),
            "aud": self.resource,
            "sub": self.subject,
            "client_id": self.client.as_str(),
            // Ours: what the person reads beside what the client did in their name.
            "client_name": self.client_name,
            "scope": self.scopes.to_string(),
            "iat": now,
            "exp": now.plus(RESOURCE_TOKEN_SECONDS),
            "jti": self.id.as_str(),
        });
        key.sign(ACCESS_TOKEN_KIND, &claims)
    }
}
