//! Dossiers: the log of their acts, which only grows, and the row that is its projection.

use domain::codes::{AgencyCode, DossierCode, ProcedureCode};
use domain::dossier::{Dossier, Event, Recorded, Status};
use domain::ids::{AccountId, DossierId};
use domain::time::{Day, Instant};

use crate::attachments::{self, Part};
use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Value;

pub(crate) mod drafts;
pub(crate) mod events;
pub(crate) mod lists;
mod rows;

pub use drafts::{IdleDraft, delete_draft, list_idle_drafts, list_latest_changes};
pub use events::{DossierWithEvents, RepresentedAct, list_events, list_for_verify, list_represented};
pub use lists::{InboxFilter, StatusCount, count_by_status, list_inbox, list_of_account, list_of_account_in};
pub use rows::{Cursor, CursorError, DossierRow};

statements! {
    INSERT = Sql::new(
        "insert into dossier (id, version, code, status, procedure_code, procedure_name, agency_code, agency_name,
             filer_account_id, owner_name, started_at, filed_at, answer_due_at, due_at, sort_due_at,
             holder_agency, holder_officer, holder_since, state, changed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)",
    );
    UPDATE = Sql::new(
        "update dossier set version = $1, code = $2, status = $3, owner_name = $4, filed_at = $5, answer_due_at = $6,
             due_at = $7, sort_due_at = $8, holder_agency = $9, holder_officer = $10, holder_since = $11, state = $12, changed_at = $13
         where id = $14 and version = $15",
    );
    FIND = Sql::new("select state from dossier where id = $1");
    FIND_BY_CODE = Sql::new("select state from dossier where code = $1");
    FIND_DRAFT = Sql::new(
        "select state from dossier
         where filer_account_id = $1 and procedure_code = $2 and agency_code = $3 and status = 'draft'
         order by started_at desc, id desc limit 1",
    );
    LIST_FILED_LIKE = Sql::new(
        "select state from dossier
         where filer_account_id = $1 and procedure_code = $2 and filed_at is not null
         order by filed_at desc, id desc limit $3",
    );
    NEXT_ORDINAL = Sql::new(
        "insert into dossier_counter (agency_code, day, last_number) values ($1, $2, 1)
         on conflict (agency_code, day) do update set last_number = dossier_counter.last_number + 1
         returning last_number",
    );
}

/// What no clock has is listed last: the end of the year 9999.
const NO_CLOCK: i64 = 253_402_300_799_999;

/// The dossier of this id, draft or filed.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: DossierId) -> Result<Option<Dossier>, StorageError> {
    find_one(tx, FIND, params![id]).await
}

/// The filed dossier of this code.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_by_code(tx: &mut Tx<'_>, code: &DossierCode) -> Result<Option<Dossier>, StorageError> {
    find_one(tx, FIND_BY_CODE, params![code]).await
}

/// The latest draft of this account for this procedure at this agency.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_draft(
    tx: &mut Tx<'_>,
    filer: AccountId,
    procedure: &ProcedureCode,
    agency: &AgencyCode,
) -> Result<Option<Dossier>, StorageError> {
    find_one(tx, FIND_DRAFT, params![filer, procedure, agency]).await
}

/// The dossiers that an account has filed under a procedure, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_filed_like(
    tx: &mut Tx<'_>,
    filer: AccountId,
    procedure: &ProcedureCode,
    most: u32,
) -> Result<Vec<Dossier>, StorageError> {
    let rows = tx.all(LIST_FILED_LIKE, params![filer, procedure, most]).await?;
    rows.into_iter().map(|mut row| take_json(&mut row, 0)).collect()
}

/// Appends an act's events to the log, and stores the dossier as they have made it.
///
/// # Errors
/// [`StorageError::Conflict`], with the next statement or the commit, when somebody else wrote after the dossier was read;
/// [`StorageError::Broken`] when the events do not lead to this state.
pub async fn append(tx: &mut Tx<'_>, dossier: &Dossier, records: &[Recorded]) -> Result<(), StorageError> {
    let Some(first) = records.first() else {
        return Ok(());
    };
    check_sequence(dossier, records)?;
    let row = Projection::of(dossier, records.last().map_or(first.at, |last| last.at))?;
    let read_version = first.seq - 1;
    if read_version == 0 {
        tx.queue(INSERT, row.insert(dossier));
        events::queue(tx, records, dossier.version)?;
    } else {
        events::queue(tx, records, read_version)?;
        tx.queue(UPDATE, row.update(dossier, read_version));
    }
    for record in records {
        note_files(tx, record).await?;
    }
    Ok(())
}

