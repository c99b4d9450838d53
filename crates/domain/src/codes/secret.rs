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
    let difference = left.iter().zip(right).fold(0_u8, |difference, (left, right)| difference | (left ^ right));
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_secret_is_read_back_and_matches_only_itself(one in any::<u64>(), other in any::<u64>()) {
            let secret = TrackingSecret::from_random(one);
            prop_assert_eq!(TrackingSecret::parse(secret.as_str()).unwrap(), secret.clone());
            let lower = secret.as_str().to_lowercase();
            let spaced = format!(" {} ", lower);
            prop_assert!(secret.matches(&spaced));
            let other = TrackingSecret::from_random(other);
            prop_assert_eq!(secret.matches(other.as_str()), secret == other);
        }
    }

    #[test]
    fn other_texts_are_refused_and_never_match() {
        let secret = TrackingSecret::parse("7kp3").unwrap();
        assert_eq!(secret.as_str(), "7KP3");
        for text in ["", "7KP", "7KP33", "7KP0", "7KPO", "7KPI", "7KP\0", "7KPĂ"] {
            assert_eq!(TrackingSecret::parse(text), Err(TrackingSecretError), "{text:?}");
            assert!(!secret.matches(text));
        }
        assert!(!secret.matches(&"7KP3".repeat(100_000)));
    }

    #[test]
    fn logs_do_not_show_it() {
        assert_eq!(format!("{:?}", TrackingSecret::from_random(1)), "TrackingSecret(****)");
    }

    #[test]
    fn all_characters_come_up_in_all_places() {
        let mut seen = [[false; 31]; 4];
        for random in 0..31_u64.pow(4) {
            for (place, character) in TrackingSecret::from_random(random).as_str().bytes().enumerate() {
                let index = ALPHABET.iter().position(|present| *present == character).unwrap();
                seen[place][index] = true;
            }
        }
        assert!(seen.iter().flatten().all(|was_seen| *was_seen));
    }

    #[test]
    fn bytes_are_equal_only_when_all_are() {
        assert!(constant_time_eq(b"", b""));
        assert!(constant_time_eq(b"1234", b"1234"));
        assert!(!constant_time_eq(b"1234", b"1235"));
        assert!(!constant_time_eq(b"1234", b"12345"));
    }
}
