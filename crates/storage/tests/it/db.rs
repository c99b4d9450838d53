//! What a transaction promises, the same on both engines.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use storage::value::Value;
use storage::{Db, Sql, StorageError, Tx, params};

use crate::support::TestDb;

on_both_engines!(
    what_is_written_is_read_back,
    every_kind_of_value_comes_back_as_it_was,
    work_that_fails_stores_nothing,
    after_a_failed_statement_all_others_are_refused,
    a_queued_statement_fails_with_the_next_one,
    a_queued_statement_fails_with_the_commit,
    queued_statements_run_in_order_before_the_next,
    one_failing_act_leaves_the_others_alone,
    waiting_for_anything_else_fails,
    a_panic_undoes_its_own_transaction_only,
    a_read_cannot_write,
    a_reader_sees_what_is_committed_only,
    a_read_sees_one_picture,
    a_wrong_number_of_parameters_is_an_error,
    a_text_with_a_zero_character_is_refused,
    a_broken_rule_is_named_alike,
    a_failed_commit_stores_nothing,
);

const INSERT: Sql = Sql::new("insert into scratch (id, note) values ($1, $2)");
const COUNT: Sql = Sql::new("select count(*) from scratch");
const NOTHING: Sql = Sql::new("select 1");

/// Also an error that the work makes by itself.
#[derive(Debug)]
enum Failure {
    OfItsOwn,
    Storage(StorageError),
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

async fn insert(db: &Db, id: i64) -> Result<(), StorageError> {
    db.write(move |tx| Box::pin(async move { tx.exec(INSERT, params![id, "x"]).await.map(drop) })).await
}

async fn count(tx: &mut Tx<'_>) -> Result<i64, StorageError> {
    tx.one(COUNT, params![]).await?.take(0)
}

/// Lets time pass inside a transaction by the only means that it has: asking the database.
async fn linger(tx: &mut Tx<'_>, until: &AtomicBool) -> Result<(), StorageError> {
    while !until.load(Ordering::SeqCst) {
        tx.one(NOTHING, params![]).await?;
    }
    Ok(())
}

async fn what_is_written_is_read_back(db: TestDb) {
    db.make_scratch().await;
    insert(&db, 7).await.unwrap();
    let note: String = db
        .read(|tx| {
            Box::pin(async move {
                let found = tx.one(Sql::new("select note from scratch where id = $1"), params![7_i64]).await;
                found?.take::<String>(0)
            })
        })
        .await
        .unwrap();
    assert_eq!(note, "x");
}

async fn every_kind_of_value_comes_back_as_it_was(db: TestDb) {
    let table = match db.kind() {
        storage::Kind::Sqlite => "create table kinds (i integer, t text, b blob, f integer)",
        storage::Kind::Postgres => "create table kinds (i bigint, t text, b bytea, f boolean)",
    };
    db.script(table).await.unwrap();
    let rows = [
        params![i64::MIN, "", Vec::<u8>::new(), true],
        params![i64::MAX, "Nguyễn Thị Ánh 𠀀", vec![0_u8, 255], false],
        params![None::<i64>, None::<String>, None::<Vec<u8>>, None::<bool>],
    ];
    for row in rows {
        let given = row.clone();
        let back = db
            .write(move |tx| {
                Box::pin(async move {
                    tx.queue(Sql::new("delete from kinds"), params![]);
                    tx.queue(Sql::new("insert into kinds (i, t, b, f) values ($1, $2, $3, $4)"), given);
                    tx.one(Sql::new("select i, t, b, f from kinds"), params![]).await
                })
            })
            .await;
        let mut back: storage::value::Row = back.unwrap();
        let values: Vec<Value> = vec![
            back.take::<Option<i64>>(0).unwrap().into(),
            back.take::<Option<String>>(1).unwrap().into(),
            back.take::<Option<Vec<u8>>>(2).unwrap().into(),
            back.take::<Option<bool>>(3).unwrap().into(),
        ];
        assert!(values == row, "{values:?} is not what was stored");
    }
}

async fn work_that_fails_stores_nothing(db: TestDb) {
    db.make_scratch().await;
    let outcome: Result<(), Failure> = db
        .write(|tx| {
            Box::pin(async move {
                tx.exec(INSERT, params![1_i64, "x"]).await?;
                tx.queue(INSERT, params![2_i64, "x"]);
                Err(Failure::OfItsOwn)
            })
        })
        .await;
    assert!(matches!(outcome, Err(Failure::OfItsOwn)));
    assert_eq!(db.number("select count(*) from scratch").await, 0);
}

async fn after_a_failed_statement_all_others_are_refused(db: TestDb) {
    db.make_scratch().await;
    insert(&db, 1).await.unwrap();
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.exec(INSERT, params![2_i64, "x"]).await?;
                let first = tx.exec(INSERT, params![1_i64, "x"]).await;
                assert!(matches!(first, Err(StorageError::Constraint { .. })), "{first:?}");
                let second = tx.exec(INSERT, params![3_i64, "x"]).await;
                assert!(matches!(second, Err(StorageError::Dead)), "{second:?}");
                Ok(())
            })
        })
        .await;
    // The work closed its eyes to the error; the transaction did not.
    assert!(matches!(outcome, Err(StorageError::Constraint { .. })), "{outcome:?}");
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_queued_statement_fails_with_the_next_one(db: TestDb) {
    db.make_scratch().await;
    insert(&db, 1).await.unwrap();
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.queue(INSERT, params![1_i64, "x"]);
                tx.queue(INSERT, params![2_i64, "x"]);
                let next = count(tx).await;
                assert!(matches!(next, Err(StorageError::Constraint { .. })), "{next:?}");
                assert!(matches!(count(tx).await, Err(StorageError::Dead)));
                Ok(())
            })
        })
        .await;
    assert!(matches!(outcome, Err(StorageError::Constraint { .. })), "{outcome:?}");
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_queued_statement_fails_with_the_commit(db: TestDb) {
    db.make_scratch().await;
    insert(&db, 1).await.unwrap();
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.queue(INSERT, params![2_i64, "x"]);
                tx.queue(INSERT, params![1_i64, "x"]);
                tx.queue(INSERT, params![3_i64, "x"]);
                Ok(())
            })
        })
        .await;
    assert!(outcome.is_err_and(|error| error.is_constraint("scratch_id")));
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn queued_statements_run_in_order_before_the_next(db: TestDb) {
    db.make_scratch().await;
    let seen: Result<(String, Vec<i64>), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.queue(INSERT, params![1_i64, "first"]);
                for number in 2_i64..=100 {
                    let rename = Sql::new("update scratch set note = $1 where id = 1");
                    tx.queue(rename, params![format!("number {number}")]);
                }
                let note = tx.one(Sql::new("select note from scratch"), params![]).await?.take(0)?;
                let doubled = Sql::new("select id + $1 from scratch");
                let runs = (0_i64..50).map(|number| params![number]).collect();
                let answers = tx.all_of_each(doubled, runs).await?;
                let numbers = answers.into_iter().flatten().map(|mut row| row.take(0));
                Ok((note, numbers.collect::<Result<_, _>>()?))
            })
        })
        .await;
    assert_eq!(seen.unwrap(), ("number 100".to_owned(), (1..=50).collect()));
}

