//! The filer uploads a file for a component (R55): streamed, hashed, its kind checked by content.

use std::io;

use bytes::Bytes;
use domain::dossier::{Attachment, Command, Dossier};
use domain::ids::{AttachmentId, DossierId};
use domain::policy::Act;
use futures_util::Stream;
use storage::{BlobError, Incoming};

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::file_kind::{FileKind, FileKindError};
use crate::office_file::{TAIL, is_archive};

/// A file that has arrived and is not yet part of anything.
pub struct ReceivedFile {
    /// The name that the person's device gave it.
    pub file_name: String,
    /// The bytes, in a temporary place.
    pub incoming: Incoming,
}

/// The component that a file is for, as the procedure names it at this moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentRef {
    /// Its code; `None` for a paper that the procedure does not list.
    pub code: Option<String>,
    /// Its name.
    pub name: String,
}

/// Why a file was not attached.
#[derive(Debug, thiserror::Error)]
pub enum AttachError {
    /// Its content is not of a kind that is taken.
    #[error("the file is not of a kind that is taken")]
    Kind(#[from] FileKindError),
    /// It is larger than what is taken.
    #[error("the file is larger than {limit_bytes} bytes")]
    TooLarge {
        /// The most bytes that are taken.
        limit_bytes: u64,
    },
    /// The connection was cut before the last byte.
    #[error("the upload was cut off")]
    CutOff,
    /// The dossier does not take it.
    #[error(transparent)]
    Act(#[from] ActError),
}

/// Takes the bytes in, hashing them on the way; nothing of the file is ever whole in memory.
pub async fn receive_file(
    app: &App,
    bytes: impl Stream<Item = io::Result<Bytes>> + Send + Unpin,
) -> Result<Incoming, AttachError> {
    let limit_bytes = app.settings().upload_limit_bytes;
    app.blobs().receive(bytes, limit_bytes).await.map_err(|error| match error {
        BlobError::TooLarge { .. } => AttachError::TooLarge { limit_bytes },
        BlobError::Source(_) => AttachError::CutOff,
        other => ActError::Usecase(UsecaseError::Blob(other)).into(),
    })
}

/// Checks the file and makes it part of the draft.
pub async fn attach_file(
    app: &App,
    ctx: &Ctx,
    id: DossierId,
    component: ComponentRef,
    file: ReceivedFile,
) -> Result<Dossier, AttachError> {
    let attachment = keep_file(ctx, component, file).await?;
    attach(app, ctx, id, attachment).await
}

/// Makes a kept file part of the draft; once, however often the same one comes.
pub(crate) async fn attach(
    app: &App,
    ctx: &Ctx,
    id: DossierId,
    attachment: Attachment,
) -> Result<Dossier, AttachError> {
    let command = Order::Ready(Command::AttachFile(attachment));
    Ok(act(app, ctx, id, Step { act: Act::EditDraft, command, news: None }).await?)
}

/// Checks the kind by content and puts the bytes into their place for good, synced before any row names them.
pub(crate) async fn keep_file(
    ctx: &Ctx,
    component: ComponentRef,
    file: ReceivedFile,
) -> Result<Attachment, AttachError> {
    keep_file_as(ctx, AttachmentId::from_bytes(ctx.random()), component, file).await
}

/// The same for a file that has an identifier already.
pub(crate) async fn keep_file_as(
    ctx: &Ctx,
    id: AttachmentId,
    component: ComponentRef,
    file: ReceivedFile,
) -> Result<Attachment, AttachError> {
    let tail = match is_archive(file.incoming.head()) {
        true => file.incoming.tail(TAIL).await.map_err(|error| ActError::Usecase(UsecaseError::Blob(error)))?,
        false => Vec::new(),
    };
    let kind = FileKind::of(file.incoming.head(), &tail)?;
    let (hash, size) = (file.incoming.hash(), file.incoming.size());
    file.incoming.keep().await.map_err(|error| ActError::Usecase(UsecaseError::Blob(error)))?;
    Ok(Attachment {
        id,
        component_code: component.code,
        component_name: component.name,
        file_name: kind.name(&file.file_name),
        media_type: kind.media_type().to_owned(),
        size,
        hash,
        uploaded_at: ctx.now,
        citation: None,
    })
}
