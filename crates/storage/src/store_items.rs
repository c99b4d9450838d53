//! The personal stores: what accounts own, what was done with it, and which questions registers were asked about them.

use domain::dossier::Dossier;
use domain::ids::{AccountId, AttachmentId, DossierId, Hash, StoreItemId};
use domain::store::{StoreItem, StoreUse};

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that one item at a time stands for a file of a dossier.
pub const ATTACHMENT_TAKEN: &str = "store_item_live_attachment_id";
/// The rule that one item at a time stands for a paper of one number.
pub const NUMBER_TAKEN: &str = "store_item_live_number";

statements! {
    INSERT = Sql::new(
        "insert into store_item (id, owner_id, kind, dossier_id, live_attachment_id, live_number, blob_hash, kept_at,
             superseded_by, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    SUPERSEDE = Sql::new(
        "update store_item set live_attachment_id = null, live_number = null, superseded_by = $1, state = $2
         where id = $3 and superseded_by is null",
    );
    FIND = Sql::new("select state from store_item where id = $1");
    LIST_OF_OWNER = Sql::new(
        "select state from store_item where owner_id = $1 order by kept_at desc, id limit $2",
    );
    LIST_OF_DOSSIER = Sql::new("select state from store_item where dossier_id = $1 order by kept_at, id");
    INSERT_USE = Sql::new("insert into store_use (item_id, dossier_id, seq, at, state) values ($1, $2, $3, $4, $5)");
    LIST_USES = Sql::new(
        "select state from store_use where item_id = $1 order by at desc, dossier_id, seq desc limit $2",
    );
    LIST_BETWEEN = Sql::new(
        "select state, owner_id, live_attachment_id, live_number, blob_hash, superseded_by from store_item
         where dossier_id > $1 and dossier_id <= $2 order by dossier_id",
    );
    LIST_USES_BETWEEN = Sql::new(
        "select dossier_id, seq, item_id, state from store_use
         where dossier_id > $1 and dossier_id <= $2 order by dossier_id, seq",
    );
}

/// Adds an item.
///
/// # Errors
/// [`StorageError::Constraint`] with [`ATTACHMENT_TAKEN`] or [`NUMBER_TAKEN`] when somebody else kept the same paper
/// meanwhile.
pub async fn insert(tx: &mut Tx<'_>, item: &StoreItem) -> Result<(), StorageError> {
    let superseded_by = item.superseded.map(|superseded| superseded.by);
    let params = params![
        item.id,
        item.owner,
        item.facts.kind.clone(),
        item.source.dossier,
        item.source.attachment,
        live_number(item),
        item.file.hash,
        item.kept_at,
        superseded_by,
        to_json(item)?,
    ];
    tx.exec(INSERT, params).await.map(drop)
}

/// Stores that a newer item took this one's place.
///
/// # Errors
/// [`StorageError::Conflict`] when another one did so meanwhile.
pub async fn supersede(tx: &mut Tx<'_>, item: &StoreItem) -> Result<(), StorageError> {
    let by = item.superseded.map(|superseded| superseded.by);
    match tx.exec(SUPERSEDE, params![by, to_json(item)?, item.id]).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// The item of this id, whosever it is.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: StoreItemId) -> Result<Option<StoreItem>, StorageError> {
    tx.optional(FIND, params![id]).await?.as_mut().map(read).transpose()
}

/// What an account owns, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_owner(tx: &mut Tx<'_>, owner: AccountId, most: u32) -> Result<Vec<StoreItem>, StorageError> {
    tx.all(LIST_OF_OWNER, params![owner, most]).await?.iter_mut().map(read).collect()
}

/// What was kept out of a dossier, the oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_dossier(tx: &mut Tx<'_>, dossier: DossierId) -> Result<Vec<StoreItem>, StorageError> {
    tx.all(LIST_OF_DOSSIER, params![dossier]).await?.iter_mut().map(read).collect()
}

/// Notes what was done with an item by the dossier's event of this number.
///
/// # Errors
/// When the database refuses.
pub async fn insert_use(tx: &mut Tx<'_>, item: StoreItemId, seq: u64, used: &StoreUse) -> Result<(), StorageError> {
    tx.exec(INSERT_USE, params![item, used.dossier, seq, used.at, to_json(used)?]).await.map(drop)
}

/// What was done with an item, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_uses(tx: &mut Tx<'_>, item: StoreItemId, most: u32) -> Result<Vec<StoreUse>, StorageError> {
    tx.all(LIST_USES, params![item, most]).await?.iter_mut().map(|row| take_json(row, 0)).collect()
}

/// An item as it is compared with the log.
#[derive(Clone, Debug)]
pub struct AuditedItem {
    /// The item.
    pub item: StoreItem,
    /// Whether the columns by which it is found say the same as the item itself.
    pub has_true_columns: bool,
}

/// The items kept out of the dossiers after this one, up to and with the last.
///
/// # Errors
/// When the database cannot answer, or a row cannot be read at all.
pub async fn list_for_verify(
    tx: &mut Tx<'_>,
    after: Option<DossierId>,
    last: &Dossier,
) -> Result<Vec<AuditedItem>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = tx.all(LIST_BETWEEN, params![after, last.id]).await?;
    rows.into_iter()
        .map(|mut row| {
            let item = read(&mut row)?;
            let (owner, attachment): (AccountId, Option<AttachmentId>) = (row.take(1)?, row.take(2)?);
            let (number, hash): (Option<String>, Hash) = (row.take(3)?, row.take(4)?);
            let by: Option<StoreItemId> = row.take(5)?;
            let stands = item.superseded.is_none();
            let has_true_columns = owner == item.owner
                && attachment == Some(item.source.attachment).filter(|_| stands)
                && number == live_number(&item).filter(|_| stands)
                && hash == item.file.hash
                && by == item.superseded.map(|superseded| superseded.by);
            Ok(AuditedItem { item, has_true_columns })
        })
        .collect()
}

/// What was done with items for the dossiers after this one, up to and with the last: dossier, number of the event, item,
/// use. Drafts that were deleted since are among them.
///
/// # Errors
/// When the database cannot answer, or a row cannot be read at all.
pub async fn list_uses_for_verify(
    tx: &mut Tx<'_>,
    after: Option<DossierId>,
    last: &Dossier,
) -> Result<Vec<(DossierId, u64, StoreItemId, StoreUse)>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let rows = tx.all(LIST_USES_BETWEEN, params![after, last.id]).await?;
    rows.into_iter().map(|mut row| Ok((row.take(0)?, row.take(1)?, row.take(2)?, take_json(&mut row, 3)?))).collect()
}

/// Under which a second paper of the same number is refused.
fn live_number(item: &StoreItem) -> Option<String> {
    let key = item.facts.same_paper_key()?;
    Some(Hash::of(format!("{}\0{key}", item.owner).as_bytes()).to_string())
}

fn read(row: &mut Row) -> Result<StoreItem, StorageError> {
    take_json(row, 0)
}
