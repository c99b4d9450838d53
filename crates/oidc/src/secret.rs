//! What must not be guessed: codes, tokens, states, client secrets; shown by no log, stored by their digest only.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::digest::{SHA256, digest as hash};
use serde::{Deserialize, Serialize};

/// A text that must not be guessed; `Debug` hides it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// A fresh secret of 256 random bits.
    pub fn from_random(random: [u8; 32]) -> Self {
        Self(URL_SAFE_NO_PAD.encode(random))
    }

    /// A secret that came from elsewhere, such as a client secret from a configuration.
    pub fn of(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The secret itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is stored of it. These secrets have 256 random bits, so a plain digest cannot be guessed back.
    pub fn digest(&self) -> [u8; 32] {
        digest(&self.0)
    }

    /// Whether the given text is this secret, in a time that does not depend on how much of it is right.
    pub fn matches(&self, given: &str) -> bool {
        same(&self.digest(), &digest(given))
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(****)")
    }
}

/// The SHA-256 of a presented secret, under which its row is found.
pub fn digest(text: &str) -> [u8; 32] {
    sha256(text.as_bytes())
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut digest = [0; 32];
    digest.copy_from_slice(hash(&SHA256, bytes).as_ref());
    digest
}

/// Whether two digests are equal, in a time that does not depend on them.
pub(crate) fn same(left: &[u8; 32], right: &[u8; 32]) -> bool {
    let difference = left.iter().zip(right).fold(0_u8, |difference, (left, right)| difference | (left ^ right));
    // Kept from being turned into an early exit.
    std::hint::black_box(difference) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_matches_itself_only_and_shows_itself_to_no_log() {
        let secret = Secret::from_random([7; 32]);
        assert_eq!(secret.as_str().len(), 43);
        assert!(secret.matches(secret.as_str()));
        for other in
            ["", "BwcH", &secret.as_str()[1..], &secret.as_str().to_lowercase(), &format!("{}=", secret.as_str())]
        {
            assert!(!secret.matches(other), "{other}");
        }
        assert_eq!(format!("{secret:?}"), "Secret(****)");
    }

    #[test]
    fn digests_differ_in_any_bit() {
        let digest = digest("abc");
        assert_eq!(digest[..4], [0xba, 0x78, 0x16, 0xbf]);
        assert!(same(&digest, &digest));
        for at in 0..256 {
            let mut other = digest;
            other[at / 8] ^= 1 << (at % 8);
            assert!(!same(&digest, &other));
        }
    }
}
