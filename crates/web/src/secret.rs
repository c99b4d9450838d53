//! The secret of a portal, from which the keys of its signed tokens are derived. It is never printed.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The fewest characters of a secret that configuration gives.
pub const FEWEST_CHARACTERS: usize = 32;

/// What only this portal knows. Processes that serve one portal share it; another secret makes open pages' tokens void.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Secret {
    /// The secret of these random bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret that a text of configuration stands for; `None` when it is shorter than [`FEWEST_CHARACTERS`].
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        (text.chars().count() >= FEWEST_CHARACTERS).then(|| Self(Sha256::digest(text).into()))
    }

    /// The key for one purpose; keys of different purposes tell nothing of each other or of the secret.
    pub fn key(&self, purpose: &str) -> Key {
        Key(Key(self.0).sign("key", purpose.as_bytes()))
    }
}

/// A key for one purpose.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// HMAC-SHA256 of the data; the label keeps what is signed for one use from counting for another.
    pub fn sign(&self, label: &str, data: &[u8]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes keys of any length");
        mac.update(label.as_bytes());
        mac.update(&[0]);
        mac.update(data);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_text_is_no_secret() {
        assert!(Secret::parse(&"a".repeat(31)).is_none());
        assert!(Secret::parse(&format!("{}   \n", "a".repeat(31))).is_none());
        let (plain, spaced) = (Secret::parse(&"a".repeat(32)), Secret::parse(&format!("{}\n", "a".repeat(32))));
        assert_eq!(plain.expect("long enough").0, spaced.expect("long enough").0);
    }

    #[test]
    fn keys_and_signatures_differ_by_their_use() {
        let secret = Secret::from_bytes([1; 32]);
        assert_eq!(secret.key("captcha").sign("a", b"x"), secret.key("captcha").sign("a", b"x"));
        assert_ne!(secret.key("captcha").sign("a", b"x"), secret.key("captcha").sign("b", b"x"));
        assert_ne!(secret.key("captcha").sign("a", b"x"), secret.key("other").sign("a", b"x"));
        assert_ne!(secret.key("captcha").sign("a", b"x"), Secret::from_bytes([2; 32]).key("captcha").sign("a", b"x"));
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::from_bytes([0x5a; 32]);
        let printed = format!("{secret:?} {:?}", secret.key("captcha"));
        assert_eq!(printed, "Secret(…) Key(…)");
    }
}