async fn one_failing_act_leaves_the_others_alone(db: TestDb) {
    db.make_scratch().await;
    insert(&db, 1_000).await.unwrap();
    let mut acts = Vec::new();
    for id in 0_i64..40 {
        let db = (*db).clone();
        acts.push(tokio::spawn(async move {
            db.write(move |tx| {
                Box::pin(async move {
                    tx.exec(INSERT, params![id, "x"]).await?;
                    match id % 5 {
                        0 => Err(Failure::OfItsOwn),
                        1 => tx.exec(INSERT, params![1_000_i64, "x"]).await.map(|_| id).map_err(Failure::from),
                        2 => panic!("this act panics, as the test wants it to"),
                        _ => Ok(id),
                    }
                })
            })
            .await
        }));
    }
    for (id, act) in (0_i64..).zip(acts) {
        let outcome = act.await.unwrap();
        match id % 5 {
            0 => assert!(matches!(outcome, Err(Failure::OfItsOwn)), "{outcome:?}"),
            1 => assert!(matches!(outcome, Err(Failure::Storage(StorageError::Constraint { .. }))), "{outcome:?}"),
            2 => assert!(matches!(outcome, Err(Failure::Storage(StorageError::Panicked))), "{outcome:?}"),
            _ => assert!(matches!(outcome, Ok(same) if same == id), "{outcome:?}"),
        }
    }
    assert_eq!(db.number("select count(*) from scratch where id < 1000").await, 16);
}

