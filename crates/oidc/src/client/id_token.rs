//! Judging an ID token: who signed it, for whom, about whom, and when (OpenID Connect Core, 3.1.3.7).

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::address::Issuer;
use crate::client::LEEWAY;
use crate::jose::{Algorithm, JwkSet, Jws, JwsError};
use crate::provider::at_hash;
use crate::secret::Secret;
use crate::time::UnixTime;

/// What a token must fit.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Who must say it.
    pub issuer: &'a Issuer,
    /// To whom: us.
    pub client_id: &'a str,
    /// By which algorithms.
    pub algorithms: &'a [Algorithm],
    /// In answer to which question.
    pub nonce: &'a Secret,
    /// The access token that came with it.
    pub access_token: &'a Secret,
    /// The longest time since the person signed in, when we asked for one.
    pub max_age: Option<i64>,
    /// The moment.
    pub now: UnixTime,
}

/// An ID token that is believed.
#[derive(Clone, Debug, PartialEq)]
pub struct VerifiedIdToken {
    /// Who it is, at this provider.
    pub subject: String,
    /// When they proved it.
    pub signed_in_at: Option<UnixTime>,
    /// How sure it is, in the provider's words.
    pub acr: Option<String>,
    /// Their session at the provider, which a logout token may name.
    pub session: Option<String>,
    /// Everything it says.
    pub claims: Map<String, Value>,
}

/// Why an ID token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdTokenError {
    /// The token itself is no good.
    #[error(transparent)]
    Token(#[from] JwsError),
    /// It is a token of another kind.
    #[error("a token of another kind")]
    OtherKind,
    /// Somebody else says it.
    #[error("of another issuer")]
    OtherIssuer,
    /// It was said to somebody else.
    #[error("for another client")]
    OtherAudience,
    /// It is no longer true, or not yet.
    #[error("outside of its time")]
    OutsideItsTime,
    /// It answers another question.
    #[error("with another nonce")]
    OtherNonce,
    /// It goes with another access token.
    #[error("with another access token")]
    OtherAccessToken,
    /// It names nobody.
    #[error("without a subject that could be one")]
    Subject,
    /// They signed in too long ago.
    #[error("signed in too long ago")]
    SignedInTooLongAgo,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: UnixTime,
    iat: UnixTime,
    nbf: Option<UnixTime>,
    nonce: Option<String>,
    at_hash: Option<String>,
    auth_time: Option<UnixTime>,
    acr: Option<String>,
    sid: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Many(Vec<String>),
}

impl Audience {
    /// Whether it is meant for us. With others beside us it must say that it was made for us.
    pub(super) fn is(&self, client_id: &str, azp: Option<&str>) -> bool {
        let is_for_us = match self {
            Self::One(one) => one == client_id,
            Self::Many(many) => many.iter().any(|one| one == client_id),
        };
        let has_others = matches!(self, Self::Many(many) if many.len() > 1);
        is_for_us && azp.map_or(!has_others, |azp| azp == client_id)
    }
}

/// Reads an ID token that came in answer to an exchange.
///
/// # Errors
/// The first thing that does not fit.
pub fn read_id_token(token: &str, keys: &JwkSet, expected: &Expected<'_>) -> Result<VerifiedIdToken, IdTokenError> {
    let verified = Jws::read(token)?.verify(keys, expected.algorithms)?;
    if !verified.has_no_kind() && !verified.is_kind("JWT") {
        return Err(IdTokenError::OtherKind);
    }
    let claims: Claims = verified.claims()?;
    if claims.iss != expected.issuer.as_str() {
        return Err(IdTokenError::OtherIssuer);
    }
    if !claims.aud.is(expected.client_id, claims.azp.as_deref()) {
        return Err(IdTokenError::OtherAudience);
    }
    if !is_in_time(claims.exp, claims.iat, claims.nbf, expected.now) {
        return Err(IdTokenError::OutsideItsTime);
    }
    if !claims.nonce.is_some_and(|nonce| expected.nonce.matches(&nonce)) {
        return Err(IdTokenError::OtherNonce);
    }
    if claims.at_hash.is_some_and(|hash| hash != at_hash(expected.access_token.as_str())) {
        return Err(IdTokenError::OtherAccessToken);
    }
    if !is_subject(&claims.sub) {
        return Err(IdTokenError::Subject);
    }
    if let Some(max_age) = expected.max_age {
        let age = claims.auth_time.map(|signed_in_at| expected.now.since(signed_in_at));
        if age.is_none_or(|age| age > max_age.saturating_add(LEEWAY)) {
            return Err(IdTokenError::SignedInTooLongAgo);
        }
    }
    Ok(VerifiedIdToken {
        subject: claims.sub,
        signed_in_at: claims.auth_time,
        acr: claims.acr,
        session: claims.sid,
        claims: verified.claims()?,
    })
}

/// When its subject signed in, as an ID token says that was believed when it came and has been kept since.
pub fn signed_in_at(kept: &str) -> Option<UnixTime> {
    #[derive(Deserialize)]
    struct Kept {
        auth_time: Option<UnixTime>,
    }
    let payload = URL_SAFE_NO_PAD.decode(kept.split('.').nth(1)?).ok()?;
    serde_json::from_slice::<Kept>(&payload).ok()?.auth_time
}

/// Whether a token is true at this moment, with clocks that differ a little.
pub(super) fn is_in_time(exp: UnixTime, iat: UnixTime, nbf: Option<UnixTime>, now: UnixTime) -> bool {
    let is_over = now.since(exp) >= LEEWAY;
    let is_early = iat.since(now) > LEEWAY || nbf.is_some_and(|nbf| nbf.since(now) > LEEWAY);
    !is_over && !is_early
}

// OpenID Connect Core, 2: at most 255 ASCII characters.
pub(super) fn is_subject(text: &str) -> bool {
    (1..=255).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}
