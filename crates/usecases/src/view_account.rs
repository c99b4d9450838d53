//! Reading one's own account.

use domain::account::Account;
use domain::policy::Viewer;
use storage::accounts;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The account of the viewer.
///
/// # Errors
/// [`UsecaseError::SignInFirst`] when nobody is signed in with an account.
pub async fn view_account(app: &App, ctx: &Ctx) -> Result<Account, UsecaseError> {
    let Viewer::Citizen(id) = ctx.viewer else { return Err(UsecaseError::SignInFirst) };
    app.db().read(move |tx| Box::pin(async move { accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound) })).await
}

/// Whether the viewer's account has a password; one that is entered through a provider only has none.
///
/// # Errors
/// [`UsecaseError::SignInFirst`] when nobody is signed in with an account.
pub async fn has_password(app: &App, ctx: &Ctx) -> Result<bool, UsecaseError> {
    let account = view_account(app, ctx).await?;
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { accounts::find_by_login(tx, &account.login).await }))
        .await
        .map_err(UsecaseError::from)?;
    Ok(found.is_some_and(|found| found.password_hash.is_some()))
}
