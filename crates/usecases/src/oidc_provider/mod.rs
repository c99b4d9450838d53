//! The portal as a provider of OpenID Connect: other systems let people sign in with their account here.

mod authorize;
mod claims;
mod end_session;
mod exchange_tokens;
mod keys;
mod own_consents;
mod read_claims;
mod sign_out_for_client;
pub(crate) mod tell_client;

use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::Hash;
use domain::time::Instant;
use oidc::jose::{Entropy, InstallationKey};
use oidc::provider::{Endpoints, KeyRing, RegisteredClient};
use oidc::{Issuer, UnixTime};
use storage::{Tx, oidc_clients};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

pub use authorize::{AuthorizeStep, ConsentAnswer, ConsentQuestion, authorize};
pub use exchange_tokens::{TokenAnswer, exchange_tokens};
pub use own_consents::{OwnConsent, list_own_consents, withdraw_consent};
pub use read_claims::{ClaimsError, read_claims};
pub use sign_out_for_client::{Agreed, SignOutStep, sign_out_for_client};

pub(crate) use end_session::{end_everything, end_session, tell_clients};

/// How long a document with keys may be kept by those who ask for it, in seconds.
pub const DOCUMENT_SECONDS: u32 = 60 * 60;

/// The portal as a provider.
#[derive(Debug)]
pub struct OidcProvider {
    issuer: Issuer,
    endpoints: Endpoints,
    installation_key: InstallationKey,
    entropy: Entropy,
    ring: Mutex<Option<(Instant, Arc<KeyRing>)>>,
}

impl OidcProvider {
    /// The provider that people reach under this issuer, with its endpoints there.
    pub fn new(issuer: Issuer, endpoints: Endpoints, installation_key: InstallationKey, entropy: Entropy) -> Self {
        Self { issuer, endpoints, installation_key, entropy, ring: Mutex::default() }
    }

    /// The name of the provider.
    pub fn issuer(&self) -> &Issuer {
        &self.issuer
    }

    /// The document that describes it.
    pub fn discovery(&self) -> String {
        self.endpoints.discovery(&self.issuer)
    }

    fn kept_ring(&self) -> std::sync::MutexGuard<'_, Option<(Instant, Arc<KeyRing>)>> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The keys with which tokens of this provider are checked, as a document.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider.
pub async fn published_keys(app: &App, ctx: &Ctx) -> Result<String, UsecaseError> {
    Ok(keys::ring(app, ctx.now).await?.published(moment(ctx.now)).to_json())
}

/// Registers a client, or registers it anew.
///
/// # Errors
/// When the database refuses.
pub async fn register_client(app: &App, ctx: &Ctx, client: &RegisteredClient) -> Result<(), UsecaseError> {
    let registration =
        serde_json::to_string(client).map_err(|_| UsecaseError::Broken("a client can be written as JSON"))?;
    let (id, now) = (client.id.clone(), ctx.now);
    let resource = client.resource.as_ref().map(ToString::to_string);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                Ok(oidc_clients::upsert(tx, id.as_str(), &registration, resource.as_deref(), now).await?)
            })
        })
        .await
}

async fn find_client(tx: &mut Tx<'_>, id: &str) -> Result<Option<RegisteredClient>, UsecaseError> {
    oidc_clients::find(tx, id).await?.map(|registration| read_client(&registration)).transpose()
}

/// The client that takes access tokens as this.
async fn find_resource(tx: &mut Tx<'_>, resource: &str) -> Result<Option<RegisteredClient>, UsecaseError> {
    oidc_clients::find_resource(tx, resource).await?.map(|registration| read_client(&registration)).transpose()
}

fn read_client(registration: &str) -> Result<RegisteredClient, UsecaseError> {
    let client = serde_json::from_str(registration);
    client.map_err(|_| UsecaseError::Broken("a client's registration is what was registered"))
}

fn provider(app: &App) -> Result<&OidcProvider, UsecaseError> {
    app.single_sign_on().provider.as_ref().ok_or(UsecaseError::NotFound)
}

fn moment(at: Instant) -> UnixTime {
    UnixTime::from_millis(at.as_millis())
}

fn digest_of(secret: &str) -> Hash {
    Hash::from_bytes(oidc::digest(secret))
}
