//! A provider says that a session there has ended: the sessions here that came from it end too.

use domain::ids::Hash;
use domain::time::Instant;
use oidc::client::{LogoutTokenError, read_logout_token};
use oidc::jose::JwsError;
use storage::{provider_sessions, used_tokens};

use super::{find_provider, moment};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// Why nothing ended.
#[derive(Debug, thiserror::Error)]
pub enum EndError {
    /// No provider has this name.
    #[error("no provider has this name")]
    Unknown,
    /// What was said is not believed.
    #[error(transparent)]
    Token(#[from] LogoutTokenError),
    /// It was said before.
    #[error("a logout token that has come before")]
    Replayed,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Ends the sessions that a provider names in a logout token; says how many there were.
///
/// # Errors
/// When the token is not believed.
pub async fn end_provider_session(app: &App, ctx: &Ctx, provider: &str, token: &str) -> Result<u64, EndError> {
    let provider = find_provider(app, provider).ok_or(EndError::Unknown)?;
    let known = provider.ask(app, ctx.now).await.map_err(|_| UsecaseError::Unavailable)?;
    let now = moment(ctx.now);
    let ended = match read_logout_token(token, &known.keys, &provider.registration, now) {
        Err(LogoutTokenError::Token(JwsError::UnknownKey)) => {
            let known = provider.ask_keys_again(app, ctx.now).await;
            let known = known.ok_or(LogoutTokenError::Token(JwsError::UnknownKey))?;
            read_logout_token(token, &known.keys, &provider.registration, now)?
        }
        judged => judged?,
    };
    let issuer = provider.registration.issuer.to_string();
    let name = Hash::of(format!("logout token\0{issuer}\0{}", ended.id).as_bytes());
    let forgotten_at = Instant::from_millis(ended.expires_at.as_seconds().saturating_mul(1000));
    let count = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if !used_tokens::insert(tx, name, forgotten_at).await? {
                    return Ok(None);
                }
                let (subject, session) = (ended.subject.as_deref(), ended.session.as_deref());
                Ok::<_, UsecaseError>(Some(provider_sessions::delete_of(tx, &issuer, subject, session).await?))
            })
        })
        .await?;
    count.ok_or(EndError::Replayed)
}
