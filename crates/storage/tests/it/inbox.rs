//! Lists by page: complete, in order, without what may not be seen, and never slower for being long.

use std::collections::BTreeSet;

use domain::dossier::Status;
use domain::policy::{AgencyScope, ProcedureScope};
use storage::dossiers::{self, Cursor, DossierRow, InboxFilter};
use storage::{Db, Kind, StorageError};

use crate::samples::{Story, accept, add_account, agency, at, filed, finish, procedure, refuse, start};
use crate::support::TestDb;

on_both_engines!(
    pages_of_an_inbox_hold_every_dossier_once_and_in_order,
    an_inbox_shows_what_the_scopes_allow,
    an_inbox_is_ordered_by_the_clock_that_runs,
    counts_stop_at_the_cap,
    a_filer_sees_their_own_latest_first,
);

fn all_of(agencies: &[u32]) -> Vec<AgencyScope> {
    agencies.iter().map(|&number| AgencyScope { agency: agency(number), procedures: ProcedureScope::All }).collect()
}

fn only(agency_number: u32, procedures: &[u32]) -> AgencyScope {
    let procedures = procedures.iter().map(|&number| procedure(number)).collect();
    AgencyScope { agency: agency(agency_number), procedures: ProcedureScope::Only(procedures) }
}

async fn inbox(db: &Db, filter: InboxFilter) -> Vec<DossierRow> {
    let rows: Result<_, StorageError> =
        db.read(move |tx| Box::pin(async move { dossiers::list_inbox(tx, &filter).await })).await;
    rows.unwrap()
}

/// Every page of that length, one after the other.
async fn all_pages(db: &Db, scopes: &[AgencyScope], statuses: &[Status], limit: u32) -> Vec<DossierRow> {
    let mut rows: Vec<DossierRow> = Vec::new();
    let mut after: Option<Cursor> = None;
    loop {
        let filter = InboxFilter { scopes: scopes.to_vec(), statuses: statuses.to_vec(), after, limit };
        let page = inbox(db, filter).await;
        assert!(page.len() <= limit as usize);
        let Some(last) = page.last() else { return rows };
        after = Some(last.inbox_cursor());
        rows.extend(page);
    }
}

/// Dossiers over three agencies, four procedures and three states, with clocks that repeat and go to and fro.
async fn fill(db: &Db) -> Vec<Story> {
    let filer = add_account(db, 1).await;
    let mut stories = Vec::new();
    for number in 0..90_u32 {
        let due_at = at(10 + i64::from(number * 7 % 13));
        let mut story = filed(number, filer, 58 + number % 3, number % 4, due_at);
        match number % 7 {
            0 | 1 => drop(story.does(accept(at(3), at(20 + i64::from(number % 5))), at(3))),
            2 => drop(story.does(refuse(), at(3))),
            _ => {}
        }
        story.store_all(db).await;
        stories.push(story);
    }
    stories
}

async fn pages_of_an_inbox_hold_every_dossier_once_and_in_order(db: TestDb) {
    let stories = fill(&db).await;
    let statuses = [Status::Filed, Status::Accepted];
    let expected = stories.iter().filter(|story| statuses.contains(&story.dossier().status)).count();
    for limit in [1, 7, 30, 1_000] {
        let rows = all_pages(&db, &all_of(&[58, 59, 60]), &statuses, limit).await;
        assert_eq!(rows.len(), expected, "pages of {limit}");
        assert!(rows.is_sorted_by_key(DossierRow::inbox_cursor), "pages of {limit}");
        let ids: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
        assert_eq!(ids.len(), expected, "pages of {limit}");
    }
}

async fn an_inbox_shows_what_the_scopes_allow(db: TestDb) {
    let stories = fill(&db).await;
    let filer = add_account(&db, 2).await;
    Story::default().does(start(1_000, filer, 58, 1), at(0)).store(&db).await.unwrap();
    let every_status = Status::ALL;
    let cases = [
        (vec![], 0),
        (all_of(&[58]), 30),
        (all_of(&[61]), 0),
        (vec![only(58, &[1])], count(&stories, 58, &[1])),
        (vec![only(58, &[1, 2]), only(59, &[3])], count(&stories, 58, &[1, 2]) + count(&stories, 59, &[3])),
        (vec![only(58, &[1]), all_of(&[58]).remove(0)], 30),
        (vec![only(58, &[])], 0),
    ];
    for (scopes, expected) in cases {
        let rows = all_pages(&db, &scopes, every_status, 4).await;
        assert_eq!(rows.len(), expected, "{scopes:?}");
        for row in &rows {
            assert_ne!(row.status, Status::Draft);
            let scope = scopes.iter().find(|scope| scope.agency == row.agency);
            assert!(scope.is_some(), "{scopes:?}");
        }
    }
}

