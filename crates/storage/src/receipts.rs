//! Receipts as they were signed, and the keys that signed them.

use domain::dossier::Dossier;
use domain::ids::DossierId;
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new("insert into receipt (dossier_id, manifest, seed, signature) values ($1, $2, $3, $4)");
    FIND = Sql::new("select dossier_id, manifest, seed, signature from receipt where dossier_id = $1");
    LIST_BETWEEN = Sql::new(
        "select dossier_id, manifest, seed, signature from receipt
         where dossier_id > $1 and dossier_id <= $2 order by dossier_id",
    );
    INSERT_KEY = Sql::new(
        "insert into receipt_key (kid, public_key, sealed, signs_from, created_at) values ($1, $2, $3, $4, $5)
         on conflict (signs_from) do nothing",
    );
    LIST_KEYS = Sql::new(
        "select kid, public_key, sealed, signs_from, created_at from receipt_key order by signs_from, kid",
    );
}

/// A receipt as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredReceipt {
    /// The dossier.
    pub dossier_id: DossierId,
    /// What was signed, letter by letter.
    pub manifest: String,
    /// From which the salts follow.
    pub seed: Vec<u8>,
    /// The signature.
    pub signature: String,
}

/// A key as it is stored.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredReceiptKey {
    /// Its name.
    pub kid: String,
    /// The public half.
    pub public_key: Vec<u8>,
    /// The private half, encrypted.
    pub sealed: Vec<u8>,
    /// From when on it signs.
    pub signs_from: Instant,
    /// When it was made.
    pub created_at: Instant,
}

/// Queues the receipt of a dossier that is filed in the same transaction.
pub fn queue(tx: &mut Tx<'_>, receipt: StoredReceipt) {
    tx.queue(INSERT, params![receipt.dossier_id, receipt.manifest, receipt.seed, receipt.signature]);
}

/// The receipt of this dossier; none when it was filed before there were any.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, dossier: DossierId) -> Result<Option<StoredReceipt>, StorageError> {
    tx.optional(FIND, params![dossier]).await?.map(read).transpose()
}

/// The receipts of these dossiers, which stand in the order of their ids from behind the given one on.
///
/// # Errors
/// When the database cannot answer, or a row cannot be read at all.
pub async fn list_for_verify(
    tx: &mut Tx<'_>,
    after: Option<DossierId>,
    last: &Dossier,
) -> Result<Vec<StoredReceipt>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    tx.all(LIST_BETWEEN, params![after, last.id]).await?.into_iter().map(read).collect()
}

/// Adds a key, unless somebody else has just added one for the same time.
///
/// # Errors
/// When the database refuses.
pub async fn insert_key(tx: &mut Tx<'_>, key: &StoredReceiptKey) -> Result<(), StorageError> {
    let (public_key, sealed) = (key.public_key.clone(), key.sealed.clone());
    tx.exec(INSERT_KEY, params![&key.kid, public_key, sealed, key.signs_from, key.created_at]).await.map(drop)
}

/// All keys, in the order in which they sign.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_keys(tx: &mut Tx<'_>) -> Result<Vec<StoredReceiptKey>, StorageError> {
    let rows = tx.all(LIST_KEYS, params![]).await?;
    rows.into_iter()
        .map(|mut row| {
            Ok(StoredReceiptKey {
                kid: row.take(0)?,
                public_key: row.take(1)?,
                sealed: row.take(2)?,
                signs_from: row.take(3)?,
                created_at: row.take(4)?,
            })
        })
        .collect()
}

fn read(mut row: Row) -> Result<StoredReceipt, StorageError> {
    Ok(StoredReceipt { dossier_id: row.take(0)?, manifest: row.take(1)?, seed: row.take(2)?, signature: row.take(3)? })
}
