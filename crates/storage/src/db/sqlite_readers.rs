//! A few read-only connections to a SQLite file, each on a thread of its own, fed from one queue.

use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use rusqlite::Connection;
use tokio::runtime::Handle;
use tokio::sync::{mpsc, oneshot};

use super::guard::run_at_once;
use super::sqlite_errors::translate;
use super::{Tx, Work};
use crate::error::{Fault, StorageError};

/// Reads that may wait; beyond them, callers wait for a place.
const QUEUE: usize = 1024;
/// A reader more than this would only wait for a processor.
const MOST_THREADS: usize = 8;

type Look = Box<dyn FnOnce(&mut Connection) + Send>;

/// The way to the readers' threads, which end when the last clone is dropped.
#[derive(Clone)]
pub(super) struct Readers {
    queue: mpsc::Sender<Look>,
}

impl Readers {
    pub(super) fn start(connect: impl Fn() -> Result<Connection, StorageError>) -> Result<Self, StorageError> {
        let (queue, looks) = mpsc::channel(QUEUE);
        let looks = Arc::new(Mutex::new(looks));
        let threads = thread::available_parallelism().map_or(2, NonZeroUsize::get).clamp(2, MOST_THREADS);
        for number in 1..=threads {
            let connection = connect()?;
            let looks = Arc::clone(&looks);
            let runtime = Handle::try_current().ok();
            thread::Builder::new()
                .name(format!("sqlite-reader-{number}"))
                .spawn(move || {
                    let _inside = runtime.as_ref().map(Handle::enter);
                    serve(connection, &looks);
                })
                .map_err(StorageError::unavailable)?;
        }
        Ok(Self { queue })
    }

    pub(super) async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (caller, answer) = oneshot::channel();
        let look: Look = Box::new(move |connection| {
            if !caller.is_closed() {
                drop(caller.send(look(connection, work)));
            }
        });
        if self.queue.send(look).await.is_err() {
            return Err(StorageError::unavailable(Fault::ThreadEnded).into());
        }
        answer.await.unwrap_or_else(|_| Err(StorageError::unavailable(Fault::ThreadEnded).into()))
    }
}

fn serve(mut connection: Connection, looks: &Mutex<mpsc::Receiver<Look>>) {
    loop {
        // One thread waits in the queue, the others wait for its place; none holds the place while it works.
        let look = looks.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match look {
            Some(look) => look(&mut connection),
            None => return,
        }
    }
}

/// Runs the work between `begin` and `rollback`, so that all its statements see the same picture.
fn look<T, E, F>(connection: &mut Connection, work: F) -> Result<T, E>
where
    F: for<'t, 'c> FnOnce(&'t mut Tx<'c>) -> Work<'t, T, E>,
    E: From<StorageError>,
{
    execute(connection, "begin")?;
    let mut tx = Tx::sqlite(connection);
    let outcome = run_at_once(|| work(&mut tx));
    let failure = tx.into_failure();
    let ended = match connection.is_autocommit() {
        true => Ok(()),
        false => execute(connection, "rollback"),
    };
    match (outcome, failure) {
        (Ok(_), Some(error)) => Err(error.into()),
        (Ok(value), None) => ended.map(|()| value).map_err(E::from),
        (refusal, _) => refusal,
    }
}

fn execute(connection: &Connection, text: &str) -> Result<(), StorageError> {
    let mut statement = connection.prepare_cached(text).map_err(translate)?;
    statement.execute([]).map(drop).map_err(translate)
}
