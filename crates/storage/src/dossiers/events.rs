//! The log of acts as rows: written once, read in order.

use domain::codes::DossierCode;
use domain::dossier::{Actor, Dossier, Recorded};
use domain::ids::{AccountId, DossierId};
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::{Row, Value};

statements! {
    // The place is reckoned from the version that the writer has read. If the row has another one, the place is null,
    // which the table refuses; if another writer is just as far, the primary key does. Either means a conflict.
    INSERT = Sql::new(
        "insert into dossier_event (dossier_id, seq, at, actor_kind, actor_id, actor_name, rule_version, kind, event,
             previous_hash, hash, principal_id, principal_name, program_id, program_name)
         values ($1, (select version from dossier where id = $1 and version = $2) + $3, $4, $5, $6, $7, $8, $9, $10,
             $11, $12, $13, $14, $15, $16)",
    );
    LIST = Sql::new(
        "select dossier_id, seq, at, actor_kind, actor_id, actor_name, rule_version, event, previous_hash, hash,
             principal_id, principal_name, program_id, program_name
         from dossier_event where dossier_id = $1 order by seq",
    );
    LIST_OF_PRINCIPAL = Sql::new(
        "select e.at, e.actor_name, e.principal_name, e.kind, d.procedure_name, d.code
         from dossier_event e join dossier d on d.id = e.dossier_id
         where e.principal_id is not null and e.principal_id = $1
         order by e.at desc limit $2",
    );
    LIST_OF_REPRESENTATIVE = Sql::new(
        "select e.at, e.actor_name, e.principal_name, e.kind, d.procedure_name, d.code
         from dossier_event e join dossier d on d.id = e.dossier_id
         where e.principal_id is not null and e.actor_id = $1
         order by e.at desc limit $2",
    );
    LIST_STATES = Sql::new("select id, state from dossier where id > $1 order by id limit $2");
    LIST_BETWEEN = Sql::new(
        "select dossier_id, seq, at, actor_kind, actor_id, actor_name, rule_version, event, previous_hash, hash,
             principal_id, principal_name, program_id, program_name
         from dossier_event where dossier_id > $1 and dossier_id <= $2 order by dossier_id, seq",
    );
}

/// A dossier's row with its whole log, to see whether one follows from the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierWithEvents {
    /// What the row says.
    pub dossier: Dossier,
    /// What happened, oldest first.
    pub events: Vec<Recorded>,
}

/// Queues the events; `row_version` is the version that the row has when they are written.
pub(super) fn queue(tx: &mut Tx<'_>, records: &[Recorded], row_version: u64) -> Result<(), StorageError> {
    for record in records {
        let (actor_kind, actor_id, actor_name) = match &record.actor {
            Actor::System => ("system", Value::Null, None),
            Actor::Account { id, name } => ("account", Value::from(id), Some(name)),
            Actor::Representative { id, name, .. } => ("representative", Value::from(id), Some(name)),
            Actor::Program { id, name, .. } => ("program", Value::from(id), Some(name)),
            Actor::Officer { id, name } => ("officer", Value::from(id), Some(name)),
        };
        let principal = match &record.actor {
            Actor::Representative { principal, principal_name, .. } => Some((*principal, principal_name)),
            Actor::System | Actor::Account { .. } | Actor::Program { .. } | Actor::Officer { .. } => None,
        };
        let program = match &record.actor {
            Actor::Program { program, program_name, .. } => Some((program, program_name)),
            _ => None,
        };
        let params = params![
            record.dossier_id,
            row_version,
            record.seq.cast_signed() - row_version.cast_signed(),
            record.at,
            actor_kind,
            actor_id,
            actor_name,
            &record.rule_version,
            record.event.kind(),
            to_json(&record.event)?,
            record.previous_hash,
            record.hash,
            principal.map(|(id, _)| id),
            principal.map(|(_, name)| name),
            program.map(|(id, _)| id),
            program.map(|(_, name)| name),
        ];
        tx.queue(INSERT, params);
    }
    Ok(())
}

