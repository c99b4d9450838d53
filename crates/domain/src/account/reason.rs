//! Why an official decided about an account: what its holder is told.

use crate::text::{TextError, clean_line};
use serde::{Deserialize, Serialize};
use std::fmt;

/// The most characters of a reason.
const LONGEST: usize = 500;

/// A reason in one line. It goes out in text messages, so it leads nowhere: no links.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Reason(String);

/// A text that is no reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReasonError {
    /// Nothing was written.
    #[error("a reason is missing")]
    Empty,
    /// It is too long.
    #[error("a reason has at most {max} characters")]
    TooLong {
        /// The most characters.
        max: usize,
    },
    /// It holds a character that cannot be seen.
    #[error("a reason holds a control character")]
    ControlCharacter,
    /// It holds a link.
    #[error("a reason holds a link")]
    Link,
}

impl Reason {
    /// Reads a reason; line breaks become spaces.
    ///
    /// # Errors
    /// Why it is none.
    pub fn parse(text: &str) -> Result<Self, ReasonError> {
        let line = clean_line(text, LONGEST).map_err(|error| match error {
            TextError::TooLong { max } => ReasonError::TooLong { max },
            TextError::ControlCharacter => ReasonError::ControlCharacter,
        })?;
        let lower = line.to_lowercase();
        if line.is_empty() {
            return Err(ReasonError::Empty);
        }
        if ["://", "www.", "http"].iter().any(|mark| lower.contains(mark)) {
            return Err(ReasonError::Link);
        }
        Ok(Self(line))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Reason {
    type Error = ReasonError;
    fn try_from(text: String) -> Result<Self, ReasonError> {
        Self::parse(&text)
    }
}

impl From<Reason> for String {
    fn from(reason: Reason) -> Self {
        reason.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_one_line_without_links() {
        let read = |text: &str| Reason::parse(text).map(|reason| reason.0);
        assert_eq!(read(" Thiếu\r\nquyết định "), Ok("Thiếu quyết định".to_owned()));
        assert_eq!(read(" \n "), Err(ReasonError::Empty));
        assert_eq!(read("a\0"), Err(ReasonError::ControlCharacter));
        for link in ["Xem https://la.example", "xem WWW.la.example", "ftp://la"] {
            assert_eq!(read(link), Err(ReasonError::Link), "{link}");
        }
        assert!(read(&"ư".repeat(LONGEST)).is_ok());
        assert_eq!(read(&"ư".repeat(LONGEST + 1)), Err(ReasonError::TooLong { max: LONGEST }));
    }
}
