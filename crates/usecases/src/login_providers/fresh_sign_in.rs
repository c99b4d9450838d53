//! Whoever has no password here shows that it is them by signing in at their provider anew.

use oidc::UnixTime;
use oidc::client::signed_in_at;
use storage::{Tx, provider_sessions};

use super::moment;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::hash_of;

/// How long a sign-in at a provider shows who it is, in seconds: long enough to come back and fill in a short form.
pub(super) const FRESH_SECONDS: i64 = 15 * 60;

/// Whether the session of this token was opened through a provider where its holder has signed in a moment ago.
///
/// # Errors
/// When the database cannot answer.
pub async fn has_just_signed_in(app: &App, ctx: &Ctx, token: Option<&str>) -> Result<bool, UsecaseError> {
    let Some(hash) = token.and_then(hash_of) else { return Ok(false) };
    let origin = app
        .db()
        .read(move |tx: &mut Tx<'_>| {
            Box::pin(async move { Ok::<_, UsecaseError>(provider_sessions::find(tx, hash).await?) })
        })
        .await?;
    let at = origin.and_then(|origin| signed_in_at(&origin.id_token));
    Ok(at.is_some_and(|at| is_fresh(at, moment(ctx.now))))
}

fn is_fresh(at: UnixTime, now: UnixTime) -> bool {
    now.since(at) <= FRESH_SECONDS
}
