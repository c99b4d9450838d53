//! Work that follows an act: taken once, tried again, put aside, and counted tries.

use std::collections::BTreeSet;

use domain::time::Instant;
use storage::jobs::{self, Job};
use storage::{Db, StorageError, rate_limits};

use crate::samples::at;
use crate::support::TestDb;

on_both_engines!(
    a_job_is_there_once_its_act_has_committed,
    a_leased_job_is_nobody_elses_until_the_lease_ends,
    a_late_worker_cannot_touch_a_job_that_passed_on,
    a_job_that_may_work_later_comes_back_then,
    a_job_that_failed_for_good_waits_for_an_operator,
    many_workers_take_every_job_once,
    tries_are_counted_by_window,
    no_try_goes_uncounted_when_many_come_at_once,
);

const LEASE: i64 = 60_000;

async fn enqueue(db: &Db, payload: &'static str, now: Instant) {
    let added: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { jobs::enqueue(tx, "send", payload, now).await })).await;
    added.unwrap();
}

async fn claim(db: &Db, now: Instant) -> Vec<Job> {
    let claimed: Result<_, StorageError> =
        db.write(move |tx| Box::pin(async move { jobs::claim(tx, now, LEASE, 10).await })).await;
    claimed.unwrap()
}

fn payloads(jobs: &[Job]) -> Vec<&str> {
    jobs.iter().map(|job| job.payload.as_str()).collect()
}

async fn a_job_is_there_once_its_act_has_committed(db: TestDb) {
    let mut added = db.watch_jobs();
    let failing: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                jobs::enqueue(tx, "send", "never", at(0)).await?;
                Err(StorageError::NoRow)
            })
        })
        .await;
    assert!(failing.is_err());
    assert!(!added.has_changed().unwrap());
    enqueue(&db, "now", at(0)).await;
    assert!(added.has_changed().unwrap());
    added.mark_unchanged();
    assert_eq!(payloads(&claim(&db, at(0)).await), ["now"]);
    assert!(!added.has_changed().unwrap());
}

async fn a_leased_job_is_nobody_elses_until_the_lease_ends(db: TestDb) {
    enqueue(&db, "second", at(-1)).await;
    enqueue(&db, "first", at(-2)).await;
    enqueue(&db, "later", at(5)).await;
    let taken = claim(&db, at(0)).await;
    assert_eq!(payloads(&taken), ["first", "second"]);
    assert!(taken.iter().all(|job| job.attempts == 1));
    assert_eq!(payloads(&claim(&db, at(0)).await), Vec::<&str>::new());
    // The worker died: its lease of a minute ends, and another takes the jobs.
    let again = claim(&db, at(1)).await;
    assert_eq!(payloads(&again), ["first", "second"]);
    assert!(again.iter().all(|job| job.attempts == 2));
}

async fn a_late_worker_cannot_touch_a_job_that_passed_on(db: TestDb) {
    enqueue(&db, "slow", at(0)).await;
    let late = claim(&db, at(0)).await.remove(0);
    let present = claim(&db, at(1)).await.remove(0);
    let outcome: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                jobs::finish(tx, &late).await?;
                jobs::retry(tx, &late, at(0), "late").await?;
                jobs::fail(tx, &late, at(2), "late").await
            })
        })
        .await;
    outcome.unwrap();
    assert_eq!(db.number("select count(*) from job where last_error is null and failed_at is null").await, 1);
    let outcome: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { jobs::finish(tx, &present).await })).await;
    outcome.unwrap();
    assert_eq!(db.number("select count(*) from job").await, 0);
}

async fn a_job_that_may_work_later_comes_back_then(db: TestDb) {
    enqueue(&db, "mail", at(0)).await;
    let job = claim(&db, at(0)).await.remove(0);
    let outcome: Result<(), StorageError> = db
        .write(move |tx| Box::pin(async move { jobs::retry(tx, &job, at(30), "the mail server is away").await }))
        .await;
    outcome.unwrap();
    assert!(claim(&db, at(29)).await.is_empty());
    let job = claim(&db, at(30)).await.remove(0);
    assert_eq!((job.payload.as_str(), job.attempts), ("mail", 2));
}

