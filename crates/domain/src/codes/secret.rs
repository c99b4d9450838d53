//! The four characters that, with the dossier code, open a dossier's progress (domain.md §1.8).

use super::string_conversions;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Digits and capital letters without 0, 1, I, L and O, which are misread on paper.
const ALPHABET: &[u8; 31] = b"23456789ABCDEFGHJKMNPQRSTUVWXYZ";

/// A dossier's tracking secret, printed beside its code; `Debug` hides it, because logs must.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TrackingSecret(String);

/// A text that is no tracking secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a tracking secret of four characters")]
pub struct TrackingSecretError;

impl TrackingSecret {
    /// Makes a secret of a random number, each of the 923,521 as likely.
    pub fn from_random(random: u64) -> Self {
        let mut rest = random;
        let mut secret = String::with_capacity(4);
        for _ in 0..4 {
            let index = usize::try_from(rest % 31).expect("a remainder of 31 is small");
            secret.push(char::from(ALPHABET[index]));
            rest /= 31;
        }
        Self(secret)
    }

    /// Reads a secret, forgiving spaces and lower case.
    ///
    /// # Errors
    /// When it has not four characters, or one that is never printed.
    pub fn parse(text: &str) -> Result<Self, TrackingSecretError> {
        let secret = normalised(text);
        if secret.len() != 4 || !secret.bytes().all(|byte| ALPHABET.contains(&byte)) {
            return Err(TrackingSecretError);
        }
        Ok(Self(secret))
    }

    /// The four characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the given text is this secret, in a time that doesn't depend on how much of it is right.
    pub fn matches(&self, given: &str) -> bool {
        constant_time_eq(self.0.as_bytes(), normalised(given).as_bytes())
    }
}

fn normalised(text: &str) -> String {
    text.chars()
        .filter(|character| !character.is_whitespace())
        .take(64)
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

/// Whether two byte strings are equal, in a time that depends on their lengths only.
pub fn constant_time_eq(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let difference = left
        .iter()
        .zip(right)
        .fold(0_u8, |difference, (left, right)| {
            difference | (left ^ right)
        });
    // Kept from being turned into an early exit.
    std::hint::black_box(difference) == 0
}

impl fmt::Display for TrackingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for TrackingSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TrackingSecret(****)")
    }
}

string_conversions!(TrackingSecret, TrackingSecretError);
