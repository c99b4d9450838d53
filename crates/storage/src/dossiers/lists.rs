//! Lists of dossiers that cost the same whether there are a thousand or ten million: pages by the last row seen.

use std::collections::{BTreeMap, BTreeSet};

use domain::codes::{AgencyCode, ProcedureCode};
use domain::dossier::Status;
use domain::ids::AccountId;
use domain::policy::{AgencyScope, ProcedureScope};

use super::rows::{Cursor, DossierRow, read};
use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Value;

statements! {
    LIST_OF_ACCOUNT = Sql::new(
        "select id, code, status, procedure_code, procedure_name, agency_code, agency_name, filer_account_id, owner_name,
             started_at, filed_at, answer_due_at, due_at, sort_due_at, holder_agency, holder_officer, holder_since
         from dossier where filer_account_id = $1 and (started_at, id) < ($2, $3)
         order by started_at desc, id desc limit $4",
    );
    // Fewer states are padded with the first one again.
    LIST_OF_ACCOUNT_IN = Sql::new(
        "select id, code, status, procedure_code, procedure_name, agency_code, agency_name, filer_account_id, owner_name,
             started_at, filed_at, answer_due_at, due_at, sort_due_at, holder_agency, holder_officer, holder_since
         from dossier
         where filer_account_id = $1 and (started_at, id) < ($2, $3) and status in ($4, $5, $6, $7)
         order by started_at desc, id desc limit $8",
    );
    LIST_OF_AGENCY = Sql::new(
        "select id, code, status, procedure_code, procedure_name, agency_code, agency_name, filer_account_id, owner_name,
             started_at, filed_at, answer_due_at, due_at, sort_due_at, holder_agency, holder_officer, holder_since
         from dossier where agency_code = $1 and status = $2 and (sort_due_at, id) > ($3, $4)
         order by sort_due_at, id limit $5",
    );
    LIST_OF_PROCEDURE = Sql::new(
        "select id, code, status, procedure_code, procedure_name, agency_code, agency_name, filer_account_id, owner_name,
             started_at, filed_at, answer_due_at, due_at, sort_due_at, holder_agency, holder_officer, holder_since
         from dossier
         where agency_code = $1 and procedure_code = $2 and status = $3 and (sort_due_at, id) > ($4, $5)
         order by sort_due_at, id limit $6",
    );
    COUNT_OF_AGENCY = Sql::new(
        "select count(*) from (
             select 1 from dossier where agency_code = $1 and status = $2 limit $3
         ) as some_of_them",
    );
    COUNT_OF_PROCEDURE = Sql::new(
        "select count(*) from (
             select 1 from dossier where agency_code = $1 and procedure_code = $2 and status = $3 limit $4
         ) as some_of_them",
    );
}

/// Which dossiers an officer's list shows.
#[derive(Clone, Debug)]
pub struct InboxFilter {
    /// The agencies, and the procedures there, that the policy lets the officer see.
    pub scopes: Vec<AgencyScope>,
    /// The states to show; drafts are never shown.
    pub statuses: Vec<Status>,
    /// The row behind which to begin.
    pub after: Option<Cursor>,
    /// How many rows at most.
    pub limit: u32,
}

/// How many dossiers are in a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StatusCount {
    /// The state.
    pub status: Status,
    /// How many, counted no further than the cap.
    pub number: u64,
    /// Whether there may be more.
    pub is_capped: bool,
}

/// The dossiers and drafts that an account files, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account(
    tx: &mut Tx<'_>,
    account: AccountId,
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<DossierRow>, StorageError> {
    let (at, id) = match after {
        Some(cursor) => (cursor.at.as_millis(), cursor.id.to_string()),
        None => (i64::MAX, String::new()),
    };
    tx.all(LIST_OF_ACCOUNT, params![account, at, id, limit]).await?.into_iter().map(read).collect()
}