/// What happened to a dossier, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_events(tx: &mut Tx<'_>, dossier: DossierId) -> Result<Vec<Recorded>, StorageError> {
    tx.all(LIST, params![dossier]).await?.into_iter().map(read).collect()
}

/// One act that somebody did for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RepresentedAct {
    /// When.
    pub at: Instant,
    /// Who did it.
    pub person: String,
    /// For whom.
    pub principal: String,
    /// The word that names the act.
    pub kind: String,
    /// The procedure's name.
    pub procedure: String,
    /// The dossier's code, once filed.
    pub code: Option<DossierCode>,
}

/// What was done to dossiers for this account by others, and by it for others, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_represented(
    tx: &mut Tx<'_>,
    account: AccountId,
    most: u32,
) -> Result<Vec<RepresentedAct>, StorageError> {
    let mut acts = Vec::new();
    for list in [LIST_OF_PRINCIPAL, LIST_OF_REPRESENTATIVE] {
        for mut row in tx.all(list, params![account, most]).await? {
            acts.push(RepresentedAct {
                at: row.take(0)?,
                person: row.take(1)?,
                principal: row.take(2)?,
                kind: row.take(3)?,
                procedure: row.take(4)?,
                code: row.take(5)?,
            });
        }
    }
    acts.sort_by_key(|act| std::cmp::Reverse(act.at));
    acts.truncate(most as usize);
    Ok(acts)
}

/// Some dossiers with their logs, in the order of their ids, from behind the given one on.
///
/// # Errors
/// When the database cannot answer, or a row cannot be read at all.
pub async fn list_for_verify(
    tx: &mut Tx<'_>,
    after: Option<DossierId>,
    limit: u32,
) -> Result<Vec<DossierWithEvents>, StorageError> {
    let after = after.map(|id| id.to_string()).unwrap_or_default();
    let mut entries = Vec::new();
    for mut row in tx.all(LIST_STATES, params![&after, limit]).await? {
        let id: DossierId = row.take(0)?;
        let dossier = take_json(&mut row, 1).map_err(|error| error.about(&format!("the row of dossier {id}")))?;
        entries.push((id, DossierWithEvents { dossier, events: Vec::new() }));
    }
    let Some((last, _)) = entries.last() else {
        return Ok(Vec::new());
    };
    let last = *last;
    let mut records = tx.all(LIST_BETWEEN, params![after, last]).await?.into_iter().map(read).peekable();
    for (id, entry) in &mut entries {
        while let Some(record) = records.next_if(|record| !matches!(record, Ok(found) if found.dossier_id != *id)) {
            entry.events.push(record?);
        }
    }
    Ok(entries.into_iter().map(|(_, entry)| entry).collect())
}

fn read(mut row: Row) -> Result<Recorded, StorageError> {
    let actor = match row.take::<String>(3)?.as_str() {
        "system" => Actor::System,
        "account" => Actor::Account { id: row.take(4)?, name: row.take(5)? },
        "representative" => Actor::Representative {
            id: row.take(4)?,
            name: row.take(5)?,
            principal: row.take(10)?,
            principal_name: row.take(11)?,
        },
        "program" => {
            Actor::Program { id: row.take(4)?, name: row.take(5)?, program: row.take(12)?, program_name: row.take(13)? }
        }
        "officer" => Actor::Officer { id: row.take(4)?, name: row.take(5)? },
        other => return Err(StorageError::broken(format!("no actor is called {other}"))),
    };
    let (dossier_id, seq): (DossierId, u64) = (row.take(0)?, row.take(1)?);
    Ok(Recorded {
        dossier_id,
        seq,
        at: row.take(2)?,
        actor,
        rule_version: row.take(6)?,
        event: take_json(&mut row, 7).map_err(|error| error.about(&format!("event {seq} of dossier {dossier_id}")))?,
        previous_hash: row.take(8)?,
        hash: row.take(9)?,
    })
}
