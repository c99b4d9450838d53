//! A file comes in pieces (tus 1.0), each kept as it arrives, until it is whole and becomes a file of the draft.
//!
//! How much has arrived is what lies on the disk: after a cut, at either end, the next piece goes on from there.

mod begin;
mod forget;
mod receive;

use domain::dossier::Dossier;
use domain::ids::{DossierId, UploadId};
use domain::policy::{Act, Resource, may};
use domain::time::Instant;
use storage::uploads::StoredUpload;
use storage::{BlobError, Partial, dossiers, uploads};

use crate::app::App;
use crate::attach_file::AttachError;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};

pub use begin::{NewUpload, begin_upload};
pub(crate) use forget::forget_uploads;
pub use receive::{Checksum, Piece, find_upload, receive_piece, remove_upload};

/// Files of one draft that may be on their way at once.
pub const MOST_OF_DRAFT: u64 = 30;
/// Files of one account that may be on their way at once: each may take as much of the disk as the largest file.
pub const MOST_OF_ACCOUNT: u64 = 60;
/// How long the next piece is waited for, in milliseconds: whoever is cut off on Friday goes on on Monday.
const WAIT_MILLIS: i64 = 3 * 24 * 60 * 60_000;

/// How far a file has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Its identifier.
    pub id: UploadId,
    /// How many bytes of it are on the disk.
    pub offset: u64,
    /// How many it has.
    pub size: u64,
    /// What the sender said of it, as the sender wrote it.
    pub metadata: String,
    /// Until when the next piece is waited for.
    pub expires_at: Instant,
    /// Whether it has become a file of the draft.
    pub is_attached: bool,
}

/// Why a file, or a piece of it, is not taken.
#[derive(Debug, thiserror::Error)]
pub enum UploadError {
    /// There is none of this identifier, or it has expired.
    #[error("no such file is on its way")]
    Unknown,
    /// The draft has been filed meanwhile.
    #[error("the draft has been filed")]
    Filed,
    /// Too many are on their way already.
    #[error("{most} files are on their way already")]
    TooManyOpen {
        /// How many may be.
        most: u64,
    },
    /// Somebody else is sending it at this moment.
    #[error("somebody else is sending this file")]
    Busy,
    /// The piece does not begin where the last one ended.
    #[error("the file has {offset} bytes")]
    OtherOffset {
        /// Where the next piece begins.
        offset: u64,
    },
    /// The piece goes beyond the size that was announced; nothing of it is kept.
    #[error("the piece goes beyond the end of the file")]
    BeyondEnd,
    /// The piece is not what its checksum says; nothing of it is kept.
    #[error("the piece does not fit its checksum")]
    Checksum,
    /// The file is not taken, or could not be.
    #[error(transparent)]
    Attach(#[from] AttachError),
}

impl From<UsecaseError> for UploadError {
    fn from(error: UsecaseError) -> Self {
        Self::Attach(AttachError::Act(ActError::Usecase(error)))
    }
}

impl From<BlobError> for UploadError {
    fn from(error: BlobError) -> Self {
        UsecaseError::Blob(error).into()
    }
}

impl From<storage::StorageError> for UploadError {
    fn from(error: storage::StorageError) -> Self {
        UsecaseError::from(error).into()
    }
}

impl From<domain::policy::Denied> for UploadError {
    fn from(denied: domain::policy::Denied) -> Self {
        UsecaseError::from(denied).into()
    }
}

/// The draft, for whoever may change it.
async fn own_draft(tx: &mut storage::Tx<'_>, ctx: &Viewing, id: DossierId) -> Result<Dossier, UploadError> {
    let dossier = dossiers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
    may(&ctx.viewer, Act::EditDraft, &Resource::from(&dossier))?;
    if dossier.is_draft() { Ok(dossier) } else { Err(UploadError::Filed) }
}

/// Who asks, and when.
#[derive(Clone)]
struct Viewing {
    viewer: domain::policy::Viewer,
    now: Instant,
}

impl Viewing {
    fn of(ctx: &Ctx) -> Self {
        Self { viewer: ctx.viewer.clone(), now: ctx.now }
    }
}

/// The file of this identifier that is on its way to this draft, for whoever may change the draft.
async fn own_upload(app: &App, ctx: &Ctx, draft: DossierId, id: UploadId) -> Result<StoredUpload, UploadError> {
    let viewing = Viewing::of(ctx);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                own_draft(tx, &viewing, draft).await?;
                let found = uploads::find(tx, id).await?;
                let mine = |upload: &StoredUpload| upload.dossier_id == draft && upload.expires_at > viewing.now;
                found.filter(mine).ok_or(UploadError::Unknown)
            })
        })
        .await
}

/// The file with hold of what lies on the disk of it; `None` of that when it has become a file of the draft.
async fn hold(
    app: &App,
    ctx: &Ctx,
    draft: DossierId,
    id: UploadId,
) -> Result<(StoredUpload, Option<Partial>), UploadError> {
    if let found @ StoredUpload { finished_at: Some(_), .. } = own_upload(app, ctx, draft, id).await? {
        return Ok((found, None));
    }
    let partial = app.blobs().hold_partial(id).await?.ok_or(UploadError::Busy)?;
    // Whoever held it may have finished or removed it meanwhile.
    match own_upload(app, ctx, draft, id).await {
        Ok(found) if found.finished_at.is_none() => Ok((found, Some(partial))),
        Ok(found) => {
            partial.remove().await?;
            Ok((found, None))
        }
        Err(error) => {
            if matches!(error, UploadError::Unknown) {
                partial.remove().await?;
            }
            Err(error)
        }
    }
}

fn progress(upload: &StoredUpload, offset: u64) -> Progress {
    let is_attached = upload.finished_at.is_some();
    let offset = if is_attached { upload.size } else { offset };
    let (metadata, expires_at) = (upload.metadata.clone(), upload.expires_at);
    Progress { id: upload.id, offset, size: upload.size, metadata, expires_at, is_attached }
}
