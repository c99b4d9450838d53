//! Judging a logout token (OpenID Connect Back-Channel Logout, 2.6): whose session has ended at the provider.

use serde::Deserialize;
use serde_json::{Map, Value};

use super::id_token::{Audience, is_in_time};
use crate::client::{LEEWAY, Registration};
use crate::jose::{JwkSet, Jws, JwsError};
use crate::provider::{LOGOUT_EVENT, LOGOUT_KIND};
use crate::time::UnixTime;

/// How long a provider may take to bring a token, in seconds; whoever replays one has to do it within that time, too.
const MOST_AGE: i64 = 60 * 60;

/// What a provider says has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndedSession {
    /// Whose: all of their sessions, unless one is named.
    pub subject: Option<String>,
    /// Which one.
    pub session: Option<String>,
    /// The token's own name, by which it is known again: it counts once.
    pub id: String,
    /// When it is no longer believed, so that its name can be forgotten.
    pub expires_at: UnixTime,
}

/// Why a logout token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LogoutTokenError {
    /// The token itself is no good. When its key is unknown, ask for the keys again, but not often.
    #[error(transparent)]
    Token(#[from] JwsError),
    /// It is a token of another kind.
    #[error("not a logout token")]
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
    /// It names nobody.
    #[error("without a subject or a session")]
    Nobody,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    azp: Option<String>,
    iat: UnixTime,
    exp: UnixTime,
    jti: String,
    events: Option<Map<String, Value>>,
    nonce: Option<Value>,
    sub: Option<String>,
    sid: Option<String>,
}

/// Reads the form field `logout_token`.
///
/// # Errors
/// The first thing that does not fit. An ID token never passes for one.
pub fn read_logout_token(
    token: &str,
    keys: &JwkSet,
    registration: &Registration,
    now: UnixTime,
) -> Result<EndedSession, LogoutTokenError> {
    let verified = Jws::read(token)?.verify(keys, &registration.algorithms)?;
    if !verified.has_no_kind() && !verified.is_kind(LOGOUT_KIND) && !verified.is_kind("JWT") {
        return Err(LogoutTokenError::OtherKind);
    }
    let claims: Claims = verified.claims()?;
    let event = claims.events.as_ref().and_then(|events| events.get(LOGOUT_EVENT));
    if !event.is_some_and(Value::is_object) || claims.nonce.is_some() {
        return Err(LogoutTokenError::OtherKind);
    }
    if claims.iss != registration.issuer.as_str() {
        return Err(LogoutTokenError::OtherIssuer);
    }
    if !claims.aud.is(&registration.client_id, claims.azp.as_deref()) {
        return Err(LogoutTokenError::OtherAudience);
    }
    if !is_in_time(claims.exp, claims.iat, None, now) || now.since(claims.iat) > MOST_AGE {
        return Err(LogoutTokenError::OutsideItsTime);
    }
    let named = |name: Option<String>| name.filter(|name| (1..=255).contains(&name.len()));
    let (subject, session, id) = (named(claims.sub), named(claims.sid), named(Some(claims.jti)));
    if subject.is_none() && session.is_none() {
        return Err(LogoutTokenError::Nobody);
    }
    let id = id.ok_or(LogoutTokenError::OtherKind)?;
    let expires_at = claims.exp.min(claims.iat.plus(MOST_AGE)).plus(LEEWAY + 1);
    Ok(EndedSession { subject, session, id, expires_at })
}
