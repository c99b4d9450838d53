//! Login names: the number of an identity card, or an enterprise's tax number (leaflet R29, R39, R42).

use super::{OldIdentityNumber, PersonalNumber, TaxNumber, TaxNumberError, string_conversions, without_separators};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The number under which a person or an enterprise signs in; also the identity number of a dossier's owner.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum LoginName {
    /// Twelve digits: CCCD.
    Personal(PersonalNumber),
    /// Nine digits: CMND.
    OldIdentity(OldIdentityNumber),
    /// Ten or thirteen digits: an enterprise.
    Tax(TaxNumber),
}

/// A text that is no login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LoginNameError {
    /// The digits are as many as no such number has.
    #[error("not 9, 10, 12 or 13 digits")]
    WrongLength,
    /// It holds something else than digits.
    #[error("contains something else than digits")]
    NotDigits,
    /// Twelve digits whose place of birth registration is 000.
    #[error("no such place of birth registration")]
    UnknownPlace,
    /// A tax number with a mistyped digit.
    #[error("the check digit of the tax number does not fit")]
    WrongCheckDigit,
}

impl LoginName {
    /// Reads a number and tells its kind by its length.
    ///
    /// # Errors
    /// When no kind has that length, or the number of that kind is not valid.
    pub fn parse(text: &str) -> Result<Self, LoginNameError> {
        let digits = without_separators(text);
        if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(LoginNameError::NotDigits);
        }
        match digits.len() {
            9 => OldIdentityNumber::parse(&digits).map(Self::OldIdentity).map_err(|_| LoginNameError::WrongLength),
            12 => PersonalNumber::parse(&digits).map(Self::Personal).map_err(|_| LoginNameError::UnknownPlace),
            _ => TaxNumber::parse(&digits).map(Self::Tax).map_err(|error| match error {
                TaxNumberError::WrongLength => LoginNameError::WrongLength,
                TaxNumberError::WrongCheckDigit => LoginNameError::WrongCheckDigit,
            }),
        }
    }

    /// The number as it is stored.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Personal(number) => number.as_str(),
            Self::OldIdentity(number) => number.as_str(),
            Self::Tax(number) => number.as_str(),
        }
    }

    /// The last four digits, with which a dossier's owner may look it up (domain.md §1.8).
    pub fn tail(&self) -> &str {
        let text = self.as_str();
        match text.split_once('-') {
            // A branch's last four digits stand on both sides of the dash; the enterprise's own are used instead.
            Some((enterprise, _)) => &enterprise[enterprise.len() - 4..],
            None => &text[text.len() - 4..],
        }
    }

    /// The number as lists show it, with all but the first three and last two digits hidden (domain.md §1.8).
    pub fn masked(&self) -> String {
        let text = self.as_str();
        let hidden = text.len() - 5;
        format!("{}{}{}", &text[..3], "*".repeat(hidden), &text[text.len() - 2..])
    }
}

impl fmt::Display for LoginName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

string_conversions!(LoginName, LoginNameError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_follows_from_the_length() {
        let kind = |text| match LoginName::parse(text).unwrap() {
            LoginName::Personal(_) => "CCCD",
            LoginName::OldIdentity(_) => "CMND",
            LoginName::Tax(_) => "MST",
        };
        assert_eq!(kind("064090001234"), "CCCD");
        assert_eq!(kind("230123456"), "CMND");
        assert_eq!(kind("0100109106"), "MST");
        assert_eq!(kind("0100109106-001"), "MST");
        assert_eq!(kind(" 0640 9000 1234 "), "CCCD");
    }

    #[test]
    fn wrong_numbers_are_refused_with_the_reason() {
        for (text, error) in [
            ("", LoginNameError::WrongLength),
            ("12345678", LoginNameError::WrongLength),
            ("12345678901", LoginNameError::WrongLength),
            ("12345678901234", LoginNameError::WrongLength),
            ("admin", LoginNameError::NotDigits),
            ("06409000123x", LoginNameError::NotDigits),
            ("064090001234\0", LoginNameError::NotDigits),
            ("000090001234", LoginNameError::UnknownPlace),
            ("0100109107", LoginNameError::WrongCheckDigit),
        ] {
            assert_eq!(LoginName::parse(text), Err(error), "{text:?}");
        }
    }

    #[test]
    fn lists_show_three_and_two_digits() {
        for (text, masked, tail) in [
            ("064090001234", "064*******34", "1234"),
            ("230123456", "230****56", "3456"),
            ("0100109106-001", "010*********01", "9106"),
        ] {
            let login = LoginName::parse(text).unwrap();
            assert_eq!(login.masked(), masked);
            assert_eq!(login.tail(), tail);
        }
    }

    #[test]
    fn it_is_text_in_json() {
        let login = LoginName::parse("064090001234").unwrap();
        assert_eq!(serde_json::to_string(&login).unwrap(), "\"064090001234\"");
        assert_eq!(serde_json::from_str::<LoginName>("\"064090001234\"").unwrap(), login);
    }
}
