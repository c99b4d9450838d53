//! Officers and what each may do where.

use std::collections::BTreeSet;

use domain::codes::ProcedureCode;
use domain::ids::OfficerId;
use domain::policy::{OfficerGrant, ProcedureScope};
use domain::time::{Day, Instant};

use crate::db::Tx;
use crate::domain_values::{take_json, to_json};
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

/// The rule that a login name has one officer; [`StorageError::is_constraint`] tells when it was broken.
pub const LOGIN_NAME_TAKEN: &str = "officer_login_name";

statements! {
    INSERT = Sql::new(
        "insert into officer (id, login_name, name, password_hash, is_active, created_at)
         values ($1, $2, $3, $4, $5, $6)",
    );
    FIND = Sql::new(
        "select id, login_name, name, password_hash, is_active, created_at from officer where id = $1",
    );
    FIND_BY_LOGIN = Sql::new(
        "select id, login_name, name, password_hash, is_active, created_at from officer where login_name = $1",
    );
    UPDATE = Sql::new("update officer set name = $1, password_hash = $2, is_active = $3 where id = $4");
    INSERT_GRANT = Sql::new(
        "insert into officer_grant (officer_id, role, agency_code, procedures, valid_from, valid_to)
         values ($1, $2, $3, $4, $5, $6)",
    );
    LIST_GRANTS = Sql::new(
        "select role, agency_code, valid_from, valid_to, procedures
         from officer_grant
         where officer_id = $1 and valid_from <= $2 and (valid_to is null or valid_to >= $2)
         order by id",
    );
    END_GRANTS = Sql::new(
        "update officer_grant set valid_to = $1 where officer_id = $2 and (valid_to is null or valid_to > $1)",
    );
}

/// An officer, with what signing in needs.
#[derive(Clone, Debug)]
pub struct Officer {
    /// The officer.
    pub id: OfficerId,
    /// The name to sign in with; kept and compared in lower case.
    pub login_name: String,
    /// The officer's name.
    pub name: String,
    /// The password's hash.
    pub password_hash: String,
    /// Whether the officer may sign in.
    pub is_active: bool,
    /// When the officer was entered.
    pub created_at: Instant,
}

/// Adds an officer.
///
/// # Errors
/// [`StorageError::Constraint`] with [`LOGIN_NAME_TAKEN`] when the login name is another's.
pub async fn insert(tx: &mut Tx<'_>, officer: &Officer) -> Result<(), StorageError> {
    let params = params![
        officer.id,
        officer.login_name.to_lowercase(),
        &officer.name,
        &officer.password_hash,
        officer.is_active,
        officer.created_at,
    ];
    tx.exec(INSERT, params).await.map(drop)
}

/// The officer of this id.
///
/// # Errors
/// When the database cannot answer.
pub async fn find(tx: &mut Tx<'_>, id: OfficerId) -> Result<Option<Officer>, StorageError> {
    tx.optional(FIND, params![id]).await?.map(read).transpose()
}

/// The officer who signs in with this name, in whichever case it was typed.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_by_login(tx: &mut Tx<'_>, login_name: &str) -> Result<Option<Officer>, StorageError> {
    tx.optional(FIND_BY_LOGIN, params![login_name.to_lowercase()]).await?.map(read).transpose()
}

/// Stores an officer's name, password and whether they may sign in.
///
/// # Errors
/// [`StorageError::NoRow`] when there is no such officer.
pub async fn update(tx: &mut Tx<'_>, officer: &Officer) -> Result<(), StorageError> {
    let params = params![&officer.name, &officer.password_hash, officer.is_active, officer.id];
    match tx.exec(UPDATE, params).await? {
        0 => Err(StorageError::NoRow),
        _ => Ok(()),
    }
}

/// Grants something to an officer.
///
/// # Errors
/// [`StorageError::Reference`], with the next statement or the commit, when there is no such officer.
pub async fn insert_grant(tx: &mut Tx<'_>, officer: OfficerId, grant: &OfficerGrant) -> Result<(), StorageError> {
    let procedures = match &grant.procedures {
        ProcedureScope::All => None,
        ProcedureScope::Only(procedures) => Some(to_json(procedures)?),
    };
    let params = params![officer, grant.role, &grant.agency, procedures, grant.valid_from, grant.valid_to];
    tx.queue(INSERT_GRANT, params);
    Ok(())
}

/// The officer's grants that are in force on that day, in the order in which they were given.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_grants(tx: &mut Tx<'_>, officer: OfficerId, day: Day) -> Result<Vec<OfficerGrant>, StorageError> {
    let rows = tx.all(LIST_GRANTS, params![officer, day]).await?;
    rows.into_iter().map(read_grant).collect()
}

/// Ends all grants of an officer with that day, such as when they move to another post.
///
/// # Errors
/// When the database refuses.
pub async fn end_grants(tx: &mut Tx<'_>, officer: OfficerId, last_day: Day) -> Result<(), StorageError> {
    tx.exec(END_GRANTS, params![last_day, officer]).await.map(drop)
}

fn read(mut row: Row) -> Result<Officer, StorageError> {
    Ok(Officer {
        id: row.take(0)?,
        login_name: row.take(1)?,
        name: row.take(2)?,
        password_hash: row.take(3)?,
        is_active: row.take(4)?,
        created_at: row.take(5)?,
    })
}

fn read_grant(mut row: Row) -> Result<OfficerGrant, StorageError> {
    Ok(OfficerGrant {
        role: row.take(0)?,
        agency: row.take(1)?,
        valid_from: row.take(2)?,
        valid_to: row.take(3)?,
        procedures: read_scope(&mut row, 4)?,
    })
}

fn read_scope(row: &mut Row, column: usize) -> Result<ProcedureScope, StorageError> {
    match row.is_null(column) {
        true => Ok(ProcedureScope::All),
        false => take_json::<BTreeSet<ProcedureCode>>(row, column).map(ProcedureScope::Only),
    }
}
