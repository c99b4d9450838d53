//! Fields as a receipt names them: where each stands, a salted hash of it, and, for whoever may see it, the value.

use crate::canonical::{canonical, has_plain_numbers};
use crate::ids::Hash;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use std::fmt::Write;

/// The secret of one receipt, from which the salts of its fields follow.
///
/// One secret a receipt, and none of the installation: what is forgotten with a dossier's personal data is this secret,
/// and a receipt stays the same when the portal gets another key.
#[derive(Clone, PartialEq, Eq)]
pub struct Seed([u8; 32]);

/// What is hashed with a field's value, so that nobody finds a birthday by trying all days.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Salt(String);

/// A field as the manifest has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HashedField {
    /// Where it stands among what was entered: a JSON pointer (RFC 6901), such as `/owner/address`.
    pub path: String,
    /// SHA-256 of the canonical JSON of salt, path and value.
    pub hash: Hash,
}

/// A field with its value, for whoever may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenedField {
    /// Where it stands.
    pub path: String,
    /// Its salt.
    pub salt: Salt,
    /// What was entered there.
    pub value: Value,
}

impl Seed {
    /// A seed of random bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be stored.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The salt of the field at this path. Both halves of what is hashed have a fixed length, so that one salt, which is
    /// shown, leads to no other.
    fn salt(&self, path: &str) -> Salt {
        let hashed = [self.0, *Hash::of(path.as_bytes()).as_bytes()].concat();
        let hex = Hash::of(&hashed).to_string();
        Salt(hex[..32].to_owned())
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed(…)")
    }
}

impl OpenedField {
    /// The field that the manifest must have for this value.
    pub fn field(&self) -> HashedField {
        let hashed = canonical(&json!([self.salt, self.path, self.value]));
        HashedField { path: self.path.clone(), hash: Hash::of(hashed.as_bytes()) }
    }
}

/// Every field of what was entered, with its value, in the order of their paths.
pub fn open_all(entered: &Value, seed: &Seed) -> Vec<OpenedField> {
    let mut leaves = Vec::new();
    collect(String::new(), entered, &mut leaves);
    leaves.sort_by(|(one, _), (other, _)| one.cmp(other));
    leaves.into_iter().map(|(path, value)| OpenedField { salt: seed.salt(&path), path, value }).collect()
}

/// Every field of what was entered, without its value.
pub fn fields_of(entered: &Value, seed: &Seed) -> Vec<HashedField> {
    open_all(entered, seed).iter().map(OpenedField::field).collect()
}

fn collect(path: String, value: &Value, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let mut path = path.clone();
                let name = name.replace('~', "~0").replace('/', "~1");
                write!(path, "/{name}").expect("a String takes every text");
                collect(path, member, out);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for (place, item) in items.iter().enumerate() {
                collect(format!("{path}/{place}"), item, out);
            }
        }
        // That nothing was entered is known of an empty list, too.
        Value::Null | Value::Bool(_) | Value::String(_) | Value::Object(_) | Value::Array(_) => {
            out.push((path, value.clone()));
        }
        Value::Number(number) if has_plain_numbers(value) => out.push((path, Value::Number(number.clone()))),
        // Two programs may not agree about how to write a fraction, so it is kept as the text it has here.
        Value::Number(number) => out.push((path, Value::String(number.to_string()))),
    }
}
