//! Identifiers: 128 random bits each, a type per noun so that one can't stand in for another, and SHA-256 digests.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt;

/// A text that is not the hexadecimal form of an identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an identifier of {expected} hexadecimal digits")]
pub struct IdError {
    /// How many digits the identifier has.
    pub expected: usize,
}

/// Declares identifiers of a fixed number of bytes, written as lower-case hexadecimal digits everywhere.
macro_rules! hex_ids {
    ($($(#[$doc:meta])+ $name:ident($len:literal);)+) => {$(
        $(#[$doc])+
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; $len]);

        impl $name {
            /// Makes it of its bytes.
            pub const fn from_bytes(bytes: [u8; $len]) -> Self {
                Self(bytes)
            }

            /// Its bytes.
            pub const fn as_bytes(&self) -> &[u8; $len] {
                &self.0
            }

            /// Reads its hexadecimal form.
            ///
            /// # Errors
            /// When the text has another length or other characters.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                let mut bytes = [0; $len];
                read_hex(text, &mut bytes)?;
                Ok(Self(bytes))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write_hex(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.to_string()
            }
        }
    )+};
}

hex_ids! {
    /// Identifies a dossier from its first draft on; the dossier code comes only with filing.
    DossierId(16);
    /// Identifies an account.
    AccountId(16);
    /// Identifies an officer.
    OfficerId(16);
    /// Identifies one file in one dossier.
    AttachmentId(16);
    /// Identifies a file that is on its way in pieces; once it is whole, its attachment has the same bytes as identifier.
    UploadId(16);
    /// Identifies a message to a person.
    MessageId(16);
    /// Identifies a challenge that waits for a one-time code.
    OneTimeCodeId(16);
    /// Identifies a step of signing in, or of adding a way to, that waits for its answer.
    CeremonyId(16);
    /// Identifies a sign-in at a client of OpenID Connect.
    OidcGrantId(16);
    /// Identifies one person's standing for another.
    RepresentationId(16);
    /// Identifies one recovery of an account at the desk.
    RecoveryId(16);
    /// Identifies one remark about a dossier.
    RemarkId(16);
    /// Identifies an item of a personal store.
    StoreItemId(16);
    /// Identifies a request, for logs.
    RequestId(16);
    /// A SHA-256 digest.
    Hash(32);
    /// The digest of a session's token: the token itself is never stored.
    SessionHash(32);
}

impl Hash {
    /// The hash before the first event of every dossier.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of these bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl SessionHash {
    /// The digest under which the session of this token is stored.
    pub fn of_token(token: &[u8]) -> Self {
        Self(Sha256::digest(token).into())
    }
}

fn read_hex(text: &str, bytes: &mut [u8]) -> Result<(), IdError> {
    let error = IdError { expected: bytes.len() * 2 };
    let digits = text.as_bytes();
    if digits.len() != bytes.len() * 2 {
        return Err(error);
    }
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = match (hex_digit(pair[0]), hex_digit(pair[1])) {
            (Some(high), Some(low)) => high << 4 | low,
            _ => return Err(error),
        };
    }
    Ok(())
}

fn hex_digit(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

fn write_hex(bytes: &[u8], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    bytes.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_32_digits_in_text_and_json() {
        let id = DossierId::from_bytes([0xab; 16]);
        assert_eq!(id.to_string(), "ab".repeat(16));
        assert_eq!(DossierId::parse(&"AB".repeat(16)).unwrap(), id);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(serde_json::from_str::<DossierId>(&json).unwrap(), id);
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "ab", &"ab".repeat(17), &"zz".repeat(16), &"ă".repeat(16)] {
            assert_eq!(DossierId::parse(text), Err(IdError { expected: 32 }), "{text:?}");
        }
    }

    #[test]
    fn a_digest_is_that_of_the_standard() {
        // FIPS 180-4, example "abc".
        assert_eq!(Hash::of(b"abc").to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(SessionHash::of_token(b"abc").as_bytes(), Hash::of(b"abc").as_bytes());
        assert_eq!(Hash::parse(&Hash::ZERO.to_string()).unwrap(), Hash::ZERO);
    }
}
