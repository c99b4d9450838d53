//! Somebody is about to send a file: what it will be is noted, and how much may come.

use domain::dossier::{DossierRefusal, MAX_ATTACHMENTS};
use domain::ids::{DossierId, UploadId};
use storage::uploads::{self, StoredUpload};

use super::{MOST_OF_ACCOUNT, MOST_OF_DRAFT, Progress, UploadError, Viewing, WAIT_MILLIS, own_draft, progress};
use crate::app::App;
use crate::attach_file::{AttachError, ComponentRef};
use crate::ctx::Ctx;
use crate::errors::ActError;

/// The most characters of a name that are kept until the file is there.
const MOST_NAME: usize = 300;

/// A file that somebody is about to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewUpload {
    /// What it is for.
    pub component: ComponentRef,
    /// Its name on the person's device.
    pub file_name: String,
    /// All that the sender said of it, as the sender wrote it.
    pub metadata: String,
    /// How many bytes it has.
    pub size: u64,
}

/// Notes a file that is about to come to a draft.
///
/// # Errors
/// When it is empty or too large, when the draft is full or filed, or when too many are on their way.
pub async fn begin_upload(app: &App, ctx: &Ctx, draft: DossierId, new: NewUpload) -> Result<Progress, UploadError> {
    let limit_bytes = app.settings().upload_limit_bytes;
    if new.size > limit_bytes {
        return Err(AttachError::TooLarge { limit_bytes }.into());
    }
    if new.size == 0 {
        return Err(refused(DossierRefusal::EmptyFile));
    }
    let (id, viewing) = (UploadId::from_bytes(ctx.random()), Viewing::of(ctx));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let now = viewing.now;
                let dossier = own_draft(tx, &viewing, draft).await?;
                if dossier.attachments.len() >= MAX_ATTACHMENTS {
                    return Err(refused(DossierRefusal::TooManyFiles { max: MAX_ATTACHMENTS }));
                }
                let open = uploads::count_open(tx, draft, dossier.filer, now).await?;
                if open.of_draft >= MOST_OF_DRAFT {
                    return Err(UploadError::TooManyOpen { most: MOST_OF_DRAFT });
                }
                if open.of_account >= MOST_OF_ACCOUNT {
                    return Err(UploadError::TooManyOpen { most: MOST_OF_ACCOUNT });
                }
                let upload = StoredUpload {
                    id,
                    dossier_id: draft,
                    account_id: dossier.filer,
                    component_code: new.component.code,
                    component_name: new.component.name,
                    // A database keeps no zero character; the others go when the name is cleaned.
                    file_name: new.file_name.chars().filter(|c| *c != '\0').take(MOST_NAME).collect(),
                    metadata: new.metadata,
                    size: new.size,
                    begun_at: now,
                    expires_at: now.plus_millis(WAIT_MILLIS),
                    finished_at: None,
                };
                uploads::insert(tx, &upload).await?;
                Ok(progress(&upload, 0))
            })
        })
        .await
}

fn refused(refusal: DossierRefusal) -> UploadError {
    AttachError::Act(ActError::Refused(refusal)).into()
}
