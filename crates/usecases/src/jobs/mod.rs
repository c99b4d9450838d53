//! Work that follows an act and may be tried again: jobs commit with the act and are done by a worker afterwards.

mod forget_expired;
mod send_message;
pub(crate) mod watch_answer;

use std::time::Duration;

use domain::time::Instant;
use futures_util::StreamExt;
use futures_util::stream;
use storage::jobs::{self, Job};

use crate::app::App;
use crate::drafts::forget_file;
use crate::errors::UsecaseError;
use crate::oidc_provider::tell_client;
use crate::recover_at_desk::advance;

pub use forget_expired::{Forgotten, forget_expired};

/// The kind of job that sends one stored message.
pub(crate) const SEND_MESSAGE: &str = send_message::KIND;

/// How many jobs a worker claims at once.
const AT_ONCE: u32 = 20;
/// How many of them it does side by side, so that a system that falls silent holds up nobody else's message. All of them
/// end long before the lease does.
const SIDE_BY_SIDE: usize = 8;
/// How long a claimed job belongs to its worker, in milliseconds; after that another may take it.
const LEASE_MILLIS: i64 = 5 * 60_000;
/// After so many tries a job is put aside for an operator.
const MOST_ATTEMPTS: u32 = 12;
/// How long the worker waits when nothing wakes it.
const IDLE: Duration = Duration::from_secs(2);

const HOUR_MILLIS: i64 = 60 * 60_000;

/// How a job ended.
pub(crate) enum Outcome {
    /// It is done.
    Done,
    /// A message was handed over, to this gateway when it is a text.
    Sent {
        /// The gateway's name.
        gateway: Option<String>,
    },
    /// It may work later.
    Retry(String),
    /// It will never work.
    Fail(String),
}

/// Does jobs until the future is dropped; `now` gives the moment for each round. Once in every hour of that clock it
/// forgets what has expired.
pub async fn work(app: App, now: impl Fn() -> Instant) {
    let mut added = app.db().watch_jobs();
    let mut tidied_in = None;
    loop {
        let at = now();
        let hour = at.as_millis().div_euclid(HOUR_MILLIS);
        if tidied_in != Some(hour) {
            tidied_in = Some(hour);
            if let Err(error) = forget_expired(&app, at).await {
                tracing::error!(error = %error, "The worker could not forget what has expired");
            }
        }
        match run_due(&app, at).await {
            Ok(0) => {
                // Woken by a new job, or by the clock for one whose time has come.
                let _ = tokio::time::timeout(IDLE, added.changed()).await;
            }
            Ok(_) => {}
            Err(error) => {
                tracing::error!(error = %error, "The worker could not claim jobs");
                tokio::time::sleep(IDLE).await;
            }
        }
    }
}

/// Claims what is due and does it; returns how many jobs were done or put off. Tests call it to move things on.
pub async fn run_due(app: &App, now: Instant) -> Result<usize, UsecaseError> {
    let claimed = app
        .db()
        .write(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(jobs::claim(tx, now, LEASE_MILLIS, AT_ONCE).await?) })
        })
        .await?;
    let count = claimed.len();
    let mut done = stream::iter(claimed).map(|job| run_and_settle(app, job, now)).buffer_unordered(SIDE_BY_SIDE);
    let mut ended = Ok(());
    while let Some(one) = done.next().await {
        ended = ended.and(one);
    }
    ended.map(|()| count)
}

async fn run_and_settle(app: &App, job: Job, now: Instant) -> Result<(), UsecaseError> {
    let outcome = run(app, &job, now).await;
    settle(app, job, outcome, now).await
}

async fn run(app: &App, job: &Job, now: Instant) -> Outcome {
    match job.kind.as_str() {
        send_message::KIND => send_message::run(app, &job.payload, now).await,
        tell_client::KIND => tell_client::run(app, &job.payload, now).await,
        advance::KIND => advance::run(app, &job.payload, now).await,
        forget_file::KIND => forget_file::run(app, &job.payload, now).await,
        watch_answer::KIND => watch_answer::run(app, &job.payload, now).await,
        other => Outcome::Fail(format!("no worker knows jobs of kind {other}")),
    }
}

async fn settle(app: &App, job: Job, outcome: Outcome, now: Instant) -> Result<(), UsecaseError> {
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                match outcome {
                    Outcome::Done => jobs::finish(tx, &job).await?,
                    Outcome::Sent { gateway } => {
                        jobs::finish(tx, &job).await?;
                        send_message::note_sent(tx, &job.payload, gateway.as_deref(), now).await?;
                    }
                    Outcome::Retry(reason) if job.attempts < MOST_ATTEMPTS => {
                        let wait = 5_000 * (1_i64 << job.attempts.min(10));
                        jobs::retry(tx, &job, now.plus_millis(wait), &reason).await?;
                        if job.kind == send_message::KIND {
                            send_message::note_delayed(tx, &job.payload, now).await?;
                        }
                    }
                    Outcome::Retry(reason) | Outcome::Fail(reason) => {
                        tracing::error!(job = job.id, kind = %job.kind, reason, "Put a job aside");
                        jobs::fail(tx, &job, now, &reason).await?;
                        if job.kind == send_message::KIND {
                            send_message::note_failed(tx, &job.payload, now, &reason).await?;
                        }
                    }
                }
                Ok::<_, UsecaseError>(())
            })
        })
        .await
}