async fn waiting_for_anything_else_fails(db: TestDb) {
    db.make_scratch().await;
    let outcomes: [Result<(), StorageError>; 3] = [
        db.write(|tx| {
            Box::pin(async move {
                tx.exec(INSERT, params![1_i64, "x"]).await?;
                tokio::time::sleep(Duration::from_millis(1)).await;
                Ok(())
            })
        })
        .await,
        db.write(|tx| {
            Box::pin(async move {
                tx.queue(INSERT, params![2_i64, "x"]);
                tokio::task::yield_now().await;
                Ok(())
            })
        })
        .await,
        db.read(|tx| {
            Box::pin(async move {
                count(tx).await?;
                std::future::pending::<()>().await;
                Ok(())
            })
        })
        .await,
    ];
    for outcome in outcomes {
        assert!(matches!(outcome, Err(StorageError::ForeignWait)), "{outcome:?}");
    }
    insert(&db, 3).await.unwrap();
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_panic_undoes_its_own_transaction_only(db: TestDb) {
    db.make_scratch().await;
    let early: Result<(), StorageError> =
        db.write(|_| panic!("this act panics before its future, as the test wants it to")).await;
    assert!(matches!(early, Err(StorageError::Panicked)), "{early:?}");
    let late: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.exec(INSERT, params![1_i64, "x"]).await?;
                panic!("this act panics after a statement, as the test wants it to")
            })
        })
        .await;
    assert!(matches!(late, Err(StorageError::Panicked)), "{late:?}");
    let reading: Result<(), StorageError> =
        db.read(|_| Box::pin(async { panic!("this read panics, as the test wants it to") })).await;
    assert!(matches!(reading, Err(StorageError::Panicked)), "{reading:?}");
    insert(&db, 2).await.unwrap();
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_read_cannot_write(db: TestDb) {
    db.make_scratch().await;
    let outcome: Result<u64, StorageError> =
        db.read(|tx| Box::pin(async move { tx.exec(INSERT, params![1_i64, "x"]).await })).await;
    assert!(matches!(outcome, Err(StorageError::Statement(_))), "{outcome:?}");
    assert_eq!(db.number("select count(*) from scratch").await, 0);
}

