//! The filer has the photographs of one paper made into one PDF, a page each, in the order in which they were given (R55).

use std::io::{self, BufReader, Write};

use bytes::Bytes;
use documents::{PictureError, write_pictures};
use domain::dossier::{Attachment, Dossier};
use domain::ids::DossierId;
use domain::policy::{Act, Resource, may};
use futures_util::stream;
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use crate::app::App;
use crate::attach_file::{AttachError, ComponentRef, ReceivedFile, attach_file, receive_file};
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::remove_file::remove_file;
use crate::view_dossier::find_draft;

/// How many bytes go from the maker of the PDF to the disk at once, and how many such pieces may wait.
const PIECE: usize = 64 << 10;
const WAITING: usize = 4;

/// Why photographs were not made one PDF.
#[derive(Debug, thiserror::Error)]
pub enum MergeError {
    /// There are fewer than two.
    #[error("there are fewer than two pictures")]
    TooFew,
    /// One cannot be shown by a PDF.
    #[error("the picture {file_name} cannot be taken")]
    Unreadable {
        /// Its name in the draft.
        file_name: String,
    },
    /// The PDF is not taken.
    #[error(transparent)]
    Attach(#[from] AttachError),
}

impl From<UsecaseError> for MergeError {
    fn from(error: UsecaseError) -> Self {
        Self::Attach(AttachError::Act(ActError::Usecase(error)))
    }
}

/// Whether a file can be a page of such a PDF; what was cited from the store stays what was checked.
pub fn is_mergeable(attachment: &Attachment) -> bool {
    attachment.citation.is_none() && matches!(attachment.media_type.as_str(), "image/jpeg" | "image/png")
}

/// Makes the photographs that were given for a component into one PDF, which takes their place among the draft's files.
///
/// # Errors
/// When there are fewer than two, when one cannot be a page, or when the PDF is larger than a file may be.
pub async fn merge_pictures(
    app: &App,
    ctx: &Ctx,
    draft: DossierId,
    component: ComponentRef,
    file_name: String,
) -> Result<Dossier, MergeError> {
    let dossier = find_draft(app, ctx, draft).await?;
    may(&ctx.viewer, Act::EditDraft, &Resource::from(&dossier)).map_err(UsecaseError::from)?;
    let of_component = |file: &&Attachment| file.component_code == component.code && is_mergeable(file);
    let pictures: Vec<Attachment> = dossier.attachments.iter().filter(of_component).cloned().collect();
    if pictures.len() < 2 {
        return Err(MergeError::TooFew);
    }
    let mut files = Vec::new();
    for picture in &pictures {
        files.push(app.blobs().open_file(picture.hash).await.map_err(UsecaseError::Blob)?.into_std().await);
    }
    let (pieces, arriving) = mpsc::channel::<io::Result<Bytes>>(WAITING);
    let making = spawn_blocking(move || {
        let out = Outlet { pieces, gathered: Vec::with_capacity(PIECE) };
        write_pictures(out, files.into_iter().map(|file| Ok(BufReader::new(file))))
    });
    let arriving = stream::unfold(arriving, async |mut arriving| Some((arriving.recv().await?, arriving)));
    let received = receive_file(app, Box::pin(arriving)).await;
    let made = making.await.map_err(|_| UsecaseError::CutOff)?;
    // A file that grew too large ends the making as well: that is the reason then.
    let incoming = match (received, made) {
        (Err(error), _) => return Err(error.into()),
        (Ok(_), Err(PictureError::Unreadable { number })) => {
            return Err(MergeError::Unreadable { file_name: pictures[number - 1].file_name.clone() });
        }
        (Ok(_), Err(PictureError::Io(source))) => {
            return Err(UsecaseError::Blob(storage::BlobError::Folder { act: "merge pictures", source }).into());
        }
        (Ok(incoming), Ok(())) => incoming,
    };
    let mut after = attach_file(app, ctx, draft, component, ReceivedFile { file_name, incoming }).await?;
    for picture in &pictures {
        after = remove_file(app, ctx, draft, picture.id).await.map_err(AttachError::Act)?;
    }
    Ok(after)
}

/// Hands what is written over in pieces.
struct Outlet {
    pieces: mpsc::Sender<io::Result<Bytes>>,
    gathered: Vec<u8>,
}

impl Write for Outlet {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.gathered.extend_from_slice(bytes);
        if self.gathered.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = Bytes::from(std::mem::replace(&mut self.gathered, Vec::with_capacity(PIECE)));
        self.pieces.blocking_send(Ok(piece)).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}
