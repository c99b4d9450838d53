//! Somebody who registered with a mistyped e-mail address corrects it before it was ever confirmed; the password says who.

use domain::account::{Account, AccountCommand, AccountRefusal, AccountStatus, composed_password};
use domain::codes::EmailAddress;
use domain::ids::AccountId;
use storage::accounts;

use crate::account_act::{AccountActError, change};
use crate::app::App;
use crate::confirm_email::{NewLink, find_registration};
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// Why the address stayed as it was.
#[derive(Debug, thiserror::Error)]
pub enum CorrectEmailError {
    /// The password is not the account's.
    #[error("the password is not the account's")]
    Wrong,
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] AccountRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Gives an unconfirmed account another address and sends the link there; links sent to the old one no longer work.
///
/// # Errors
/// [`UsecaseError::NotFound`] when there is no such account, [`UsecaseError::Conflict`] when it waits for nothing.
pub async fn correct_email(
    app: &App,
    ctx: &Ctx,
    client: &str,
    id: AccountId,
    email: EmailAddress,
    password: &str,
) -> Result<(), CorrectEmailError> {
    let account = find_registration(app, id).await?.ok_or(UsecaseError::NotFound)?;
    if account.status != AccountStatus::PendingConfirmation {
        return Err(UsecaseError::Conflict.into());
    }
    limits::check_sign_in(app, ctx, client, account.login.as_str()).await?;
    let login = account.login.clone();
    let stored = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &login).await?) }))
        .await?;
    let stored = stored.filter(|stored| stored.account.id == id).ok_or(UsecaseError::NotFound)?;
    if !app
        .passwords()
        .verify(&composed_password(password), stored.password_hash.as_deref())
        .await
        .map_err(UsecaseError::from)?
    {
        return Err(CorrectEmailError::Wrong);
    }
    limits::check_letter(app, ctx, id).await?;
    let command = AccountCommand::ChangeEmail(email.clone());
    let link = NewLink::draw(app, ctx, &Account { email: Some(email), ..stored.account.clone() })?;
    let now = ctx.now;
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                // The same address entered again is only another letter.
                if let Err(error) = change(tx, stored.account, &command, now).await {
                    return match error {
                        AccountActError::Refused(refusal) => Ok(Err(refusal)),
                        AccountActError::Usecase(error) => Err(error),
                    };
                }
                link.send(tx).await.map(Ok)
            })
        })
        .await?;
    Ok(written?)
}
