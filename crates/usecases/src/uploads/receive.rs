//! The next piece of a file arrives; with the last one the file goes the way of every other (`attach_file`).

use std::io;
use std::time::Duration;

use bytes::Bytes;
use domain::ids::{AttachmentId, DossierId, UploadId};
use futures_util::{Stream, StreamExt};
use sha1::Sha1;
use sha2::{Digest, Sha256};
use storage::uploads::{self, StoredUpload};
use storage::{Ended, Partial};
use tokio::time::sleep;

use super::{Progress, UploadError, WAIT_MILLIS, hold, progress};
use crate::app::App;
use crate::attach_file::{AttachError, ComponentRef, ReceivedFile, attach, keep_file_as};
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::file_kind::FileKind;

/// From so many bytes on the kind of a file is known, and one that is not taken need not come to its end.
const TELLING: u64 = 8 * 1024;

/// How often a file waits for others that become part of the same draft, and how much longer each time.
const TURNS: u32 = 20;
const TURN: Duration = Duration::from_millis(20);

/// A piece of a file.
pub struct Piece<S> {
    /// Where it begins in the file.
    pub offset: u64,
    /// What its bytes must give, when the sender says so.
    pub checksum: Option<Checksum>,
    /// Its bytes.
    pub bytes: S,
}

/// What the bytes of a piece give; it finds accidents, not forgers: what is kept for good is named by SHA-256.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// By SHA-1, which every server that speaks tus must know.
    Sha1([u8; 20]),
    /// By SHA-256.
    Sha256([u8; 32]),
}

/// Follows the bytes of a piece that has a checksum.
enum Check {
    None,
    Sha1(Sha1, [u8; 20]),
    Sha256(Sha256, [u8; 32]),
}

impl Check {
    fn of(checksum: Option<Checksum>) -> Self {
        match checksum {
            None => Self::None,
            Some(Checksum::Sha1(expected)) => Self::Sha1(Sha1::new(), expected),
            Some(Checksum::Sha256(expected)) => Self::Sha256(Sha256::new(), expected),
        }
    }

    fn update(&mut self, bytes: &[u8]) {
        match self {
            Self::None => {}
            Self::Sha1(digest, _) => digest.update(bytes),
            Self::Sha256(digest, _) => digest.update(bytes),
        }
    }

    fn fits(self) -> bool {
        match self {
            Self::None => true,
            Self::Sha1(digest, expected) => digest.finalize()[..] == expected,
            Self::Sha256(digest, expected) => digest.finalize()[..] == expected,
        }
    }
}

/// How far a file has come. One that was whole when the program was killed becomes a file of the draft by this.
///
/// # Errors
/// As [`receive_piece`].
pub async fn find_upload(app: &App, ctx: &Ctx, draft: DossierId, id: UploadId) -> Result<Progress, UploadError> {
    let (upload, partial) = hold(app, ctx, draft, id).await?;
    match partial {
        Some(partial) => go_on(app, ctx, upload, partial).await,
        None => Ok(progress(&upload, upload.size)),
    }
}

/// Takes the next piece. What has come of it before the sender went is kept; only a piece with a checksum is taken whole or
/// not at all. It runs to its end on a task of its own: the connection may go, and what it brought is still kept.
///
/// # Errors
/// When the piece does not begin where the file ends, goes beyond its end, or is not what its checksum says; when somebody
/// else sends the same file; when the file is not of a kind that is taken, and then it is forgotten.
pub async fn receive_piece(
    app: App,
    ctx: Ctx,
    draft: DossierId,
    id: UploadId,
    piece: Piece<impl Stream<Item = io::Result<Bytes>> + Send + Unpin + 'static>,
) -> Result<Progress, UploadError> {
    let receiving = tokio::spawn(async move { receive(&app, &ctx, draft, id, piece).await });
    receiving.await.unwrap_or_else(|_| Err(UsecaseError::CutOff.into()))
}

