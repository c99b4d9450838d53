//! Replays the log of acts against the tables and names every difference.

use domain::dossier::{replay, verify_chain};
use domain::ids::DossierId;
use storage::dossiers::{self, DossierWithEvents};
use storage::{BlobStore, Db, receipts};

use crate::errors::UsecaseError;
use crate::receipts::ReceiptAudit;
use crate::store::StoreAudit;

/// What was looked at and what did not fit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VerifyReport {
    /// Dossiers looked at.
    pub dossiers: u64,
    /// Events replayed.
    pub events: u64,
    /// Files whose bytes were read and hashed.
    pub files: u64,
    /// Receipts whose signatures were checked and whose content was compared with the log.
    pub receipts: u64,
    /// One sentence for every difference.
    pub differences: Vec<String>,
}

const AT_ONCE: u32 = 500;

/// Reads every dossier with its log: the chain must hold, replaying it must give the row, every file that a dossier names
/// must be there with its hash, its receipt must say what the log says and bear a signature that fits, and the personal stores
/// must say of it what its events say. `progress` is told how many dossiers are done.
pub async fn verify(db: &Db, blobs: &BlobStore, progress: impl Fn(u64)) -> Result<VerifyReport, UsecaseError> {
    let mut report = VerifyReport::default();
    let keys = db.read(|tx| Box::pin(async move { Ok::<_, UsecaseError>(receipts::list_keys(tx).await?) })).await?;
    let audit = ReceiptAudit::new(&keys, &mut report.differences);
    let mut after: Option<DossierId> = None;
    loop {
        let from = after;
        let (page, mut receipts, stores) = db
            .read(move |tx| {
                Box::pin(async move {
                    let page = dossiers::list_for_verify(tx, from, AT_ONCE).await?;
                    let receipts = match page.last() {
                        Some(last) => receipts::list_for_verify(tx, from, &last.dossier).await?,
                        None => Vec::new(),
                    };
                    let stores = StoreAudit::read(tx, from, &page).await?;
                    Ok::<_, UsecaseError>((page, receipts, stores))
                })
            })
            .await?;
        let Some(last) = page.last() else { return Ok(report) };
        after = Some(last.dossier.id);
        report.receipts += receipts.len() as u64;
        for entry in &page {
            report.dossiers += 1;
            report.events += entry.events.len() as u64;
            check(entry, blobs, &mut report).await;
            stores.check(entry, &mut report.differences);
            let place = receipts.iter().position(|receipt| receipt.dossier_id == entry.dossier.id);
            let receipt = place.map(|place| receipts.swap_remove(place));
            audit.check(entry, receipt.as_ref(), &mut report.differences);
        }
        progress(report.dossiers);
    }
}

async fn check(entry: &DossierWithEvents, blobs: &BlobStore, report: &mut VerifyReport) {
    let id = entry.dossier.id;
    if let Err(broken) = verify_chain(&entry.events) {
        report.differences.push(format!("dossier {id}: the chain of events is broken: {broken}"));
        return;
    }
    if replay(&entry.events).ok().as_ref() != Some(&entry.dossier) {
        report.differences.push(format!("dossier {id}: the row is not what its events say"));
    }
    for file in entry.dossier.all_files() {
        report.files += 1;
        match blobs.check(file.hash, file.size).await {
            Ok(true) => {}
            Ok(false) => report.differences.push(format!("dossier {id}: the file {} has other bytes", file.hash)),
            Err(_) => report.differences.push(format!("dossier {id}: the file {} is missing", file.hash)),
        }
    }
}
