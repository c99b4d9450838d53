//! The link that was sent confirms the address and makes the account usable (R41); it can be sent again.

use domain::account::{Account, AccountCommand, AccountStatus};
use domain::codes::EmailAddress;
use domain::ids::{AccountId, Hash, MessageId};
use domain::time::Instant;
use storage::{Tx, accounts, email_tokens};

use crate::account_act::{AccountActError, change};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, Letter};
use crate::limits;
use crate::register_account::hex;

const HOUR: i64 = 3_600_000;

/// Why an address was not confirmed.
#[derive(Debug, thiserror::Error)]
pub enum ConfirmError {
    /// The link is unknown or too old, or the account has another address by now.
    #[error("the link does not work (any more)")]
    Link,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// The account whose address the link confirms, or has confirmed; `None` when the link does not work (any more).
pub async fn find_link_account(app: &App, ctx: &Ctx, token: &str) -> Result<Option<Account>, UsecaseError> {
    let Some(token) = hash_of(token) else { return Ok(None) };
    let now = ctx.now;
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(account) = email_tokens::find(tx, token, now).await? else { return Ok(None) };
                Ok(accounts::find(tx, account).await?)
            })
        })
        .await
}

/// Confirms the address of the account that the token was sent to. Doing it twice is doing it once.
pub async fn confirm_email(app: &App, ctx: &Ctx, token: &str) -> Result<(), ConfirmError> {
    let token = hash_of(token).ok_or(ConfirmError::Link)?;
    let now = ctx.now;
    let confirmed = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(account) = email_tokens::find(tx, token, now).await? else { return Ok(false) };
                let account = accounts::find(tx, account).await?.ok_or(UsecaseError::NotFound)?;
                let Some(email) = account.email.clone() else { return Ok(false) };
                match change(tx, account, &AccountCommand::ConfirmEmail(email), now).await {
                    Ok(_) => Ok(true),
                    Err(AccountActError::Refused(_)) => Ok(false),
                    Err(AccountActError::Usecase(error)) => Err(error),
                }
            })
        })
        .await?;
    if confirmed { Ok(()) } else { Err(ConfirmError::Link) }
}

/// The account of a registration. Its id is drawn at random and shown to the one who registered or who knows the
/// password, so whoever names it may see where its letter went.
pub async fn find_registration(app: &App, id: AccountId) -> Result<Option<Account>, UsecaseError> {
    app.db().read(move |tx| Box::pin(async move { Ok(accounts::find(tx, id).await?) })).await
}

/// Sends another link to an account that waits for its confirmation; the links sent before go on working.
///
/// # Errors
/// [`UsecaseError::NotFound`] when there is no such account, [`UsecaseError::Conflict`] when it waits for nothing.
pub async fn resend_confirmation(app: &App, ctx: &Ctx, id: AccountId) -> Result<(), UsecaseError> {
    let account = find_registration(app, id).await?.ok_or(UsecaseError::NotFound)?;
    if account.status != AccountStatus::PendingConfirmation {
        return Err(UsecaseError::Conflict);
    }
    limits::check_letter(app, ctx, id).await?;
    let link = NewLink::draw(app, ctx, &account)?;
    app.db().write(move |tx| Box::pin(async move { link.send(tx).await })).await
}

/// A link and the letter that carries it, ready to be stored in one transaction.
pub(crate) struct NewLink {
    account: AccountId,
    email: EmailAddress,
    token: Hash,
    letter: Letter,
    message: MessageId,
    now: Instant,
    expires_at: Instant,
}

impl NewLink {
    pub(crate) fn draw(app: &App, ctx: &Ctx, account: &Account) -> Result<Self, UsecaseError> {
        let token: [u8; 32] = ctx.random();
        Ok(Self {
            account: account.id,
            email: account.email.clone().ok_or(UsecaseError::Conflict)?,
            token: Hash::of(&token),
            letter: letters::confirm(app.settings(), account, &hex(&token))?,
            message: MessageId::from_bytes(ctx.random()),
            now: ctx.now,
            expires_at: ctx.now.plus_millis(app.settings().confirmation_hours * HOUR),
        })
    }

    pub(crate) async fn send(self, tx: &mut Tx<'_>) -> Result<(), UsecaseError> {
        email_tokens::insert(tx, self.token, self.account, &self.email, self.expires_at).await?;
        letters::send(tx, self.message, &self.email, &self.letter, None, self.now).await
    }
}

/// The digest under which a token is stored.
fn hash_of(token: &str) -> Option<Hash> {
    Hash::parse(token).ok().map(|token| Hash::of(token.as_bytes()))
}
