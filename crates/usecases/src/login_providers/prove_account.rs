//! Somebody who has proved who they are at a provider proves that the account here with their number is theirs.

use domain::account::{AccountStatus, composed_password};
use domain::ids::{AccountId, SessionHash};
use storage::identity_proofs::IdentityProof;
use storage::{Holder, accounts, authenticators, identity_proofs};

use super::finish_sign_in::Session;
use super::identity::Proved;
use super::{browser_of, digest_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::register_account::hex;
use crate::sessions::hash_of;

/// The account that has to be proved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountToProve {
    /// Its number with most digits hidden.
    pub number: String,
    /// The issuer of the provider where the person has been.
    pub issuer: String,
}

/// Why nothing was proved.
#[derive(Debug, thiserror::Error)]
pub enum ProveError {
    /// Nobody has to prove anything here, or no longer.
    #[error("nothing waits to be proved")]
    Unknown,
    /// The password is wrong.
    #[error("the password is wrong")]
    Wrong,
    /// The password is right, and the account asks for a second factor besides: whoever signs in with it first is linked then.
    #[error("the account asks for a second factor besides")]
    SignInFirst,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// What the page shows.
///
/// # Errors
/// [`ProveError::Unknown`] when nothing waits to be proved in this browser.
pub async fn find_account_to_prove(
    app: &App,
    ctx: &Ctx,
    id: &str,
    cookie: Option<&str>,
) -> Result<AccountToProve, ProveError> {
    let (proof, proved) = find(app, ctx, id, cookie).await?;
    let account = account_of(app, &proof).await?;
    Ok(AccountToProve { number: account.account.login.masked(), issuer: proved.issuer })
}

/// What the page collects.
#[derive(Clone, Copy)]
pub struct AccountProof<'a> {
    /// The secret in the address of the page.
    pub id: &'a str,
    /// The cookie that the browser was given.
    pub cookie: Option<&'a str>,
    /// The password as it was typed.
    pub password: &'a str,
    /// The session that the browser has already; it ends when the new one begins.
    pub previous_token: Option<&'a str>,
    /// The kind of browser.
    pub device: &'a str,
}

/// Links both accounts and signs in, when the password is that of the account here. Returns the token of the session and
/// where the person was going.
///
/// # Errors
/// When the password is wrong, or nothing waits to be proved.
pub async fn prove_account(
    app: &App,
    ctx: &Ctx,
    client: &str,
    given: AccountProof<'_>,
) -> Result<(String, Option<String>), ProveError> {
    let (proof, proved) = find(app, ctx, given.id, given.cookie).await?;
    let found = account_of(app, &proof).await?;
    let tried = limits::check_sign_in(app, ctx, client, found.account.login.as_str()).await?;
    let fits = app.passwords().verify(&composed_password(given.password), found.password_hash.as_deref()).await;
    if !fits.map_err(UsecaseError::from)? {
        return Err(ProveError::Wrong);
    }
    if has_authenticator(app, proof.account).await? {
        return Err(ProveError::SignInFirst);
    }
    let token = hex(&ctx.random::<32>());
    let session = Session {
        hash: SessionHash::of_token(token.as_bytes()),
        previous: given.previous_token.and_then(hash_of),
        now: ctx.now,
        expires_at: ctx.now.plus_millis(app.settings().session_millis),
        device: given.device.to_owned(),
    };
    let (digest, way_back) = (digest_of(given.id), proof.way_back.clone());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                tried.forgive(tx).await?;
                identity_proofs::delete(tx, digest).await?;
                session.link(tx, proof.account, &proved).await
            })
        })
        .await?;
    Ok((token, way_back))
}

async fn has_authenticator(app: &App, account: AccountId) -> Result<bool, UsecaseError> {
    let holder = Holder::Account(account);
    app.db().read(move |tx| Box::pin(async move { Ok(authenticators::find(tx, holder).await?.is_some()) })).await
}

async fn find(app: &App, ctx: &Ctx, id: &str, cookie: Option<&str>) -> Result<(IdentityProof, Proved), ProveError> {
    let browser = digest_of(browser_of(cookie).ok_or(ProveError::Unknown)?);
    let (digest, now) = (digest_of(id), ctx.now);
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move { Ok::<_, UsecaseError>(identity_proofs::find(tx, digest, browser, now).await?) })
        })
        .await?;
    let proof = found.ok_or(ProveError::Unknown)?;
    let proved = serde_json::from_str(&proof.identity).map_err(UsecaseError::from)?;
    Ok((proof, proved))
}

async fn account_of(app: &App, proof: &IdentityProof) -> Result<accounts::AccountWithPassword, ProveError> {
    let id = proof.account;
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(account) = accounts::find(tx, id).await? else { return Ok(None) };
                Ok::<_, UsecaseError>(accounts::find_by_login(tx, &account.login).await?)
            })
        })
        .await?;
    // Closed meanwhile, there is nothing to prove any more.
    found.filter(|found| found.account.status == AccountStatus::Active).ok_or(ProveError::Unknown)
}
