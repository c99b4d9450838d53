//! Public keys as JSON (RFC 7517): those we can use are kept, all others are passed over.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::jose::Algorithm;
use crate::secret::sha256;
use crate::time::UnixTime;

const MOST_KEYS: usize = 64;

/// A public key with its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jwk {
    kid: Option<String>,
    pub(crate) key: PublicKey,
    validity: Option<Validity>,
}

/// For which moments a key speaks, in seconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// From when on.
    pub from: UnixTime,
    /// Until when, when that is known.
    pub until: Option<UnixTime>,
}

/// The public keys of a provider.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JwkSet(Vec<Jwk>);

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PublicKey {
    /// A point of the curve P-256, in two coordinates of 32 bytes.
    P256 { x: [u8; 32], y: [u8; 32] },
    /// Modulus and exponent, without leading zeros.
    Rsa { n: Vec<u8>, e: Vec<u8> },
    /// A point of the Edwards curve (RFC 8037).
    Ed25519 { x: [u8; 32] },
}

/// A key as it travels. What we do not read may be anything.
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
struct RawKey {
    kty: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    kid: Option<String>,
    #[serde(rename = "use", skip_serializing_if = "Option::is_none")]
    usage: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alg: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    crv: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    x: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    y: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    n: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    e: Option<String>,
    // As the keys of OpenID Federation, 8.7.2, say for which time they are meant.
    #[serde(skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
}

#[derive(Deserialize)]
struct RawSet {
    keys: Vec<serde_json::Value>,
}

impl Jwk {
    pub(crate) fn of_p256(x: [u8; 32], y: [u8; 32]) -> Self {
        Self::named(PublicKey::P256 { x, y })
    }

    /// A key for EdDSA.
    pub fn of_ed25519(x: [u8; 32]) -> Self {
        Self::named(PublicKey::Ed25519 { x })
    }

    /// The key with its own digest for a name.
    fn named(key: PublicKey) -> Self {
        let mut jwk = Self { kid: None, key, validity: None };
        jwk.kid = Some(jwk.thumbprint());
        jwk
    }

    /// The key, which speaks for these moments only.
    #[must_use]
    pub fn valid(mut self, validity: Validity) -> Self {
        self.validity = Some(validity);
        self
    }

    /// Whether the key speaks for this moment; one that does not say so speaks for all.
    pub fn is_valid_at(&self, moment: UnixTime) -> bool {
        self.validity
            .is_none_or(|validity| validity.from <= moment && validity.until.is_none_or(|until| moment < until))
    }

    /// The name of the key.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// The one algorithm that this key serves.
    pub fn algorithm(&self) -> Algorithm {
        match self.key {
            PublicKey::P256 { .. } => Algorithm::Es256,
            PublicKey::Rsa { .. } => Algorithm::Rs256,
            PublicKey::Ed25519 { .. } => Algorithm::EdDsa,
        }
    }

