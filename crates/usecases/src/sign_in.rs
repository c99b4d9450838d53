//! Signing in: with number and password (R42), on the national portal with a code as the second step (R34, R35); signing
//! out.

use domain::account::{Account, AccountStatus, OneTimeCode, composed_password};
use domain::codes::{LoginName, PhoneNumber, Recipient};
use domain::ids::{AccountId, CeremonyId, OneTimeCodeId};
use storage::one_time_codes::Purpose;
use storage::{Holder, accounts};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits::{self, Tried};
use crate::oidc_provider::end_session;
use crate::one_time_codes::{CodeError, NewChallenge, judge};
use crate::second_factors::{FreshStep, NextStep, Step, next_step};
use crate::sessions::{self, Browser};

/// Why somebody was not signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Number and password do not belong together; which of the two is wrong is not told.
    #[error("number and password do not belong together")]
    Wrong,
    /// The password is right and the e-mail address is not confirmed yet.
    #[error("the e-mail address is not confirmed yet")]
    Unconfirmed(AccountId),
    /// The password is right and no administrator has approved the agency's account yet.
    #[error("the account is not approved yet")]
    Unapproved,
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
    /// The browser.
    pub browser: Browser<'a>,
}

/// Opens a session (R42), unless the holder has asked for a second factor: then it comes next.
pub async fn sign_in(app: &App, ctx: &Ctx, client: &str, input: SignIn<'_>) -> Result<Step, SignInError> {
    let (account, tried) = check_password(app, ctx, client, &input).await?;
    let holder = Holder::Account(account.id);
    if let NextStep::Other(step) = find_next_step(app, ctx, holder, false).await? {
        return Ok(step);
    }
    let token = sessions::open(app, ctx, holder, Some(tried), input.browser).await?;
    if let Some(previous) = input.previous_token {
        sign_out(app, ctx, previous).await?;
    }
    Ok(Step::SignedIn(token))
}

/// Begins the step after the right password, if the holder needs one.
pub(crate) async fn find_next_step(
    app: &App,
    ctx: &Ctx,
    holder: Holder,
    must_have_one: bool,
) -> Result<NextStep, UsecaseError> {
    let (fresh, now) = (FreshStep::draw(app, ctx)?, ctx.now);
    app.db().write(move |tx| Box::pin(next_step(tx, holder, must_have_one, fresh, now))).await
}

/// What follows number and password on the national portal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondProof {
    /// The code that went to the telephone (R35).
    Text(OneTimeCodeId),
    /// The code of the holder's app.
    Authenticator(CeremonyId),
}

/// The first step of the national portal (R34): number and password, then a code goes to the telephone, or the holder's app
/// shows one.
pub async fn begin_sign_in(app: &App, ctx: &Ctx, client: &str, input: SignIn<'_>) -> Result<SecondProof, SignInError> {
    let (account, tried) = check_password(app, ctx, client, &input).await?;
    if let NextStep::Other(Step::SecondFactor(id)) =
        find_next_step(app, ctx, Holder::Account(account.id), false).await?
    {
        return Ok(SecondProof::Authenticator(id));
    }
    let phone = account.phone.clone().filter(PhoneNumber::is_mobile).ok_or(UsecaseError::Conflict)?;
    let recipient = Recipient::Phone(phone);
    limits::check_code(app, ctx, Purpose::SignIn, Some(account.id), &recipient).await?;
    let challenge = NewChallenge::draw(app, ctx, Purpose::SignIn, Some(account.id), recipient);
    let id = challenge.id();
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                tried.forgive(tx).await?;
                challenge.send(tx).await
            })
        })
        .await?;
    Ok(SecondProof::Text(id))
}

/// The second step (R35): the code opens the session.
pub async fn finish_sign_in(
    app: &App,
    ctx: &Ctx,
    id: OneTimeCodeId,
    code: &OneTimeCode,
    previous_token: Option<&str>,
    browser: Browser<'_>,
) -> Result<String, CodeError> {
    let (code, rules, now) = (code.clone(), app.settings().codes, ctx.now);
    let judged = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let judged = judge(tx, id, Purpose::SignIn, &code, &rules, now).await?;
                if let Ok(Some(account)) = judged.as_ref().map(|met| met.account) {
                    limits::forgive_sign_in_codes(tx, account).await?;
                }
                Ok::<_, UsecaseError>(judged)
            })
        })
        .await?;
    let account = judged?.account.ok_or(CodeError::Unknown)?;
    let token = sessions::open(app, ctx, Holder::Account(account), None, browser).await?;
    if let Some(previous) = previous_token {
        sign_out(app, ctx, previous).await?;
    }
    Ok(token)
}

async fn check_password(
    app: &App,
    ctx: &Ctx,
    client: &str,
    input: &SignIn<'_>,
) -> Result<(Account, Tried), SignInError> {
    let tried = limits::check_sign_in(app, ctx, client, input.login.as_str()).await?;
    let wanted = input.login.clone();
    let found = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(accounts::find_by_login(tx, &wanted).await?) }))
        .await?;
    let stored = found.as_ref().and_then(|found| found.password_hash.as_deref());
    let fits = app.passwords().verify(&composed_password(input.password), stored).await.map_err(UsecaseError::from)?;
    let Some(found) = found.filter(|_| fits) else { return Err(SignInError::Wrong) };
    match found.account.status {
        AccountStatus::Active => {}
        AccountStatus::PendingConfirmation => return Err(SignInError::Unconfirmed(found.account.id)),
        AccountStatus::PendingApproval => return Err(SignInError::Unapproved),
        AccountStatus::Closed => return Err(SignInError::Wrong),
    }
    Ok((found.account, tried))
}

/// Ends the session of this token; ending one that is gone already is fine.
pub async fn sign_out(app: &App, ctx: &Ctx, token: &str) -> Result<(), UsecaseError> {
    let Some(hash) = sessions::hash_of(token) else { return Ok(()) };
    let now = ctx.now;
    app.db().write(move |tx| Box::pin(end_session(tx, hash, now))).await
}
