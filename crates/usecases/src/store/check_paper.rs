//! An officer confirms that a file of an accepted dossier was compared with the original: it is kept as a checked paper in
//! the owner's store (domain.md §1.4).

use domain::dossier::{Dossier, Status};
use domain::ids::{AttachmentId, DossierId, StoreItemId};
use domain::policy::{Act, Resource, may};
use domain::store::{Kept, Origin, PaperFacts, PaperFactsError, Source, StoreItem, StoredFile, Superseded, keep};
use storage::{StorageError, Tx, dossiers, store_items as rows};

use super::{MOST_ITEMS, account_of_owner};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::SignedInOfficer;

/// How often it is tried again when a colleague kept the same paper meanwhile.
const ATTEMPTS: usize = 3;

/// Why a paper was not kept.
#[derive(Debug, thiserror::Error)]
pub enum CheckPaperError {
    /// No paper says what was entered.
    #[error(transparent)]
    Facts(#[from] PaperFactsError),
    /// The dossier is not accepted, or no longer.
    #[error("papers of accepted dossiers are checked")]
    NotAccepted,
    /// The dossier's owner has no account here that is known to be theirs.
    #[error("the owner has no store here")]
    NoStore,
    /// The file was cited from the store: it was checked before.
    #[error("the file was cited from the store")]
    Cited,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for CheckPaperError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// Whether papers of a dossier can be confirmed as it stands.
pub fn may_check_paper(dossier: &Dossier) -> bool {
    matches!(dossier.status, Status::Accepted | Status::Finished | Status::Returned)
}

/// Keeps a file of the dossier as a paper that says this; a correction, or a newer paper of the same number, takes the place
/// of the older one. The same again changes nothing.
///
/// # Errors
/// When the facts are none, the dossier is not accepted, or its owner has no store.
pub async fn check_paper(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    dossier: DossierId,
    file: AttachmentId,
    facts: PaperFacts,
) -> Result<StoreItemId, CheckPaperError> {
    let facts = facts.checked(ctx.now.day())?;
    let mut tried = Err(UsecaseError::Conflict.into());
    for _ in 0..ATTEMPTS {
        tried = try_check(app, ctx, officer, dossier, file, facts.clone()).await;
        if !matches!(tried, Err(CheckPaperError::Usecase(UsecaseError::Conflict))) {
            break;
        }
    }
    tried
}

async fn try_check(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    dossier: DossierId,
    file: AttachmentId,
    facts: PaperFacts,
) -> Result<StoreItemId, CheckPaperError> {
    let (viewer, now, officer) = (ctx.viewer.clone(), ctx.now, officer.reference());
    let id = StoreItemId::from_bytes(ctx.random());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find(tx, dossier).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::CheckPaper, &Resource::from(&dossier)).map_err(UsecaseError::from)?;
                if !may_check_paper(&dossier) {
                    return Err(CheckPaperError::NotAccepted);
                }
                let attachment = dossier.attachments.iter().find(|attachment| attachment.id == file);
                let attachment = attachment.ok_or(UsecaseError::NotFound)?;
                if attachment.citation.is_some() {
                    return Err(CheckPaperError::Cited);
                }
                let owner = account_of_owner(tx, &dossier).await?.ok_or(CheckPaperError::NoStore)?;
                let source = Source::of(&dossier, file).ok_or(CheckPaperError::NotAccepted)?;
                let present = rows::list_of_owner(tx, owner, MOST_ITEMS).await?;
                let (version, supersedes) = match keep(&present, &facts, &source) {
                    Kept::Already(id) => return Ok(id),
                    Kept::New { version, supersedes } => (version, supersedes),
                };
                for mut old in present.into_iter().filter(|item| supersedes.contains(&item.id)) {
                    old.superseded = Some(Superseded { by: id, at: now });
                    rows::supersede(tx, &old).await?;
                }
                let item = StoreItem {
                    id,
                    owner,
                    origin: Origin::Checked,
                    facts,
                    version,
                    file: StoredFile::from(attachment),
                    source,
                    agency: dossier.agency.clone(),
                    officer,
                    kept_at: now,
                    superseded: None,
                };
                insert(tx, &item).await?;
                Ok(id)
            })
        })
        .await
}

/// A colleague who was faster is met like any other change from elsewhere.
async fn insert(tx: &mut Tx<'_>, item: &StoreItem) -> Result<(), CheckPaperError> {
    let is_taken =
        |error: &StorageError| error.is_constraint(rows::ATTACHMENT_TAKEN) || error.is_constraint(rows::NUMBER_TAKEN);
    match rows::insert(tx, item).await {
        Err(error) if is_taken(&error) => Err(UsecaseError::Conflict.into()),
        other => Ok(other?),
    }
}
