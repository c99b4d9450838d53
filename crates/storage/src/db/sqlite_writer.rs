//! The one writer of a SQLite file: it takes all acts that wait, runs each in a savepoint, and stores them with one sync.
//!
//! Nobody is answered before the shared commit, so an acknowledged act is on the disk.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::thread;

use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot, watch};

use super::guard::run_at_once;
use super::sqlite::Counters;
use super::sqlite_errors::translate;
use super::{Tx, Work};
use crate::error::{Fault, StorageError};

/// Acts that may wait; beyond them, callers wait for a place.
const QUEUE: usize = 1024;
/// Acts that share a commit at most, so that the first of a batch does not wait too long.
const BATCH: usize = 256;

/// The way to the writer's thread, which ends when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Writer {
    queue: mpsc::Sender<Box<dyn Act>>,
}

/// One caller's transaction.
trait Act: Send {
    /// Whether the caller has gone away, so that nothing need be done.
    fn is_abandoned(&self) -> bool;
    /// Runs the work; whether it is to be kept.
    fn run(&mut self, connection: &mut Connection) -> bool;
    /// Answers the caller, with the fate of the commit.
    fn answer(self: Box<Self>, stored: Result<(), StorageError>, jobs_added: &watch::Sender<u64>);
}

struct Pending<F, T, E> {
    work: Option<F>,
    outcome: Option<Result<T, E>>,
    has_new_jobs: bool,
    caller: oneshot::Sender<Result<T, E>>,
}

impl Writer {
    pub(super) fn start(
        connection: Connection,
        counters: Arc<Counters>,
        jobs_added: watch::Sender<u64>,
    ) -> Result<Self, StorageError> {
        let (queue, acts) = mpsc::channel(QUEUE);
        let desk = Desk { connection, counters, jobs_added };
        let runtime = Handle::try_current().ok();
        thread::Builder::new()
            .name("sqlite-writer".to_owned())
            .spawn(move || {
                // Inside the runtime a stray timer or socket is merely pending, which `run_at_once` reports; outside it
                // would panic.
                let _inside = runtime.as_ref().map(Handle::enter);
                desk.serve(acts);
            })
            .map_err(StorageError::unavailable)?;
        Ok(Self { queue })
    }

    pub(super) async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let act = Pending { work: Some(work), outcome: None, has_new_jobs: false, caller };
        if self.queue.send(Box::new(act)).await.is_err() {
            return Err(StorageError::unavailable(Fault::ThreadEnded).into());
        }
        answer.await.unwrap_or_else(|_| Err(StorageError::unavailable(Fault::ThreadEnded).into()))
    }
}

impl<F, T, E> Act for Pending<F, T, E>
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send,
    T: Send,
    E: From<StorageError> + Send,
{
    fn is_abandoned(&self) -> bool {
        self.caller.is_closed()
    }

    fn run(&mut self, connection: &mut Connection) -> bool {
        let Some(work) = self.work.take() else {
            return false;
        };
        let mut tx = Tx::sqlite(connection);
        let outcome = run_at_once(|| work(&mut tx));
        self.has_new_jobs = tx.has_new_jobs();
        let outcome = match tx.into_failure() {
            Some(error) if outcome.is_ok() => Err(error.into()),
            _ => outcome,
        };
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn answer(self: Box<Self>, stored: Result<(), StorageError>, jobs_added: &watch::Sender<u64>) {
        let outcome = match (self.outcome, stored) {
            (Some(Err(refusal)), _) => Err(refusal),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => return,
        };
        if self.has_new_jobs && outcome.is_ok() {
            jobs_added.send_modify(|count| *count = count.wrapping_add(1));
        }
        // A caller who has gone away needs no answer.
        drop(self.caller.send(outcome));
    }
}

/// The writer's thread.
struct Desk {
    connection: Connection,
    counters: Arc<Counters>,
    jobs_added: watch::Sender<u64>,
}

impl Desk {
    fn serve(mut self, mut acts: mpsc::Receiver<Box<dyn Act>>) {
        let mut batch = Vec::with_capacity(BATCH);
        while let Some(first) = acts.blocking_recv() {
            batch.push(first);
            while batch.len() < BATCH
                && let Ok(next) = acts.try_recv()
            {
                batch.push(next);
            }
            batch.retain(|act| !act.is_abandoned());
            while !batch.is_empty() {
                batch = self.store(batch);
            }
        }
    }

    /// Runs and commits the acts together, and answers them; returns those that did not get their turn because SQLite gave
    /// the transaction up before them.
    fn store(&mut self, batch: Vec<Box<dyn Act>>) -> Vec<Box<dyn Act>> {
        self.counters.transactions.fetch_add(batch.len() as u64, Ordering::Relaxed);
        let mut done = Vec::with_capacity(batch.len());
        let mut waiting = batch.into_iter();
        let stored = match self.execute("begin immediate") {
            Err(error) => {
                done.extend(waiting.by_ref());
                Err(error)
            }
            Ok(()) => self.run_each(&mut waiting, &mut done).and_then(|kept| self.finish(kept)),
        };
        if stored.is_err() && !self.connection.is_autocommit() {
            self.execute("rollback").unwrap_or_else(|error| tracing::error!(%error, "Rolling back a batch failed"));
        }
        for act in done {
            act.answer(stored.clone(), &self.jobs_added);
        }
        waiting.collect()
    }

    /// Runs each act in its own savepoint; how many are to be kept.
    fn run_each(
        &mut self,
        waiting: &mut impl Iterator<Item = Box<dyn Act>>,
        done: &mut Vec<Box<dyn Act>>,
    ) -> Result<usize, StorageError> {
        let mut kept = 0;
        for mut act in waiting {
            let begun = self.execute("savepoint act");
            let keep = begun.is_ok() && act.run(&mut self.connection);
            done.push(act);
            begun?;
            // On a full disk and the like SQLite undoes the whole transaction by itself.
            if self.connection.is_autocommit() {
                return Err(StorageError::unavailable(Fault::BatchLost));
            }
            if keep {
                kept += 1;
            } else {
                self.execute("rollback to act")?;
            }
            self.execute("release act")?;
        }
        Ok(kept)
    }

    fn finish(&mut self, kept: usize) -> Result<(), StorageError> {
        if kept == 0 {
            return self.execute("rollback");
        }
        self.execute("commit")?;
        self.counters.commits.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn execute(&mut self, text: &str) -> Result<(), StorageError> {
        let mut statement = self.connection.prepare_cached(text).map_err(translate)?;
        statement.execute([]).map(drop).map_err(translate)
    }
}
