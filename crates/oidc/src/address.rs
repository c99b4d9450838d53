//! Addresses that people and tokens are sent to: encrypted ones, or this machine; compared letter by letter.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

/// An address in normal form, without a fragment or a user's name, under `https` or on this machine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(String);

/// The name of a provider: an address under which its documents lie.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Issuer(String);

/// Why nobody is sent to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It is none.
    #[error("not an absolute address")]
    Malformed,
    /// Others could read along.
    #[error("neither https nor on this machine")]
    Insecure,
    /// It names a user or has a part that servers do not see.
    #[error("an address with a user's name or a fragment")]
    Decorated,
    /// A browser would write it in another way, so comparing letters would not say where it leads.
    #[error("not written as browsers write it")]
    NotNormal,
}

impl Address {
    /// Reads an address.
    ///
    /// # Errors
    /// When it is no address, could be read by others, or is not in normal form.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let url = secure_url(text)?;
        if url.as_str() == text { Ok(Self(text.to_owned())) } else { Err(AddressError::NotNormal) }
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address with these parameters added; those without a value are left out.
    pub fn with(&self, params: &[(&str, Option<&str>)]) -> String {
        let mut url = Url::parse(&self.0).expect("an address was parsed before");
        for (name, value) in params {
            if let Some(value) = value {
                url.query_pairs_mut().append_pair(name, value);
            }
        }
        url.into()
    }
}

impl Issuer {
    /// Reads an issuer.
    ///
    /// # Errors
    /// As for addresses; an issuer has no query either.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let url = secure_url(text)?;
        if url.query().is_some() {
            return Err(AddressError::Decorated);
        }
        // An issuer is often written without the slash that browsers add after the host.
        let is_normal = url.as_str() == text || url.as_str().strip_suffix('/') == Some(text);
        if is_normal { Ok(Self(text.to_owned())) } else { Err(AddressError::NotNormal) }
    }

    /// The issuer as it stands in tokens.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of something under it; the path begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0.trim_end_matches('/'))
    }
}

/// The address, when nobody but its machine can read along.
pub(crate) fn secure_url(text: &str) -> Result<Url, AddressError> {
    if text.chars().any(|character| character.is_control() || character.is_whitespace() || character == '\\') {
        return Err(AddressError::Malformed);
    }
    let url = Url::parse(text).map_err(|_| AddressError::Malformed)?;
    let is_here = match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => return Err(AddressError::Malformed),
    };
    if url.scheme() != "https" && !(url.scheme() == "http" && is_here) {
        return Err(AddressError::Insecure);
    }
    if !url.username().is_empty() || url.password().is_some() || url.fragment().is_some() {
        return Err(AddressError::Decorated);
    }
    Ok(url)
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Issuer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl TryFrom<String> for Issuer {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, AddressError> {
        Self::parse(&text)
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.0
    }
}

impl From<Issuer> for String {
    fn from(issuer: Issuer) -> Self {
        issuer.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use AddressError::{Decorated, Insecure, Malformed, NotNormal};

    #[test]
    fn addresses_are_encrypted_or_here_and_in_normal_form() {
        let good =
            ["https://dvc.gialai.gov.vn/oidc/ve", "https://x.vn/?a=1", "http://127.0.0.1:8001/ve", "http://[::1]/"];
        for text in good {
            assert_eq!(Address::parse(text).map(|address| address.to_string()).as_deref(), Ok(text));
        }
        let bad = [
            ("", Malformed),
            ("/ve", Malformed),
            ("//x.vn/ve", Malformed),
            ("https:\\\\x.vn/ve", Malformed),
            ("https://x.vn/\u{9}ve", Malformed),
            ("https://x.vn/ ve", Malformed),
            ("javascript:alert(1)", Malformed),
            ("data:text/html,x", Malformed),
            ("http://x.vn/ve", Insecure),
            ("http://localhost.evil.example/ve", Insecure),
            ("http://127.0.0.1.evil.example/ve", Insecure),
            ("ftp://127.0.0.1/ve", Insecure),
            ("https://x.vn@evil.example/ve", Decorated),
            ("https://:y@evil.example/ve", Decorated),
            ("https://x.vn/ve#x", Decorated),
            ("https://x.vn/ve#", Decorated),
            ("https://x.vn", NotNormal),
            ("https://X.vn/ve", NotNormal),
            ("HTTPS://x.vn/ve", NotNormal),
            ("https://x.vn:443/ve", NotNormal),
            ("https://x.vn/a/../ve", NotNormal),
            ("https://x.vn/a/%2e%2e/ve", NotNormal),
            ("https:/x.vn/ve", NotNormal),
            ("https://đ.vn/ve", NotNormal),
            ("http://127.1/ve", NotNormal),
        ];
        for (text, expected) in bad {
            assert_eq!(Address::parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn parameters_are_added_to_those_that_are_there() {
        let address = Address::parse("https://x.vn/ve?a=1").unwrap();
        let added = address.with(&[("code", Some("x&y=z")), ("state", None), ("iss", Some("https://i.vn"))]);
        assert_eq!(added, "https://x.vn/ve?a=1&code=x%26y%3Dz&iss=https%3A%2F%2Fi.vn");
        assert_eq!(Address::parse("https://x.vn/").unwrap().with(&[("state", None)]), "https://x.vn/");
    }

    #[test]
    fn an_issuer_is_kept_as_it_is_written() {
        for text in ["https://x.vn", "https://x.vn/", "https://x.vn/realms/digo", "http://127.0.0.1:8000"] {
            assert_eq!(Issuer::parse(text).unwrap().as_str(), text);
        }
        assert_eq!(Issuer::parse("https://x.vn/").unwrap().at("/a"), "https://x.vn/a");
        assert_eq!(Issuer::parse("https://x.vn/r").unwrap().at("/a"), "https://x.vn/r/a");
        let bad = [
            ("https://x.vn?a=1", Decorated),
            ("https://x.vn/#a", Decorated),
            ("https://X.vn", NotNormal),
            ("http://x.vn", Insecure),
        ];
        for (text, expected) in bad {
            assert_eq!(Issuer::parse(text), Err(expected), "{text}");
        }
    }
}
