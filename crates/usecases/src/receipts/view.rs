//! The receipt for whoever may read the dossier, and the answer to a QR code.

use domain::codes::DossierCode;
use domain::dossier::Dossier;
use domain::ids::Hash;
use domain::policy::{Act, Resource, may};
use domain::receipt::{Manifest, Seed, SignedReceipt, entered, open_all};
use storage::dossiers;
use storage::receipts::{self, StoredReceipt};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits::check_receipt_place;

/// A receipt with the dossier that it is about.
#[derive(Clone, Debug)]
pub struct IssuedReceipt {
    /// The dossier as it stands.
    pub dossier: Dossier,
    /// The dossier as it was filed: what came later is not what the receipt is about.
    pub filed: Dossier,
    /// The receipt with all its values; none when the dossier was filed before there were any.
    pub receipt: Option<SignedReceipt>,
}

/// The receipt of the dossier with this code; not found for those who may not see it.
///
/// # Errors
/// [`UsecaseError`]
pub async fn view_receipt(app: &App, ctx: &Ctx, code: &DossierCode) -> Result<IssuedReceipt, UsecaseError> {
    let (code, viewer) = (code.clone(), ctx.viewer.clone());
    let (dossier, log, stored) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadDossier, &Resource::from(&dossier))?;
                let log = dossiers::list_events(tx, dossier.id).await?;
                let stored = receipts::find(tx, dossier.id).await?;
                Ok::<_, UsecaseError>((dossier, log, stored))
            })
        })
        .await?;
    let (filed, filing) = Manifest::filing_of(&log).ok_or(UsecaseError::Broken("a dossier code without a filing"))?;
    let Some(stored) = stored else { return Ok(IssuedReceipt { dossier, filed, receipt: None }) };
    let opened = open_all(&entered(&filed, &filing.actor), &seed_of(&stored)?);
    let manifest = manifest_of(&stored)?;
    let receipt = Some(SignedReceipt { manifest, opened, signature: stored.signature });
    Ok(IssuedReceipt { dossier, filed, receipt })
}

/// Whether this portal has issued a receipt for that code whose manifest has that digest: what a QR code asks. Whoever does
/// not hold the receipt cannot guess the digest, so the answer tells nobody which dossiers there are.
///
/// # Errors
/// When the database cannot answer.
pub async fn is_issued(app: &App, code: &DossierCode, digest: Hash) -> Result<bool, UsecaseError> {
    let code = code.clone();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(dossier) = dossiers::find_by_code(tx, &code).await? else { return Ok(false) };
                let stored = receipts::find(tx, dossier.id).await?;
                Ok(stored.is_some_and(|stored| Hash::of(stored.manifest.as_bytes()) == digest))
            })
        })
        .await
}

/// Counts one receipt that somebody checks from this place.
///
/// # Errors
/// [`UsecaseError::TooMany`] when there were too many.
pub async fn count_check(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    check_receipt_place(app, ctx, client).await
}

/// The manifest as it was signed.
pub(super) fn manifest_of(stored: &StoredReceipt) -> Result<Manifest, UsecaseError> {
    serde_json::from_str(&stored.manifest).map_err(|_| UsecaseError::Broken("a receipt's manifest can be read"))
}

fn seed_of(stored: &StoredReceipt) -> Result<Seed, UsecaseError> {
    let bytes = stored.seed.as_slice().try_into();
    bytes.map(Seed::from_bytes).map_err(|_| UsecaseError::Broken("a receipt's seed has 32 bytes"))
}
