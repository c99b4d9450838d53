//! Judging an access token that a program brings (RFC 9068, 4): whose it is, who gave it, and what it opens here.

use serde::Deserialize;

use super::id_token::{Audience, is_in_time, is_subject};
use crate::address::Issuer;
use crate::jose::{Algorithm, JwkSet, Jws, JwsError};
use crate::provider::{ACCESS_TOKEN_KIND, ClientId};
use crate::scope::Scopes;
use crate::time::UnixTime;

/// The longest time, in seconds, for which a token may be given: nobody is asked whether it was taken back.
const MOST_SECONDS: i64 = 10 * 60;
/// The most characters of a client's name.
const MOST_NAME: usize = 200;

/// What is expected of a token.
#[derive(Clone, Copy, Debug)]
pub struct ExpectedAccess<'a> {
    /// Who must have given it.
    pub issuer: &'a Issuer,
    /// As whom we take tokens.
    pub resource: &'a str,
    /// By which algorithms it may be signed.
    pub algorithms: &'a [Algorithm],
    /// The moment.
    pub now: UnixTime,
}

/// What a token says that is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifiedAccess {
    /// Whose things it opens, as the provider names them.
    pub subject: String,
    /// The program that was given it.
    pub client: ClientId,
    /// The program's name, as the provider has registered it.
    pub client_name: String,
    /// What it opens.
    pub scopes: Scopes,
}

/// Why an access token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AccessTokenError {
    /// The token itself is no good. When its key is unknown, ask for the keys again, but not often.
    #[error(transparent)]
    Token(#[from] JwsError),
    /// It is a token of another kind, such as one that says who has signed in.
    #[error("not an access token")]
    OtherKind,
    /// Somebody else says it.
    #[error("of another issuer")]
    OtherIssuer,
    /// It opens something elsewhere.
    #[error("for another portal")]
    OtherAudience,
    /// It is no longer true, or not yet, or for far too long.
    #[error("outside of its time")]
    OutsideItsTime,
    /// It names nobody.
    #[error("without a subject or a client")]
    Nobody,
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    aud: Audience,
    sub: String,
    client_id: String,
    client_name: Option<String>,
    scope: Option<String>,
    iat: UnixTime,
    exp: UnixTime,
    nbf: Option<UnixTime>,
    #[expect(
        dead_code,
        reason = "RFC 9068, 2.2: every token has a name; each may come more than once until it is over"
    )]
    jti: String,
}

/// Reads an access token.
///
/// # Errors
/// The first thing that does not fit.
pub fn read_access_token(
    token: &str,
    keys: &JwkSet,
    expected: &ExpectedAccess<'_>,
) -> Result<VerifiedAccess, AccessTokenError> {
    let verified = Jws::read(token)?.verify(keys, expected.algorithms)?;
    if !verified.is_kind(ACCESS_TOKEN_KIND) {
        return Err(AccessTokenError::OtherKind);
    }
    let claims: Claims = verified.claims()?;
    if claims.iss != expected.issuer.as_str() {
        return Err(AccessTokenError::OtherIssuer);
    }
    if !claims.aud.is(expected.resource, None) {
        return Err(AccessTokenError::OtherAudience);
    }
    let is_short = (0..=MOST_SECONDS).contains(&claims.exp.since(claims.iat));
    if !is_short || !is_in_time(claims.exp, claims.iat, claims.nbf, expected.now) {
        return Err(AccessTokenError::OutsideItsTime);
    }
    if !is_subject(&claims.sub) {
        return Err(AccessTokenError::Nobody);
    }
    let client = ClientId::parse(&claims.client_id).map_err(|_| AccessTokenError::Nobody)?;
    let name = claims.client_name.unwrap_or_default();
    let name: String = name.chars().filter(|character| !character.is_control()).take(MOST_NAME).collect();
    Ok(VerifiedAccess {
        subject: claims.sub,
        client_name: if name.trim().is_empty() { client.to_string() } else { name },
        client,
        scopes: Scopes::parse(&claims.scope.unwrap_or_default()),
    })
}
