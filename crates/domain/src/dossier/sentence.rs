//! What one side of a dossier writes to the other: a text that can be printed, neither empty nor endless.

use crate::text::{TextError, clean_text};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A text for people: at most [`Sentence::MAX_LEN`] characters, some of which can be seen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Sentence(String);

/// Why a text is no [`Sentence`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SentenceError {
    /// Nothing was written.
    #[error("nothing was written")]
    Empty,
    /// It has too many characters, or one that nobody can see.
    #[error(transparent)]
    Text(#[from] TextError),
}

impl Sentence {
    /// The most characters.
    pub const MAX_LEN: usize = 1_000;

    /// Cleans a text.
    ///
    /// # Errors
    /// When nothing is left of it, or it cannot be printed.
    pub fn parse(text: &str) -> Result<Self, SentenceError> {
        let text = clean_text(text, Self::MAX_LEN)?;
        if text.is_empty() { Err(SentenceError::Empty) } else { Ok(Self(text)) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Sentence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Sentence {
    type Error = SentenceError;
    fn try_from(text: String) -> Result<Self, SentenceError> {
        Self::parse(&text)
    }
}

impl From<Sentence> for String {
    fn from(sentence: Sentence) -> Self {
        sentence.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_says_something_that_can_be_printed() {
        assert_eq!(Sentence::parse("  Thiếu trang 2 \r\n").unwrap().as_str(), "Thiếu trang 2");
        assert_eq!(Sentence::parse(" \n"), Err(SentenceError::Empty));
        assert!(matches!(Sentence::parse(&"a".repeat(1_001)), Err(SentenceError::Text(TextError::TooLong { .. }))));
        assert!(matches!(Sentence::parse("a\0"), Err(SentenceError::Text(TextError::ControlCharacter))));
        assert!(serde_json::from_str::<Sentence>("\"\"").is_err());
    }
}
