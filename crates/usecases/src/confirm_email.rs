//! Opening the link that was sent confirms the address and makes the account usable (R41).

use domain::account::AccountStatus;
use domain::codes::LoginName;
use domain::ids::{Hash, MessageId};
use storage::{accounts, email_tokens};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, send};
use crate::limits;
use crate::register_account::hex;

/// Why an address was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// The link is unknown, was used, or is too old.
    #[error("the link does not work (any more)")]
    Link,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Confirms the address of the account that the token was sent to. A link opened twice says so the first time only, so
/// opening it again after success counts as success while the token is remembered.
pub async fn confirm_email(app: &App, ctx: &Ctx, token: &str) -> Result<(), ConfirmError> {
    let token = unhex(token).ok_or(ConfirmError::Link)?;
    let now = ctx.now;
    let confirmed = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(account) = email_tokens::find(tx, Hash::of(&token), now).await? else { return Ok(false) };
                accounts::confirm_email(tx, account, now).await?;
                Ok::<_, UsecaseError>(true)
            })
        })
        .await?;
    if confirmed { Ok(()) } else { Err(ConfirmError::Link) }
}

/// Sends the link once more; says nothing about whether there is such an account.
pub async fn resend_confirmation(app: &App, ctx: &Ctx, client: &str, login: &LoginName) -> Result<(), UsecaseError> {
    limits::check_registration(app, ctx, client).await?;
    let wanted = login.clone();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &wanted).await?) }))
        .await?;
    let Some(found) = found.filter(|found| found.account.status == AccountStatus::PendingConfirmation) else { return Ok(()) };
    let token: [u8; 32] = ctx.random();
    let letter = letters::confirm(app.settings(), &found.account, &hex(&token))?;
    let message = MessageId::from_bytes(ctx.random());
    let (now, hours) = (ctx.now, app.settings().confirmation_hours);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let account = &found.account;
                let expires_at = now.plus_millis(hours * 3_600_000);
                email_tokens::insert(tx, Hash::of(&token), account.id, &account.email, expires_at).await?;
                send(tx, message, &account.email, &letter, None, now).await
            })
        })
        .await
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    Hash::parse(text).ok().map(|hash| *hash.as_bytes())
}
