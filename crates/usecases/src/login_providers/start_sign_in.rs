//! Somebody chooses a provider and is sent there.

use oidc::client::{FetchError, PENDING_SECONDS, SignInOptions, start};
use storage::provider_sign_ins::{self, ProviderSignIn};

use super::fresh_sign_in::FRESH_SECONDS;
use super::{browser_of, digest_of, find_provider, moment};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::register_account::hex;

/// Where somebody goes, and what their browser keeps.
#[derive(Clone, PartialEq, Eq)]
pub struct Departure {
    /// The provider's address.
    pub address: String,
    /// The value of the cookie that ties the answer to this browser.
    pub cookie: String,
}

/// Why nobody is sent anywhere.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// No provider has this name.
    #[error("no provider has this name")]
    Unknown,
    /// The provider cannot be reached, or is not what it should be.
    #[error("the provider cannot be asked")]
    Provider(#[source] FetchError),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// What the browser of somebody who leaves brings along.
#[derive(Clone, Copy)]
pub struct Leaving<'a> {
    /// Where they were going.
    pub way_back: Option<&'a str>,
    /// The cookie that they have from another time.
    pub cookie: Option<&'a str>,
    /// In which language they read.
    pub language: &'a str,
    /// Where they come from, for limits only.
    pub client: &'a str,
    /// Whether they shall sign in there even when they are signed in already.
    pub anew: bool,
}

/// Sends somebody to a provider.
///
/// # Errors
/// When there is no such provider, or it cannot be reached.
pub async fn start_provider_sign_in(
    app: &App,
    ctx: &Ctx,
    provider: &str,
    leaving: Leaving<'_>,
) -> Result<Departure, StartError> {
    let provider = find_provider(app, provider).ok_or(StartError::Unknown)?;
    limits::check_departure(app, ctx, leaving.client).await?;
    let known = provider.ask(app, ctx.now).await.map_err(StartError::Provider)?;
    let options = SignInOptions {
        prompt: leaving.anew.then_some("login"),
        max_age: leaving.anew.then_some(FRESH_SECONDS),
        ui_locale: Some(leaving.language),
    };
    let random = [ctx.random(), ctx.random(), ctx.random()];
    let (address, pending) = start(&provider.registration, &known.metadata, &options, random, moment(ctx.now));
    // Several pages of one browser may be under way at once: they share the cookie.
    let cookie = browser_of(leaving.cookie).map_or_else(|| hex(&ctx.random::<32>()), str::to_owned);
    let browser = digest_of(&cookie);
    let state = domain::ids::Hash::from_bytes(pending.key());
    let sign_in = ProviderSignIn {
        provider: provider.id.clone(),
        pending: serde_json::to_string(&pending).map_err(UsecaseError::from)?,
        way_back: leaving.way_back.map(str::to_owned),
        expires_at: ctx.now.plus_millis(PENDING_SECONDS * 1000),
    };
    app.db()
        .write(move |tx| {
            Box::pin(
                async move { Ok::<_, UsecaseError>(provider_sign_ins::insert(tx, state, browser, &sign_in).await?) },
            )
        })
        .await?;
    Ok(Departure { address, cookie })
}
