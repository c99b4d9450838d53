//! The rule for passwords (leaflet R32).

use unicode_normalization::UnicodeNormalization;

/// The shortest password that the rule takes.
const SHORTEST: usize = 8;
/// The longest that is hashed: more would only cost time.
const LONGEST: usize = 128;

/// A part of the rule that a password doesn't meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PasswordFault {
    /// It has fewer than 8 characters.
    TooShort,
    /// It has more than 128 characters.
    TooLong,
    /// It has no upper-case letter.
    NoUpperCase,
    /// It has no lower-case letter.
    NoLowerCase,
    /// It has no digit.
    NoDigit,
    /// It has no special character.
    NoSpecial,
    /// It holds a NUL or another control character.
    ControlCharacter,
}

/// A password that the rule refuses, with every part it fails.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password does not meet the rule")]
pub struct PasswordError {
    /// The parts, in the order in which the rule names them.
    pub faults: Vec<PasswordFault>,
}

/// Checks a password: 8 characters or more, with upper-case, lower-case, digit and special character; at most 128.
///
/// A space, a sign and a letter of a script without case all count as special.
///
/// # Errors
/// Each part of the rule that isn't met, for the page to show beside the field.
pub fn check_password(password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    let has = |test: fn(char) -> bool| password.chars().any(test);
    let parts = [
        (length < SHORTEST, PasswordFault::TooShort),
        (length > LONGEST, PasswordFault::TooLong),
        (!has(char::is_uppercase), PasswordFault::NoUpperCase),
        (!has(char::is_lowercase), PasswordFault::NoLowerCase),
        (!has(|character| character.is_ascii_digit()), PasswordFault::NoDigit),
        (!has(is_special), PasswordFault::NoSpecial),
        (has(char::is_control), PasswordFault::ControlCharacter),
    ];
    let faults: Vec<PasswordFault> =
        parts.into_iter().filter_map(|(is_broken, fault)| is_broken.then_some(fault)).collect();
    match faults.is_empty() {
        true => Ok(()),
        false => Err(PasswordError { faults }),
    }
}

/// The password as it is hashed: composed (NFC), so that every keyboard gives the same.
pub fn composed_password(password: &str) -> String {
    password.nfc().collect()
}

fn is_special(character: char) -> bool {
    !character.is_uppercase() && !character.is_lowercase() && !character.is_ascii_digit() && !character.is_control()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(password: &str) -> Vec<PasswordFault> {
        check_password(password).err().map(|error| error.faults).unwrap_or_default()
    }

    #[test]
    fn passwords_that_meet_the_rule_are_taken() {
        for password in
            ["Abcdef1!", "Matkhau 2026", "Đườngvề1#", "aA1-aA1-", "Xin chào 1", &format!("Aa1!{}", "x".repeat(124))]
        {
            assert_eq!(faults(password), [], "{password}");
        }
    }

    #[test]
    fn every_part_that_is_not_met_is_named() {
        use PasswordFault::{ControlCharacter, NoDigit, NoLowerCase, NoSpecial, NoUpperCase, TooLong, TooShort};
        for (password, expected) in [
            ("", vec![TooShort, NoUpperCase, NoLowerCase, NoDigit, NoSpecial]),
            ("Abcde1!", vec![TooShort]),
            ("abcdef1!", vec![NoUpperCase]),
            ("ABCDEF1!", vec![NoLowerCase]),
            ("Abcdefg!", vec![NoDigit]),
            ("Abcdefg1", vec![NoSpecial]),
            ("Đườngvề1", vec![NoSpecial]),
            ("12345678", vec![NoUpperCase, NoLowerCase, NoSpecial]),
            ("Abcdef1!\0", vec![ControlCharacter]),
            ("Abcdef1\n", vec![NoSpecial, ControlCharacter]),
        ] {
            assert_eq!(faults(password), expected, "{password:?}");
        }
        assert_eq!(faults(&format!("Aa1!{}", "x".repeat(125))), [TooLong]);
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert_eq!(faults("Ầ1!ầầầầ"), [PasswordFault::TooShort]);
        assert_eq!(faults("Ầ1!ầầầầầ"), []);
    }
}