/// Those of an account's dossiers that are in one of at most four states, the latest first; no state means any.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_of_account_in(
    tx: &mut Tx<'_>,
    account: AccountId,
    statuses: &[Status],
    after: Option<Cursor>,
    limit: u32,
) -> Result<Vec<DossierRow>, StorageError> {
    let Some(first) = statuses.first() else {
        return list_of_account(tx, account, after, limit).await;
    };
    let (at, id) = match after {
        Some(cursor) => (cursor.at.as_millis(), cursor.id.to_string()),
        None => (i64::MAX, String::new()),
    };
    let mut params = params![account, at, id];
    params.extend((0..4).map(|place| Value::from(*statuses.get(place).unwrap_or(first))));
    params.push(Value::from(limit));
    tx.all(LIST_OF_ACCOUNT_IN, params).await?.into_iter().map(read).collect()
}

/// The dossiers that an officer may see, the most urgent first.
///
/// Every agency and state is a lane that an index gives in order; the page is merged from the lanes' beginnings, and a lane
/// is read on only as far as the page needs.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_inbox(tx: &mut Tx<'_>, filter: &InboxFilter) -> Result<Vec<DossierRow>, StorageError> {
    let mut open: Vec<(Lane, Option<Cursor>)> =
        lanes(&filter.scopes, &filter.statuses).into_iter().map(|lane| (lane, filter.after)).collect();
    let limit = filter.limit.max(1) as usize;
    let chunk = match open.len() {
        0 | 1 => limit,
        count => (2 * limit / count).clamp(10, limit.max(10)),
    };
    let mut page: Vec<DossierRow> = Vec::new();
    while !open.is_empty() {
        let answers = read_lanes(tx, &open, chunk).await?;
        for ((_, seen), rows) in open.iter_mut().zip(answers) {
            *seen = rows.last().filter(|_| rows.len() == chunk).map(DossierRow::inbox_cursor);
            page.extend(rows);
        }
        page.sort_unstable_by_key(DossierRow::inbox_cursor);
        page.truncate(limit);
        // A lane that has ended, or has come behind the last row of a full page, has nothing more to give.
        let end = page.last().filter(|_| page.len() == limit).map(DossierRow::inbox_cursor);
        open.retain(|(_, seen)| seen.is_some_and(|seen| end.is_none_or(|end| seen < end)));
    }
    Ok(page)
}

/// How many dossiers an officer may see in each of these states, counted up to a cap so that the answer stays quick.
///
/// # Errors
/// When the database cannot answer.
pub async fn count_by_status(
    tx: &mut Tx<'_>,
    scopes: &[AgencyScope],
    statuses: &[Status],
    cap: u32,
) -> Result<Vec<StatusCount>, StorageError> {
    let lanes = lanes(scopes, statuses);
    let mut counts: Vec<StatusCount> =
        statuses.iter().map(|&status| StatusCount { status, number: 0, is_capped: false }).collect();
    let (narrow, wide): (Vec<&Lane>, Vec<&Lane>) = lanes.iter().partition(|lane| lane.procedure.is_some());
    for (sql, lanes) in [(COUNT_OF_PROCEDURE, narrow), (COUNT_OF_AGENCY, wide)] {
        let runs = lanes.iter().map(|lane| lane.params(&[Value::from(cap)])).collect();
        let answers = tx.all_of_each(sql, runs).await?;
        for (lane, mut rows) in lanes.iter().zip(answers) {
            let number: u64 = rows.first_mut().ok_or(StorageError::NoRow)?.take(0)?;
            for count in counts.iter_mut().filter(|count| count.status == lane.status) {
                count.number = (count.number + number).min(u64::from(cap));
                count.is_capped = count.number == u64::from(cap);
            }
        }
    }
    Ok(counts)
}

/// One run of an index: an agency's dossiers in one state, all of them or those of one procedure.
struct Lane {
    agency: AgencyCode,
    procedure: Option<ProcedureCode>,
    status: Status,
}

