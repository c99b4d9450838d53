//! Whose a file is: every file of every dossier, also those that were taken out of a draft.

use domain::dossier::Attachment;
use domain::ids::{AttachmentId, DossierId, Hash};
use domain::time::Instant;

use crate::blobs::{self, Blob};
use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    INSERT = Sql::new(
        "insert into attachment (id, dossier_id, part, blob_hash, file_name, media_type, uploaded_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    REMOVE = Sql::new("update attachment set removed_at = $1 where id = $2 and dossier_id = $3");
    FIND = Sql::new(
        "select dossier_id, part, blob_hash, file_name, media_type, uploaded_at, removed_at
         from attachment where id = $1",
    );
}

/// What a file is in its dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Filed by the citizen.
    Paper,
    /// Part of the result.
    Result,
}

impl Part {
    fn as_str(self) -> &'static str {
        match self {
            Self::Paper => "paper",
            Self::Result => "result",
        }
    }
}

/// A file and the dossier that it belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnedAttachment {
    /// The dossier.
    pub dossier: DossierId,
    /// What it is there.
    pub part: Part,
    /// Its content.
    pub hash: Hash,
    /// Its name.
    pub file_name: String,
    /// Its kind.
    pub media_type: String,
    /// When it was received.
    pub uploaded_at: Instant,
    /// When it was taken out of the draft.
    pub removed_at: Option<Instant>,
}

/// Notes a file of a dossier, and its content with it.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub(crate) async fn insert(
    tx: &mut Tx<'_>,
    dossier: DossierId,
    part: Part,
    file: &Attachment,
) -> Result<(), StorageError> {
    let blob = Blob { hash: file.hash, size: file.size, received_at: file.uploaded_at };
    blobs::insert_if_absent(tx, &blob).await?;
    let params =
        params![file.id, dossier, part.as_str(), file.hash, &file.file_name, &file.media_type, file.uploaded_at];
    tx.queue(INSERT, params);
    Ok(())
}

/// Notes that a file was taken out of its draft.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub(crate) async fn remove(
    tx: &mut Tx<'_>,
    dossier: DossierId,
    id: AttachmentId,
    at: Instant,
) -> Result<(), StorageError> {
    tx.queue(REMOVE, params![at, id, dossier]);
    Ok(())
}

/// The file of this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: AttachmentId) -> Result<Option<OwnedAttachment>, StorageError> {
    let Some(mut row) = tx.optional(FIND, params![id]).await? else {
        return Ok(None);
    };
    let part = match row.take::<String>(1)?.as_str() {
        "paper" => Part::Paper,
        "result" => Part::Result,
        other => {
            return Err(StorageError::broken(format!("no part of a dossier is called {other}")));
        }
    };
    Ok(Some(OwnedAttachment {
        dossier: row.take(0)?,
        part,
        hash: row.take(2)?,
        file_name: row.take(3)?,
        media_type: row.take(4)?,
        uploaded_at: row.take(5)?,
        removed_at: row.take(6)?,
    }))
}
