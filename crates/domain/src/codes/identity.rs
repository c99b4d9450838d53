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
        let year: i16 = self.0[4..6]
            .parse()
            .expect("a personal number has digits only");
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
