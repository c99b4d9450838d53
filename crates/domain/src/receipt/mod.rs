//! The signed receipt: what arrived at filing, as a manifest of hashes that the portal signs and anybody can check.
//!
//! The manifest holds no value that a person entered, only a salted hash of each; the receipt hands the values and their
//! salts out beside it. So a receipt without them still proves what it proves, and tells nothing about anybody.

mod entered;
mod field;
mod manifest;
mod signed;

pub use entered::entered;
pub use field::{HashedField, OpenedField, Salt, Seed, fields_of, open_all};
pub use manifest::{Manifest, ManifestFile, NamedAgency, NamedPortal, NamedProcedure, PlaceInLog};
pub use signed::{ReceiptError, SignedReceipt};

#[cfg(test)]
mod tests;
