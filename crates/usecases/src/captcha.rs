//! What a captcha leaves behind: the tokens that were used, and how often people at one place failed.

use domain::ids::Hash;
use domain::time::Instant;
use storage::{rate_limits, used_tokens};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// How long failures of a place count: a quarter of an hour.
const WINDOW_MILLIS: i64 = 15 * 60_000;

/// Whether what came with a token solved it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Solved {
    /// The answer or the work is right.
    Yes,
    /// It is not; this is counted for the place.
    No,
}

/// Uses up a token, whether it was solved or not, and says whether this was its first use.
///
/// A wrong answer uses it up too: who guesses needs another token for every guess.
pub async fn spend(
    app: &App,
    ctx: &Ctx,
    token: &str,
    expires_at: Instant,
    solved: Solved,
    client: &str,
) -> Result<bool, UsecaseError> {
    let hash = Hash::of(format!("captcha\0{token}").as_bytes());
    let (now, failures) = (ctx.now, key(client));
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let first = used_tokens::insert(tx, hash, expires_at).await?;
                if !first || solved == Solved::No {
                    rate_limits::hit(tx, &failures, WINDOW_MILLIS, now).await?;
                }
                Ok::<_, UsecaseError>(first)
            })
        })
        .await
}

/// How often somebody at this place failed of late.
pub async fn count_failures(app: &App, ctx: &Ctx, client: &str) -> Result<u32, UsecaseError> {
    let (now, failures) = (ctx.now, key(client));
    let count = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(rate_limits::count(tx, &failures, now).await?) }))
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Only a digest is stored: an address is personal data.
fn key(client: &str) -> String {
    format!("captcha:{}", Hash::of(client.as_bytes()))
}
