//! What the two sides of a dossier write to each other, and which side has something to read.

use domain::codes::AgencyCode;
use domain::dossier::{Dossier, Remark, Side};
use domain::ids::{AccountId, DossierId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Value;

statements! {
    INSERT = Sql::new(
        "insert into remark (id, dossier_id, side, writer_id, writer_name, body, written_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
    );
    LIST = Sql::new(
        "select id, side, writer_id, writer_name, body, written_at from remark
         where dossier_id = $1 order by written_at, id limit $2",
    );
    NOTE_UNREAD = Sql::new(
        "insert into remark_unread (dossier_id, side, reader, latest_at) values ($1, $2, $3, $4)
         on conflict (dossier_id, side) do update set latest_at = excluded.latest_at",
    );
    NOTE_READ = Sql::new("delete from remark_unread where dossier_id = $1 and side = $2 and latest_at <= $3");
    LIST_UNREAD = Sql::new(
        "select dossier_id from remark_unread where side = $1 and reader = $2 order by latest_at desc limit $3",
    );
}

/// Adds a remark; the other side has something to read.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn insert(tx: &mut Tx<'_>, dossier: &Dossier, remark: &Remark) -> Result<(), StorageError> {
    let params = params![
        remark.id,
        dossier.id,
        remark.side.as_str(),
        &remark.writer_id,
        &remark.writer_name,
        remark.words.as_str(),
        remark.written_at,
    ];
    tx.queue(INSERT, params);
    let other = remark.side.other();
    let reader = match other {
        Side::Filer => Value::from(dossier.filer),
        Side::Desk => Value::from(&dossier.agency.code),
    };
    tx.queue(NOTE_UNREAD, params![dossier.id, other.as_str(), reader, remark.written_at]);
    Ok(())
}

/// What was written about a dossier, the oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list(tx: &mut Tx<'_>, dossier: DossierId, limit: u32) -> Result<Vec<Remark>, StorageError> {
    let rows = tx.all(LIST, params![dossier, limit]).await?;
    rows.into_iter()
        .map(|mut row| {
            let (side, words): (String, String) = (row.take(1)?, row.take(4)?);
            let broken = |what: &str| StorageError::broken(format!("a remark has no such {what}"));
            Ok(Remark {
                id: row.take(0)?,
                side: Side::parse(&side).map_err(|_| broken("side"))?,
                writer_id: row.take(2)?,
                writer_name: row.take(3)?,
                words: words.try_into().map_err(|_| broken("words"))?,
                written_at: row.take(5)?,
            })
        })
        .collect()
}

/// Notes that a side has read everything up to that moment.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn note_read(tx: &mut Tx<'_>, dossier: DossierId, side: Side, until: Instant) -> Result<(), StorageError> {
    tx.queue(NOTE_READ, params![dossier, side.as_str(), until]);
    Ok(())
}

/// The dossiers of an account in which its holder has something to read.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_unread_of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    limit: u32,
) -> Result<Vec<DossierId>, StorageError> {
    list_unread(tx, Side::Filer, account.into(), limit).await
}

/// The dossiers of an agency in which its officers have something to read.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_unread_of_agency(
    tx: &mut Tx<'_>,
    agency: &AgencyCode,
    limit: u32,
) -> Result<Vec<DossierId>, StorageError> {
    list_unread(tx, Side::Desk, agency.into(), limit).await
}

async fn list_unread(tx: &mut Tx<'_>, side: Side, reader: Value, limit: u32) -> Result<Vec<DossierId>, StorageError> {
    let rows = tx.all(LIST_UNREAD, params![side.as_str(), reader, limit]).await?;
    rows.into_iter().map(|mut row| row.take(0)).collect()
}
