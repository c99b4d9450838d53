//! What the stores must say after a dossier's events: every use that the events tell and no other, every item with the file
//! of the dossier it came from.

use std::collections::{BTreeMap, BTreeSet};

use domain::dossier::{Event, Recorded};
use domain::ids::{AttachmentId, DossierId, StoreItemId};
use domain::store::{StoreUse, UseKind};
use storage::dossiers::DossierWithEvents;
use storage::store_items::{AuditedItem, list_for_verify, list_uses_for_verify};
use storage::{StorageError, Tx};

/// A use by its place: the number of the event and the item.
type Place = (u64, StoreItemId);

/// What the tables say of the stores about a run of dossiers.
#[derive(Debug, Default)]
pub(crate) struct StoreAudit {
    items: BTreeMap<DossierId, Vec<AuditedItem>>,
    uses: BTreeMap<DossierId, Vec<(Place, StoreUse)>>,
}

impl StoreAudit {
    /// Reads what belongs to the dossiers after this one, up to and with the last of the page.
    pub(crate) async fn read(
        tx: &mut Tx<'_>,
        after: Option<DossierId>,
        page: &[DossierWithEvents],
    ) -> Result<Self, StorageError> {
        let mut audit = Self::default();
        let Some(last) = page.last() else { return Ok(audit) };
        for item in list_for_verify(tx, after, &last.dossier).await? {
            audit.items.entry(item.item.source.dossier).or_default().push(item);
        }
        for (dossier, seq, item, used) in list_uses_for_verify(tx, after, &last.dossier).await? {
            audit.uses.entry(dossier).or_default().push(((seq, item), used));
        }
        Ok(audit)
    }

    /// Names every difference between a dossier and what the stores say of it.
    pub(crate) fn check(&self, entry: &DossierWithEvents, differences: &mut Vec<String>) {
        let id = entry.dossier.id;
        for AuditedItem { item, has_true_columns } in self.items.get(&id).into_iter().flatten() {
            if !has_true_columns {
                differences.push(format!("dossier {id}: the columns of the store's item {} do not fit it", item.id));
            }
            let is_its_file = |file: &&domain::dossier::Attachment| file.id == item.source.attachment;
            let file = entry.dossier.all_files().find(is_its_file);
            if !file.is_some_and(|file| file.hash == item.file.hash && file.size == item.file.size) {
                differences.push(format!("dossier {id}: the store's item {} is no file of it", item.id));
            }
            if entry.dossier.code.as_ref() != Some(&item.source.code) {
                differences.push(format!("dossier {id}: the store's item {} names another code", item.id));
            }
        }
        let told = uses_of(&entry.events);
        let kept = self.uses.get(&id).map(Vec::as_slice).unwrap_or_default();
        for (place @ (seq, item), used) in kept {
            let record = entry.events.iter().find(|record| record.seq == *seq);
            let is_told = told.get(place) == Some(&used.kind)
                && record.is_some_and(|record| record.at == used.at && record.actor == used.actor);
            if !is_told {
                differences.push(format!("dossier {id}: event {seq} does not use the store's item {item} as is said"));
            }
        }
        let kept: BTreeSet<Place> = kept.iter().map(|(place, _)| *place).collect();
        for (seq, item) in told.keys().filter(|place| !kept.contains(place)) {
            differences.push(format!("dossier {id}: that event {seq} used the store's item {item} is not kept"));
        }
    }
}

/// The uses that these events tell.
fn uses_of(events: &[Recorded]) -> BTreeMap<Place, UseKind> {
    let mut cited: BTreeMap<AttachmentId, StoreItemId> = BTreeMap::new();
    let mut uses = BTreeMap::new();
    for record in events {
        match &record.event {
            Event::FileAttached { attachment } => {
                if let Some(citation) = &attachment.citation {
                    cited.insert(attachment.id, citation.item);
                    uses.insert((record.seq, citation.item), UseKind::Cited);
                }
            }
            Event::FileRemoved { attachment } => {
                if let Some(item) = cited.remove(attachment) {
                    uses.insert((record.seq, item), UseKind::TakenBack);
                }
            }
            Event::Filed { .. } => uses.extend(cited.values().map(|item| ((record.seq, *item), UseKind::Filed))),
            _ => {}
        }
    }
    uses
}