async fn a_reader_sees_what_is_committed_only(db: TestDb) {
    db.make_scratch().await;
    let (written, release) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let writing = tokio::spawn({
        let (db, written, release) = ((*db).clone(), Arc::clone(&written), Arc::clone(&release));
        async move {
            db.write(move |tx| {
                Box::pin(async move {
                    tx.exec(INSERT, params![1_i64, "x"]).await?;
                    written.store(true, Ordering::SeqCst);
                    linger(tx, &release).await
                })
            })
            .await
        }
    });
    while !written.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    assert_eq!(db.number("select count(*) from scratch").await, 0);
    release.store(true, Ordering::SeqCst);
    let outcome: Result<(), StorageError> = writing.await.unwrap();
    outcome.unwrap();
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_read_sees_one_picture(db: TestDb) {
    db.make_scratch().await;
    let (looked, release) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let reading = tokio::spawn({
        let (db, looked, release) = ((*db).clone(), Arc::clone(&looked), Arc::clone(&release));
        async move {
            db.read(move |tx| {
                Box::pin(async move {
                    let before = count(tx).await?;
                    looked.store(true, Ordering::SeqCst);
                    linger(tx, &release).await?;
                    Ok((before, count(tx).await?))
                })
            })
            .await
        }
    });
    while !looked.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    insert(&db, 1).await.unwrap();
    release.store(true, Ordering::SeqCst);
    let seen: Result<(i64, i64), StorageError> = reading.await.unwrap();
    assert_eq!(seen.unwrap(), (0, 0));
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

async fn a_wrong_number_of_parameters_is_an_error(db: TestDb) {
    db.make_scratch().await;
    for params in [params![], params![1_i64], params![1_i64, "x", "y"]] {
        let outcome: Result<u64, StorageError> =
            db.write(move |tx| Box::pin(async move { tx.exec(INSERT, params).await })).await;
        assert!(matches!(outcome, Err(StorageError::Statement(_))), "{outcome:?}");
    }
    insert(&db, 1).await.unwrap();
}

async fn a_text_with_a_zero_character_is_refused(db: TestDb) {
    db.make_scratch().await;
    let outcome: Result<u64, StorageError> =
        db.write(|tx| Box::pin(async move { tx.exec(INSERT, params![1_i64, "a\0b"]).await })).await;
    assert!(matches!(outcome, Err(StorageError::Statement(_))), "{outcome:?}");
}

async fn a_broken_rule_is_named_alike(db: TestDb) {
    db.make_scratch().await;
    db.script(
        "create table pair (
             a text not null, b text not null, scratch_id bigint references scratch (id),
             constraint pair_a_b primary key (a, b), constraint pair_differs check (a <> b)
         )",
    )
    .await
    .unwrap();
    let cases = [
        ("insert into pair (a, b) values ('x', 'y'), ('x', 'y')", Some("pair_a_b")),
        ("insert into pair (a, b) values ('x', 'x')", Some("pair_differs")),
        ("insert into pair (a, b) values ('x', null)", Some("pair_b")),
        ("insert into pair (a, b, scratch_id) values ('x', 'y', 5)", None),
    ];
    for (text, rule) in cases {
        let error = db.script(text).await.unwrap_err();
        match rule {
            Some(rule) => assert!(error.is_constraint(rule), "{text}: {error:?}"),
            None => assert!(matches!(error, StorageError::Reference), "{text}: {error:?}"),
        }
    }
}

async fn a_failed_commit_stores_nothing(db: TestDb) {
    db.make_scratch().await;
    db.script("create table later (scratch_id bigint references scratch (id) deferrable initially deferred)")
        .await
        .unwrap();
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                tx.exec(INSERT, params![1_i64, "x"]).await?;
                tx.exec(Sql::new("insert into later (scratch_id) values ($1)"), params![5_i64]).await?;
                Ok(())
            })
        })
        .await;
    assert!(matches!(outcome, Err(StorageError::Reference)), "{outcome:?}");
    insert(&db, 2).await.unwrap();
    assert_eq!(db.number("select max(id) from scratch").await, 2);
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

/// A caller that goes away in the middle, as when a browser closes the connection.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dropped_caller_rolls_back_on_postgres() {
    let db = TestDb::postgres().await;
    db.make_scratch().await;
    let (written, never) = (Arc::new(AtomicBool::new(false)), AtomicBool::new(false));
    let writing = tokio::spawn({
        let (db, written) = ((*db).clone(), Arc::clone(&written));
        async move {
            let outcome: Result<(), StorageError> = db
                .write(move |tx| {
                    Box::pin(async move {
                        tx.exec(INSERT, params![1_i64, "x"]).await?;
                        written.store(true, Ordering::SeqCst);
                        linger(tx, &never).await
                    })
                })
                .await;
            outcome
        }
    });
    while !written.load(Ordering::SeqCst) {
        tokio::task::yield_now().await;
    }
    writing.abort();
    assert!(writing.await.unwrap_err().is_cancelled());
    // It would wait for ever for the lock of the first, were that still open.
    insert(&db, 1).await.unwrap();
    assert_eq!(db.number("select count(*) from scratch").await, 1);
}

#[tokio::test]
async fn two_programs_may_write_one_file() {
    let db = TestDb::sqlite().await;
    db.make_scratch().await;
    let other = db.open_again().await;
    let mut acts = Vec::new();
    for id in 0_i64..100 {
        let db = if id % 2 == 0 { (*db).clone() } else { other.clone() };
        acts.push(tokio::spawn(async move { insert(&db, id).await }));
    }
    for act in acts {
        act.await.unwrap().unwrap();
    }
    assert_eq!(db.number("select count(*) from scratch").await, 100);
}

#[cfg(unix)]
#[tokio::test]
async fn nobody_else_may_read_the_file() {
    use std::os::unix::fs::PermissionsExt;
    let db = TestDb::sqlite().await;
    for name in ["portal.db", "portal.db-wal", "portal.db-shm"] {
        let path = db.file().with_file_name(name);
        let mode = std::fs::metadata(&path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}
