//! A person or an enterprise makes an account (R37–R41): it is born unconfirmed and a link goes to its e-mail address.

use domain::account::{self, AccountCommand, AccountKind, AccountRefusal, Assurance, Registration};
use domain::codes::{EmailAddress, LoginName, PartyName, PhoneNumber};
use domain::ids::{AccountId, Hash, MessageId};
use domain::partial_date::PartialDate;
use storage::{accounts, email_tokens};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{self, send};

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
    /// Where to phone.
    pub phone: PhoneNumber,
    /// Where letters go (R41: required here).
    pub email: EmailAddress,
    /// The password, which keeps the rule of R32.
    pub password: String,
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

/// Whether the number has an account already (R39 itself shows this).
pub async fn is_login_taken(app: &App, login: &LoginName) -> Result<bool, UsecaseError> {
    let login = login.clone();
    app.db()
        .read(move |tx| Box::pin(async move { Ok(accounts::find_by_login(tx, &login).await?.is_some()) }))
        .await
}

/// Makes the account and sends the link that confirms its address.
pub async fn register_account(app: &App, ctx: &Ctx, input: NewAccount) -> Result<AccountId, RegisterError> {
    let password_hash = app.passwords().hash(&input.password, ctx.random()).await.map_err(UsecaseError::from)?;
    let registration = Registration {
        id: AccountId::from_bytes(ctx.random()),
        kind: input.kind,
        login: input.login,
        name: input.name,
        birth_date: input.birth_date,
        email: input.email,
        phone: Some(input.phone),
        assurance: Assurance::Ial1,
    };
    let events = account::decide(None, &AccountCommand::Register(registration), ctx.now)?;
    let account = events.iter().fold(None, |account, event| account::evolve(account, event, ctx.now));
    let account = account.ok_or(UsecaseError::Broken("a registration makes an account"))?;
    let id = account.id;
    let token: [u8; 32] = ctx.random();
    let letter = letters::confirm(app.settings(), &account, &hex(&token))?;
    let message = MessageId::from_bytes(ctx.random());
    let (now, hours) = (ctx.now, app.settings().confirmation_hours);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                accounts::insert(tx, &account, &password_hash).await?;
                email_tokens::insert(tx, Hash::of(&token), account.id, &account.email, now.plus_millis(hours * 3_600_000))
                    .await?;
                send(tx, message, &account.email, &letter, None, now).await
            })
        })
        .await
        .map_err(|error: UsecaseError| match error {
            UsecaseError::Storage(refused) if refused.is_constraint("account_login_name") => RegisterError::Taken,
            other => other.into(),
        })?;
    Ok(id)
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
