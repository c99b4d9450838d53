//! Codes and refresh tokens as they are stored, and what may still be had for them.

use crate::address::Address;
use crate::pkce::CodeChallenge;
use crate::provider::{CODE_SECONDS, ClientId, GRANT_SECONDS, REFRESH_TOKEN_SECONDS};
use crate::scope::Scopes;
use crate::time::UnixTime;

/// A code that was given to a client; it is stored under the digest of the code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeGrant {
    /// Who may exchange it.
    pub client: ClientId,
    /// Where it was sent.
    pub redirect_uri: Address,
    /// What its verifier must fit.
    pub challenge: CodeChallenge,
    /// When it was given.
    pub issued_at: UnixTime,
    /// Whether somebody has tried to exchange it before.
    pub is_used: bool,
}

/// A refresh token that was given to a client; it is stored under the digest of the token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshGrant {
    /// Who may use it.
    pub client: ClientId,
    /// What the person agreed to.
    pub scopes: Scopes,
    /// When this token was made.
    pub issued_at: UnixTime,
    /// When the code was exchanged from which all of its tokens come.
    pub granted_at: UnixTime,
    /// Whether a newer one was given for it.
    pub is_used: bool,
    /// Whether the person, or a misuse, has ended the grant.
    pub is_revoked: bool,
}

/// Why nothing is given for a code or a token. The client learns only that it is no good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum GrantRefusal {
    /// There is none such.
    #[error("no such code or token")]
    Unknown,
    /// It was given to another client.
    #[error("given to another client")]
    OtherClient,
    /// It has waited too long.
    #[error("too late")]
    Expired,
    /// It comes for the second time: two have it, and one of them should not.
    #[error("used before")]
    Reused,
    /// The address is not the one to which the code was sent.
    #[error("another address")]
    OtherRedirect,
    /// The verifier does not fit.
    #[error("the verifier does not fit")]
    OtherVerifier,
    /// The grant has ended.
    #[error("ended before")]
    Revoked,
    /// More is asked for than was agreed to.
    #[error("more than was agreed to")]
    MoreScopes,
    /// It was agreed to for another place.
    #[error("for another place")]
    OtherResource,
}

/// What a refusal means for what is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consequence {
    /// Nothing.
    Nothing,
    /// The code is used up: whoever holds it gets one try.
    UseUp,
    /// Everything that was given for it ends (RFC 9700, 4.14.2; RFC 6749, 4.1.2).
    RevokeAll,
}

impl CodeGrant {
    /// Whether this client gets tokens for the code. If so, the code must be marked as used in the same transaction.
    ///
    /// # Errors
    /// The first thing that is wrong; see [`GrantRefusal::consequence`].
    pub fn redeem(
        &self,
        client: &ClientId,
        redirect_uri: &str,
        verifier: &str,
        now: UnixTime,
    ) -> Result<(), GrantRefusal> {
        if self.client != *client {
            return Err(GrantRefusal::OtherClient);
        }
        if self.is_used {
            return Err(GrantRefusal::Reused);
        }
        if !(0..=CODE_SECONDS).contains(&now.since(self.issued_at)) {
            return Err(GrantRefusal::Expired);
        }
        if self.redirect_uri.as_str() != redirect_uri {
            return Err(GrantRefusal::OtherRedirect);
        }
        if !self.challenge.is_met_by(verifier) {
            return Err(GrantRefusal::OtherVerifier);
        }
        Ok(())
    }
}

impl RefreshGrant {
    /// Whether this client gets fresh tokens, and for what. If so, the token must be marked as used in the same transaction.
    ///
    /// # Errors
    /// The first thing that is wrong; see [`GrantRefusal::consequence`].
    pub fn redeem(&self, client: &ClientId, asked: Option<&Scopes>, now: UnixTime) -> Result<Scopes, GrantRefusal> {
        if self.client != *client {
            return Err(GrantRefusal::OtherClient);
        }
        if self.is_revoked {
            return Err(GrantRefusal::Revoked);
        }
        if self.is_used {
            return Err(GrantRefusal::Reused);
        }
        let is_late = now.since(self.issued_at) > REFRESH_TOKEN_SECONDS || now.since(self.granted_at) > GRANT_SECONDS;
        if is_late {
            return Err(GrantRefusal::Expired);
        }
        match asked {
            Some(asked) if !asked.are_within(&self.scopes) => Err(GrantRefusal::MoreScopes),
            Some(asked) => Ok(asked.clone()),
            None => Ok(self.scopes.clone()),
        }
    }
}

