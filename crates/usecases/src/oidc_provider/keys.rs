//! The provider's keys: read from the database now and then, made and forgotten when their time has come.

use std::sync::Arc;

use domain::time::Instant;
use oidc::UnixTime;
use oidc::jose::SigningKey;
use oidc::provider::{KeyRing, Rotation};
use storage::signing_keys::{self, StoredKey};
use storage::{StorageError, Tx};

use super::{OidcProvider, moment, provider};
use crate::app::App;
use crate::errors::UsecaseError;

/// How long the keys are kept in memory, in milliseconds: far less than a new key is published before it signs.
const KEPT_MILLIS: i64 = 5 * 60_000;

/// The keys at this moment.
pub(super) async fn ring(app: &App, now: Instant) -> Result<Arc<KeyRing>, UsecaseError> {
    let provider = provider(app)?;
    if let Some((read_at, ring)) = &*provider.kept_ring()
        && (0..KEPT_MILLIS).contains(&(now.as_millis() - read_at.as_millis()))
    {
        return Ok(ring.clone());
    }
    let reading = app.clone();
    let ring = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let provider = self::provider(&reading)?;
                let ring = read(tx, provider).await?;
                let plan = ring.plan(moment(now));
                for signs_from in &plan.forget {
                    signing_keys::delete(tx, instant(*signs_from)).await?;
                }
                let Some(signs_from) = plan.make else { return Ok(ring) };
                make(tx, provider, instant(signs_from), now).await?;
                read(tx, provider).await
            })
        })
        .await?;
    let ring = Arc::new(ring);
    *provider.kept_ring() = Some((now, ring.clone()));
    Ok(ring)
}

async fn read(tx: &mut Tx<'_>, provider: &OidcProvider) -> Result<KeyRing, UsecaseError> {
    let mut keys = Vec::new();
    for stored in signing_keys::list(tx).await? {
        let secret = provider.installation_key.open(&stored.kid, &stored.sealed);
        match secret.and_then(|secret| SigningKey::read(&secret, &provider.entropy).ok()) {
            Some(key) => keys.push((moment(stored.signs_from), key)),
            // Another installation's key: a new one takes its place.
            None => tracing::error!(kid = %stored.kid, "A signing key cannot be decrypted"),
        }
    }
    Ok(KeyRing::new(keys, Rotation::USUAL))
}

async fn make(tx: &mut Tx<'_>, provider: &OidcProvider, signs_from: Instant, now: Instant) -> Result<(), UsecaseError> {
    let secret = SigningKey::generate(&provider.entropy)?;
    let kid = SigningKey::read(&secret, &provider.entropy)?.kid().to_owned();
    let sealed = provider.installation_key.seal(&kid, &secret, &provider.entropy)?;
    tracing::info!(kid = %kid, "Made a signing key");
    let stored: Result<(), StorageError> = signing_keys::insert(tx, &StoredKey { kid, sealed, signs_from }, now).await;
    Ok(stored?)
}

fn instant(time: UnixTime) -> Instant {
    Instant::from_millis(time.as_seconds().saturating_mul(1000))
}
