//! A filed dossier that the desk has not answered in its time says so by itself: once, in the log, to the filer and at the desk.

use domain::dossier::{Command, Dossier, Status};
use domain::ids::{DossierId, MessageId};
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use storage::{Tx, jobs};

use super::Outcome;
use crate::act::act_by_rule;
use crate::app::App;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;

/// The kind under which these jobs are stored.
pub(crate) const KIND: &str = "watch_answer";

/// What the job needs when its time has come.
#[derive(Serialize, Deserialize)]
struct Errand {
    dossier: DossierId,
    /// The letter's identifier: jobs have no randomness of their own, and done twice it sends one.
    message: MessageId,
}

/// Has the dossier looked at when the desk's time is over, in the transaction that starts the clock.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn enqueue(tx: &mut Tx<'_>, dossier: &Dossier, message: MessageId) -> Result<(), UsecaseError> {
    let (Status::Filed, Some(due_at)) = (dossier.status, dossier.answer_due_at) else { return Ok(()) };
    let errand = Errand { dossier: dossier.id, message };
    let payload = serde_json::to_string(&errand).map_err(|_| UsecaseError::Broken("an errand is written as JSON"))?;
    Ok(jobs::enqueue(tx, KIND, &payload, due_at.plus_millis(1)).await?)
}

/// Notes that the time is over, unless the desk has answered; a clock that was started anew has a job of its own.
pub(super) async fn run(app: &App, payload: &str, now: Instant) -> Outcome {
    let Ok(Errand { dossier, message }) = serde_json::from_str::<Errand>(payload) else {
        return Outcome::Fail("the payload is no errand".into());
    };
    match act_by_rule(app, dossier, Command::NoteAnswerOverdue, News::AnswerOverdue, message, now).await {
        Ok(_) => Outcome::Done,
        Err(ActError::Usecase(UsecaseError::NotFound) | ActError::Refused(_)) => Outcome::Done,
        Err(ActError::Usecase(error)) => Outcome::Retry(error.to_string()),
    }
}