/// Draws the next ordinal of the dossier codes of that agency (or of the one that its units share) on that day: without
/// gaps, because it is given back when the transaction fails.
///
/// # Errors
/// When the database refuses.
pub async fn next_ordinal(tx: &mut Tx<'_>, agency: &AgencyCode, day: Day) -> Result<u32, StorageError> {
    tx.one(NEXT_ORDINAL, params![agency.numbering(), day]).await?.take(0)
}

async fn find_one(tx: &mut Tx<'_>, sql: Sql, params: Vec<Value>) -> Result<Option<Dossier>, StorageError> {
    let Some(mut row) = tx.optional(sql, params).await? else {
        return Ok(None);
    };
    take_json(&mut row, 0).map(Some)
}

fn check_sequence(dossier: &Dossier, records: &[Recorded]) -> Result<(), StorageError> {
    let is_one_sequence = records.windows(2).all(|pair| pair[1].seq == pair[0].seq + 1);
    let is_of_dossier = records.iter().all(|record| record.dossier_id == dossier.id);
    let leads_here = records.last().is_some_and(|last| last.seq == dossier.version && last.hash == dossier.last_hash);
    if is_one_sequence && is_of_dossier && leads_here && records[0].seq > 0 {
        return Ok(());
    }
    Err(StorageError::broken(format!(
        "the events do not lead to version {} of dossier {}",
        dossier.version, dossier.id
    )))
}

async fn note_files(tx: &mut Tx<'_>, record: &Recorded) -> Result<(), StorageError> {
    let dossier = record.dossier_id;
    match &record.event {
        Event::FileAttached { attachment } | Event::SupplementFileAttached { attachment, .. } => {
            attachments::insert(tx, dossier, Part::Paper, attachment).await
        }
        Event::FileRemoved { attachment } | Event::SupplementFileRemoved { attachment } => {
            attachments::remove(tx, dossier, *attachment, record.at).await
        }
        Event::Finished { results, .. } => {
            for result in results {
                attachments::insert(tx, dossier, Part::Result, result).await?;
            }
            Ok(())
        }
        _ => Ok(()),
    }
}

/// The columns that change with the dossier.
struct Projection {
    owner_name: Value,
    due_at: Option<Instant>,
    sort_due_at: Instant,
    holder_agency: Value,
    holder_officer: Value,
    holder_since: Value,
    state: String,
    changed_at: Instant,
}

impl Projection {
    fn of(dossier: &Dossier, changed_at: Instant) -> Result<Self, StorageError> {
        let due_at = dossier.due.as_ref().map(|due| due.due_at);
        let holder = dossier.holder.as_ref();
        let officer = holder.and_then(|holder| holder.officer.as_ref());
        Ok(Self {
            owner_name: dossier.owner.as_ref().map(|owner| owner.full_name.clone()).into(),
            due_at,
            sort_due_at: sort_due_at(dossier, due_at),
            holder_agency: holder.map(|holder| &holder.agency.code).into(),
            holder_officer: officer.map(|officer| &officer.name).into(),
            holder_since: holder.map(|holder| holder.since).into(),
            state: to_json(dossier)?,
            changed_at,
        })
    }

    fn insert(self, dossier: &Dossier) -> Vec<Value> {
        params![
            dossier.id,
            dossier.version,
            dossier.code.as_ref(),
            dossier.status,
            &dossier.procedure.code,
            &dossier.procedure.name,
            &dossier.agency.code,
            &dossier.agency.name,
            dossier.filer,
            self.owner_name,
            dossier.started_at,
            dossier.filed_at,
            dossier.answer_due_at,
            self.due_at,
            self.sort_due_at,
            self.holder_agency,
            self.holder_officer,
            self.holder_since,
            self.state,
            self.changed_at,
        ]
    }

    fn update(self, dossier: &Dossier, read_version: u64) -> Vec<Value> {
        params![
            dossier.version,
            dossier.code.as_ref(),
            dossier.status,
            self.owner_name,
            dossier.filed_at,
            dossier.answer_due_at,
            self.due_at,
            self.sort_due_at,
            self.holder_agency,
            self.holder_officer,
            self.holder_since,
            self.state,
            self.changed_at,
            dossier.id,
            read_version,
        ]
    }
}

/// The clock that runs, or the last one that ran; a draft has none.
fn sort_due_at(dossier: &Dossier, due_at: Option<Instant>) -> Instant {
    if dossier.status == Status::Draft {
        return Instant::from_millis(NO_CLOCK);
    }
    let last = dossier.running_due_at().or(due_at).or(dossier.answer_due_at);
    last.unwrap_or(Instant::from_millis(NO_CLOCK))
}
