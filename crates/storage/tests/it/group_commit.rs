//! SQLite's one writer: many acts to one sync, each with its own fate.

use std::sync::mpsc;

use storage::{Db, Sql, StorageError, params};
use tokio::task::JoinHandle;

use crate::support::TestDb;

const INSERT: Sql = Sql::new("insert into scratch (id, note) values ($1, $2)");

/// Keeps the writer busy until the sender is dropped, so that what is written meanwhile forms one batch.
async fn hold_writer(db: &Db) -> (mpsc::Sender<()>, JoinHandle<Result<(), StorageError>>) {
    let (begin, begun) = mpsc::channel();
    let (release, held) = mpsc::channel::<()>();
    let db = db.clone();
    let holding = tokio::spawn(async move {
        db.write(move |_| {
            Box::pin(async move {
                let _ = begin.send(());
                // A blocking wait is what work must never do; here it stands for a slow disk.
                let _ = held.recv();
                Ok(())
            })
        })
        .await
    });
    while begun.try_recv().is_err() {
        tokio::task::yield_now().await;
    }
    (release, holding)
}

fn insert(db: &Db, id: i64) -> JoinHandle<Result<u64, StorageError>> {
    let db = db.clone();
    tokio::spawn(
        async move { db.write(move |tx| Box::pin(async move { tx.exec(INSERT, params![id, "x"]).await })).await },
    )
}

/// Lets every spawned task get as far as it can.
async fn settle() {
    for _ in 0..200 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn acts_that_wait_share_a_commit() {
    let db = TestDb::sqlite().await;
    db.make_scratch().await;
    let before = db.activity();
    let (release, holding) = hold_writer(&db).await;
    let acts: Vec<_> = (0..100).map(|id| insert(&db, id)).collect();
    settle().await;
    drop(release);
    holding.await.unwrap().unwrap();
    for act in acts {
        act.await.unwrap().unwrap();
    }
    let after = db.activity();
    assert_eq!(after.transactions - before.transactions, 101);
    // One for the act that held the writer, one for all that came while it did.
    assert_eq!(after.commits - before.commits, 2);
    assert_eq!(db.number("select count(*) from scratch").await, 100);
}

#[tokio::test]
async fn when_the_shared_commit_fails_nobody_is_told_otherwise() {
    let db = TestDb::sqlite().await;
    db.make_scratch().await;
    db.script("create table later (scratch_id integer references scratch (id) deferrable initially deferred)")
        .await
        .unwrap();
    let (release, holding) = hold_writer(&db).await;
    let mut acts: Vec<_> = (0..10).map(|id| insert(&db, id)).collect();
    acts.push(tokio::spawn({
        let db = (*db).clone();
        async move {
            let dangling = Sql::new("insert into later (scratch_id) values ($1)");
            db.write(move |tx| Box::pin(async move { tx.exec(dangling, params![999_i64]).await })).await
        }
    }));
    settle().await;
    drop(release);
    holding.await.unwrap().unwrap();
    for act in acts {
        let outcome = act.await.unwrap();
        assert!(matches!(outcome, Err(StorageError::Reference)), "{outcome:?}");
    }
    assert_eq!(db.number("select count(*) from scratch").await, 0);
    insert(&db, 1).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_act_whose_transaction_sqlite_gives_up_fails_with_its_batch_and_the_rest_goes_on() {
    let db = TestDb::sqlite().await;
    db.make_scratch().await;
    // `or rollback` makes SQLite undo the whole transaction, as it does by itself when the disk is full.
    let ruinous = Sql::new("insert or rollback into scratch (id, note) values ($1, $2)");
    insert(&db, 1).await.unwrap().unwrap();
    let (release, holding) = hold_writer(&db).await;
    let early = insert(&db, 2);
    settle().await;
    let ruin = tokio::spawn({
        let db = (*db).clone();
        async move { db.write(move |tx| Box::pin(async move { tx.exec(ruinous, params![1_i64, "x"]).await })).await }
    });
    settle().await;
    let late = insert(&db, 3);
    settle().await;
    drop(release);
    holding.await.unwrap().unwrap();
    assert!(matches!(early.await.unwrap(), Err(StorageError::Unavailable(_))));
    assert!(ruin.await.unwrap().unwrap_err().is_constraint("scratch_id"));
    late.await.unwrap().unwrap();
    assert_eq!(db.number("select sum(id) from scratch").await, 4);
}

#[tokio::test]
async fn an_act_whose_caller_has_gone_is_not_done() {
    let db = TestDb::sqlite().await;
    db.make_scratch().await;
    let (release, holding) = hold_writer(&db).await;
    let gone = insert(&db, 1);
    settle().await;
    gone.abort();
    assert!(gone.await.unwrap_err().is_cancelled());
    let stays = insert(&db, 2);
    settle().await;
    drop(release);
    holding.await.unwrap().unwrap();
    stays.await.unwrap().unwrap();
    assert_eq!(db.number("select sum(id) from scratch").await, 2);
}