fn count(stories: &[Story], agency_number: u32, procedures: &[u32]) -> usize {
    let procedures: Vec<_> = procedures.iter().map(|&number| procedure(number)).collect();
    let fits = |story: &&Story| {
        story.dossier().agency.code == agency(agency_number) && procedures.contains(&story.dossier().procedure.code)
    };
    stories.iter().filter(fits).count()
}

async fn an_inbox_is_ordered_by_the_clock_that_runs(db: TestDb) {
    let filer = add_account(&db, 1).await;
    let waiting = filed(1, filer, 58, 1, at(100));
    let mut early = filed(2, filer, 58, 1, at(500));
    early.does(accept(at(3), at(50)), at(3));
    let mut late = filed(3, filer, 58, 1, at(10));
    late.does(accept(at(3), at(200)), at(3));
    let mut done = filed(4, filer, 58, 1, at(10));
    done.does(accept(at(3), at(150)), at(3)).does(finish(9), at(4));
    for story in [&waiting, &early, &late, &done] {
        story.store_all(&db).await;
    }
    let statuses = [Status::Filed, Status::Accepted, Status::Finished];
    let rows = all_pages(&db, &all_of(&[58]), &statuses, 10).await;
    let ids: Vec<_> = rows.iter().map(|row| row.id).collect();
    assert_eq!(ids, [early.id(), waiting.id(), done.id(), late.id()]);
    let row = rows.iter().find(|row| row.id == late.id()).unwrap();
    assert_eq!(row.owner_name.as_deref(), Some("Rơ Châm H'Lan"));
    assert_eq!(row.due_at, Some(at(200)));
    assert_eq!(row.answer_due_at, Some(at(10)));
    assert_eq!(row.holder_agency, Some(agency(58)));
    assert_eq!(row.holder_officer.as_deref(), Some("Trần Văn Bình"));
    assert_eq!(row.holder_since, Some(at(3)));
    assert_eq!(row.code, late.dossier().code);
}

async fn counts_stop_at_the_cap(db: TestDb) {
    let stories = fill(&db).await;
    let number = |status| stories.iter().filter(|story| story.dossier().status == status).count() as u64;
    for (cap, is_exact) in [(1_000, true), (5, false)] {
        let counts: Result<_, StorageError> = db
            .read(move |tx| {
                Box::pin(async move {
                    let statuses = [Status::Filed, Status::Refused, Status::Returned];
                    dossiers::count_by_status(tx, &all_of(&[58, 59, 60]), &statuses, cap).await
                })
            })
            .await;
        for count in counts.unwrap() {
            let expected = number(count.status).min(u64::from(cap));
            assert_eq!(count.number, expected, "{:?} up to {cap}", count.status);
            assert_eq!(count.is_capped, !is_exact && expected == u64::from(cap), "{:?} up to {cap}", count.status);
        }
    }
}

async fn a_filer_sees_their_own_latest_first(db: TestDb) {
    let (filer, other) = (add_account(&db, 1).await, add_account(&db, 2).await);
    for number in 1..=9 {
        filed(number, if number == 5 { other } else { filer }, 58, 1, at(480)).store_all(&db).await;
    }
    Story::default().does(start(10, filer, 58, 1), at(10)).store(&db).await.unwrap();
    let mut rows: Vec<DossierRow> = Vec::new();
    loop {
        let after = rows.last().map(DossierRow::own_cursor);
        let page: Result<_, StorageError> =
            db.read(move |tx| Box::pin(async move { dossiers::list_of_account(tx, filer, after, 4).await })).await;
        let page = page.unwrap();
        if page.is_empty() {
            break;
        }
        rows.extend(page);
    }
    let started: Vec<_> = rows.iter().map(|row| row.started_at).collect();
    assert_eq!(started, [10, 9, 8, 7, 6, 4, 3, 2, 1].map(at));
    assert_eq!(rows[0].status, Status::Draft);
}

/// The plan of every list and of every look-up of a dossier: one search of an index, no sorting, no scan.
#[tokio::test]
async fn no_list_scans_or_sorts() {
    let db = TestDb::sqlite().await;
    let connection = rusqlite::Connection::open(db.file()).unwrap();
    let mut seen = 0;
    for (name, sql) in storage::list_statements() {
        if !name.starts_with("dossiers::") || sql.text(Kind::Sqlite).starts_with("insert") {
            continue;
        }
        let mut statement = connection.prepare(&format!("explain query plan {}", sql.text(Kind::Sqlite))).unwrap();
        for parameter in 1..=statement.parameter_count() {
            statement.raw_bind_parameter(parameter, rusqlite::types::Null).unwrap();
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next().unwrap() {
            let step: String = row.get(3).unwrap();
            let is_cheap = step.starts_with("SEARCH") || step.starts_with("CO-ROUTINE") || step == "SCAN some_of_them";
            assert!(is_cheap, "{name}: {step}");
        }
        seen += 1;
    }
    assert!(seen > 8, "only {seen} statements were looked at");
}
