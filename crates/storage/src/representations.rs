//! Who may act for whom, with what happened to it.

use domain::codes::LoginName;
use domain::dossier::Actor;
use domain::ids::{AccountId, Hash, RepresentationId};
use domain::representation::{Event, Matter, Representation};
use domain::time::Instant;

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that two sides have one open representation of a kind.
pub const OPEN_TWICE: &str = "representation_open_key";

statements! {
    INSERT = Sql::new(
        "insert into representation (id, version, principal_id, number, representative_id, open_key, given_at, state)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    UPDATE = Sql::new(
        "update representation set version = $1, representative_id = $2, open_key = $3, state = $4
         where id = $5 and version = $6",
    );
    FIND = Sql::new("select state from representation where id = $1");
    FIND_OPEN = Sql::new("select state from representation where open_key = $1");
    LIST_OF_PRINCIPAL = Sql::new(
        "select state from representation where principal_id = $1 order by given_at desc, id limit $2",
    );
    LIST_OF_REPRESENTATIVE = Sql::new(
        "select state from representation where representative_id = $1 order by given_at desc, id limit $2",
    );
    LIST_OF_NUMBER = Sql::new(
        "select state from representation
         where representative_id is null
             and (number = $1 or number in (select login_name from former_number where account_id = $2))
         order by given_at desc, id limit $3",
    );
    COUNT_OPEN = Sql::new("select count(*) from representation where principal_id = $1 and open_key is not null");
    INSERT_EVENT = Sql::new(
        "insert into representation_event (representation_id, number, at, actor, event) values ($1, $2, $3, $4, $5)",
    );
    LIST_EVENTS = Sql::new("select at, actor, event from representation_event where representation_id = $1 order by number");
}

/// What happened to a representation, when, and who did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordedEvent {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: Actor,
    /// What.
    pub event: Event,
}

/// Adds a representation.
///
/// # Errors
/// [`StorageError::Constraint`] with [`OPEN_TWICE`] when the two sides have an open one of this kind.
pub async fn insert(tx: &mut Tx<'_>, new: &Representation) -> Result<(), StorageError> {
    let (principal, number) = match &new.matter {
        Matter::Principal { principal, terms } => (Some(principal.id), Some(terms.number.clone())),
        Matter::Child { .. } => (None, None),
    };
    let representative = new.representative.as_ref().map(|party| party.id);
    let open_key = open_key(new);
    let params = params![new.id, new.version, principal, number, representative, open_key, new.given_at, to_json(new)?];
    tx.exec(INSERT, params).await.map(drop)
}

/// Stores a representation as events have changed it; `read_version` is the version from which they led here.
///
/// # Errors
/// [`StorageError::Conflict`] when somebody else changed it meanwhile.
pub async fn update(tx: &mut Tx<'_>, changed: &Representation, read_version: u64) -> Result<(), StorageError> {
    let representative = changed.representative.as_ref().map(|party| party.id);
    let open_key = open_key(changed).filter(|_| changed.ended.is_none());
    let params = params![changed.version, representative, open_key, to_json(changed)?, changed.id, read_version];
    match tx.exec(UPDATE, params).await? {
        0 => Err(StorageError::Conflict),
        _ => Ok(()),
    }
}

/// The representation of this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: RepresentationId) -> Result<Option<Representation>, StorageError> {
    tx.optional(FIND, params![id]).await?.as_mut().map(read).transpose()
}

/// The open one that stands in the way of this new one; its last day may have passed.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_open_like(tx: &mut Tx<'_>, new: &Representation) -> Result<Option<Representation>, StorageError> {
    tx.optional(FIND_OPEN, params![open_key(new)]).await?.as_mut().map(read).transpose()
}

/// What an account gave, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_principal(tx: &mut Tx<'_>, id: AccountId, most: u32) -> Result<Vec<Representation>, StorageError> {
    tx.all(LIST_OF_PRINCIPAL, params![id, most]).await?.iter_mut().map(read).collect()
}

/// What an account accepted, and the children it declared, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_representative(
    tx: &mut Tx<'_>,
    id: AccountId,
    most: u32,
) -> Result<Vec<Representation>, StorageError> {
    tx.all(LIST_OF_REPRESENTATIVE, params![id, most]).await?.iter_mut().map(read).collect()
}

/// What was offered to the numbers of an account and not accepted, the latest first; some of it may have ended.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_number(
    tx: &mut Tx<'_>,
    number: &LoginName,
    id: AccountId,
    most: u32,
) -> Result<Vec<Representation>, StorageError> {
    tx.all(LIST_OF_NUMBER, params![number, id, most]).await?.iter_mut().map(read).collect()
}

/// How many representations of an account were not ended.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_open(tx: &mut Tx<'_>, principal: AccountId) -> Result<u64, StorageError> {
    tx.one(COUNT_OPEN, params![principal]).await?.take(0)
}

/// Notes what happened; `number` is the representation's version after it.
///
/// # Errors
/// [`StorageError::Constraint`] when somebody else noted another event under this number meanwhile.
pub async fn insert_event(
    tx: &mut Tx<'_>,
    id: RepresentationId,
    number: u64,
    recorded: &RecordedEvent,
) -> Result<(), StorageError> {
    let params = params![id, number, recorded.at, to_json(&recorded.actor)?, to_json(&recorded.event)?];
    tx.exec(INSERT_EVENT, params).await.map(drop)
}

/// What happened to a representation, oldest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_events(tx: &mut Tx<'_>, id: RepresentationId) -> Result<Vec<RecordedEvent>, StorageError> {
    let rows = tx.all(LIST_EVENTS, params![id]).await?;
    rows.into_iter()
        .map(|mut row| {
            Ok(RecordedEvent { at: row.take(0)?, actor: take_json(&mut row, 1)?, event: take_json(&mut row, 2)? })
        })
        .collect()
}

/// Under which a second one like it is refused.
fn open_key(representation: &Representation) -> Option<String> {
    let text = match &representation.matter {
        Matter::Principal { principal, terms } => {
            format!("{}\0{}\0{}", principal.id, terms.number.as_str(), terms.tie.as_str())
        }
        Matter::Child { child } => {
            let guardian = representation.representative.as_ref()?;
            format!("{}\0{}\0{}", guardian.id, child.name.as_str(), child.birth_date)
        }
    };
    Some(Hash::of(text.as_bytes()).to_string())
}

fn read(row: &mut Row) -> Result<Representation, StorageError> {
    take_json(row, 0)
}
