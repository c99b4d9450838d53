//! Drafts that were left alone, and their deletion: until it is filed, a draft is its filer's own paper.

use std::collections::BTreeSet;

use domain::dossier::Dossier;
use domain::ids::{AccountId, DossierId, Hash};
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::take_json;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};

statements! {
    LIST_IDLE = Sql::new(
        "select changed_at, state from dossier
         where status = 'draft' and changed_at >= $1 and changed_at < $2
         order by changed_at, id limit $3",
    );
    LIST_CHANGES = Sql::new(
        "select id, coalesce(changed_at, started_at) from dossier where filer_account_id = $1 and status = 'draft' limit $2",
    );
    LIST_CONTENTS = Sql::new("select blob_hash from attachment where dossier_id = $1");
    DELETE_FILES = Sql::new("delete from attachment where dossier_id = $1");
    DELETE_UPLOADS = Sql::new("delete from upload where dossier_id = $1");
    DELETE_EVENTS = Sql::new("delete from dossier_event where dossier_id = $1");
    DELETE = Sql::new("delete from dossier where id = $1 and version = $2 and status = 'draft'");
}

/// A draft that nobody has changed for a while.
#[derive(Clone, Debug)]
pub struct IdleDraft {
    /// When it was changed last.
    pub changed_at: Instant,
    /// The draft.
    pub draft: Dossier,
}

/// Drafts that were changed last in this time, the longest left alone first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_idle_drafts(
    tx: &mut Tx<'_>,
    from: Instant,
    before: Instant,
    limit: u32,
) -> Result<Vec<IdleDraft>, StorageError> {
    let rows = tx.all(LIST_IDLE, params![from, before, limit]).await?;
    rows.into_iter().map(|mut row| Ok(IdleDraft { changed_at: row.take(0)?, draft: take_json(&mut row, 1)? })).collect()
}

/// When an account's drafts were changed last.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_latest_changes(
    tx: &mut Tx<'_>,
    account: AccountId,
    limit: u32,
) -> Result<Vec<(DossierId, Instant)>, StorageError> {
    let rows = tx.all(LIST_CHANGES, params![account, limit]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?))).collect()
}

/// Deletes a draft with its events and its files' rows, as it was read; the contents that its files had are returned.
///
/// # Errors
/// [`StorageError::Conflict`] when it was changed meanwhile; the database itself refuses when it was filed.
pub async fn delete_draft(tx: &mut Tx<'_>, draft: &Dossier) -> Result<Vec<Hash>, StorageError> {
    let contents = tx.all(LIST_CONTENTS, params![draft.id]).await?;
    let contents = contents.into_iter().map(|mut row| row.take(0)).collect::<Result<BTreeSet<_>, _>>()?;
    for sql in [DELETE_FILES, DELETE_UPLOADS, DELETE_EVENTS] {
        tx.exec(sql, params![draft.id]).await?;
    }
    match tx.exec(DELETE, params![draft.id, draft.version]).await? {
        1 => Ok(contents.into_iter().collect()),
        _ => Err(StorageError::Conflict),
    }
}
