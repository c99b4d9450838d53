//! The identity paper that an officer has seen: which kind, how its number ends, when it was issued. Never the whole number.

use crate::time::Day;
use serde::{Deserialize, Serialize};

/// How many of the number's last characters are kept.
const TAIL: usize = 4;

/// The kinds of paper by which a person is known at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// Thẻ căn cước, căn cước công dân: 12 digits, the number of the account.
    IdentityCard,
    /// Chứng minh nhân dân: 9 digits, the number of the account, now or before.
    OldIdentityCard,
    /// Hộ chiếu: a number of its own.
    Passport,
}

impl PaperKind {
    /// Every kind, for forms and tables.
    pub const ALL: [Self; 3] = [Self::IdentityCard, Self::OldIdentityCard, Self::Passport];

    /// Whether the number on it is one by which the account signs in.
    pub fn bears_login(self) -> bool {
        self != Self::Passport
    }
}

/// A paper as it was seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPaper {
    /// Its kind.
    pub kind: PaperKind,
    /// The last four characters of its number.
    number_tail: String,
    /// When it was issued.
    pub issued_on: Day,
}

/// A tail that is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the last four digits of the paper's number are expected")]
pub struct PaperError;

impl SeenPaper {
    /// A paper of which the last four digits were read.
    ///
    /// # Errors
    /// When there are not exactly four digits; spaces do not count.
    pub fn new(kind: PaperKind, number_tail: &str, issued_on: Day) -> Result<Self, PaperError> {
        Ok(Self { kind, number_tail: clean_tail(number_tail)?, issued_on })
    }

    /// The last four digits.
    pub fn number_tail(&self) -> &str {
        &self.number_tail
    }
}

/// The last four digits as they were typed, without spaces.
///
/// # Errors
/// When there are not exactly four digits.
pub fn clean_tail(typed: &str) -> Result<String, PaperError> {
    let tail: String = typed.chars().filter(|character| *character != ' ').collect();
    let is_tail = tail.len() == TAIL && tail.bytes().all(|byte| byte.is_ascii_digit());
    if is_tail { Ok(tail) } else { Err(PaperError) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tail_has_four_digits() {
        let day = Day::parse("2021-05-01").unwrap();
        let tail =
            |text: &str| SeenPaper::new(PaperKind::IdentityCard, text, day).map(|paper| paper.number_tail().to_owned());
        assert_eq!(tail(" 12 34"), Ok("1234".to_owned()));
        for wrong in ["", "123", "12345", "064090001234", "12a4", "١٢٣٤", "12\04", "1234\n", &"1".repeat(10_000)] {
            assert_eq!(tail(wrong), Err(PaperError), "{wrong:?}");
        }
    }
}
