//! Names of persons and organisations, one field each: Vietnamese names are never split in first and last (domain.md §2.3).

use super::string_value;
use crate::text::{TextError, clean_line};
use serde::{Deserialize, Serialize};
use unicode_normalization::char::is_combining_mark;

/// Vietnamese names reach about 50 characters; foreigners' and minorities' names must fit as well.
const MAX_PERSON: usize = 100;
/// Enterprise names in the register reach about 200 characters.
const MAX_ORGANISATION: usize = 250;

/// A person's full name: NFC, single spaces, as the person writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PersonName(String);

/// An organisation's name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OrganisationName(String);

/// The name of a person or an organisation, where either can stand.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PartyName(String);

/// A text that is no name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing was entered.
    #[error("no name")]
    Empty,
    /// It has too many characters.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most that are taken.
        max: usize,
    },
    /// It holds characters that a name has not: digits and most signs in a person's, control characters in any.
    #[error("contains a character that is not part of a name")]
    WrongCharacter,
}

impl PersonName {
    /// Reads a name of one word or more, such as `Siu H'Bia`, `Rơ Châm Y Khoa`, `Nguyễn Thị Hoà`.
    ///
    /// # Errors
    /// When it is empty, too long, or holds anything but letters, spaces, apostrophes, hyphens and dots.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = read(text, MAX_PERSON)?;
        let is_name_character = |character: char| {
            character.is_alphabetic()
                || is_combining_mark(character)
                || matches!(character, ' ' | '\'' | '’' | '‘' | 'ʼ' | '-' | '.' | ',' | '·')
        };
        if !name.chars().all(is_name_character) || !name.chars().any(char::is_alphabetic) {
            return Err(NameError::WrongCharacter);
        }
        Ok(Self(name))
    }
}

impl OrganisationName {
    /// Reads an organisation's name.
    ///
    /// # Errors
    /// When it is empty, too long, or has no letter at all.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        PartyName::parse(text).map(|name| Self(name.0))
    }
}

impl PartyName {
    /// Reads a name by the wider rule, that of organisations.
    ///
    /// # Errors
    /// When it is empty, too long, or has no letter at all.
    pub fn parse(text: &str) -> Result<Self, NameError> {
        let name = read(text, MAX_ORGANISATION)?;
        if !name.chars().any(char::is_alphabetic) {
            return Err(NameError::WrongCharacter);
        }
        Ok(Self(name))
    }
}

impl From<PersonName> for PartyName {
    fn from(name: PersonName) -> Self {
        Self(name.0)
    }
}

impl From<OrganisationName> for PartyName {
    fn from(name: OrganisationName) -> Self {
        Self(name.0)
    }
}

fn read(text: &str, max: usize) -> Result<String, NameError> {
    match clean_line(text, max) {
        Ok(name) if name.is_empty() => Err(NameError::Empty),
        Ok(name) => Ok(name),
        Err(TextError::TooLong { max }) => Err(NameError::TooLong { max }),
        Err(TextError::ControlCharacter) => Err(NameError::WrongCharacter),
    }
}

string_value!(PersonName, NameError);
string_value!(OrganisationName, NameError);
string_value!(PartyName, NameError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_all_peoples_are_read() {
        for (text, stored) in [
            ("Nguyễn Thị Hoà", "Nguyễn Thị Hoà"),
            ("  Nguyễn   Văn\tAn ", "Nguyễn Văn An"),
            ("Siu", "Siu"),
            ("Rơ Châm H'Phik", "Rơ Châm H'Phik"),
            ("H’Hen Niê", "H’Hen Niê"),
            ("Ƀum Sĭr", "Ƀum Sĭr"),
            ("Y-Wang Mlô Duôn Du", "Y-Wang Mlô Duôn Du"),
            ("Martin Luther King Jr.", "Martin Luther King Jr."),
        ] {
            assert_eq!(PersonName::parse(text).unwrap().as_str(), stored);
        }
    }

    #[test]
    fn marks_that_have_no_composed_form_stay() {
        // Jrai and Bahnar write ơ and ê with a breve, which Unicode does not compose.
        let name = "Rơ\u{306} Kê\u{306}";
        assert_eq!(PersonName::parse(name).unwrap().as_str(), name);
    }

    #[test]
    fn a_decomposed_name_is_composed() {
        let decomposed = "Nguye\u{302}\u{303}n Va\u{306}n A\u{301}nh";
        assert_eq!(PersonName::parse(decomposed).unwrap().as_str(), "Nguyễn Văn Ánh");
    }

    #[test]
    fn other_texts_are_refused_with_the_reason() {
        for (text, error) in [
            ("", NameError::Empty),
            (" \t ", NameError::Empty),
            ("064090001234", NameError::WrongCharacter),
            ("Nguyễn Văn 2", NameError::WrongCharacter),
            ("<script>", NameError::WrongCharacter),
            ("An\0", NameError::WrongCharacter),
            ("An\u{202e}nA", NameError::WrongCharacter),
            ("'-.", NameError::WrongCharacter),
            ("An 🙂", NameError::WrongCharacter),
        ] {
            assert_eq!(PersonName::parse(text), Err(error), "{text:?}");
        }
        assert_eq!(PersonName::parse(&"ă".repeat(101)), Err(NameError::TooLong { max: 100 }));
        assert!(PersonName::parse(&"ă".repeat(100)).is_ok());
    }

    #[test]
    fn an_organisation_may_have_digits_and_signs() {
        let name = "Công ty TNHH MTV 30/4 \"Hoa Sen\" & Cộng sự";
        assert_eq!(OrganisationName::parse(name).unwrap().as_str(), name);
        assert_eq!(OrganisationName::parse("2026"), Err(NameError::WrongCharacter));
        assert_eq!(OrganisationName::parse(&"ă".repeat(251)), Err(NameError::TooLong { max: 250 }));
        assert_eq!(PartyName::from(PersonName::parse("Siu").unwrap()).as_str(), "Siu");
    }
}