async fn receive(
    app: &App,
    ctx: &Ctx,
    draft: DossierId,
    id: UploadId,
    piece: Piece<impl Stream<Item = io::Result<Bytes>> + Send + Unpin>,
) -> Result<Progress, UploadError> {
    let (mut upload, partial) = hold(app, ctx, draft, id).await?;
    let Some(mut partial) = partial else {
        return match piece.offset == upload.size {
            true => Ok(progress(&upload, upload.size)),
            false => Err(UploadError::OtherOffset { offset: upload.size }),
        };
    };
    let before = partial.length();
    if piece.offset != before {
        return Err(UploadError::OtherOffset { offset: before });
    }
    let mut check = Check::of(piece.checksum);
    let bytes = piece.bytes.inspect(|bytes| {
        if let Ok(bytes) = bytes {
            check.update(bytes);
        }
    });
    let ended = partial.append(bytes, upload.size).await?;
    if partial.length() > before {
        upload.expires_at = ctx.now.plus_millis(WAIT_MILLIS);
        let expires_at = upload.expires_at;
        app.db().write(move |tx| Box::pin(uploads::touch(tx, id, expires_at))).await?;
    }
    match ended {
        Ended::TooMuch => return Err(UploadError::BeyondEnd),
        Ended::CutOff => {
            // What no checksum covers cannot be told from what is wrong.
            if piece.checksum.is_some() {
                partial.cut_to(before).await?;
            }
            return Err(AttachError::CutOff.into());
        }
        Ended::Whole if !check.fits() => {
            partial.cut_to(before).await?;
            return Err(UploadError::Checksum);
        }
        Ended::Whole => {}
    }
    go_on(app, ctx, upload, partial).await
}

/// What follows from what lies on the disk: nothing yet, the end of a file that is not taken, or a file of the draft.
async fn go_on(app: &App, ctx: &Ctx, mut upload: StoredUpload, partial: Partial) -> Result<Progress, UploadError> {
    if partial.length() < upload.size {
        if partial.length() >= TELLING
            && let Err(kind) = FileKind::check_head(&partial.head().await?)
        {
            forget(app, upload.id, partial).await?;
            return Err(AttachError::Kind(kind).into());
        }
        return Ok(progress(&upload, partial.length()));
    }
    match finish(app, ctx, &upload, &partial).await {
        Ok(()) => {}
        // It could be taken later: the bytes stay.
        Err(error @ AttachError::Act(ActError::Usecase(_))) => return Err(error.into()),
        Err(error) => {
            forget(app, upload.id, partial).await?;
            return Err(error.into());
        }
    }
    let (id, now) = (upload.id, ctx.now);
    app.db().write(move |tx| Box::pin(uploads::finish(tx, id, now))).await?;
    partial.remove().await?;
    upload.finished_at = Some(now);
    Ok(progress(&upload, upload.size))
}

/// The attachment has the upload's identifier: done twice, after a crash in the middle, it is one file.
async fn finish(app: &App, ctx: &Ctx, upload: &StoredUpload, partial: &Partial) -> Result<(), AttachError> {
    let incoming = partial.read().await.map_err(|error| ActError::Usecase(UsecaseError::Blob(error)))?;
    let component = ComponentRef { code: upload.component_code.clone(), name: upload.component_name.clone() };
    let file = ReceivedFile { file_name: upload.file_name.clone(), incoming };
    let id = AttachmentId::from_bytes(*upload.id.as_bytes());
    let attachment = keep_file_as(ctx, id, component, file).await?;
    // Many files of one draft may become whole at once, and each changes the draft.
    for turn in 0..TURNS {
        match attach(app, ctx, upload.dossier_id, attachment.clone()).await {
            Err(AttachError::Act(ActError::Usecase(UsecaseError::Conflict))) => sleep(TURN * (turn + 1)).await,
            attached => return attached.map(drop),
        }
    }
    Err(ActError::Usecase(UsecaseError::Conflict).into())
}

/// Forgets a file that is on its way, with what came of it. One that has become a file of the draft stays there.
///
/// # Errors
/// When somebody sends it at this moment, or it is not there.
pub async fn remove_upload(app: &App, ctx: &Ctx, draft: DossierId, id: UploadId) -> Result<(), UploadError> {
    match hold(app, ctx, draft, id).await? {
        (_, Some(partial)) => forget(app, id, partial).await,
        (_, None) => Err(UploadError::Unknown),
    }
}

/// First the bytes, then the row: bytes without a row would stay for ever.
async fn forget(app: &App, id: UploadId, partial: Partial) -> Result<(), UploadError> {
    partial.remove().await?;
    Ok(app.db().write(move |tx| Box::pin(uploads::delete(tx, id))).await?)
}
