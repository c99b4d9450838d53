//! Codes on paper that stand in for a lost telephone: each is good once.

use crate::ids::Hash;

/// How many codes a holder gets.
pub const BACKUP_CODES: usize = 10;

/// Characters that are not mistaken for one another on paper: 32 of them, five bits each.
const LETTERS: &[u8; 32] = b"abcdefghjkmnpqrstuvwxyz123456789";
const LENGTH: usize = 10;

/// A backup code: ten characters, 50 random bits.
#[derive(Clone, PartialEq, Eq)]
pub struct BackupCode(String);

impl BackupCode {
    /// The code of these random bytes.
    pub fn draw(bytes: [u8; LENGTH]) -> Self {
        Self(bytes.iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect())
    }

    /// Reads a code as it is typed: in either case, with spaces or hyphens anywhere.
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() > 100 {
            return None;
        }
        let code: String = text
            .chars()
            .filter(|character| !character.is_whitespace() && !matches!(character, '-' | '‐' | '–'))
            .map(|character| character.to_ascii_lowercase())
            .collect();
        let is_one = code.len() == LENGTH && code.bytes().all(|byte| LETTERS.contains(&byte));
        is_one.then_some(Self(code))
    }

    /// The digest under which it is stored: of another holder the same code has another.
    pub fn digest(&self, holder: &[u8; 16]) -> Hash {
        Hash::of(&[b"backup code\0", holder.as_slice(), self.0.as_bytes()].concat())
    }

    /// As it is printed: two groups of five.
    pub fn shown(&self) -> String {
        format!("{}-{}", &self.0[..5], &self.0[5..])
    }
}

impl std::fmt::Debug for BackupCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BackupCode(****)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_letters_are_32_different_ones() {
        let letters: std::collections::BTreeSet<u8> = LETTERS.iter().copied().collect();
        assert_eq!(letters.len(), 32);
        assert!(
            !letters.contains(&b'o')
                && !letters.contains(&b'0')
                && !letters.contains(&b'l')
                && !letters.contains(&b'i')
        );
    }

    #[test]
    fn what_is_no_code_is_none() {
        for text in ["", "abcde-fghj", "abcde-fghjko", "abcde-fghj0", "abcde-fghjé", &"a".repeat(1000)] {
            assert_eq!(BackupCode::parse(text), None, "{text:.20}");
        }
    }

    proptest! {
        #[test]
        fn a_code_is_read_as_it_is_typed(bytes: [u8; 10], holder: [u8; 16], other: [u8; 16]) {
            let code = BackupCode::draw(bytes);
            for typed in [code.shown(), code.shown().to_uppercase(), format!("  {} ", code.shown().replace('-', " "))] {
                prop_assert_eq!(BackupCode::parse(&typed), Some(code.clone()));
            }
            prop_assume!(holder != other);
            prop_assert_ne!(code.digest(&holder), code.digest(&other));
        }
    }
}
