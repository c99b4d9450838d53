//! Deletes a file that no dossier has any more: first put aside, and an hour later, when nobody has come to need it, for good.
//!
//! Whoever uploads the same content at that very moment has put the bytes in their place before the row that names them; in
//! between nothing says that they are needed. An hour later something does.

use domain::ids::Hash;
use domain::time::Instant;
use serde::{Deserialize, Serialize};
use storage::{Tx, blobs, jobs};

use crate::app::App;
use crate::errors::UsecaseError;
use crate::jobs::Outcome;

/// The kind under which these jobs are stored.
pub(crate) const KIND: &str = "forget_file";
/// How long a file stays aside, in milliseconds: longer than any act takes.
const ASIDE_MILLIS: i64 = 60 * 60_000;

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Stage {
    /// Put aside.
    First,
    /// Deleted.
    Second,
}

#[derive(Serialize, Deserialize)]
struct Errand {
    hash: Hash,
    stage: Stage,
}

/// Has the file looked at, in the transaction after which nothing may need it.
///
/// # Errors
/// When the database refuses.
pub(crate) async fn enqueue(tx: &mut Tx<'_>, hash: Hash, stage: Stage, at: Instant) -> Result<(), UsecaseError> {
    let payload = serde_json::to_string(&Errand { hash, stage });
    let payload = payload.map_err(|_| UsecaseError::Broken("an errand is written as JSON"))?;
    Ok(jobs::enqueue(tx, KIND, &payload, at).await?)
}

/// Puts the file aside or deletes it, unless a dossier has it again.
pub(crate) async fn run(app: &App, payload: &str, now: Instant) -> Outcome {
    let Ok(errand) = serde_json::from_str::<Errand>(payload) else {
        return Outcome::Fail("the payload is no errand".into());
    };
    let done = match errand.stage {
        Stage::First => put_aside(app, errand.hash, now).await,
        Stage::Second => delete(app, errand.hash).await,
    };
    match done {
        Ok(()) => Outcome::Done,
        Err(error) => Outcome::Retry(error.to_string()),
    }
}

async fn put_aside(app: &App, hash: Hash, now: Instant) -> Result<(), UsecaseError> {
    let is_unused = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let is_unused = blobs::delete_unused(tx, hash).await?;
                if is_unused {
                    enqueue(tx, hash, Stage::Second, now.plus_millis(ASIDE_MILLIS)).await?;
                }
                Ok::<_, UsecaseError>(is_unused)
            })
        })
        .await?;
    if is_unused {
        app.blobs().set_aside(hash).await?;
        // Somebody who came meanwhile has it back at once.
        if is_used(app, hash).await? {
            app.blobs().bring_back(hash).await?;
        }
    }
    Ok(())
}

async fn delete(app: &App, hash: Hash) -> Result<(), UsecaseError> {
    match is_used(app, hash).await? {
        true => app.blobs().bring_back(hash).await?,
        false => app.blobs().delete_aside(hash).await?,
    }
    Ok(())
}

async fn is_used(app: &App, hash: Hash) -> Result<bool, UsecaseError> {
    app.db().read(move |tx| Box::pin(async move { Ok(blobs::is_used(tx, hash).await?) })).await
}
