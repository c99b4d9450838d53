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
            true => format!("0{} {} {}", &subscriber[..3], &subscriber[3..6], &subscriber[6..]),
            false => format!("0{} {} {}", &subscriber[..3], &subscriber[3..7], &subscriber[7..]),
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

/// Where a code or a notice goes: stored as the number or the address itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Recipient {
    /// A telephone.
    Phone(PhoneNumber),
    /// A mailbox.
    Email(EmailAddress),
}

/// A text that is neither a telephone number nor an e-mail address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("neither a telephone number nor an e-mail address")]
pub struct RecipientError;

impl Recipient {
    /// Reads what [`Recipient::as_str`] gave.
    ///
    /// # Errors
    /// When it is neither of the two.
    pub fn parse(text: &str) -> Result<Self, RecipientError> {
        match text.contains('@') {
            true => EmailAddress::parse(text).map(Self::Email).map_err(|_| RecipientError),
            false => PhoneNumber::parse(text).map(Self::Phone).map_err(|_| RecipientError),
        }
    }

    /// The number or the address.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Phone(phone) => phone.as_str(),
            Self::Email(email) => email.as_str(),
        }
    }

    /// As pages show it to someone who may not know it.
    pub fn masked(&self) -> String {
        match self {
            Self::Phone(phone) => phone.masked(),
            Self::Email(email) => email.masked(),
        }
    }
}

impl std::fmt::Display for Recipient {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

super::string_conversions!(Recipient, RecipientError);

fn is_local_part(local: &str) -> bool {
    (1..=64).contains(&local.len())
        && local.split('.').all(|atom| {
            !atom.is_empty()
                && atom.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&byte))
        })
}

fn is_domain(domain: &str) -> bool {
    domain.contains('.')
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        })
}

string_value!(EmailAddress, EmailError);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recipient_is_a_telephone_or_a_mailbox() {
        for (text, masked) in [("+84912345678", "*******678"), ("an@example.vn", "a***@example.vn")] {
            let recipient = Recipient::parse(text).unwrap();
            assert_eq!((recipient.as_str(), recipient.masked().as_str()), (text, masked));
        }
        assert_eq!(Recipient::parse("anybody"), Err(RecipientError));
    }

    #[test]
    fn numbers_are_stored_with_the_country_and_written_as_at_home() {
        for (text, stored, national, is_mobile) in [
            ("0912345678", "+84912345678", "0912 345 678", true),
            ("0912 345 678", "+84912345678", "0912 345 678", true),
            ("+84 912.345.678", "+84912345678", "0912 345 678", true),
            ("+84 (0) 912 345 678", "+84912345678", "0912 345 678", true),
            ("84912345678", "+84912345678", "0912 345 678", true),
            ("0084912345678", "+84912345678", "0912 345 678", true),
            ("0849123456", "+84849123456", "0849 123 456", true),
            ("0325555555", "+84325555555", "0325 555 555", true),
            ("(02693) 844 789", "+842693844789", "0269 3844 789", false),
            ("02563812345", "+842563812345", "0256 3812 345", false),
        ] {
            let number = PhoneNumber::parse(text).unwrap();
            assert_eq!(number.as_str(), stored, "{text}");
            assert_eq!(number.national(), national, "{text}");
            assert_eq!(number.is_mobile(), is_mobile, "{text}");
            assert_eq!(PhoneNumber::parse(number.as_str()).unwrap(), number);
            assert_eq!(PhoneNumber::parse(&number.national()).unwrap(), number);
        }
    }

    #[test]
    fn other_numbers_are_refused() {
        for text in [
            "",
            "0",
            "912345678",
            "091234567",
            "09123456789",
            "0112345678",
            "01212345678",
            "0612345678",
            "19001234",
            "+1 202 555 0100",
            "0269384478",
            "026938447890",
            "0912345abc",
            "++84912345678",
            "0912345678\0",
        ] {
            assert_eq!(PhoneNumber::parse(text), Err(PhoneError), "{text}");
        }
    }

    #[test]
    fn lists_show_the_last_three_digits() {
        assert_eq!(PhoneNumber::parse("0912345678").unwrap().masked(), "*******678");
    }

    #[test]
    fn addresses_are_read_and_their_domain_lowered() {
        for (text, stored) in [
            ("ksor.hbia@example.vn", "ksor.hbia@example.vn"),
            (" An.Nguyen+dvc@GMAIL.com ", "An.Nguyen+dvc@gmail.com"),
            ("x@mail.gialai.gov.vn", "x@mail.gialai.gov.vn"),
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().as_str(), stored);
        }
    }

    #[test]
    fn other_addresses_are_refused() {
        for text in [
            "",
            "x",
            "@example.vn",
            "x@",
            "x@vn",
            "x@@example.vn",
            "x@exa mple.vn",
            "x y@example.vn",
            ".x@example.vn",
            "x.@example.vn",
            "x..y@example.vn",
            "x@-example.vn",
            "x@example-.vn",
            "x@.vn",
            "x@example.",
            "x@example.vn\r\nBcc: y@example.vn",
            "x\0@example.vn",
            "\"x\"@example.vn",
            "<x@example.vn>",
            "người@example.vn",
            "x@ví-dụ.vn",
        ] {
            assert_eq!(EmailAddress::parse(text), Err(EmailError), "{text:?}");
        }
        assert!(EmailAddress::parse(&format!("{}@example.vn", "x".repeat(65))).is_err());
        assert!(EmailAddress::parse(&format!("x@{}vn", "example.".repeat(40))).is_err());
    }

    #[test]
    fn a_masked_address_hides_most_of_the_name() {
        for (text, masked) in [
            ("annguyen@example.vn", "an***@example.vn"),
            ("an@example.vn", "a***@example.vn"),
            ("a@example.vn", "***@example.vn"),
        ] {
            assert_eq!(EmailAddress::parse(text).unwrap().masked(), masked);
        }
    }
}
