//! Signing a receipt in the transaction of the filing.

use std::sync::Arc;

use domain::dossier::{Dossier, Recorded};
use domain::receipt::{Manifest, NamedPortal, Seed};
use domain::time::Instant;
use storage::Tx;
use storage::receipts::{self, StoredReceipt};

use super::KIND;
use super::keys::{Ring, existing_ring, ring};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// What signs a receipt: everything that is needed is at hand before the transaction begins.
#[derive(Clone)]
pub(crate) struct Signer {
    ring: Arc<Ring>,
    portal: NamedPortal,
}

impl Signer {
    /// The signer of this portal, with a key that is made when there is none.
    pub(crate) async fn get(app: &App, ctx: &Ctx) -> Result<Self, UsecaseError> {
        Ok(Self { ring: ring(app, ctx.now).await?, portal: portal_of(app) })
    }

    /// The signer with the keys that there are already: what was filed before there were any has no receipt.
    pub(crate) async fn existing(app: &App) -> Result<Self, UsecaseError> {
        Ok(Self { ring: existing_ring(app).await?, portal: portal_of(app) })
    }

    /// Whether dossiers that are filed at this moment have a receipt.
    pub(crate) fn has_begun(&self, at: Instant) -> bool {
        self.ring.begun_at().is_some_and(|begun_at| begun_at <= at)
    }

    /// Writes the receipt of a dossier, as it has just been filed by one of these events.
    pub(crate) fn queue(
        &self,
        tx: &mut Tx<'_>,
        filed: &Dossier,
        log: &[Recorded],
        seed: [u8; 32],
    ) -> Result<(), UsecaseError> {
        let seed = Seed::from_bytes(seed);
        let manifest =
            log.iter().find_map(|event| Manifest::of(filed, event, self.portal.clone(), &seed).zip(Some(event)));
        let Some((manifest, filing)) = manifest else { return Ok(()) };
        let key = self.ring.current(filing.at).ok_or(UsecaseError::Broken("no key signs receipts"))?;
        let manifest = manifest.canonical();
        let signature = key.sign(KIND, manifest.as_bytes());
        let (dossier_id, seed) = (filed.id, seed.as_bytes().to_vec());
        receipts::queue(tx, StoredReceipt { dossier_id, manifest, seed, signature });
        Ok(())
    }
}

/// How the manifest names this portal.
fn portal_of(app: &App) -> NamedPortal {
    let settings = app.settings();
    NamedPortal { url: settings.public_url.clone(), name: settings.portal_name.clone() }
}
