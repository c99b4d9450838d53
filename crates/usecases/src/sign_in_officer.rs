//! An officer signs in at the officers' door, with a login name of their own.

use storage::officers;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::sessions::{self, Holder};
use crate::sign_in::SignInError;

/// Opens an officer's session and returns its token.
pub async fn sign_in_officer(
    app: &App,
    ctx: &Ctx,
    client: &str,
    login: &str,
    password: &str,
) -> Result<String, SignInError> {
    let tried = limits::check_sign_in(app, ctx, client, login).await?;
    let wanted = login.to_lowercase();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(officers::find_by_login(tx, &wanted).await?) }))
        .await?;
    let stored = found.as_ref().map(|found| found.password_hash.as_str());
    let fits = app.passwords().verify(password, stored).await.map_err(UsecaseError::from)?;
    let Some(found) = found.filter(|found| fits && found.is_active) else { return Err(SignInError::Wrong) };
    Ok(sessions::open(app, ctx, Holder::Officer(found.id), Some(tried), "").await?)
}
