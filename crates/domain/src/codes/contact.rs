//! How a person is reached: telephone numbers and e-mail addresses (domain.md §2.3).

use super::{string_value, without_separators};
use serde::{Deserialize, Serialize};

/// A Vietnamese telephone number, stored as E.164: `+84912345678`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PhoneNumber(String);

/// A text that is no telephone number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a Vietnamese telephone number")]
pub struct PhoneError;

impl PhoneNumber {
    /// Reads a number as people write it: `0912 345 678`, `+84 912 345 678`, `(02693) 844 789`.
    ///
    /// # Errors
    /// When it is neither a mobile number (`0[35789]` and eight digits; portability makes finer prefixes meaningless)
    /// nor a landline (`02` and nine digits).
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let compact = without_separators(text);
        let subscriber = compact
            .strip_prefix("+84")
            .or_else(|| compact.strip_prefix("0084"))
            .or_else(|| compact.strip_prefix("84").filter(|rest| rest.len() >= 9))
            .map(|rest| rest.strip_prefix('0').unwrap_or(rest))
            .or_else(|| compact.strip_prefix('0'))
            .ok_or(PhoneError)?;
        let is_valid = match subscriber.as_bytes().first() {
            Some(b'3' | b'5' | b'7' | b'8' | b'9') => super::is_digits(subscriber, 9),
            Some(b'2') => super::is_digits(subscriber, 10),
            _ => false,
        };
        if !is_valid {
            return Err(PhoneError);
        }
        Ok(Self(format!("+84{subscriber}")))
    }

    /// Whether it can receive an SMS.
    pub fn is_mobile(&self) -> bool {
        !self.0.starts_with("+842")
    }

    /// As people in Vietnam write it: `0912 345 678`, `0269 3844 789`.
    pub fn national(&self) -> String {
        let subscriber = &self.0[3..];
        match self.is_mobile() {
            true => format!(
                "0{} {} {}",
                &subscriber[..3],
                &subscriber[3..6],
                &subscriber[6..]
            ),
            false => format!(
                "0{} {} {}",
                &subscriber[..3],
                &subscriber[3..7],
                &subscriber[7..]
            ),
        }
    }

    /// As lists show it, with all but the last three digits hidden (domain.md §1.8).
    pub fn masked(&self) -> String {
        let digits = self.0.len() - 3 + 1;
        format!("{}{}", "*".repeat(digits - 3), &self.0[self.0.len() - 3..])
    }
}

string_value!(PhoneNumber, PhoneError);

/// An e-mail address; its domain is stored in lower case.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A text that is no e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address such as ten@example.vn")]
pub struct EmailError;

impl EmailAddress {
    /// Reads an address of unquoted ASCII characters (RFC 5321 §4.1.2 without quoted strings and address literals).
    ///
    /// # Errors
    /// When the text has another form or is longer than 254 characters.
    pub fn parse(text: &str) -> Result<Self, EmailError> {
        let text = text.trim();
        let Some((local, domain)) = text.split_once('@') else {
            return Err(EmailError);
        };
        if text.len() > 254 || !is_local_part(local) || !is_domain(domain) {
            return Err(EmailError);
        }
        Ok(Self(format!("{local}@{}", domain.to_ascii_lowercase())))
    }

    /// As pages show it to someone who may not know it: `an***@example.vn`.
    pub fn masked(&self) -> String {
        let (local, domain) = self.0.split_once('@').expect("an address has one @");
        let shown = local.len().min(2).min(local.len() - 1);
        format!("{}***@{domain}", &local[..shown])
    }
}

fn is_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.bytes().all(|byte| {
                    byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte)
                })
        })
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

string_value!(EmailAddress, EmailError);
