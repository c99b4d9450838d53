//! A person or an enterprise makes an account (R37–R41): it is born unconfirmed and a link goes to its e-mail address.

use domain::account::{
    Account, AccountKind, AccountRefusal, AccountStatus, Assurance, LegalRepresentative, Proof, Registration,
    composed_password,
};
use domain::codes::{EmailAddress, LoginName, PartyName, PhoneNumber};
use domain::ids::AccountId;
use domain::partial_date::PartialDate;
use domain::time::Instant;
use storage::{Tx, accounts, email_tokens};

use crate::account_act::{AccountActError, open, opened};
use crate::app::App;
use crate::confirm_email::NewLink;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;

/// What the registration page collects, already checked field by field.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Citizen or enterprise (R38).
    pub kind: AccountKind,
    /// The number it signs in with (R39).
    pub login: LoginName,
    /// Name of the person or the enterprise.
    pub name: PartyName,
    /// When the person was born.
    pub birth_date: Option<PartialDate>,
    /// Who answers for the enterprise.
    pub representative: Option<LegalRepresentative>,
    /// Where to phone.
    pub phone: PhoneNumber,
    /// Where letters go (R41: required here).
    pub email: EmailAddress,
    /// The password, which keeps the rule of R32.
    pub password: String,
}

/// Whether a number can be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberUse {
    /// It has no account.
    Free,
    /// It has an account whose e-mail address waits to be confirmed.
    Unconfirmed,
    /// It has an account.
    Taken,
}

/// Why no account was made.
#[derive(Debug, thiserror::Error)]
pub enum RegisterError {
    /// The number has an account already.
    #[error("the number has an account already")]
    Taken,
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] AccountRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// Whether the number has an account already, asked before anything else is typed (R39).
pub async fn find_number_use(app: &App, ctx: &Ctx, client: &str, login: &LoginName) -> Result<NumberUse, UsecaseError> {
    limits::check_number(app, ctx, client).await?;
    let (login, now) = (login.clone(), ctx.now);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                Ok(match accounts::find_by_login(tx, &login).await? {
                    None => NumberUse::Free,
                    Some(found) if is_forgotten(tx, &found.account, now).await? => NumberUse::Free,
                    Some(found) if found.account.status == AccountStatus::PendingConfirmation => NumberUse::Unconfirmed,
                    Some(_) => NumberUse::Taken,
                })
            })
        })
        .await
}

/// Makes the account and sends the link that confirms its address. The same form sent twice makes one account.
pub async fn register_account(
    app: &App,
    ctx: &Ctx,
    client: &str,
    input: NewAccount,
) -> Result<AccountId, RegisterError> {
    limits::check_registration(app, ctx, client).await?;
    let registration = Registration {
        id: AccountId::from_bytes(ctx.random()),
        kind: input.kind,
        login: input.login.clone(),
        name: input.name,
        birth_date: input.birth_date,
        representative: input.representative,
        email: Some(input.email.clone()),
        phone: Some(input.phone),
        assurance: Assurance::Ial1,
        proof: Proof::Email,
    };
    let account = opened(registration.clone(), ctx.now).map_err(|error| match error {
        AccountActError::Refused(refusal) => RegisterError::Refused(refusal),
        AccountActError::Usecase(error) => RegisterError::Usecase(error),
    })?;
    let password_hash =
        app.passwords().hash(&composed_password(&input.password), ctx.random()).await.map_err(UsecaseError::from)?;
    let id = account.id;
    let link = NewLink::draw(app, ctx, &account)?;
    let now = ctx.now;
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                if let Some(found) = accounts::find_by_login(tx, &account.login).await? {
                    if !is_forgotten(tx, &found.account, now).await? {
                        return Ok(false);
                    }
                    accounts::delete_unconfirmed(tx, found.account.id).await?;
                }
                open(tx, registration, &password_hash, now).await.map_err(|error| match error {
                    AccountActError::Usecase(error) => error,
                    // It was allowed a moment ago.
                    AccountActError::Refused(_) => UsecaseError::Conflict,
                })?;
                link.send(tx).await?;
                Ok(true)
            })
        })
        .await;
    let taken = match written {
        Ok(made) => !made,
        Err(UsecaseError::Storage(refused)) if refused.is_constraint(accounts::LOGIN_NAME_TAKEN) => true,
        Err(error) => return Err(error.into()),
    };
    if !taken {
        return Ok(id);
    }
    let before = find_same(app, &input.login, &input.email, &input.password).await?;
    before.ok_or(RegisterError::Taken)
}

/// An account that nobody confirmed while its links worked leaves its number free: otherwise a mistyped address, or a
/// stranger, would block the number for ever.
async fn is_forgotten(tx: &mut Tx<'_>, account: &Account, now: Instant) -> Result<bool, UsecaseError> {
    Ok(account.status == AccountStatus::PendingConfirmation
        && email_tokens::count_of_account(tx, account.id, now).await? == 0)
}

/// The unconfirmed account that the same form made a moment ago, when its button was pressed twice.
async fn find_same(
    app: &App,
    login: &LoginName,
    email: &EmailAddress,
    password: &str,
) -> Result<Option<AccountId>, UsecaseError> {
    let login = login.clone();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &login).await?) }))
        .await?;
    let waiting = found.filter(|found| found.account.status == AccountStatus::PendingConfirmation);
    let Some(found) = waiting.filter(|found| found.account.email.as_ref() == Some(email)) else { return Ok(None) };
    let fits = app.passwords().verify(&composed_password(password), found.password_hash.as_deref()).await?;
    Ok(fits.then_some(found.account.id))
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