    /// The digest of the key itself (RFC 7638), which names it.
    pub fn thumbprint(&self) -> String {
        let required = match &self.key {
            PublicKey::P256 { x, y } => {
                format!(r#"{{"crv":"P-256","kty":"EC","x":"{}","y":"{}"}}"#, encode(x), encode(y))
            }
            PublicKey::Rsa { n, e } => format!(r#"{{"e":"{}","kty":"RSA","n":"{}"}}"#, encode(e), encode(n)),
            PublicKey::Ed25519 { x } => format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{}"}}"#, encode(x)),
        };
        encode(&sha256(required.as_bytes()))
    }

    fn read(value: serde_json::Value) -> Option<Self> {
        let raw: RawKey = serde_json::from_value(value).ok()?;
        if raw.usage.as_deref().is_some_and(|usage| usage != "sig") {
            return None;
        }
        let key = match (raw.kty.as_str(), raw.crv.as_deref()) {
            ("EC", Some("P-256")) => {
                PublicKey::P256 { x: decode(&raw.x?)?.try_into().ok()?, y: decode(&raw.y?)?.try_into().ok()? }
            }
            ("OKP", Some("Ed25519")) => PublicKey::Ed25519 { x: decode(&raw.x?)?.try_into().ok()? },
            ("RSA", _) => PublicKey::Rsa { n: unsigned(&raw.n?)?, e: unsigned(&raw.e?)? },
            _ => return None,
        };
        let until = raw.exp.map(UnixTime::from_seconds);
        let validity = raw.nbf.map(|from| Validity { from: UnixTime::from_seconds(from), until });
        let jwk = Self { kid: raw.kid, key, validity };
        let serves = raw.alg.is_none_or(|alg| alg == jwk.algorithm().as_str());
        serves.then_some(jwk)
    }

    fn raw(&self) -> RawKey {
        let kid = self.kid.clone();
        let (usage, alg) = (Some("sig".to_owned()), Some(self.algorithm().as_str().to_owned()));
        let nbf = self.validity.map(|validity| validity.from.as_seconds());
        let exp = self.validity.and_then(|validity| validity.until).map(UnixTime::as_seconds);
        let common = RawKey { kid, usage, alg, nbf, exp, ..RawKey::default() };
        match &self.key {
            PublicKey::P256 { x, y } => RawKey {
                kty: "EC".to_owned(),
                crv: Some("P-256".to_owned()),
                x: Some(encode(x)),
                y: Some(encode(y)),
                ..common
            },
            PublicKey::Rsa { n, e } => {
                RawKey { kty: "RSA".to_owned(), n: Some(encode(n)), e: Some(encode(e)), ..common }
            }
            PublicKey::Ed25519 { x } => {
                RawKey { kty: "OKP".to_owned(), crv: Some("Ed25519".to_owned()), x: Some(encode(x)), ..common }
            }
        }
    }
}

impl JwkSet {
    /// Reads a provider's keys; those that we cannot use are passed over, so that a provider may add others.
    ///
    /// # Errors
    /// When it is no set of keys at all.
    pub fn read(json: &[u8]) -> Result<Self, serde_json::Error> {
        let raw: RawSet = serde_json::from_slice(json)?;
        Ok(Self(raw.keys.into_iter().take(MOST_KEYS).filter_map(Jwk::read).collect()))
    }

    /// The keys.
    pub fn keys(&self) -> &[Jwk] {
        &self.0
    }

    /// The document at `jwks_uri`.
    pub fn to_json(&self) -> String {
        let keys: Vec<RawKey> = self.0.iter().map(Jwk::raw).collect();
        serde_json::json!({ "keys": keys }).to_string()
    }

    /// The key of this name.
    pub fn get(&self, kid: &str) -> Option<&Jwk> {
        self.0.iter().find(|key| key.kid() == Some(kid))
    }

    /// The key that must have signed: the one of this name, or without a name the only one for the algorithm.
    pub(crate) fn find(&self, kid: Option<&str>, algorithm: Algorithm) -> Option<&Jwk> {
        let mut fitting = self.0.iter().filter(|key| key.algorithm() == algorithm);
        match kid {
            Some(kid) => fitting.find(|key| key.kid() == Some(kid)),
            None => fitting.next().filter(|_| fitting.next().is_none()),
        }
    }
}

impl FromIterator<Jwk> for JwkSet {
    fn from_iter<I: IntoIterator<Item = Jwk>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

fn encode(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn decode(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

// Some write a leading zero, as ASN.1 does.
fn unsigned(text: &str) -> Option<Vec<u8>> {
    let bytes = decode(text)?;
    let first = bytes.iter().position(|byte| *byte != 0)?;
    Some(bytes[first..].to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::vectors::{EC_KEY, RSA_KEY};

    fn read(keys: &[&str]) -> JwkSet {
        JwkSet::read(format!(r#"{{"keys":[{}],"extra":1}}"#, keys.join(",")).as_bytes()).unwrap()
    }

    #[test]
    fn keys_we_cannot_use_are_passed_over() {
        let others = [
            r#"{"kty":"oct","k":"AAAA","alg":"HS256","kid":"1"}"#,
            r#"{"kty":"OKP","crv":"Ed25519","x":"AAAA"}"#,
            r#"{"kty":"EC","crv":"P-384","x":"AAAA","y":"AAAA"}"#,
            r#"{"kty":"EC","crv":"P-256","x":"AAAA","y":"AAAA"}"#,
            r#"{"kty":"RSA","n":"AAAA","e":"AQAB"}"#,
            r#"{"kty":"RSA","n":"!"}"#,
            r#"{"kid":"nothing"}"#,
            "7",
            "null",
            &EC_KEY.replace(r#""kty""#, r#""use":"enc","kty""#),
            &EC_KEY.replace(r#""kty""#, r#""alg":"HS256","kty""#),
            &RSA_KEY.replace(r#""kty""#, r#""alg":"RS512","kty""#),
        ];
        assert_eq!(read(&others), JwkSet::default());
        assert_eq!(read(&[others[0], EC_KEY, others[1], RSA_KEY]).keys().len(), 2);
        for text in ["", "[]", "{}", r#"{"keys":{}}"#, r#"{"keys":1}"#] {
            assert!(JwkSet::read(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn a_flood_of_keys_is_cut() {
        assert_eq!(read(&[EC_KEY; 100]).keys().len(), 64);
    }

    #[test]
    fn keys_are_written_as_they_are_read() {
        let keys = read(&[EC_KEY, RSA_KEY]);
        assert_eq!(JwkSet::read(keys.to_json().as_bytes()).unwrap(), keys);
        assert!(!keys.to_json().contains("\"d\""), "the private half is never written");
    }

    #[test]
    fn a_key_is_found_by_name_or_when_it_is_the_only_one() {
        let named = |kid: &str| EC_KEY.replace(r#""kty""#, &format!(r#""kid":"{kid}","kty""#));
        let two = read(&[&named("a"), &named("b"), RSA_KEY]);
        let kid_of = |kid, algorithm| two.find(kid, algorithm).map(|key| key.kid().unwrap_or("").to_owned());
        assert_eq!(kid_of(Some("b"), Algorithm::Es256).as_deref(), Some("b"));
        assert_eq!(kid_of(Some("c"), Algorithm::Es256), None);
        assert_eq!(kid_of(Some("a"), Algorithm::Rs256), None, "a name leads to no key of another kind");
        assert_eq!(kid_of(None, Algorithm::Es256), None, "two keys and no name");
        assert_eq!(kid_of(None, Algorithm::Rs256).as_deref(), Some(""));
    }
}
