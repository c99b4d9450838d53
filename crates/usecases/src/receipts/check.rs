//! Checking a receipt, off line: with the published keys and, if they are at hand, the files.

use domain::ids::Hash;
use domain::receipt::{Manifest, OpenedField, ReceiptError, SignedReceipt};
use oidc::UnixTime;
use oidc::jose::{Algorithm, Jwk, JwkSet, Jws, JwsError};

use super::{GivenFile, KIND};

/// How far the clocks of a portal's processes may differ, in seconds.
const SKEW: i64 = 60;

/// What was found about a receipt, part by part.
#[derive(Clone, Debug)]
pub struct ReceiptCheck {
    /// The receipt as it was read.
    pub receipt: SignedReceipt,
    /// The digest of its manifest, as it stands on paper.
    pub digest: Hash,
    /// Whether it is in the one form in which portals write receipts.
    pub is_exact: bool,
    /// The signature over the manifest.
    pub signature: SignatureFinding,
    /// The fields that are shown with their values, and whether each is what was received.
    pub opened: Vec<(OpenedField, bool)>,
    /// How many fields are not shown.
    pub hidden: usize,
    /// For each file of the receipt what it is called where it was found, if it was.
    pub files: Vec<FileFinding>,
    /// Files that were given and are none of the receipt's.
    pub strange_files: Vec<GivenFile>,
}

/// Whether a file of the receipt was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileFinding {
    /// It was, byte for byte, under this name.
    Same(String),
    /// It was not given.
    NotGiven,
}

/// What a signature is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignatureFinding {
    /// It is right.
    Right,
    /// There are no keys to check it with.
    NoKeys,
    /// It is not made by any of these keys.
    UnknownKey,
    /// The key did not sign at the time that the receipt names.
    OtherTime,
    /// It does not fit: something was changed, or it is none.
    Wrong,
}

/// The whole in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// All that is shown is what the portal received.
    Right,
    /// Something is not.
    Wrong,
    /// All fits together, but nobody says who has signed it.
    Unknown,
}

impl ReceiptCheck {
    /// The whole in one word.
    pub fn verdict(&self) -> Verdict {
        match self.own_verdict() {
            _ if !self.strange_files.is_empty() => Verdict::Wrong,
            verdict => verdict,
        }
    }

    /// The same of the receipt alone, whatever files were given to compare.
    pub fn own_verdict(&self) -> Verdict {
        let fits = self.is_exact && self.opened.iter().all(|(_, is_right)| *is_right);
        match self.signature {
            SignatureFinding::Right if fits => Verdict::Right,
            SignatureFinding::NoKeys if fits => Verdict::Unknown,
            _ => Verdict::Wrong,
        }
    }
}

/// Checks a receipt, as its bytes are, with these keys and against these files.
///
/// # Errors
/// [`ReceiptError`] when it is none at all.
pub fn check_receipt(bytes: &[u8], keys: Option<&JwkSet>, given: Vec<GivenFile>) -> Result<ReceiptCheck, ReceiptError> {
    let (receipt, is_exact) = SignedReceipt::read(bytes)?;
    let canonical = receipt.manifest.canonical();
    let signature = match keys {
        Some(keys) => judge_signature(&receipt.manifest, &canonical, &receipt.signature, keys),
        None => SignatureFinding::NoKeys,
    };
    let (opened, hidden) = receipt.judge_fields();
    let of_receipt = |file: &GivenFile| {
        receipt.manifest.files.iter().any(|known| (known.sha256, known.size) == (file.sha256, file.size))
    };
    let files = receipt.manifest.files.iter().map(|known| {
        let found = given.iter().find(|file| (known.sha256, known.size) == (file.sha256, file.size));
        found.map_or(FileFinding::NotGiven, |file| FileFinding::Same(file.name.clone()))
    });
    let files = files.collect();
    let strange_files = given.into_iter().filter(|file| !of_receipt(file)).collect();
    let digest = Hash::of(canonical.as_bytes());
    Ok(ReceiptCheck { digest, is_exact, signature, opened, hidden, files, strange_files, receipt })
}

/// Whether these keys have signed this manifest at its time.
pub(super) fn judge_signature(
    manifest: &Manifest,
    canonical: &str,
    signature: &str,
    keys: &JwkSet,
) -> SignatureFinding {
    let Ok(jws) = Jws::read_detached(signature, canonical.as_bytes()) else { return SignatureFinding::Wrong };
    // A signature that names no key is none of ours.
    let key = jws.kid().and_then(|kid| keys.get(kid)).cloned();
    match (jws.verify(keys, &[Algorithm::EdDsa]), key) {
        (Err(JwsError::UnknownKey), _) => SignatureFinding::UnknownKey,
        (Ok(verified), Some(key)) if verified.is_kind(KIND) => match manifest.filed_at() {
            Some(at) if signed_then(&key, UnixTime::from_millis(at.as_millis())) => SignatureFinding::Right,
            _ => SignatureFinding::OtherTime,
        },
        _ => SignatureFinding::Wrong,
    }
}

fn signed_then(key: &Jwk, at: UnixTime) -> bool {
    [-SKEW, 0, SKEW].into_iter().any(|skew| key.is_valid_at(at.plus(skew)))
}
