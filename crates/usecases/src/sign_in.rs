//! Signing in with number and password (R42), and signing out.

use domain::account::{AccountStatus, composed_password};
use domain::codes::LoginName;
use domain::ids::AccountId;
use storage::{accounts, sessions as rows};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::sessions::{self, Holder};

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Number and password do not belong together; which of the two is wrong is not told.
    #[error("number and password do not belong together")]
    Wrong,
    /// The password is right and the e-mail address is not confirmed yet.
    #[error("the e-mail address is not confirmed yet")]
    Unconfirmed(AccountId),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// What the sign-in page collects.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// The number (R42).
    pub login: &'a LoginName,
    /// The password as it was typed.
    pub password: &'a str,
    /// The token of the session that the visitor already has; it ends when the new one begins.
    pub previous_token: Option<&'a str>,
}

/// Opens a session and returns its token, which only the cookie holds.
pub async fn sign_in(app: &App, ctx: &Ctx, client: &str, input: SignIn<'_>) -> Result<String, SignInError> {
    let tried = limits::check_sign_in(app, ctx, client, input.login.as_str()).await?;
    let wanted = input.login.clone();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &wanted).await?) }))
        .await?;
    let stored = found.as_ref().map(|found| found.password_hash.as_str());
    let fits = app.passwords().verify(&composed_password(input.password), stored).await.map_err(UsecaseError::from)?;
    let Some(found) = found.filter(|_| fits) else { return Err(SignInError::Wrong) };
    match found.account.status {
        AccountStatus::Active => {}
        AccountStatus::PendingConfirmation => return Err(SignInError::Unconfirmed(found.account.id)),
        AccountStatus::Closed => return Err(SignInError::Wrong),
    }
    let token = sessions::open(app, ctx, Holder::Account(found.account.id), tried).await?;
    if let Some(previous) = input.previous_token {
        sign_out(app, previous).await?;
    }
    Ok(token)
}

/// Ends the session of this token; ending one that is gone already is fine.
pub async fn sign_out(app: &App, token: &str) -> Result<(), UsecaseError> {
    let Some(hash) = sessions::hash_of(token) else { return Ok(()) };
    app.db().write(move |tx| Box::pin(async move { Ok(rows::delete(tx, hash).await?) })).await
}
