//! Who did or read what, for inspectors: lines that nobody can change or delete.

use domain::ids::{AccountId, OfficerId};
use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::{Row, Value};

statements! {
    INSERT = Sql::new(
        "insert into audit (at, actor_kind, actor_id, act, subject_kind, subject_id, basis, request_id)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    LIST_FOR_SUBJECT = Sql::new(
        "select at, actor_kind, actor_id, act, subject_kind, subject_id, basis, request_id
         from audit where subject_kind = $1 and subject_id = $2
         order by at desc, id desc limit $3",
    );
}

/// Who stands behind an audit line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditActor {
    /// The program, by a rule.
    System,
    /// Somebody who is not signed in.
    Anonymous,
    /// A citizen or an enterprise.
    Account(AccountId),
    /// An officer.
    Officer(OfficerId),
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    /// When.
    pub at: Instant,
    /// Who.
    pub actor: AuditActor,
    /// What was done, in one word.
    pub act: String,
    /// What kind of thing it was done to.
    pub subject_kind: String,
    /// Which one.
    pub subject_id: Option<String>,
    /// On what ground it was allowed.
    pub basis: Option<String>,
    /// The request that it came with.
    pub request_id: Option<String>,
}

/// Adds a line.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn insert(tx: &mut Tx<'_>, line: &AuditLine) -> Result<(), StorageError> {
    let (actor_kind, actor_id) = match line.actor {
        AuditActor::System => ("system", Value::Null),
        AuditActor::Anonymous => ("anonymous", Value::Null),
        AuditActor::Account(id) => ("account", id.into()),
        AuditActor::Officer(id) => ("officer", id.into()),
    };
    let params = params![
        line.at,
        actor_kind,
        actor_id,
        &line.act,
        &line.subject_kind,
        line.subject_id.as_ref(),
        line.basis.as_ref(),
        line.request_id.as_ref(),
    ];
    tx.queue(INSERT, params);
    Ok(())
}

/// The last lines about one thing, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_for_subject(
    tx: &mut Tx<'_>,
    subject_kind: &str,
    subject_id: &str,
    limit: u32,
) -> Result<Vec<AuditLine>, StorageError> {
    tx.all(LIST_FOR_SUBJECT, params![subject_kind, subject_id, limit]).await?.into_iter().map(read).collect()
}

fn read(mut row: Row) -> Result<AuditLine, StorageError> {
    let actor = match row.take::<String>(1)?.as_str() {
        "system" => AuditActor::System,
        "anonymous" => AuditActor::Anonymous,
        "account" => AuditActor::Account(row.take(2)?),
        "officer" => AuditActor::Officer(row.take(2)?),
        other => return Err(StorageError::broken(format!("no actor is called {other}"))),
    };
    Ok(AuditLine {
        at: row.take(0)?,
        actor,
        act: row.take(3)?,
        subject_kind: row.take(4)?,
        subject_id: row.take(5)?,
        basis: row.take(6)?,
        request_id: row.take(7)?,
    })
}
