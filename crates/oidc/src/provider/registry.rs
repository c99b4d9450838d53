//! The clients that a provider knows: who they are, how they prove it, and where people may be sent.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::address::{Address, Issuer};
use crate::scope::Scopes;
use crate::secret::{Secret, digest, same};

/// The name of a client in the protocol: letters, digits, `.`, `_` and `-`, 64 at most.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ClientId(String);

/// A text that names no client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a client's name has letters, digits, `.`, `_` and `-`, 64 at most")]
pub struct ClientIdError;

/// How a client proves who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuthentication {
    /// With a secret that was made for it; its digest is kept.
    Secret([u8; 32]),
    /// Not at all: it runs where no secret can be kept. PKCE alone ties its codes to it.
    Public,
}

/// A client that an administrator has registered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisteredClient {
    /// Its name in the protocol.
    pub id: ClientId,
    /// Its name as the consent page shows it, in Vietnamese.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// How it proves who it is.
    pub authentication: ClientAuthentication,
    /// Where people may be sent with a code.
    pub redirect_uris: Vec<Address>,
    /// Where people may be sent after they have signed out.
    pub post_logout_redirect_uris: Vec<Address>,
    /// Where it wants to hear that somebody signed out.
    pub backchannel_logout_uri: Option<Address>,
    /// What it may ask for.
    pub scopes: Scopes,
    /// It belongs to the same public service: people are not asked whether it may know what the law lets it know.
    pub is_first_party: bool,
    /// As which it takes access tokens of other clients (RFC 8707); none when it takes none.
    #[serde(default)]
    pub resource: Option<Issuer>,
}

impl ClientId {
    /// Reads a name.
    ///
    /// # Errors
    /// When it has other characters, none, or more than 64.
    pub fn parse(text: &str) -> Result<Self, ClientIdError> {
        let fits = text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte));
        if fits && (1..=64).contains(&text.len()) { Ok(Self(text.to_owned())) } else { Err(ClientIdError) }
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl ClientAuthentication {
    /// By this secret.
    pub fn by(secret: &Secret) -> Self {
        Self::Secret(secret.digest())
    }

    /// Whether the presented secret, or its absence, proves the client.
    pub(crate) fn is_met_by(&self, secret: Option<&str>) -> bool {
        match (self, secret) {
            (Self::Secret(expected), Some(secret)) => same(expected, &digest(secret)),
            (Self::Public, None) => true,
            (Self::Secret(_), None) | (Self::Public, Some(_)) => false,
        }
    }
}

impl RegisteredClient {
    /// The registered address that is, letter by letter, the one asked for.
    pub(crate) fn redirect_uri(&self, asked: &str) -> Option<&Address> {
        self.redirect_uris.iter().find(|registered| registered.as_str() == asked)
    }

    /// The same for where people go after they have signed out.
    pub(crate) fn post_logout_redirect_uri(&self, asked: &str) -> Option<&Address> {
        self.post_logout_redirect_uris.iter().find(|registered| registered.as_str() == asked)
    }
}

impl fmt::Display for ClientId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ClientId {
    type Error = ClientIdError;

    fn try_from(text: String) -> Result<Self, ClientIdError> {
        Self::parse(&text)
    }
}

impl From<ClientId> for String {
    fn from(id: ClientId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        for good in ["gia-lai", "H21", "a.b_c", &"a".repeat(64)] {
            assert_eq!(ClientId::parse(good).unwrap().as_str(), good);
        }
        for bad in ["", "a b", "gia lai", "đ", "a:b", "a/b", "a\n", &"a".repeat(65)] {
            assert_eq!(ClientId::parse(bad), Err(ClientIdError), "{bad}");
        }
    }

    #[test]
    fn a_client_is_stored_without_its_secret_and_read_back() {
        let client = crate::samples::registered();
        let stored = serde_json::to_string(&client).unwrap();
        assert!(!stored.contains(crate::samples::client_secret().as_str()));
        assert_eq!(serde_json::from_str::<RegisteredClient>(&stored).unwrap(), client);
        // What was edited by hand is checked again.
        let edited = stored.replace("https://gialai.vidu.vn/hai", "http://evil.example/");
        assert!(serde_json::from_str::<RegisteredClient>(&edited).is_err());
    }

    #[test]
    fn a_secret_is_needed_where_there_is_one_and_unwelcome_where_there_is_none() {
        let secret = Secret::from_random([1; 32]);
        let (with, public) = (ClientAuthentication::by(&secret), ClientAuthentication::Public);
        assert!(with.is_met_by(Some(secret.as_str())) && public.is_met_by(None));
        assert!(!with.is_met_by(None) && !with.is_met_by(Some("")) && !with.is_met_by(Some("AQEB")));
        assert!(!public.is_met_by(Some("")) && !public.is_met_by(Some(secret.as_str())));
    }
}
