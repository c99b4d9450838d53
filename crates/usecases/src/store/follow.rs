//! What a dossier's events mean for the stores, in the transaction of the event: cited items are logged as used, results kept.

use domain::dossier::{Actor, Attachment, Dossier, Event, Recorded};
use domain::ids::{AttachmentId, StoreItemId};
use domain::store::{Origin, PaperFacts, Source, StoreItem, StoreUse, StoredFile, UseKind};
use storage::{Tx, store_items as rows};

use super::account_of_owner;
use crate::answer_form::filed_version;
use crate::app::App;
use crate::errors::UsecaseError;

/// Which files of a dossier are cited, and from which items.
pub(crate) type Cited = Vec<(AttachmentId, StoreItemId)>;

/// The cited files of a dossier as it stands.
pub(crate) fn cited_in(dossier: &Dossier) -> Cited {
    dossier.attachments.iter().filter_map(|file| Some((file.id, file.citation.as_ref()?.item))).collect()
}

/// Writes down what these events mean for the stores; `cited` is what was cited before them.
pub(crate) async fn follow(
    tx: &mut Tx<'_>,
    app: &App,
    cited: &Cited,
    after: &Dossier,
    recorded: &[Recorded],
) -> Result<(), UsecaseError> {
    for record in recorded {
        match &record.event {
            Event::FileAttached { attachment } => {
                if let Some(citation) = &attachment.citation {
                    note(tx, citation.item, UseKind::Cited, after, record).await?;
                }
            }
            Event::FileRemoved { attachment } => {
                if let Some((_, item)) = cited.iter().find(|(file, _)| file == attachment) {
                    note(tx, *item, UseKind::TakenBack, after, record).await?;
                }
            }
            Event::Filed { .. } => {
                let mut items: Vec<StoreItemId> = cited_in(after).into_iter().map(|(_, item)| item).collect();
                // An item may stand for two papers of one dossier.
                items.sort();
                items.dedup();
                for item in items {
                    note(tx, item, UseKind::Filed, after, record).await?;
                }
            }
            Event::Finished { results, .. } => keep_results(tx, app, after, results, record).await?,
            _ => {}
        }
    }
    Ok(())
}

async fn note(
    tx: &mut Tx<'_>,
    item: StoreItemId,
    kind: UseKind,
    dossier: &Dossier,
    record: &Recorded,
) -> Result<(), UsecaseError> {
    let used = StoreUse {
        kind,
        at: record.at,
        actor: record.actor.clone(),
        dossier: dossier.id,
        code: dossier.code.clone(),
        procedure: dossier.procedure.code.clone(),
        procedure_name: dossier.procedure.name.clone(),
        agency: dossier.agency.clone(),
    };
    Ok(rows::insert_use(tx, item, record.seq, &used).await?)
}

/// An electronic result belongs to the owner's store, whatever way it is handed over (domain.md §1.2).
async fn keep_results(
    tx: &mut Tx<'_>,
    app: &App,
    dossier: &Dossier,
    results: &[Attachment],
    record: &Recorded,
) -> Result<(), UsecaseError> {
    let (Actor::Officer { .. }, Some(officer)) = (&record.actor, dossier.finished_by.clone()) else { return Ok(()) };
    if results.is_empty() {
        return Ok(());
    }
    let Some(owner) = account_of_owner(tx, dossier).await? else { return Ok(()) };
    let kind = filed_version(app, dossier).and_then(|version| version.result.clone());
    let document = kind.as_deref().and_then(|kind| app.content().whole_procedures.registers.document(kind));
    let title = document.map_or_else(|| results_title(dossier), |document| document.title.vi.clone());
    for result in results {
        let Some(source) = Source::of(dossier, result.id) else { continue };
        let item = StoreItem {
            id: StoreItemId::from_bytes(*result.id.as_bytes()),
            owner,
            origin: Origin::Result,
            facts: PaperFacts {
                kind: kind.clone(),
                title: title.clone(),
                issuer: dossier.agency.name.clone(),
                number: None,
                issued_on: Some(record.at.day()),
                valid_until: None,
            },
            version: 1,
            file: StoredFile::from(result),
            source,
            agency: dossier.agency.clone(),
            officer: officer.clone(),
            kept_at: record.at,
            superseded: None,
        };
        rows::insert(tx, &item).await?;
    }
    Ok(())
}

fn results_title(dossier: &Dossier) -> String {
    format!("Kết quả: {}", dossier.procedure.name)
}
