//! The receipt as a file: the manifest, its signature, and the values of the fields for whoever may see them.

use super::{Manifest, OpenedField};
use crate::canonical::{canonical, has_plain_numbers};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;

/// What people keep and show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignedReceipt {
    /// What is signed.
    pub manifest: Manifest,
    /// The fields that are shown with their values; the others are proved, but not told.
    pub opened: Vec<OpenedField>,
    /// The signature over the manifest's canonical text: a JWS without its payload (RFC 7515, appendix F).
    pub signature: String,
}

/// Why a text is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReceiptError {
    /// There is nothing.
    #[error("there is nothing to check")]
    Empty,
    /// It is larger than any receipt.
    #[error("larger than any receipt")]
    TooLarge,
    /// It is not text.
    #[error("not text in UTF-8")]
    NotText,
    /// It is not JSON: cut off, or something else.
    #[error("not JSON")]
    NotJson,
    /// Lists within lists without end.
    #[error("nested too deeply")]
    TooDeep,
    /// It is JSON, but no receipt of a form that this program knows.
    #[error("JSON, but not a receipt of the form {}", Manifest::FORMAT)]
    OtherForm,
}

impl SignedReceipt {
    /// The most bytes of a receipt: far more than any of ours has.
    pub const MAX_BYTES: usize = 2 << 20;

    /// Reads a receipt, and says whether it is in the one form in which portals write it: then every byte counts.
    ///
    /// # Errors
    /// [`ReceiptError`]
    pub fn read(bytes: &[u8]) -> Result<(Self, bool), ReceiptError> {
        if bytes.len() > Self::MAX_BYTES {
            return Err(ReceiptError::TooLarge);
        }
        // A line end or a mark of UTF-8 is added by editors; it is no part of the receipt.
        let text = std::str::from_utf8(bytes).map_err(|_| ReceiptError::NotText)?;
        let text = text.trim_start_matches('\u{feff}').trim_matches([' ', '\t', '\r', '\n']);
        if text.is_empty() {
            return Err(ReceiptError::Empty);
        }
        let value: Value = serde_json::from_str(text).map_err(|error| match error.to_string() {
            reason if reason.contains("recursion limit") => ReceiptError::TooDeep,
            _ => ReceiptError::NotJson,
        })?;
        let are_plain = has_plain_numbers(&value);
        let receipt: Self = serde_json::from_value(value).map_err(|_| ReceiptError::OtherForm)?;
        if receipt.manifest.format != Manifest::FORMAT {
            return Err(ReceiptError::OtherForm);
        }
        // Written again it must be the same: no member twice, no digit in another case, no space.
        let is_exact = are_plain && receipt.to_text() == text;
        Ok((receipt, is_exact))
    }

    /// The file that people keep, in its one form.
    pub fn to_text(&self) -> String {
        canonical(&serde_json::to_value(self).expect("a receipt has string names and whole numbers only"))
    }

    /// The receipt without any value: it proves as much, and tells nothing about anybody.
    #[must_use]
    pub fn without_values(mut self) -> Self {
        self.opened.clear();
        self
    }

    /// The fields that are shown, each with whether it is one of the manifest's with this value; and how many are not shown.
    pub fn judge_fields(&self) -> (Vec<(OpenedField, bool)>, usize) {
        // Whoever sends thousands of each must not make anybody compare all with all.
        let known: BTreeSet<_> = self.manifest.fields.iter().map(|field| (field.path.as_str(), field.hash)).collect();
        let is_right = |opened: &OpenedField| {
            has_plain_numbers(&opened.value) && known.contains(&(opened.path.as_str(), opened.field().hash))
        };
        let shown: BTreeSet<_> = self.opened.iter().map(|opened| opened.path.as_str()).collect();
        let hidden = self.manifest.fields.iter().filter(|field| !shown.contains(field.path.as_str())).count();
        (self.opened.iter().map(|opened| (opened.clone(), is_right(opened))).collect(), hidden)
    }
}
