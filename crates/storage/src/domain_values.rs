//! How the domain's values are stored: ids, codes and days as text, instants as milliseconds, structures as JSON.

use domain::account::{AccountKind, AccountStatus, Assurance};
use domain::codes::{
    AgencyCode, DossierCode, EmailAddress, LoginName, PartyName, PhoneNumber, ProcedureCode, Recipient,
};
use domain::dossier::Status;
use domain::ids::{
    AccountId, AttachmentId, CeremonyId, DossierId, Hash, MessageId, OfficerId, OidcGrantId, OneTimeCodeId, RecoveryId,
    RemarkId, RepresentationId, SessionHash, StoreItemId, UploadId,
};
use domain::partial_date::PartialDate;
use domain::policy::Role;
use domain::time::{Day, Instant};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StorageError;
use crate::value::{FromValue, Row, Value};

/// Values that have a text form which their own `parse` reads back.
macro_rules! stored_as_text {
    ($($name:ident),+ $(,)?) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::Text(value.to_string())
            }
        }

        impl From<&$name> for Value {
            fn from(value: &$name) -> Self {
                Self::Text(value.to_string())
            }
        }

        impl FromValue for $name {
            fn from_value(value: Value) -> Option<Self> {
                String::from_value(value).and_then(|text| $name::parse(&text).ok())
            }
        }
    )+};
}

stored_as_text!(
    AccountId,
    AttachmentId,
    CeremonyId,
    DossierId,
    Hash,
    MessageId,
    OfficerId,
    OidcGrantId,
    OneTimeCodeId,
    RecoveryId,
    RemarkId,
    RepresentationId,
    SessionHash,
    StoreItemId,
    UploadId,
    AgencyCode,
    DossierCode,
    EmailAddress,
    LoginName,
    PhoneNumber,
    ProcedureCode,
    Recipient,
    Day,
);

/// Enumerations whose words the domain gives.
macro_rules! stored_as_word {
    ($($name:ident),+ $(,)?) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                Self::Text(value.as_str().to_owned())
            }
        }

        impl FromValue for $name {
            fn from_value(value: Value) -> Option<Self> {
                String::from_value(value).and_then(|text| $name::parse(&text).ok())
            }
        }
    )+};
}

stored_as_word!(Role, Status);

/// Values whose stored text is that of their JSON string.
macro_rules! stored_as_json_string {
    ($($name:ident),+ $(,)?) => {$(
        impl From<$name> for Value {
            fn from(value: $name) -> Self {
                match serde_json::to_value(value) {
                    Ok(serde_json::Value::String(text)) => Self::Text(text),
                    _ => Self::Null,
                }
            }
        }

        impl FromValue for $name {
            fn from_value(value: Value) -> Option<Self> {
                let text = String::from_value(value)?;
                serde_json::from_value(serde_json::Value::String(text)).ok()
            }
        }
    )+};
}

stored_as_json_string!(AccountKind, AccountStatus, Assurance, PartialDate, PartyName);

impl From<Instant> for Value {
    fn from(value: Instant) -> Self {
        Self::Int(value.as_millis())
    }
}

impl FromValue for Instant {
    fn from_value(value: Value) -> Option<Self> {
        i64::from_value(value).map(Self::from_millis)
    }
}

/// The JSON text of a structure.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String, StorageError> {
    serde_json::to_string(value).map_err(|error| StorageError::broken(format!("cannot be written as JSON: {error}")))
}

/// Moves a structure out of a column of JSON text.
pub(crate) fn take_json<T: DeserializeOwned>(row: &mut Row, column: usize) -> Result<T, StorageError> {
    let text: String = row.take(column)?;
    serde_json::from_str(&text)
        .map_err(|error| StorageError::broken(format!("column {column} is not its JSON: {error}")))
}

/// Moves a structure out of a column of JSON text that may be empty.
pub(crate) fn take_optional_json<T: DeserializeOwned>(row: &mut Row, column: usize) -> Result<Option<T>, StorageError> {
    let text: Option<String> = row.take(column)?;
    text.map(|text| serde_json::from_str(&text))
        .transpose()
        .map_err(|error| StorageError::broken(format!("column {column} is not its JSON: {error}")))
}