impl GrantRefusal {
    /// What has to happen to what is stored.
    pub const fn consequence(self) -> Consequence {
        match self {
            Self::Reused => Consequence::RevokeAll,
            Self::OtherRedirect | Self::OtherVerifier => Consequence::UseUp,
            Self::Unknown
            | Self::OtherClient
            | Self::Expired
            | Self::Revoked
            | Self::MoreScopes
            | Self::OtherResource => Consequence::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pkce::CodeVerifier;
    use Consequence::{Nothing, RevokeAll, UseUp};

    const HOUR: i64 = 3600;
    const GIVEN: UnixTime = UnixTime::from_seconds(1_000_000);

    fn id(text: &str) -> ClientId {
        ClientId::parse(text).unwrap()
    }

    #[test]
    fn a_code_is_good_once_for_its_client_address_and_verifier_within_a_minute() {
        let verifier = CodeVerifier::from_random([1; 32]);
        let other = CodeVerifier::from_random([2; 32]);
        let (here, there) = ("https://x.vn/ve", "https://x.vn/ve/");
        let fresh = CodeGrant {
            client: id("gia-lai"),
            redirect_uri: Address::parse(here).unwrap(),
            challenge: verifier.challenge(),
            issued_at: GIVEN,
            is_used: false,
        };
        let used = CodeGrant { is_used: true, ..fresh.clone() };
        let (own, right) = ("gia-lai", verifier.as_str());
        let challenge = fresh.challenge.encode();
        let cases = [
            (&fresh, own, here, right, 0, Ok(())),
            (&fresh, own, here, right, 60, Ok(())),
            (&fresh, own, here, right, 61, Err((GrantRefusal::Expired, Nothing))),
            (&fresh, own, here, right, -1, Err((GrantRefusal::Expired, Nothing))),
            (&fresh, "evil", here, right, 0, Err((GrantRefusal::OtherClient, Nothing))),
            (&used, "evil", here, right, 0, Err((GrantRefusal::OtherClient, Nothing))),
            (&fresh, own, there, right, 0, Err((GrantRefusal::OtherRedirect, UseUp))),
            (&fresh, own, "", right, 0, Err((GrantRefusal::OtherRedirect, UseUp))),
            (&fresh, own, here, other.as_str(), 0, Err((GrantRefusal::OtherVerifier, UseUp))),
            (&fresh, own, here, "", 0, Err((GrantRefusal::OtherVerifier, UseUp))),
            (&fresh, own, here, &challenge, 0, Err((GrantRefusal::OtherVerifier, UseUp))),
            (&used, own, here, right, 0, Err((GrantRefusal::Reused, RevokeAll))),
            (&used, own, here, right, 24 * HOUR, Err((GrantRefusal::Reused, RevokeAll))),
        ];
        for (grant, client, address, verifier, later, expected) in cases {
            let answer = grant.redeem(&id(client), address, verifier, GIVEN.plus(later));
            assert_eq!(
                answer.map_err(|refusal| (refusal, refusal.consequence())),
                expected,
                "{client} {address} {later}"
            );
        }
    }

    #[test]
    fn a_refresh_token_is_good_once_for_no_more_than_was_agreed_to() {
        let scopes = Scopes::parse("openid profile offline_access");
        let fresh = RefreshGrant {
            client: id("gia-lai"),
            scopes: scopes.clone(),
            issued_at: GIVEN,
            granted_at: GIVEN,
            is_used: false,
            is_revoked: false,
        };
        let used = RefreshGrant { is_used: true, ..fresh.clone() };
        let revoked = RefreshGrant { is_revoked: true, ..used.clone() };
        let old = RefreshGrant { granted_at: GIVEN.plus(-GRANT_SECONDS), ..fresh.clone() };
        let less = Scopes::parse("openid");
        let more = Scopes::parse("openid vn");
        let cases = [
            (&fresh, "gia-lai", None, 0, Ok(scopes.clone())),
            (&fresh, "gia-lai", Some(&less), 0, Ok(less.clone())),
            (&fresh, "gia-lai", None, REFRESH_TOKEN_SECONDS, Ok(scopes)),
            (&fresh, "gia-lai", Some(&more), 0, Err((GrantRefusal::MoreScopes, Nothing))),
            (&fresh, "gia-lai", None, REFRESH_TOKEN_SECONDS + 1, Err((GrantRefusal::Expired, Nothing))),
            (&old, "gia-lai", None, 1, Err((GrantRefusal::Expired, Nothing))),
            (&fresh, "evil", None, 0, Err((GrantRefusal::OtherClient, Nothing))),
            (&used, "evil", None, 0, Err((GrantRefusal::OtherClient, Nothing))),
            (&used, "gia-lai", None, 0, Err((GrantRefusal::Reused, RevokeAll))),
            (&revoked, "gia-lai", None, 0, Err((GrantRefusal::Revoked, Nothing))),
        ];
        for (grant, client, asked, later, expected) in cases {
            let answer = grant.redeem(&id(client), asked, GIVEN.plus(later));
            assert_eq!(answer.map_err(|refusal| (refusal, refusal.consequence())), expected, "{client} {later}");
        }
    }
}
