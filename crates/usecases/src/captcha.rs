//! What a captcha leaves behind: the tokens that were used, and how often somebody failed.

use domain::ids::Hash;
use domain::time::Instant;
use storage::{rate_limits, used_tokens};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// How long failures count: a quarter of an hour.
const WINDOW_MILLIS: i64 = 15 * 60_000;

/// Whose failures are counted.
#[derive(Clone, Copy, Debug)]
pub enum Who<'a> {
    /// Everybody at this address of the network.
    Place(&'a str),
    /// Whoever says to be the holder of this number.
    Number(&'a str),
}

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
    let (now, failures) = (ctx.now, Who::Place(client).key());
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

/// Counts that somebody at this place failed who says to have this number, with the captcha solved.
pub async fn count_failure(app: &App, ctx: &Ctx, client: &str, number: &str) -> Result<(), UsecaseError> {
    let (now, keys) = (ctx.now, [Who::Place(client).key(), Who::Number(number).key()]);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                for key in keys {
                    rate_limits::hit(tx, &key, WINDOW_MILLIS, now).await?;
                }
                Ok::<_, UsecaseError>(())
            })
        })
        .await
}

/// How often they failed of late.
pub async fn count_failures(app: &App, ctx: &Ctx, who: Who<'_>) -> Result<u32, UsecaseError> {
    let (now, failures) = (ctx.now, who.key());
    let count = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(rate_limits::count(tx, &failures, now).await?) }))
        .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

impl Who<'_> {
    /// Only a digest is stored: addresses and numbers are personal data.
    fn key(self) -> String {
        match self {
            Who::Place(client) => format!("captcha-place:{}", Hash::of(client.as_bytes())),
            Who::Number(number) => format!("captcha-number:{}", Hash::of(number.as_bytes())),
        }
    }
}
