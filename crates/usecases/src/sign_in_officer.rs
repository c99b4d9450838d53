//! An officer signs in at the officers' door, with a login name of their own.

use domain::account::composed_password;
use storage::{Holder, officers};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::second_factors::{NextStep, Step};
use crate::sessions::{self, Browser};
use crate::sign_in::{SignInError, find_next_step};

/// Opens an officer's session, or says which step comes next: outside a demonstration there always is one.
pub async fn sign_in_officer(
    app: &App,
    ctx: &Ctx,
    client: &str,
    login: &str,
    password: &str,
    browser: Browser<'_>,
) -> Result<Step, SignInError> {
    let tried = limits::check_sign_in(app, ctx, client, login).await?;
    let wanted = login.to_lowercase();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(officers::find_by_login(tx, &wanted).await?) }))
        .await?;
    let stored = found.as_ref().map(|found| found.password_hash.as_str());
    let fits = app.passwords().verify(&composed_password(password), stored).await.map_err(UsecaseError::from)?;
    let Some(found) = found.filter(|found| fits && found.is_active) else { return Err(SignInError::Wrong) };
    let holder = Holder::Officer(found.id);
    match find_next_step(app, ctx, holder, app.settings().officers_need_second_factor).await? {
        NextStep::Other(step) => Ok(step),
        NextStep::Session => Ok(Step::SignedIn(sessions::open(app, ctx, holder, Some(tried), browser).await?)),
    }
}
