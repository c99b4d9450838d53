//! Signed tokens in compact form (RFC 7515). The caller says which algorithms and keys count; the token has no say.

use std::borrow::Cow;
use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;
use serde::de::{DeserializeOwned, IgnoredAny};

use crate::jose::jwk::PublicKey;
use crate::jose::{Jwk, JwkSet};

const MOST_BYTES: usize = 16 * 1024;

/// An algorithm that we know; each goes with one kind of key, so none can be talked into reading another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Algorithm {
    /// ECDSA on P-256 with SHA-256.
    Es256,
    /// RSA with PKCS#1 v1.5 padding and SHA-256, keys of 2048 bits and more.
    Rs256,
    /// Ed25519 (RFC 8037).
    EdDsa,
}

/// A token whose signature is not checked yet: nothing of its content can be had.
pub struct Jws<'a> {
    signed: Cow<'a, str>,
    signature: Vec<u8>,
    algorithm: Algorithm,
    kid: Option<String>,
    kind: Option<String>,
    payload: Vec<u8>,
}

/// A token whose signature is right. Whether it is meant for us, and still valid, is another question.
#[derive(Debug)]
pub struct VerifiedJws {
    kind: Option<String>,
    payload: Vec<u8>,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    /// Not three parts in base64url with a JSON header, or far too long.
    #[error("not a signed token")]
    Malformed,
    /// `none`, a shared secret, or anything else that is not asked for.
    #[error("an algorithm that is not accepted")]
    Algorithm,
    /// It demands extensions that we do not know.
    #[error("a header that demands more than we know")]
    Critical,
    /// No key of that name, or none for the algorithm. A provider may have changed its keys: ask for them again.
    #[error("signed by a key that we do not know")]
    UnknownKey,
    /// The signature is wrong.
    #[error("the signature is wrong")]
    Signature,
    /// The signature is right, but the content is not what such a token holds.
    #[error("claims that cannot be read")]
    Claims,
}

// Keys and addresses of keys in the header (jwk, jku, x5c, x5u) are not even read.
#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    crit: Option<IgnoredAny>,
    b64: Option<IgnoredAny>,
}

impl Algorithm {
    /// Its name in headers and documents.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Es256 => "ES256",
            Self::Rs256 => "RS256",
            Self::EdDsa => "EdDSA",
        }
    }

    fn parse(name: &str) -> Option<Self> {
        [Self::Es256, Self::Rs256, Self::EdDsa].into_iter().find(|algorithm| algorithm.as_str() == name)
    }
}

impl<'a> Jws<'a> {
    /// Takes a token apart.
    ///
    /// # Errors
    /// When it has another form, or its header asks for what we do not do.
    pub fn read(token: &'a str) -> Result<Self, JwsError> {
        if token.len() > MOST_BYTES {
            return Err(JwsError::Malformed);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(JwsError::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(JwsError::Malformed)?;
        Self::take_apart(header, decode(payload)?, signature, Cow::Borrowed(signed))
    }

    /// Takes a token apart that came without its payload (RFC 7515, appendix F).
    ///
    /// # Errors
    /// When it has another form, or its header asks for what we do not do.
    pub fn read_detached(token: &'a str, payload: &[u8]) -> Result<Self, JwsError> {
        if token.len() > MOST_BYTES {
            return Err(JwsError::Malformed);
        }
        let (header, signature) = token.split_once("..").ok_or(JwsError::Malformed)?;
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        Self::take_apart(header, payload.to_vec(), signature, Cow::Owned(signed))
    }

    fn take_apart(header: &str, payload: Vec<u8>, signature: &str, signed: Cow<'a, str>) -> Result<Self, JwsError> {
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| JwsError::Malformed)?;
        let algorithm = Algorithm::parse(&header.alg).ok_or(JwsError::Algorithm)?;
        if header.crit.is_some() || header.b64.is_some() {
            return Err(JwsError::Critical);
        }
        Ok(Self { signed, signature: decode(signature)?, algorithm, kid: header.kid, kind: header.typ, payload })
    }

    /// The name of the key that is said to have signed.
    pub fn kid(&self) -> Option<&str> {
        self.kid.as_deref()
    }

    /// Checks the signature.
    ///
    /// # Errors
    /// When the algorithm is not among those allowed, the key is unknown, or the signature is wrong.
    pub fn verify(self, keys: &JwkSet, allowed: &[Algorithm]) -> Result<VerifiedJws, JwsError> {
        if !allowed.contains(&self.algorithm) {
            return Err(JwsError::Algorithm);
        }
        let key = keys.find(self.kid.as_deref(), self.algorithm).ok_or(JwsError::UnknownKey)?;
        if is_signed(key, self.signed.as_bytes(), &self.signature) {
            return Ok(VerifiedJws { kind: self.kind, payload: self.payload });
        }
        Err(JwsError::Signature)
    }
}

impl VerifiedJws {
    /// Whether the header names this kind of token. RFC 7515, 4.1.9: without regard to case, `application/` may be left out.
    pub fn is_kind(&self, kind: &str) -> bool {
        let Some(given) = self.kind.as_deref() else { return false };
        let given =
            given.get(..12).filter(|start| start.eq_ignore_ascii_case("application/")).map_or(given, |_| &given[12..]);
        given.eq_ignore_ascii_case(kind)
    }

    /// Whether the header names no kind at all.
    pub fn has_no_kind(&self) -> bool {
        self.kind.is_none()
    }

    /// The content.
    ///
    /// # Errors
    /// When it is not the JSON object that such a token holds, or names a claim twice.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, JwsError> {
        serde_json::from_slice(&self.payload).map_err(|_| JwsError::Claims)
    }
}

fn is_signed(key: &Jwk, message: &[u8], signature: &[u8]) -> bool {
    match &key.key {
        PublicKey::P256 { x, y } => {
            let point: Vec<u8> = [4].iter().chain(x).chain(y).copied().collect();
            UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
        }
        PublicKey::Rsa { n, e } => {
            RsaPublicKeyComponents { n, e }.verify(&RSA_PKCS1_2048_8192_SHA256, message, signature).is_ok()
        }
        PublicKey::Ed25519 { x } => UnparsedPublicKey::new(&ED25519, x).verify(message, signature).is_ok(),
    }
}

// Strict: no padding, no other alphabet, no stray bits, so that one token has one spelling.
fn decode(part: &str) -> Result<Vec<u8>, JwsError> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| JwsError::Malformed)
}

// A token in a log is as good as a password.
impl fmt::Debug for Jws<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jws").field("algorithm", &self.algorithm).field("kid", &self.kid).finish_non_exhaustive()
    }
}
