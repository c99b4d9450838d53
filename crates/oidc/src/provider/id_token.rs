//! ID tokens: who the person is, for one client, signed; no more about them than that.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::address::Issuer;
use crate::assurance::Assurance;
use crate::jose::{Algorithm, JwkSet, Jws, KeyError, SigningKey};
use crate::provider::{ClientId, ID_TOKEN_SECONDS};
use crate::secret::{Secret, digest};
use crate::time::UnixTime;

/// What an ID token says.
#[derive(Clone, Copy, Debug)]
pub struct IdToken<'a> {
    /// Who says it.
    pub issuer: &'a Issuer,
    /// To whom.
    pub client: &'a ClientId,
    /// Of whom: their stable name among all clients.
    pub subject: &'a str,
    /// What the client wants to see again.
    pub nonce: Option<&'a str>,
    /// When the person proved who they are.
    pub signed_in_at: UnixTime,
    /// How sure it is.
    pub assurance: Assurance,
    /// Their session here, by a name that opens nothing; a logout token will name it.
    pub session: &'a str,
    /// The access token that goes with it.
    pub access_token: &'a Secret,
}

#[derive(Serialize)]
struct Claims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: UnixTime,
    exp: UnixTime,
    auth_time: UnixTime,
    acr: &'static str,
    sid: &'a str,
    at_hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
}

impl IdToken<'_> {
    /// The signed token.
    ///
    /// # Errors
    /// When the system gives no randomness for the signature.
    pub fn sign(&self, key: &SigningKey, now: UnixTime) -> Result<String, KeyError> {
        let claims = Claims {
            iss: self.issuer.as_str(),
            sub: self.subject,
            aud: self.client.as_str(),
            iat: now,
            exp: now.plus(ID_TOKEN_SECONDS),
            auth_time: self.signed_in_at,
            acr: self.assurance.as_str(),
            sid: self.session,
            at_hash: at_hash(self.access_token.as_str()),
            nonce: self.nonce,
        };
        key.sign("JWT", &claims)
    }
}

/// What ties an access token to an ID token: half of its digest (OpenID Connect Core, 3.1.3.6, for algorithms on SHA-256).
pub(crate) fn at_hash(access_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(&digest(access_token)[..16])
}

/// What an ID token of ours says when a client shows it again as a hint. It may have expired; it must be ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// Of whom it spoke.
    pub subject: String,
    /// To whom it was given.
    pub client: String,
    /// Which session it named.
    pub session: String,
}

#[derive(Deserialize)]
struct HintClaims {
    iss: String,
    sub: String,
    aud: String,
    sid: String,
}

impl Hint {
    /// Reads a token that is shown as a hint, with all keys that are still published. Nothing when it is not ours, or
    /// too old for its key to be known.
    pub fn read(token: &str, keys: &JwkSet, issuer: &Issuer) -> Option<Self> {
        let verified = Jws::read(token).ok()?.verify(keys, &[Algorithm::Es256]).ok()?;
        if !verified.is_kind("JWT") {
            return None;
        }
        let claims: HintClaims = verified.claims().ok()?;
        let is_ours = claims.iss == issuer.as_str();
        is_ours.then_some(Self { subject: claims.sub, client: claims.aud, session: claims.sid })
    }
}
