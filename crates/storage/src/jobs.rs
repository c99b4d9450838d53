//! Work that commits together with the act that causes it, and is done afterwards, with tries, leases and a place for what
//! fails for good.

use domain::time::Instant;

use crate::db::Tx;
use crate::error::StorageError;
use crate::params;
use crate::sql::{Sql, statements};
use crate::value::Row;

statements! {
    INSERT = Sql::new(
        "insert into job (kind, payload, available_at, attempts, created_at) values ($1, $2, $3, 0, $3)",
    );
    // PostgreSQL has several writers: each skips what another is just taking, and the array keeps the planner from
    // running the selection more than once. SQLite has one writer and neither word.
    CLAIM = Sql::differing(
        "update job set available_at = $1, attempts = attempts + 1
         where id in (
             select id from job where failed_at is null and available_at <= $2 order by available_at, id limit $3
         )
         returning id, kind, payload, attempts, created_at",
        "update job set available_at = $1, attempts = attempts + 1
         where id = any (array(
             select id from job where failed_at is null and available_at <= $2 order by available_at, id limit $3
             for update skip locked
         ))
         returning id, kind, payload, attempts, created_at",
    );
    DELETE = Sql::new("delete from job where id = $1 and attempts = $2");
    RETRY = Sql::new("update job set available_at = $1, last_error = $2 where id = $3 and attempts = $4");
    FAIL = Sql::new("update job set failed_at = $1, last_error = $2 where id = $3 and attempts = $4");
    LIST_FAILED = Sql::new(
        "select id, kind, payload, attempts, created_at, failed_at, last_error
         from job where failed_at is not null order by failed_at desc, id desc limit $1",
    );
    REVIVE = Sql::new(
        "update job set failed_at = null, attempts = 0, available_at = $1 where id = $2 and failed_at is not null",
    );
    COUNT = Sql::new(
        "select
             coalesce(sum(case when failed_at is null then 1 else 0 end), 0),
             coalesce(sum(case when failed_at is null then 0 else 1 end), 0)
         from job",
    );
}

/// A job that a worker holds until its lease ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: i64,
    /// Which worker it is for.
    pub kind: String,
    /// What the worker needs to know.
    pub payload: String,
    /// How often it has been taken, this time included. It also tells this worker's lease from a later one.
    pub attempts: u32,
    /// When it was added.
    pub created_at: Instant,
}

/// A job that was put aside for an operator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedJob {
    /// The job.
    pub job: Job,
    /// When it was put aside.
    pub failed_at: Instant,
    /// Why.
    pub reason: String,
}

/// How many jobs there are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct JobCounts {
    /// Jobs that wait or are being done.
    pub open: u64,
    /// Jobs that were put aside.
    pub failed: u64,
}

/// Adds a job; it is there once the transaction has committed, and workers are woken then.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn enqueue(tx: &mut Tx<'_>, kind: &str, payload: &str, now: Instant) -> Result<(), StorageError> {
    tx.queue(INSERT, params![kind, payload, now]);
    tx.wake_workers();
    Ok(())
}

/// Takes jobs that are due, oldest first; until the lease ends nobody else gets them.
///
/// A worker that dies leaves its jobs to the next one, so a job may be done twice: it must not matter.
///
/// # Errors
/// When the database refuses.
pub async fn claim(tx: &mut Tx<'_>, now: Instant, lease_millis: i64, limit: u32) -> Result<Vec<Job>, StorageError> {
    let rows = tx.all(CLAIM, params![now.plus_millis(lease_millis), now, limit]).await?;
    let mut jobs = rows.into_iter().map(|mut row| read(&mut row)).collect::<Result<Vec<_>, _>>()?;
    jobs.sort_by_key(|job| (job.created_at, job.id));
    Ok(jobs)
}

/// Ends a job that is done; nothing happens when its lease has passed to another worker.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn finish(tx: &mut Tx<'_>, job: &Job) -> Result<(), StorageError> {
    tx.queue(DELETE, params![job.id, job.attempts]);
    Ok(())
}

/// Gives a job back, to be tried again at that time; nothing happens when its lease has passed to another worker.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn retry(tx: &mut Tx<'_>, job: &Job, at: Instant, reason: &str) -> Result<(), StorageError> {
    tx.queue(RETRY, params![at, reason, job.id, job.attempts]);
    Ok(())
}

/// Puts a job aside for an operator; nothing happens when its lease has passed to another worker.
///
/// # Errors
/// With the next statement or the commit, when the database refuses.
pub async fn fail(tx: &mut Tx<'_>, job: &Job, now: Instant, reason: &str) -> Result<(), StorageError> {
    tx.queue(FAIL, params![now, reason, job.id, job.attempts]);
    Ok(())
}

/// The jobs that were put aside, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_failed(tx: &mut Tx<'_>, limit: u32) -> Result<Vec<FailedJob>, StorageError> {
    let rows = tx.all(LIST_FAILED, params![limit]).await?;
    rows.into_iter()
        .map(|mut row| {
            let job = read(&mut row)?;
            let reason = row.take::<Option<String>>(6)?.unwrap_or_default();
            Ok(FailedJob { job, failed_at: row.take(5)?, reason })
        })
        .collect()
}

/// Tries a job that was put aside from the beginning.
///
/// # Errors
/// [`StorageError::NoRow`] when no such job was put aside.
pub async fn revive(tx: &mut Tx<'_>, id: i64, now: Instant) -> Result<(), StorageError> {
    match tx.exec(REVIVE, params![now, id]).await? {
        0 => Err(StorageError::NoRow),
        _ => {
            tx.wake_workers();
            Ok(())
        }
    }
}

/// How many jobs there are, for those who watch over the system.
///
/// # Errors
/// When the database cannot answer.
pub async fn count(tx: &mut Tx<'_>) -> Result<JobCounts, StorageError> {
    let mut row = tx.one(COUNT, params![]).await?;
    Ok(JobCounts { open: row.take(0)?, failed: row.take(1)? })
}

fn read(row: &mut Row) -> Result<Job, StorageError> {
    Ok(Job {
        id: row.take(0)?,
        kind: row.take(1)?,
        payload: row.take(2)?,
        attempts: row.take(3)?,
        created_at: row.take(4)?,
    })
}
