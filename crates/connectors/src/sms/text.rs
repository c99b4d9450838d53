//! What one text message can say without being cut, billed twice or garbled: the plain part of GSM 03.38.

/// One message holds so many seven-bit characters.
const MOST_CHARACTERS: usize = 160;

/// A text that carriers deliver as one message: without accents, at most 160 characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SmsText(String);

/// A text that cannot be sent as one message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SmsTextError {
    /// It says nothing.
    #[error("the text is empty")]
    Empty,
    /// It is longer than one message.
    #[error("the text takes {characters} characters of the {MOST_CHARACTERS} of one message")]
    TooLong {
        /// How many it takes; some signs count twice.
        characters: usize,
    },
    /// It has an accent or another character that plain messages have not.
    #[error("the text has a character that plain messages have not, such as one with an accent")]
    NotPlain,
}

impl SmsText {
    /// Reads a text.
    ///
    /// # Errors
    /// When it is empty, too long, or not plain.
    pub fn parse(text: &str) -> Result<Self, SmsTextError> {
        if text.trim().is_empty() {
            return Err(SmsTextError::Empty);
        }
        let mut characters = 0;
        for c in text.chars() {
            characters += match c {
                // 3GPP TS 23.038, section 6.2.1.1: these are sent as an escape and a character.
                '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' => 2,
                '`' => return Err(SmsTextError::NotPlain),
                ' '..='~' | '\n' => 1,
                _ => return Err(SmsTextError::NotPlain),
            };
        }
        match characters <= MOST_CHARACTERS {
            true => Ok(Self(text.to_owned())),
            false => Err(SmsTextError::TooLong { characters }),
        }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_texts_of_one_message_are_taken() {
        let longest = "a".repeat(160);
        for text in ["Ma OTP la 123456.", "a\nb", "!\"#$%&'()*+,-./:;<=>?@_", longest.as_str(), &"[".repeat(80)] {
            assert_eq!(SmsText::parse(text).unwrap().as_str(), text);
        }
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, error) in [
            ("", SmsTextError::Empty),
            (" \n ", SmsTextError::Empty),
            ("Mã OTP là 123456", SmsTextError::NotPlain),
            ("Ma\u{303} OTP", SmsTextError::NotPlain),
            ("a\0", SmsTextError::NotPlain),
            ("a\r\nb", SmsTextError::NotPlain),
            ("a\tb", SmsTextError::NotPlain),
            ("`", SmsTextError::NotPlain),
            ("\u{7f}", SmsTextError::NotPlain),
            ("5 €", SmsTextError::NotPlain),
            (&"a".repeat(161), SmsTextError::TooLong { characters: 161 }),
            (&"[".repeat(81), SmsTextError::TooLong { characters: 162 }),
        ] {
            assert_eq!(SmsText::parse(text), Err(error), "{text:?}");
        }
    }
}
