//! Keeps the work inside a transaction honest: it may wait for the database only, and its panic stays its own.

use std::future::poll_fn;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Waker};

use super::Work;
use crate::error::StorageError;

/// Runs work on a database that answers at once: if one poll does not finish it, it waits for something else.
pub(super) fn run_at_once<'t, T, E: From<StorageError>>(start: impl FnOnce() -> Work<'t, T, E>) -> Result<T, E> {
    caught(|| match start().as_mut().poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(outcome) => outcome,
        Poll::Pending => Err(StorageError::ForeignWait.into()),
    })
    .unwrap_or_else(|panicked| Err(panicked.into()))
}

/// Set while work waits for the database, so that any other wait can be told from it.
#[derive(Clone, Default)]
pub(super) struct Waiting(Arc<AtomicBool>);

impl Waiting {
    /// Awaits the database's answer, and says so while it lasts.
    pub(super) async fn on_database<T>(&self, answer: impl Future<Output = T>) -> T {
        let mut answer = pin!(answer);
        poll_fn(|context| {
            let poll = answer.as_mut().poll(context);
            if poll.is_pending() {
                self.0.store(true, Ordering::Relaxed);
            }
            poll
        })
        .await
    }

    /// Runs work that may be suspended while the database answers, and for no other reason.
    pub(super) async fn supervise<'t, T, E: From<StorageError>>(
        &self,
        start: impl FnOnce() -> Work<'t, T, E>,
    ) -> Result<T, E> {
        let mut work = caught(start)?;
        let outcome = poll_fn(|context| {
            self.0.store(false, Ordering::Relaxed);
            match caught(|| work.as_mut().poll(context)) {
                Err(panicked) => Poll::Ready(Err(panicked.into())),
                Ok(Poll::Ready(outcome)) => Poll::Ready(outcome),
                Ok(Poll::Pending) if self.0.load(Ordering::Relaxed) => Poll::Pending,
                Ok(Poll::Pending) => Poll::Ready(Err(StorageError::ForeignWait.into())),
            }
        })
        .await;
        caught(|| drop(work))?;
        outcome
    }
}

fn caught<T>(act: impl FnOnce() -> T) -> Result<T, StorageError> {
    catch_unwind(AssertUnwindSafe(act)).map_err(|_| StorageError::Panicked)
}
