//! What holders change about their own account (I6): password, telephone, e-mail, number; and closing it. Everybody who
//! could be reached before is told.

use domain::account::{AccountCommand, AccountRefusal, OneTimeCode, composed_password};
use domain::codes::{PersonalNumber, Recipient};
use domain::ids::{AccountId, MessageId, OneTimeCodeId, SessionHash};
use domain::policy::Viewer;
use storage::one_time_codes::Purpose;
use storage::{Holder, StorageError, Tx, accounts, ceremonies, sessions};

use crate::account_act::{AccountActError, change};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;
use crate::limits;
use crate::login_providers::has_just_signed_in;
use crate::oidc_provider::end_everything;
use crate::one_time_codes::{CodeError, NewChallenge, judge};
use crate::register_account::hex;
use crate::represent::end_all_of;
use crate::second_factors::forget_all;
use crate::sessions::hash_of;
use crate::view_account::has_password;

/// Why an account stayed as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// The password is not the account's.
    #[error("the password is not the account's")]
    WrongPassword,
    /// It is too long ago that the holder signed in at their provider.
    #[error("the holder has to sign in at their provider anew")]
    SignInAnew,
    /// The number belongs to another account.
    #[error("the number belongs to another account")]
    Taken,
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[from] AccountRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<AccountActError> for ChangeError {
    fn from(error: AccountActError) -> Self {
        match error {
            AccountActError::Refused(refusal) => Self::Refused(refusal),
            AccountActError::Usecase(error) => Self::Usecase(error),
        }
    }
}

impl From<StorageError> for ChangeError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// Sets another password; every other session ends, and this one goes on under the token that is returned.
pub async fn change_password(
    app: &App,
    ctx: &Ctx,
    client: &str,
    present: &str,
    wanted: &str,
    session: Option<&str>,
) -> Result<String, ChangeError> {
    let id = check_holder(app, ctx, client, present).await?;
    let hash = app.passwords().hash(&composed_password(wanted), ctx.random()).await.map_err(UsecaseError::from)?;
    let (kept, now) = (session.and_then(hash_of), ctx.now);
    let token = hex(&ctx.random::<32>());
    let renewed = SessionHash::of_token(token.as_bytes());
    let notice = Notice::draw(app, ctx, "mat khau tai khoan vua duoc doi", "Mật khẩu tài khoản vừa được đổi");
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                accounts::update_password(tx, id, &hash).await?;
                limits::forgive_sign_in_codes(tx, id).await?;
                match kept {
                    Some(kept) => {
                        sessions::delete_others_of_account(tx, id, kept).await?;
                        sessions::renew(tx, kept, renewed, id).await?;
                    }
                    None => sessions::delete_of_account(tx, id).await?,
                }
                ceremonies::delete_all(tx, Holder::Account(id)).await?;
                end_everything(tx, id, now).await?;
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                notice.tell(tx, &account, now).await?;
                Ok::<_, ChangeError>(())
            })
        })
        .await?;
    Ok(token)
}

/// By what whoever is signed in shows that they are the holder.
#[derive(Clone, Copy, Debug)]
pub enum HolderProof<'a> {
    /// The account's password.
    Password(&'a str),
    /// A sign-in at the provider a moment ago, through which this session was opened: for accounts without a password.
    FreshSignIn(Option<&'a str>),
}

/// Sends a code to the telephone or the mailbox that the account shall have, once the holder has been shown.
pub async fn begin_change_of_contact(
    app: &App,
    ctx: &Ctx,
    client: &str,
    proof: HolderProof<'_>,
    recipient: Recipient,
) -> Result<OneTimeCodeId, ChangeError> {
    let id = match proof {
        HolderProof::Password(password) => check_holder(app, ctx, client, password).await?,
        HolderProof::FreshSignIn(session) => {
            if has_password(app, ctx).await? || !has_just_signed_in(app, ctx, session).await? {
                return Err(ChangeError::SignInAnew);
            }
            holder_of(ctx)?
        }
    };
    let purpose = match recipient {
        Recipient::Phone(_) => Purpose::ChangePhone,
        Recipient::Email(_) => Purpose::ChangeEmail,
    };
    limits::check_code(app, ctx, purpose, Some(id), &recipient).await?;
    let challenge = NewChallenge::draw(app, ctx, purpose, Some(id), recipient);
    let challenge_id = challenge.id();
    app.db().write(move |tx| Box::pin(async move { challenge.send(tx).await })).await?;
    Ok(challenge_id)
}

/// The right code makes the telephone or the mailbox the account's; the ones before are told.
pub async fn finish_change_of_contact(
    app: &App,
    ctx: &Ctx,
    id: OneTimeCodeId,
    purpose: Purpose,
    code: &OneTimeCode,
) -> Result<(), CodeError> {
    let holder = holder_of(ctx)?;
    let (code, rules, now) = (code.clone(), app.settings().codes, ctx.now);
    let notice = match purpose {
        Purpose::ChangePhone => Notice::draw(
            app,
            ctx,
            "so dien thoai cua tai khoan vua duoc doi",
            "Số điện thoại của tài khoản vừa được đổi",
        ),
        _ => Notice::draw(
            app,
            ctx,
            "dia chi email cua tai khoan vua duoc doi",
            "Địa chỉ email của tài khoản vừa được đổi",
        ),
    };
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let met = match judge(tx, id, purpose, &code, &rules, now).await? {
                    // Another account's challenge does not exist for this one; its try was counted all the same.
                    Ok(met) if met.account != Some(holder) => return Ok(Err(CodeError::Unknown)),
                    Ok(met) => met,
                    Err(refused) => return Ok(Err(refused)),
                };
                let before = accounts::find(tx, holder).await?.ok_or(UsecaseError::NotFound)?;
                notice.tell(tx, &before, now).await?;
                let commands = match met.recipient {
                    Recipient::Phone(phone) => vec![AccountCommand::ChangePhone(phone)],
                    Recipient::Email(email) => {
                        vec![AccountCommand::ChangeEmail(email.clone()), AccountCommand::ConfirmEmail(email)]
                    }
                };
                let mut account = before;
                for command in commands {
                    account = change(tx, account, &command, now).await.map_err(|error| match error {
                        AccountActError::Usecase(error) => error,
                        // Closed meanwhile.
                        AccountActError::Refused(_) => UsecaseError::Conflict,
                    })?;
                }
                Ok::<_, UsecaseError>(Ok(()))
            })
        })
        .await?
}