impl Lane {
    fn params(&self, rest: &[Value]) -> Vec<Value> {
        let mut params = vec![Value::from(&self.agency)];
        params.extend(self.procedure.as_ref().map(Value::from));
        params.push(Value::from(self.status));
        params.extend_from_slice(rest);
        params
    }
}

/// The lanes that together hold every dossier of these scopes and states once.
fn lanes(scopes: &[AgencyScope], statuses: &[Status]) -> Vec<Lane> {
    let mut procedures: BTreeMap<&AgencyCode, Option<BTreeSet<&ProcedureCode>>> = BTreeMap::new();
    for scope in scopes {
        let known = procedures.entry(&scope.agency).or_insert_with(|| Some(BTreeSet::new()));
        match (&scope.procedures, known.as_mut()) {
            (ProcedureScope::All, _) => *known = None,
            (ProcedureScope::Only(more), Some(some)) => some.extend(more),
            (ProcedureScope::Only(_), None) => {}
        }
    }
    let statuses: BTreeSet<Status> = statuses.iter().copied().filter(|status| *status != Status::Draft).collect();
    let mut lanes = Vec::new();
    for (agency, procedures) in procedures {
        let procedures: Vec<Option<&ProcedureCode>> = match procedures {
            None => vec![None],
            Some(some) => some.into_iter().map(Some).collect(),
        };
        for procedure in procedures {
            lanes.extend(statuses.iter().map(|&status| Lane {
                agency: agency.clone(),
                procedure: procedure.cloned(),
                status,
            }));
        }
    }
    lanes
}

/// The next rows of every lane, in the order of the lanes.
async fn read_lanes(
    tx: &mut Tx<'_>,
    lanes: &[(Lane, Option<Cursor>)],
    chunk: usize,
) -> Result<Vec<Vec<DossierRow>>, StorageError> {
    let mut answers: Vec<Vec<DossierRow>> = lanes.iter().map(|_| Vec::new()).collect();
    for (sql, is_narrow) in [(LIST_OF_AGENCY, false), (LIST_OF_PROCEDURE, true)] {
        let places: Vec<usize> =
            (0..lanes.len()).filter(|&place| lanes[place].0.procedure.is_some() == is_narrow).collect();
        let runs = places.iter().map(|&place| {
            let (lane, seen) = &lanes[place];
            let (at, id) = match seen {
                Some(cursor) => (cursor.at.as_millis(), cursor.id.to_string()),
                None => (i64::MIN, String::new()),
            };
            lane.params(&[Value::from(at), Value::from(id), Value::from(chunk)])
        });
        let found = tx.all_of_each(sql, runs.collect()).await?;
        for (place, rows) in places.into_iter().zip(found) {
            answers[place] = rows.into_iter().map(read).collect::<Result<_, _>>()?;
        }
    }
    Ok(answers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scope(agency: &str, procedures: &[&str]) -> AgencyScope {
        let procedures = match procedures {
            [] => ProcedureScope::All,
            some => ProcedureScope::Only(
                some.iter().map(|code| ProcedureCode::parse(code).expect("a procedure code")).collect(),
            ),
        };
        AgencyScope { agency: AgencyCode::parse(agency).expect("an agency code"), procedures }
    }

    #[test]
    fn scopes_that_overlap_give_each_dossier_once() {
        let cases = [
            (vec![], 0),
            (vec![scope("H21.58", &[])], 2),
            (vec![scope("H21.58", &[]), scope("H21.58", &["1.001193"])], 2),
            (vec![scope("H21.58", &["1.001193"]), scope("H21.58", &[])], 2),
            (vec![scope("H21.58", &["1.001193"]), scope("H21.58", &["1.001193", "1.001194"])], 4),
            (vec![scope("H21.58", &[]), scope("H21.59", &[])], 4),
        ];
        for (scopes, expected) in cases {
            let statuses = [Status::Filed, Status::Draft, Status::Accepted, Status::Filed];
            assert_eq!(lanes(&scopes, &statuses).len(), expected, "{scopes:?}");
        }
    }
}
