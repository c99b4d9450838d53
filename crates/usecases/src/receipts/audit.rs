//! Comparing stored receipts with the log of acts, for `motcua verify`.

use domain::dossier::Event;
use domain::receipt::{Manifest, Seed};
use domain::time::Instant;
use oidc::jose::{Jwk, JwkSet};
use storage::dossiers::DossierWithEvents;
use storage::receipts::{StoredReceipt, StoredReceiptKey};

use super::check::{SignatureFinding, judge_signature};
use super::keys::public_keys;
use super::view::manifest_of;

/// What receipts are judged by.
pub(crate) struct ReceiptAudit {
    keys: JwkSet,
    begun_at: Option<Instant>,
}

impl ReceiptAudit {
    /// Judges by these keys, each of which must bear the name of its public half.
    pub(crate) fn new(stored: &[StoredReceiptKey], differences: &mut Vec<String>) -> Self {
        for key in stored {
            let jwk = key.public_key.as_slice().try_into().map(Jwk::of_ed25519).ok();
            if jwk.as_ref().and_then(Jwk::kid) != Some(&key.kid) {
                differences.push(format!("key {} of receipts: the public half is another one", key.kid));
            }
        }
        Self { keys: public_keys(stored), begun_at: stored.iter().map(|key| key.created_at).min() }
    }

    /// The receipt of a dossier must be signed and say what its log says; whatever was filed since there are keys has one.
    pub(crate) fn check(
        &self,
        entry: &DossierWithEvents,
        receipt: Option<&StoredReceipt>,
        differences: &mut Vec<String>,
    ) {
        let difference = match receipt {
            Some(receipt) => self.judge(entry, receipt),
            None => self.judge_absence(entry),
        };
        if let Some(difference) = difference {
            differences.push(format!("dossier {}: {difference}", entry.dossier.id));
        }
    }

    fn judge(&self, entry: &DossierWithEvents, receipt: &StoredReceipt) -> Option<&'static str> {
        let Ok(manifest) = manifest_of(receipt) else { return Some("the receipt cannot be read") };
        match judge_signature(&manifest, &receipt.manifest, &receipt.signature, &self.keys) {
            SignatureFinding::Right => {}
            SignatureFinding::UnknownKey => return Some("the receipt is signed by a key that is not stored"),
            SignatureFinding::OtherTime => return Some("the receipt is signed by a key of another time"),
            SignatureFinding::Wrong | SignatureFinding::NoKeys => {
                return Some("the receipt's signature does not fit it");
            }
        }
        let Ok(seed) = receipt.seed.as_slice().try_into() else { return Some("the receipt's seed is broken") };
        let Some((filed, filing)) = Manifest::filing_of(&entry.events) else {
            return Some("there is a receipt, but no filing in the log");
        };
        // How the portal was called then is known from the receipt only.
        let expected = Manifest::of(&filed, filing, manifest.portal.clone(), &Seed::from_bytes(seed));
        let is_same = expected.is_some_and(|expected| expected.canonical() == receipt.manifest);
        (!is_same).then_some("the receipt does not say what the log says")
    }

    fn judge_absence(&self, entry: &DossierWithEvents) -> Option<&'static str> {
        let filing = entry.events.iter().find(|event| matches!(event.event, Event::Filed { .. }))?;
        let must_have = self.begun_at.is_some_and(|begun_at| begun_at <= filing.at);
        must_have.then_some("the receipt is missing")
    }
}
