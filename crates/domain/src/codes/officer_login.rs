//! The names with which officers sign in.

use serde::{Deserialize, Serialize};

/// The fewest characters of a name.
const SHORTEST: usize = 3;
/// The most.
const LONGEST: usize = 40;

/// The name with which an officer signs in: `lan.rcham`, `h21.58.51`. Kept in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct OfficerLogin(String);

/// A text that is no officer's login name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a login name has {SHORTEST} to {LONGEST} of a-z, 0-9, dot, dash and underscore, and begins with a letter")]
pub struct OfficerLoginError;

impl OfficerLogin {
    /// Reads a name, forgiving spaces around it and upper case.
    ///
    /// # Errors
    /// When it is too short or too long, has other characters, or begins with none of the letters.
    pub fn parse(text: &str) -> Result<Self, OfficerLoginError> {
        let name = text.trim().to_ascii_lowercase();
        let fits = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b".-_".contains(&byte);
        let begins = name.bytes().next().is_some_and(|first| first.is_ascii_lowercase());
        match (SHORTEST..=LONGEST).contains(&name.len()) && begins && name.bytes().all(fits) {
            true => Ok(Self(name)),
            false => Err(OfficerLoginError),
        }
    }
}

super::string_value!(OfficerLogin, OfficerLoginError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_name_is_plain() {
        for (text, expected) in [
            ("lan.rcham", Some("lan.rcham")),
            (" H21.58.51 ", Some("h21.58.51")),
            ("a-b_c", Some("a-b_c")),
            ("ab", None),
            ("21.58", None),
            (".lan", None),
            ("lan rcham", None),
            ("lành", None),
            ("lan\0", None),
            ("", None),
        ] {
            assert_eq!(OfficerLogin::parse(text).ok().as_ref().map(OfficerLogin::as_str), expected, "{text:?}");
        }
        assert!(OfficerLogin::parse(&"a".repeat(40)).is_ok());
        assert_eq!(OfficerLogin::parse(&"a".repeat(41)), Err(OfficerLoginError));
    }
}
