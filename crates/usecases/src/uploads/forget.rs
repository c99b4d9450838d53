//! Files that nobody sent to their end are forgotten, with the bytes that came of them.

use domain::ids::UploadId;
use domain::time::Instant;
use storage::uploads;

use crate::app::App;
use crate::errors::UsecaseError;

/// Forgets files for which nobody waits any more, and what lies on the disk without a row; how many there were.
pub(crate) async fn forget_uploads(app: &App, now: Instant) -> Result<u64, UsecaseError> {
    let expired = app.db().read(move |tx| Box::pin(uploads::list_expired(tx, now))).await?;
    let mut count = 0;
    for id in expired {
        count += u64::from(forget_one(app, id, now).await?);
    }
    for id in app.blobs().list_partials().await? {
        let row = app.db().read(move |tx| Box::pin(uploads::find(tx, id))).await?;
        if row.is_none_or(|upload| upload.finished_at.is_some()) {
            count += u64::from(forget_one(app, id, now).await?);
        }
    }
    Ok(count)
}

/// Whether there was something to forget; a file that is being sent at this moment is left alone.
async fn forget_one(app: &App, id: UploadId, now: Instant) -> Result<bool, UsecaseError> {
    let Some(partial) = app.blobs().hold_partial(id).await? else { return Ok(false) };
    let row = app.db().read(move |tx| Box::pin(uploads::find(tx, id))).await?;
    if row.is_some_and(|upload| upload.finished_at.is_none() && upload.expires_at > now) {
        return Ok(false);
    }
    partial.remove().await?;
    app.db().write(move |tx| Box::pin(uploads::delete_expired(tx, id, now))).await?;
    Ok(true)
}
