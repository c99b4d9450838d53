//! The keys that sign receipts: made ahead of their time, sealed, changed once a year, and published for ever.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use domain::time::Instant;
use oidc::UnixTime;
use oidc::jose::{DetachedKey, Jwk, JwkSet, Validity};
use oidc::provider::Rotation;
use storage::receipts::{self, StoredReceiptKey};
use storage::{StorageError, Tx};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::second_factors::Vault;

/// How long the document with the keys may be kept by those who ask for it, in seconds: far less than a key is published
/// before it signs.
pub const KEYS_SECONDS: u32 = 7 * 24 * 60 * 60;

const DAY: i64 = 24 * 60 * 60;
/// A month ahead, for a year, and known for ever.
const ROTATION: Rotation = Rotation { ahead: 30 * DAY, signs: 365 * DAY, kept: i64::MAX };
/// How long the keys are kept in memory, in milliseconds.
const KEPT_MILLIS: i64 = 5 * 60_000;

/// What signs a portal's receipts.
#[derive(Debug)]
pub struct ReceiptKeys {
    vault: Vault,
    kept: Mutex<Option<(Instant, Arc<Ring>)>>,
}

/// The keys as they were read, in the order in which they sign.
#[derive(Debug)]
pub(super) struct Ring {
    signing: Vec<(Instant, DetachedKey)>,
    published: JwkSet,
    begun_at: Option<Instant>,
}

impl ReceiptKeys {
    /// Keys that are sealed in this vault.
    pub fn new(vault: Vault) -> Self {
        Self { vault, kept: Mutex::default() }
    }

    fn kept(&self) -> MutexGuard<'_, Option<(Instant, Arc<Ring>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    /// The key that signs at this moment.
    pub(super) fn current(&self, now: Instant) -> Option<&DetachedKey> {
        self.signing.iter().rev().find(|(from, _)| *from <= now).map(|(_, key)| key)
    }

    /// Since when every dossier that is filed has a receipt.
    pub(super) fn begun_at(&self) -> Option<Instant> {
        self.begun_at
    }
}

/// The public keys of this portal's receipts, old ones and the next one too.
///
/// # Errors
/// When the database cannot answer.
pub async fn receipt_keys(app: &App, ctx: &Ctx) -> Result<JwkSet, UsecaseError> {
    Ok(ring(app, ctx.now).await?.published.clone())
}

/// The same as the document that is published.
///
/// # Errors
/// When the database cannot answer.
pub async fn published_receipt_keys(app: &App, ctx: &Ctx) -> Result<String, UsecaseError> {
    Ok(receipt_keys(app, ctx).await?.to_json())
}

/// The keys at this moment; made when there is none, or when the next one is due.
pub(super) async fn ring(app: &App, now: Instant) -> Result<Arc<Ring>, UsecaseError> {
    let keys = app.receipt_keys();
    if let Some((read_at, ring)) = &*keys.kept()
        && (0..KEPT_MILLIS).contains(&(now.as_millis() - read_at.as_millis()))
    {
        return Ok(ring.clone());
    }
    let vault = keys.vault.clone();
    let ring = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let ring = read(tx, &vault).await?;
                let times: Vec<UnixTime> = ring.signing.iter().map(|(from, _)| moment(*from)).collect();
                let Some(due) = ROTATION.plan(&times, moment(now)).make else { return Ok(ring) };
                let signs_from = match ring.begun_at {
                    // Whoever pressed a moment before the very first key was made is signed for by it as well; a whole day, so
                    // that two who make it at once make it for the same time.
                    None => now.plus_millis(-now.as_millis().rem_euclid(DAY * 1000) - DAY * 1000),
                    Some(_) => instant(due),
                };
                make(tx, &vault, signs_from, now).await?;
                read(tx, &vault).await
            })
        })
        .await?;
    let ring = Arc::new(ring);
    *keys.kept() = Some((now, ring.clone()));
    Ok(ring)
}

/// The keys that there are, without making any.
pub(super) async fn existing_ring(app: &App) -> Result<Arc<Ring>, UsecaseError> {
    let vault = app.receipt_keys().vault.clone();
    Ok(Arc::new(app.db().read(move |tx| Box::pin(async move { read(tx, &vault).await })).await?))
}

/// The public halves, each with the time for which it speaks: from its beginning until a later one begins.
pub(super) fn public_keys(stored: &[StoredReceiptKey]) -> JwkSet {
    let speaks_for = |key: &StoredReceiptKey| Validity {
        from: moment(key.signs_from),
        until: stored.iter().map(|other| other.signs_from).find(|from| *from > key.signs_from).map(moment),
    };
    let public = |key: &StoredReceiptKey| Some(Jwk::of_ed25519(key.public_key.as_slice().try_into().ok()?));
    stored.iter().filter_map(|key| Some(public(key)?.valid(speaks_for(key)))).collect()
}

async fn read(tx: &mut Tx<'_>, vault: &Vault) -> Result<Ring, UsecaseError> {
    let stored = receipts::list_keys(tx).await?;
    let mut signing = Vec::new();
    for key in &stored {
        let secret = vault.open(&name_of(&key.kid, key.signs_from), &key.sealed);
        match secret.and_then(|secret| DetachedKey::read(&secret).ok()) {
            Some(opened) if opened.public_bytes() == key.public_key => signing.push((key.signs_from, opened)),
            // Another installation's key: it is still published, and a new one signs.
            _ => tracing::error!(kid = %key.kid, "A key of receipts cannot be used"),
        }
    }
    Ok(Ring { signing, published: public_keys(&stored), begun_at: stored.iter().map(|key| key.created_at).min() })
}

async fn make(tx: &mut Tx<'_>, vault: &Vault, signs_from: Instant, now: Instant) -> Result<(), UsecaseError> {
    let secret = DetachedKey::generate(vault.entropy())?;
    let key = DetachedKey::read(&secret)?;
    let kid = key.kid().to_owned();
    let sealed = vault.seal(&name_of(&kid, signs_from), &secret)?;
    tracing::info!(kid = %kid, "Made a key for receipts");
    let public_key = key.public_bytes().to_vec();
    let stored = StoredReceiptKey { kid, public_key, sealed, signs_from, created_at: now };
    let inserted: Result<(), StorageError> = receipts::insert_key(tx, &stored).await;
    Ok(inserted?)
}

/// The name under which a key is sealed: one whose time was moved does not open.
fn name_of(kid: &str, signs_from: Instant) -> String {
    format!("receipt key {kid} from {}", signs_from.as_millis())
}

fn moment(at: Instant) -> UnixTime {
    UnixTime::from_millis(at.as_millis())
}

fn instant(time: UnixTime) -> Instant {
    Instant::from_millis(time.as_seconds().saturating_mul(1000))
}
