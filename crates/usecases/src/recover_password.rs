//! Another password instead of a forgotten one (I6): a code goes to the confirmed telephone, else to the confirmed mailbox.
//! Whoever asks sees the same whether the account exists or not.

use domain::account::{Account, AccountStatus, OneTimeCode, composed_password};
use domain::codes::{EmailAddress, LoginName, Recipient};
use domain::ids::{Hash, OneTimeCodeId};
use storage::one_time_codes::{self, Purpose};
use storage::{accounts, sessions};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;
use crate::limits;
use crate::oidc_provider::end_everything;
use crate::one_time_codes::{CodeError, NewChallenge, judge};
use crate::password_strength::OwnWords;

/// How long after the right code the password may be set, in milliseconds.
const OPEN_MILLIS: i64 = 15 * 60_000;

/// Sends a code to the account of this number, if there is one that can be reached.
pub async fn begin_recovery(
    app: &App,
    ctx: &Ctx,
    client: &str,
    login: &LoginName,
) -> Result<OneTimeCodeId, UsecaseError> {
    limits::check_number(app, ctx, client).await?;
    let wanted = login.clone();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &wanted).await?) }))
        .await?;
    let reached = found.and_then(|found| Some((found.account.id, recipient_of(&found.account)?)));
    limits::check_recovery(app, ctx, client, login).await?;
    let (account, recipient) = match reached {
        Some((account, recipient)) => (Some(account), recipient),
        None => {
            // A mailbox that is nobody's and the number's alone, so that its codes are counted as those of an account are.
            let nobody = format!("{}@khong-co.invalid", &Hash::of(login.as_str().as_bytes()).to_string()[..32]);
            let nobody = EmailAddress::parse(&nobody).map_err(|_| UsecaseError::Broken("a mailbox of nobody"))?;
            (None, Recipient::Email(nobody))
        }
    };
    limits::check_code(app, ctx, Purpose::NewPassword, account, &recipient).await?;
    let is_real = account.is_some();
    let challenge = NewChallenge::draw(app, ctx, Purpose::NewPassword, account, recipient);
    let id = challenge.id();
    app.db()
        .write(move |tx| {
            Box::pin(async move { if is_real { challenge.send(tx).await } else { challenge.pretend(tx).await } })
        })
        .await?;
    Ok(id)
}

/// Judges the code; the right one leads on to the password.
pub async fn confirm_recovery(app: &App, ctx: &Ctx, id: OneTimeCodeId, code: &OneTimeCode) -> Result<(), CodeError> {
    let (code, rules, now) = (code.clone(), app.settings().codes, ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let judged = judge(tx, id, Purpose::NewPassword, &code, &rules, now).await?;
                Ok::<_, UsecaseError>(judged.map(drop))
            })
        })
        .await?
}

/// The holder's own words, when a password may be set now.
pub async fn find_open_recovery(app: &App, ctx: &Ctx, id: OneTimeCodeId) -> Result<Option<OwnWords>, UsecaseError> {
    let now = ctx.now;
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let found = one_time_codes::find(tx, id, now).await?.filter(|found| is_open(found, now));
                let Some(found) = found else { return Ok(None) };
                let account = match found.account {
                    Some(id) => accounts::find(tx, id).await?,
                    None => None,
                };
                Ok::<_, UsecaseError>(Some(account.as_ref().map(OwnWords::of_account).unwrap_or_default()))
            })
        })
        .await
}

/// Sets the password; all sessions of the account end. `false` when the recovery is not open (any more).
pub async fn finish_recovery(app: &App, ctx: &Ctx, id: OneTimeCodeId, password: &str) -> Result<bool, UsecaseError> {
    let hash = app.passwords().hash(&composed_password(password), ctx.random()).await?;
    let now = ctx.now;
    let notice = Notice::draw(app, ctx, "mat khau tai khoan vua duoc dat lai", "Mật khẩu tài khoản vừa được đặt lại");
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let found = one_time_codes::find(tx, id, now).await?.filter(|found| is_open(found, now));
                let Some(account) = found.and_then(|found| found.account) else { return Ok(false) };
                // Of two presses at once one finds the challenge gone.
                if one_time_codes::delete(tx, id).await? == 0 {
                    return Ok(false);
                }
                accounts::update_password(tx, account, &hash).await?;
                limits::forgive_sign_in_codes(tx, account).await?;
                sessions::delete_of_account(tx, account).await?;
                end_everything(tx, account, now).await?;
                let account = accounts::find(tx, account).await?.ok_or(UsecaseError::NotFound)?;
                notice.tell(tx, &account, now).await?;
                Ok::<_, UsecaseError>(true)
            })
        })
        .await
}

fn is_open(found: &one_time_codes::StoredChallenge, now: domain::time::Instant) -> bool {
    let met_at = found.challenge.met_at.filter(|_| found.purpose == Purpose::NewPassword);
    met_at.is_some_and(|met_at| now.as_millis() < met_at.plus_millis(OPEN_MILLIS).as_millis())
}

fn recipient_of(account: &Account) -> Option<Recipient> {
    if !matches!(account.status, AccountStatus::Active | AccountStatus::PendingApproval) {
        return None;
    }
    let phone = account.phone.clone().filter(|phone| phone.is_mobile() && account.phone_confirmed_at.is_some());
    let email = account.email.clone().filter(|_| account.email_confirmed_at.is_some());
    phone.map(Recipient::Phone).or(email.map(Recipient::Email))
}
