//! The one secret of an installation: it encrypts private keys where they are stored, and marks what goes through browsers.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hmac;

use crate::jose::{Entropy, KeyError};

/// A key of 256 bits that all processes of an installation share and that no database holds.
pub struct InstallationKey {
    sealing: LessSafeKey,
    marking: hmac::Key,
}

impl InstallationKey {
    /// Makes it of its bytes. What it is used for does not share a key: each use has one of its own, derived from these.
    pub fn new(bytes: &[u8; 32]) -> Self {
        let derived = |what: &[u8]| hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, bytes), what);
        let sealing = UnboundKey::new(&AES_256_GCM, derived(b"motcua seals private keys").as_ref())
            .expect("a tag of HMAC-SHA256 has the length of a key of AES-256");
        let marking = hmac::Key::new(hmac::HMAC_SHA256, derived(b"motcua marks addresses").as_ref());
        Self { sealing: LessSafeKey::new(sealing), marking }
    }

    /// Encrypts a private key of this name.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, name: &str, secret: &[u8], entropy: &Entropy) -> Result<Vec<u8>, KeyError> {
        let nonce: [u8; NONCE_LEN] = entropy.random()?;
        let mut sealed = secret.to_vec();
        self.sealing
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(name), &mut sealed)
            .map_err(|_| KeyError::Malformed)?;
        Ok([nonce.as_slice(), &sealed].concat())
    }

    /// Decrypts a private key of this name; nothing when it was encrypted with another key, or under another name.
    pub fn open(&self, name: &str, sealed: &[u8]) -> Option<Vec<u8>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_LEN>()?;
        let mut secret = sealed.to_vec();
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length = self.sealing.open_in_place(nonce, Aad::from(name), &mut secret).ok()?.len();
        secret.truncate(length);
        Some(secret)
    }

    /// A mark by which a text is known again as our own.
    pub fn mark(&self, text: &str) -> String {
        URL_SAFE_NO_PAD.encode(hmac::sign(&self.marking, text.as_bytes()))
    }

    /// Whether this is our mark on the text, in a time that does not depend on how nearly it is.
    pub fn is_marked(&self, text: &str, mark: &str) -> bool {
        let mark = URL_SAFE_NO_PAD.decode(mark).unwrap_or_default();
        hmac::verify(&self.marking, text.as_bytes(), &mark).is_ok()
    }
}

impl fmt::Debug for InstallationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("InstallationKey(****)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples::entropy;

    #[test]
    fn what_is_sealed_opens_with_the_same_key_and_name_only() {
        let (key, other) = (InstallationKey::new(&[1; 32]), InstallationKey::new(&[2; 32]));
        let sealed = key.seal("kid-1", b"secret", &entropy()).unwrap();
        assert_ne!(key.seal("kid-1", b"secret", &entropy()).unwrap(), sealed);
        assert_eq!(key.open("kid-1", &sealed).as_deref(), Some(b"secret".as_slice()));
        assert!(!sealed.windows(6).any(|window| window == b"secret"));
        assert_eq!(key.open("kid-2", &sealed), None);
        assert_eq!(other.open("kid-1", &sealed), None);
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert_eq!(key.open("kid-1", &changed), None, "{at}");
        }
        for length in 0..sealed.len() {
            assert_eq!(key.open("kid-1", &sealed[..length]), None, "{length}");
        }
    }

    #[test]
    fn a_mark_is_ours_on_its_own_text_only() {
        let (key, other) = (InstallationKey::new(&[1; 32]), InstallationKey::new(&[2; 32]));
        let mark = key.mark("a");
        assert!(key.is_marked("a", &mark));
        assert!(!key.is_marked("b", &mark) && !other.is_marked("a", &mark));
        for wrong in ["", "!", &mark[1..], &mark.to_lowercase(), &format!("{mark}A")] {
            assert!(!key.is_marked("a", wrong), "{wrong}");
        }
        assert_eq!(format!("{key:?}"), "InstallationKey(****)");
    }
}