async fn a_job_that_failed_for_good_waits_for_an_operator(db: TestDb) {
    let outcome: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                jobs::enqueue(tx, "send", "bad", at(0)).await?;
                jobs::enqueue(tx, "send", "good", at(0)).await
            })
        })
        .await;
    outcome.unwrap();
    let job = claim(&db, at(0)).await.remove(0);
    let id = job.id;
    let outcome: Result<_, StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                jobs::fail(tx, &job, at(1), "no such address").await?;
                Ok((jobs::list_failed(tx, 10).await?, jobs::count(tx).await?))
            })
        })
        .await;
    let (failed, counts) = outcome.unwrap();
    assert_eq!(failed.len(), 1);
    assert_eq!((failed[0].job.payload.as_str(), failed[0].reason.as_str()), ("bad", "no such address"));
    assert_eq!(failed[0].failed_at, at(1));
    assert_eq!((counts.open, counts.failed), (1, 1));
    assert_eq!(payloads(&claim(&db, at(1_000)).await), ["good"]);
    let revived: Result<(), StorageError> = db
        .write(move |tx| {
            Box::pin(async move {
                jobs::revive(tx, id, at(2_000)).await?;
                assert!(jobs::list_failed(tx, 10).await?.is_empty());
                Ok(())
            })
        })
        .await;
    revived.unwrap();
    let again = claim(&db, at(2_000)).await;
    let job = again.iter().find(|job| job.id == id).unwrap();
    assert_eq!((job.payload.as_str(), job.attempts), ("bad", 1));
    let unknown: Result<(), StorageError> =
        db.write(move |tx| Box::pin(async move { jobs::revive(tx, id, at(2_000)).await })).await;
    assert!(matches!(unknown, Err(StorageError::NoRow)));
}

async fn many_workers_take_every_job_once(db: TestDb) {
    let added: Result<(), StorageError> = db
        .write(|tx| {
            Box::pin(async move {
                for number in 0..200 {
                    jobs::enqueue(tx, "send", &number.to_string(), at(0)).await?;
                }
                Ok(())
            })
        })
        .await;
    added.unwrap();
    let mut workers = Vec::new();
    for _ in 0..8 {
        let db = (*db).clone();
        workers.push(tokio::spawn(async move {
            let mut taken = Vec::new();
            loop {
                match claim(&db, at(0)).await {
                    jobs if jobs.is_empty() => return taken,
                    jobs => taken.extend(jobs.into_iter().map(|job| job.id)),
                }
            }
        }));
    }
    let mut taken = Vec::new();
    for worker in workers {
        taken.extend(worker.await.unwrap());
    }
    assert_eq!(taken.len(), 200);
    assert_eq!(taken.iter().collect::<BTreeSet<_>>().len(), 200);
}

async fn hit(db: &Db, key: &'static str, now: Instant) -> i64 {
    let hits: Result<i64, StorageError> =
        db.write(move |tx| Box::pin(async move { rate_limits::hit(tx, key, 60_000, now).await })).await;
    hits.unwrap()
}

async fn tries_are_counted_by_window(db: TestDb) {
    let start = Instant::from_millis(600_000);
    assert_eq!(hit(&db, "a", start).await, 1);
    assert_eq!(hit(&db, "a", start.plus_millis(59_999)).await, 2);
    assert_eq!(hit(&db, "b", start).await, 1);
    assert_eq!(hit(&db, "a", start.plus_millis(60_000)).await, 1);
    // Another process, whose clock is behind, does not open the old window again.
    assert_eq!(hit(&db, "a", start.plus_millis(59_000)).await, 2);
    let forgotten: Result<u64, StorageError> = db
        .write(move |tx| Box::pin(async move { rate_limits::delete_expired(tx, start.plus_millis(60_000)).await }))
        .await;
    assert_eq!(forgotten.unwrap(), 1);
    assert_eq!(hit(&db, "a", start.plus_millis(60_001)).await, 3);
}

async fn no_try_goes_uncounted_when_many_come_at_once(db: TestDb) {
    let mut tries = Vec::new();
    for _ in 0..64 {
        let db = (*db).clone();
        tries.push(tokio::spawn(async move { hit(&db, "a", at(0)).await }));
    }
    let mut counts = Vec::new();
    for one in tries {
        counts.push(one.await.unwrap());
    }
    counts.sort_unstable();
    assert_eq!(counts, (1..=64).collect::<Vec<_>>());
}
