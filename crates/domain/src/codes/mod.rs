//! Codes, numbers and names with a grammar of their own: each is a type that can only be made by reading a valid text.

mod agency;
mod contact;
mod dossier;
mod identity;
mod login;
mod name;
mod officer_login;
mod procedure;
mod secret;
mod tax;

pub use agency::{AgencyCode, AgencyCodeError};
pub use contact::{EmailAddress, EmailError, PhoneError, PhoneNumber, Recipient, RecipientError};
pub use dossier::{DossierCode, DossierCodeError};
pub use identity::{IdentityNumberError, OldIdentityNumber, PersonalNumber, Sex};
pub use login::{LoginName, LoginNameError};
pub use name::{NameError, OrganisationName, PartyName, PersonName};
pub use officer_login::{OfficerLogin, OfficerLoginError};
pub use procedure::{ProcedureCode, ProcedureCodeError, ProcedureInstance};
pub use secret::{TrackingSecret, TrackingSecretError, constant_time_eq};
pub use tax::{TaxNumber, TaxNumberError};

/// Gives a text value its reading from and writing to strings, in code and in JSON.
macro_rules! string_value {
    ($name:ident, $error:ident) => {
        impl $name {
            /// The text as it is stored.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        crate::codes::string_conversions!($name, $error);
    };
}

/// The conversions alone, for a value that has its own `Display`.
macro_rules! string_conversions {
    ($name:ident, $error:ident) => {
        impl std::str::FromStr for $name {
            type Err = $error;
            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $error;
            fn try_from(text: String) -> Result<Self, $error> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }
    };
}

pub(crate) use {string_conversions, string_value};

/// Whether the text is made of this many ASCII digits.
fn is_digits(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The text without what people put between digits: spaces, dots, dashes, brackets.
fn without_separators(text: &str) -> String {
    text.chars()
        .filter(|character| {
            !character.is_whitespace() && !matches!(character, '.' | '-' | '(' | ')' | '–' | '\u{200B}')
        })
        .collect()
}