/// The person has a CCCD now; the CMND goes on leading to the account.
pub async fn replace_number(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
    number: PersonalNumber,
) -> Result<(), ChangeError> {
    let id = check_holder(app, ctx, client, password).await?;
    let now = ctx.now;
    let notice = Notice::draw(
        app,
        ctx,
        "so CMND cua tai khoan vua duoc doi thanh CCCD",
        "Số CMND của tài khoản vừa được đổi thành CCCD",
    );
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let old = account.login.clone();
                let wanted = domain::codes::LoginName::Personal(number.clone());
                if accounts::find_by_login(tx, &wanted).await?.is_some_and(|found| found.account.id != id) {
                    return Err(ChangeError::Taken);
                }
                let changed = change(tx, account, &AccountCommand::ReplaceNumber(number), now).await?;
                if changed.login != old {
                    accounts::insert_former_number(tx, &old, id, now).await?;
                    notice.tell(tx, &changed, now).await?;
                }
                Ok(())
            })
        })
        .await;
    match written {
        Err(ChangeError::Usecase(UsecaseError::Storage(refused)))
            if refused.is_constraint(accounts::LOGIN_NAME_TAKEN) =>
        {
            Err(ChangeError::Taken)
        }
        written => written,
    }
}

/// Closes the account for good: its sessions end, its dossiers stay, its number may be registered anew.
pub async fn close_account(app: &App, ctx: &Ctx, client: &str, password: &str) -> Result<(), ChangeError> {
    let id = check_holder(app, ctx, client, password).await?;
    let (actor, now) = (ctx.actor.clone(), ctx.now);
    let notice = Notice::draw(app, ctx, "tai khoan vua duoc dong", "Tài khoản vừa được đóng");
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let closed = change(tx, account, &AccountCommand::Close, now).await?;
                accounts::delete_former_numbers(tx, id).await?;
                end_all_of(tx, id, &actor, now).await?;
                sessions::delete_of_account(tx, id).await?;
                forget_all(tx, Holder::Account(id)).await?;
                end_everything(tx, id, now).await?;
                notice.tell(tx, &closed, now).await?;
                Ok::<_, ChangeError>(())
            })
        })
        .await
}

fn holder_of(ctx: &Ctx) -> Result<AccountId, UsecaseError> {
    match ctx.viewer {
        Viewer::Citizen(id) => Ok(id),
        _ => Err(UsecaseError::SignInFirst),
    }
}

/// The viewer's account, when the password is theirs. Tries are counted as those of signing in are.
async fn check_holder(app: &App, ctx: &Ctx, client: &str, password: &str) -> Result<AccountId, ChangeError> {
    let id = holder_of(ctx)?;
    let tried = limits::check_sign_in(app, ctx, client, &id.to_string()).await?;
    let stored = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let found = accounts::find_by_login(tx, &account.login).await?;
                Ok::<_, UsecaseError>(found.and_then(|found| found.password_hash))
            })
        })
        .await?;
    let fits =
        app.passwords().verify(&composed_password(password), stored.as_deref()).await.map_err(UsecaseError::from)?;
    if !fits {
        return Err(ChangeError::WrongPassword);
    }
    forgive(app, tried).await?;
    Ok(id)
}

async fn forgive(app: &App, tried: limits::Tried) -> Result<(), UsecaseError> {
    app.db().write(move |tx: &mut Tx<'_>| Box::pin(async move { tried.forgive(tx).await })).await
}

/// The identifiers that a notice needs for its messages.
pub(crate) fn message_ids(ctx: &Ctx) -> [MessageId; 2] {
    [MessageId::from_bytes(ctx.random()), MessageId::from_bytes(ctx.random())]
}
