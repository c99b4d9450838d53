//! Somebody signs out here: where they are sent to be signed out at their provider too.

use oidc::client::logout_address;
use oidc::{Address, Secret};
use storage::provider_sessions;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::hash_of;

/// Where the holder of this session has to go to be signed out at the provider through which it was opened; nowhere when it
/// was opened here, or the provider has no such page. The person comes back to `back`, an address that it knows.
///
/// # Errors
/// When the database cannot answer.
pub async fn leave_provider(app: &App, ctx: &Ctx, token: &str, back: &str) -> Result<Option<String>, UsecaseError> {
    let Some(hash) = hash_of(token) else { return Ok(None) };
    let origin = app
        .db()
        .read(move |tx| Box::pin(async move { Ok::<_, UsecaseError>(provider_sessions::find(tx, hash).await?) }))
        .await?;
    let Some(origin) = origin else { return Ok(None) };
    let providers = &app.single_sign_on().login_providers;
    let provider = providers.iter().find(|provider| provider.registration.issuer.as_str() == origin.issuer);
    let (Some(provider), Ok(back)) = (provider, Address::parse(back)) else { return Ok(None) };
    // A provider that cannot be reached keeps nobody from signing out here.
    let Ok(known) = provider.ask(app, ctx.now).await else { return Ok(None) };
    let id_token = Secret::of(origin.id_token);
    Ok(logout_address(&provider.registration, &known.metadata, Some(&id_token), &back))
}
