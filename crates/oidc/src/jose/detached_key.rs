//! Keys that sign what is kept for decades: Ed25519, with signatures that travel without what they sign.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{Ed25519KeyPair, KeyPair};

use crate::jose::{Algorithm, Entropy, Jwk, KeyError};

/// A private key of Ed25519. One text has one signature of it, however often it is signed.
pub struct DetachedKey {
    pair: Ed25519KeyPair,
    jwk: Jwk,
}

impl DetachedKey {
    /// Makes a key; what comes back is what to store (PKCS#8).
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn generate(entropy: &Entropy) -> Result<Vec<u8>, KeyError> {
        let document = Ed25519KeyPair::generate_pkcs8(entropy.system());
        document.map(|document| document.as_ref().to_vec()).map_err(|_| KeyError::Entropy)
    }

    /// Reads a stored key.
    ///
    /// # Errors
    /// When it is not one of ours.
    pub fn read(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let pair = Ed25519KeyPair::from_pkcs8(pkcs8).map_err(|_| KeyError::Malformed)?;
        let x = pair.public_key().as_ref().try_into().map_err(|_| KeyError::Malformed)?;
        Ok(Self { pair, jwk: Jwk::of_ed25519(x) })
    }

    /// The name of the key, made from its public half.
    pub fn kid(&self) -> &str {
        self.jwk.kid().expect("a key of ours is named after its digest")
    }

    /// The bytes of the public half.
    pub fn public_bytes(&self) -> &[u8] {
        self.pair.public_key().as_ref()
    }

    /// The signature over these bytes: a token of this kind without its payload (RFC 7515, appendix F).
    pub fn sign(&self, kind: &str, payload: &[u8]) -> String {
        let header = serde_json::json!({ "alg": Algorithm::EdDsa.as_str(), "kid": self.kid(), "typ": kind });
        let header = URL_SAFE_NO_PAD.encode(header.to_string());
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(payload));
        let signature = self.pair.sign(signed.as_bytes());
        format!("{header}..{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

impl fmt::Debug for DetachedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "DetachedKey({})", self.kid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::jose::{JwkSet, Jws, JwsError, Validity};
    use crate::samples::entropy;
    use crate::time::UnixTime;

    fn key() -> DetachedKey {
        DetachedKey::read(&DetachedKey::generate(&entropy()).unwrap()).unwrap()
    }

    #[test]
    fn a_signature_is_the_same_every_time_and_fits_one_text_and_one_key() {
        let (key, other) = (key(), key());
        let token = key.sign("x+json", b"text");
        assert_eq!(key.sign("x+json", b"text"), token);
        let published = |key: &DetachedKey| {
            let jwk = Jwk::of_ed25519(key.public_bytes().try_into().unwrap());
            JwkSet::read(JwkSet::from_iter([jwk]).to_json().as_bytes()).unwrap()
        };
        let judge = |token: &str, text: &[u8], keys: &JwkSet| {
            let verified = Jws::read_detached(token, text).and_then(|jws| jws.verify(keys, &[Algorithm::EdDsa]));
            verified.map(|verified| verified.is_kind("x+json"))
        };
        assert_eq!(judge(&token, b"text", &published(&key)), Ok(true));
        assert_eq!(judge(&token, b"texT", &published(&key)), Err(JwsError::Signature));
        assert_eq!(judge(&token, b"text", &published(&other)), Err(JwsError::UnknownKey));
        for place in 0..token.len() {
            let mut bytes = token.clone().into_bytes();
            bytes[place] ^= 1;
            let changed = String::from_utf8(bytes).unwrap();
            assert!(judge(&changed, b"text", &published(&key)).is_err(), "{changed}");
        }
    }

    #[test]
    fn a_key_speaks_for_its_time_only() {
        let at = UnixTime::from_seconds;
        let jwk = Jwk::of_ed25519([1; 32]).valid(Validity { from: at(10), until: Some(at(20)) });
        let read = JwkSet::read(JwkSet::from_iter([jwk.clone()]).to_json().as_bytes()).unwrap();
        assert_eq!(read.get(jwk.kid().unwrap()), Some(&jwk));
        assert_eq!(read.get("another"), None);
        for (second, expected) in [(9, false), (10, true), (19, true), (20, false)] {
            assert_eq!(read.keys()[0].is_valid_at(at(second)), expected, "{second}");
        }
        assert!(Jwk::of_ed25519([1; 32]).is_valid_at(at(0)));
    }

    #[test]
    fn another_keys_bytes_are_refused() {
        let ecdsa = crate::jose::SigningKey::generate(&entropy()).unwrap();
        assert_eq!(DetachedKey::read(&ecdsa).err(), Some(KeyError::Malformed));
        assert_eq!(DetachedKey::read(b"").err(), Some(KeyError::Malformed));
        let key = key();
        assert_eq!(format!("{key:?}"), format!("DetachedKey({})", key.kid()));
    }
}
