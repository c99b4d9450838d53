//! Files of drafts that are on their way in pieces: what each will be, and until when it is waited for.

use domain::ids::{AccountId, DossierId, UploadId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into upload
             (id, dossier_id, account_id, component_code, component_name, file_name, metadata, size, begun_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    FIND = Sql::new(
        "select id, dossier_id, account_id, component_code, component_name, file_name, metadata, size, begun_at,
             expires_at, finished_at
         from upload where id = $1",
    );
    COUNT_OPEN = Sql::new(
        "select coalesce(sum(case when dossier_id = $1 then 1 else 0 end), 0), count(*)
         from upload where account_id = $2 and finished_at is null and expires_at > $3",
    );
    TOUCH = Sql::new("update upload set expires_at = $1 where id = $2 and finished_at is null");
    FINISH = Sql::new("update upload set finished_at = $1 where id = $2 and finished_at is null");
    DELETE = Sql::new("delete from upload where id = $1");
    DELETE_EXPIRED = Sql::new("delete from upload where id = $1 and expires_at <= $2");
    LIST_EXPIRED = Sql::new("select id from upload where expires_at <= $1 order by expires_at limit 1000");
}

/// A file that is on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUpload {
    /// Its identifier, and that of the attachment which it becomes.
    pub id: UploadId,
    /// The draft.
    pub dossier_id: DossierId,
    /// The account that files the draft.
    pub account_id: AccountId,
    /// The required document it is for; none for a file beside the list.
    pub component_code: Option<String>,
    /// The name of that document.
    pub component_name: String,
    /// The file's name on the person's device.
    pub file_name: String,
    /// What the sender said of it, as the sender wrote it.
    pub metadata: String,
    /// How many bytes it will have.
    pub size: u64,
    /// When it was begun.
    pub begun_at: Instant,
    /// When it is forgotten, unless more of it arrives.
    pub expires_at: Instant,
    /// When it became a file of the draft.
    pub finished_at: Option<Instant>,
}

/// How many files are on their way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenUploads {
    /// To this draft.
    pub of_draft: u64,
    /// To all drafts of this account.
    pub of_account: u64,
}

/// Notes a file that begins to come.
///
/// # Errors
/// When the database refuses.
pub async fn insert(tx: &mut Tx<'_>, upload: &StoredUpload) -> Result<(), StorageError> {
    let params = params![
        upload.id,
        upload.dossier_id,
        upload.account_id,
        upload.component_code.clone(),
        upload.component_name.clone(),
        upload.file_name.clone(),
        upload.metadata.clone(),
        upload.size,
        upload.begun_at,
        upload.expires_at,
    ];
    tx.exec(INSERT, params).await.map(drop)
}

/// The file of this identifier, expired or not.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: UploadId) -> Result<Option<StoredUpload>, StorageError> {
    tx.optional(FIND, params![id]).await?.map(read).transpose()
}

/// How many files are on their way to this draft, and from this account.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_open(
    tx: &mut Tx<'_>,
    draft: DossierId,
    account: AccountId,
    now: Instant,
) -> Result<OpenUploads, StorageError> {
    let mut row = tx.one(COUNT_OPEN, params![draft, account, now]).await?;
    Ok(OpenUploads { of_draft: row.take(0)?, of_account: row.take(1)? })
}

/// Waits longer for a file of which more has arrived.
///
/// # Errors
/// When the database refuses.
pub async fn touch(tx: &mut Tx<'_>, id: UploadId, expires_at: Instant) -> Result<(), StorageError> {
    tx.exec(TOUCH, params![expires_at, id]).await.map(drop)
}

/// Notes that it has become a file of the draft, and says whether it was still on its way.
///
/// # Errors
/// When the database refuses.
pub async fn finish(tx: &mut Tx<'_>, id: UploadId, now: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(FINISH, params![now, id]).await? == 1)
}

/// Forgets a file.
///
/// # Errors
/// When the database refuses.
pub async fn delete(tx: &mut Tx<'_>, id: UploadId) -> Result<(), StorageError> {
    tx.exec(DELETE, params![id]).await.map(drop)
}

/// Forgets a file for which nobody waits any more, and says whether that was so.
///
/// # Errors
/// When the database refuses.
pub async fn delete_expired(tx: &mut Tx<'_>, id: UploadId, now: Instant) -> Result<bool, StorageError> {
    Ok(tx.exec(DELETE_EXPIRED, params![id, now]).await? == 1)
}

/// Files for which nobody waits any more, at most 1,000 of them.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_expired(tx: &mut Tx<'_>, now: Instant) -> Result<Vec<UploadId>, StorageError> {
    tx.all(LIST_EXPIRED, params![now]).await?.into_iter().map(|mut row| row.take(0)).collect()
}

fn read(mut row: Row) -> Result<StoredUpload, StorageError> {
    Ok(StoredUpload {
        id: row.take(0)?,
        dossier_id: row.take(1)?,
        account_id: row.take(2)?,
        component_code: row.take(3)?,
        component_name: row.take(4)?,
        file_name: row.take(5)?,
        metadata: row.take(6)?,
        size: row.take(7)?,
        begun_at: row.take(8)?,
        expires_at: row.take(9)?,
        finished_at: row.take(10)?,
    })
}
