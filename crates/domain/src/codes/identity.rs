//! Numbers of persons: the twelve-digit personal number and the nine-digit number of the older card (domain.md §2.3).

use super::{is_digits, string_value, without_separators};
use serde::{Deserialize, Serialize};

/// The number of a citizen's identity card (CCCD, số định danh cá nhân): twelve digits `PPP C YY NNNNNN`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonalNumber(String);

/// The number of an older identity card (CMND): nine digits; no longer an identity document since 2025-01-01.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OldIdentityNumber(String);

/// A text that is no identity number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityNumberError {
    /// A personal number has twelve digits.
    #[error("not twelve digits")]
    NotTwelveDigits,
    /// An older number has nine digits.
    #[error("not nine digits")]
    NotNineDigits,
    /// The first three digits name no place of birth registration (000).
    #[error("no such place of birth registration")]
    UnknownPlace,
}

/// The sex that a personal number states.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// Nam.
    Male,
    /// Nữ.
    Female,
}

impl PersonalNumber {
    /// Reads twelve digits, forgiving spaces, dots and dashes between them.
    ///
    /// # Errors
    /// When there are not twelve digits, or the place is 000. There is no check digit.
    pub fn parse(text: &str) -> Result<Self, IdentityNumberError> {
        let number = without_separators(text);
        if !is_digits(&number, 12) {
            return Err(IdentityNumberError::NotTwelveDigits);
        }
        if number.starts_with("000") {
            return Err(IdentityNumberError::UnknownPlace);
        }
        Ok(Self(number))
    }

    /// The province of birth registration, as numbered then: 064 is the Gia Lai of before 2025; abroad from 101.
    pub fn place(&self) -> &str {
        &self.0[..3]
    }

    /// The sex that the fourth digit states; on a mismatch warn, never reject: registers hold errors.
    pub fn sex(&self) -> Sex {
        match self.century_digit() % 2 {
            0 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// The birth year that the number states; on a mismatch warn, never reject.
    pub fn birth_year(&self) -> i16 {
        let year: i16 = self.0[4..6].parse().expect("a personal number has digits only");
        1900 + i16::from(self.century_digit() / 2) * 100 + year
    }

    fn century_digit(&self) -> u8 {
        self.0.as_bytes()[3] - b'0'
    }
}

impl OldIdentityNumber {
    /// Reads nine digits, forgiving spaces, dots and dashes between them.
    ///
    /// # Errors
    /// When there are not nine digits. There is no check digit.
    pub fn parse(text: &str) -> Result<Self, IdentityNumberError> {
        let number = without_separators(text);
        if !is_digits(&number, 9) {
            return Err(IdentityNumberError::NotNineDigits);
        }
        Ok(Self(number))
    }
}

string_value!(PersonalNumber, IdentityNumberError);
string_value!(OldIdentityNumber, IdentityNumberError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_number_tells_place_sex_and_birth_year() {
        for (text, place, sex, year) in [
            ("064090001234", "064", Sex::Male, 1990),
            ("052185000001", "052", Sex::Female, 1985),
            ("064205001234", "064", Sex::Male, 2005),
            ("001 312 345678", "001", Sex::Female, 2012),
            ("064.400.000.001", "064", Sex::Male, 2100),
            ("101199000001", "101", Sex::Female, 1999),
        ] {
            let number = PersonalNumber::parse(text).unwrap();
            assert_eq!((number.place(), number.sex(), number.birth_year()), (place, sex, year), "{text}");
        }
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        use IdentityNumberError::{NotNineDigits, NotTwelveDigits, UnknownPlace};
        for (text, error) in [
            ("", NotTwelveDigits),
            ("06409000123", NotTwelveDigits),
            ("0640900012345", NotTwelveDigits),
            ("06409000123a", NotTwelveDigits),
            ("٠٦٤٠٩٠٠٠١٢٣٤", NotTwelveDigits),
            ("000090001234", UnknownPlace),
        ] {
            assert_eq!(PersonalNumber::parse(text), Err(error), "{text}");
        }
        for text in ["", "12345678", "1234567890", "12345678x", "12345678\0"] {
            assert_eq!(OldIdentityNumber::parse(text), Err(NotNineDigits), "{text}");
        }
    }

    #[test]
    fn an_older_number_is_nine_digits() {
        assert_eq!(OldIdentityNumber::parse("230 123 456").unwrap().as_str(), "230123456");
    }
}
