//! Tax numbers of enterprises and their branches, with their check digit (domain.md §2.3).

use super::{is_digits, string_value, without_separators};
use serde::{Deserialize, Serialize};

/// The weights of the first nine digits.
const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];

/// An enterprise's tax number (mã số thuế, mã số doanh nghiệp): ten digits, or thirteen for a branch, `0100109106-001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaxNumber(String);

/// A text that is no tax number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TaxNumberError {
    /// It has neither ten nor thirteen digits.
    #[error("neither ten nor thirteen digits")]
    WrongLength,
    /// Its tenth digit doesn't follow from the first nine: a digit was mistyped.
    #[error("the check digit does not fit")]
    WrongCheckDigit,
}

impl TaxNumber {
    /// Reads ten or thirteen digits, forgiving spaces, dots and dashes; a branch is stored as `nnnnnnnnnn-nnn`.
    ///
    /// # Errors
    /// When the length or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, TaxNumberError> {
        let digits = without_separators(text);
        if !is_digits(&digits, 10) && !is_digits(&digits, 13) {
            return Err(TaxNumberError::WrongLength);
        }
        let (number, branch) = digits.split_at(10);
        if check_digit(number.as_bytes()) != Some(u32::from(number.as_bytes()[9] - b'0')) {
            return Err(TaxNumberError::WrongCheckDigit);
        }
        match branch {
            "" => Ok(Self(number.to_owned())),
            branch => Ok(Self(format!("{number}-{branch}"))),
        }
    }

    /// The enterprise's own number, without that of the branch.
    pub fn enterprise(&self) -> &str {
        &self.0[..10]
    }

    /// Whether it is a branch's number.
    pub fn is_branch(&self) -> bool {
        self.0.len() > 10
    }
}

/// 10 − (Σ wᵢ·dᵢ mod 11); a number whose digit would be 10 is not issued.
fn check_digit(digits: &[u8]) -> Option<u32> {
    let sum: u32 = WEIGHTS.iter().zip(digits).map(|(weight, digit)| weight * u32::from(digit - b'0')).sum();
    match 10 - sum % 11 {
        10 => None,
        digit => Some(digit),
    }
}

string_value!(TaxNumber, TaxNumberError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_numbers_have_the_right_check_digit() {
        for text in ["0100109106", "0301452948", "0101248141"] {
            let number = TaxNumber::parse(text).unwrap();
            assert_eq!(number.as_str(), text);
            assert!(!number.is_branch());
        }
    }

    #[test]
    fn any_single_mistyped_digit_is_found() {
        for place in 0..10 {
            for digit in b'0'..=b'9' {
                let mut text = b"0100109106".to_vec();
                if text[place] == digit {
                    continue;
                }
                text[place] = digit;
                let text = String::from_utf8(text).unwrap();
                assert_eq!(TaxNumber::parse(&text), Err(TaxNumberError::WrongCheckDigit), "{text}");
            }
        }
    }

    #[test]
    fn a_branch_is_stored_with_its_dash() {
        for text in ["0100109106-001", "0100109106001", "0100109106 - 001"] {
            let number = TaxNumber::parse(text).unwrap();
            assert_eq!(number.as_str(), "0100109106-001");
            assert_eq!(number.enterprise(), "0100109106");
            assert!(number.is_branch());
        }
    }

    #[test]
    fn a_number_whose_check_digit_would_be_ten_is_not_issued() {
        // 31 × 0 … + 5 × 2 + 3 × 4 = 22, a multiple of 11.
        assert_eq!(check_digit(b"000000024"), None);
        for last in 0..=9 {
            assert!(TaxNumber::parse(&format!("000000024{last}")).is_err());
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        for text in ["", "010010910", "01001091061", "010010910600", "01001091060011", "010010910x"] {
            assert_eq!(TaxNumber::parse(text), Err(TaxNumberError::WrongLength), "{text}");
        }
    }
}
