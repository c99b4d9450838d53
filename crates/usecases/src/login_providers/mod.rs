//! Signing in with an account of another system (R33, R50): the providers, by configuration, and the rules by which their
//! accounts and ours are linked.

mod end_provider_session;
mod finish_sign_in;
mod fresh_sign_in;
mod identity;
mod leave_provider;
mod prove_account;
mod start_sign_in;

use std::sync::{Mutex, MutexGuard, PoisonError};

use domain::account::Assurance;
use domain::ids::Hash;
use domain::time::Instant;
use oidc::UnixTime;
use oidc::client::{FetchError, Provider, Registration, discover, fetch_keys};

use crate::app::App;
use crate::errors::UsecaseError;

pub use end_provider_session::{EndError, end_provider_session};
pub use finish_sign_in::{Arrival, FinishError, Returned, finish_provider_sign_in};
pub use fresh_sign_in::has_just_signed_in;
pub use leave_provider::leave_provider;
pub use prove_account::{AccountProof, AccountToProve, ProveError, find_account_to_prove, prove_account};
pub use start_sign_in::{Departure, Leaving, StartError, start_provider_sign_in};

/// How long what a provider says about itself is kept, in milliseconds.
const KEPT_MILLIS: i64 = 60 * 60_000;
/// How long it is used all the same when the provider cannot be reached.
const STALE_MILLIS: i64 = 24 * 60 * 60_000;
/// How soon a provider that could not be asked is asked again: everybody who comes meanwhile would wait for nothing, and
/// strangers could make us ask and ask.
const FAILED_MILLIS: i64 = 10_000;
/// How often a provider is asked for its keys because of a key that nobody knows.
const KEYS_AGAIN_MILLIS: i64 = 60_000;

/// A provider through which people sign in.
#[derive(Debug)]
pub struct LoginProvider {
    /// Its name in addresses and in the configuration.
    pub id: String,
    /// How the sign-in page calls an account there, in Vietnamese: `Tài khoản cấp bởi Cổng DVCQG`.
    pub name: String,
    /// The same in English.
    pub name_en: String,
    /// What it has registered us as.
    pub registration: Registration,
    /// How its words for levels of assurance translate into ours; what is not among them counts as the lowest.
    pub levels: Vec<(String, Assurance)>,
    /// Whether programs to which it has given access tokens may act here for the people who agreed.
    pub admits_programs: bool,
    known: Mutex<Option<Known>>,
    failed_at: Mutex<Option<Instant>>,
}

#[derive(Clone, Debug)]
struct Known {
    provider: Provider,
    asked_at: Instant,
    keys_asked_at: Instant,
}

impl LoginProvider {
    /// A provider that calls its levels as the national portal does: `LoA1`, `LoA2`, `LoA3`.
    pub fn new(id: String, name: String, name_en: String, registration: Registration) -> Self {
        let levels = [("LoA1", Assurance::Ial1), ("LoA2", Assurance::Ial2), ("LoA3", Assurance::Ial3)];
        let levels = levels.map(|(word, level)| (word.to_owned(), level)).to_vec();
        let (known, failed_at) = (Mutex::default(), Mutex::default());
        Self { id, name, name_en, registration, levels, admits_programs: false, known, failed_at }
    }

    fn level(&self, acr: Option<&str>) -> Assurance {
        let found = self.levels.iter().find(|(word, _)| Some(word.as_str()) == acr);
        found.map_or(Assurance::Ial1, |(_, level)| *level)
    }

    fn known(&self) -> MutexGuard<'_, Option<Known>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn failed_at(&self) -> MutexGuard<'_, Option<Instant>> {
        self.failed_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_just_failed(&self, now: Instant) -> bool {
        self.failed_at().is_some_and(|at| (0..FAILED_MILLIS).contains(&(now.as_millis() - at.as_millis())))
    }

    fn kept(&self, now: Instant, longest: i64) -> Option<Provider> {
        let known = self.known();
        let known = known.as_ref()?;
        (0..longest).contains(&(now.as_millis() - known.asked_at.as_millis())).then(|| known.provider.clone())
    }

    /// The provider as it is known, or as it says when it is asked.
    pub(crate) async fn ask(&self, app: &App, now: Instant) -> Result<Provider, FetchError> {
        if let Some(provider) = self.kept(now, KEPT_MILLIS) {
            return Ok(provider);
        }
        if self.has_just_failed(now) {
            return self
                .kept(now, STALE_MILLIS)
                .ok_or_else(|| FetchError::Unreachable("it was not a moment ago".into()));
        }
        let fetcher = &app.single_sign_on().fetcher;
        match discover(&self.registration.issuer, |request| fetcher.fetch(request)).await {
            Ok(provider) => {
                *self.known() = Some(Known { provider: provider.clone(), asked_at: now, keys_asked_at: now });
                Ok(provider)
            }
            Err(error) => {
                tracing::warn!(provider = %self.id, error = %error, "A provider does not say what it is");
                *self.failed_at() = Some(now);
                self.kept(now, STALE_MILLIS).ok_or(error)
            }
        }
    }

    /// Asks for the provider's keys again, unless that was done a moment ago: strangers can make us want to.
    pub(crate) async fn ask_keys_again(&self, app: &App, now: Instant) -> Option<Provider> {
        let mut provider = {
            let mut known = self.known();
            let known = known.as_mut()?;
            if now.as_millis() - known.keys_asked_at.as_millis() < KEYS_AGAIN_MILLIS {
                return None;
            }
            known.keys_asked_at = now;
            known.provider.clone()
        };
        let fetcher = &app.single_sign_on().fetcher;
        provider.keys = fetch_keys(&provider.metadata, |request| fetcher.fetch(request)).await.ok()?;
        self.remember_keys(provider.keys.clone());
        Some(provider)
    }

    fn remember_keys(&self, keys: oidc::jose::JwkSet) {
        if let Some(known) = self.known().as_mut() {
            known.provider.keys = keys;
        }
    }
}

fn find_provider<'a>(app: &'a App, id: &str) -> Option<&'a LoginProvider> {
    app.single_sign_on().login_providers.iter().find(|provider| provider.id == id)
}

pub(crate) fn moment(at: Instant) -> UnixTime {
    UnixTime::from_millis(at.as_millis())
}

fn digest_of(secret: &str) -> Hash {
    Hash::from_bytes(oidc::digest(secret))
}

/// The cookie of a browser, when it is one that we gave.
fn browser_of(cookie: Option<&str>) -> Option<&str> {
    cookie.filter(|cookie| cookie.len() == 64 && cookie.bytes().all(|byte| byte.is_ascii_hexdigit()))
}

impl From<serde_json::Error> for UsecaseError {
    fn from(_: serde_json::Error) -> Self {
        Self::Broken("what is remembered of a sign-in can be read back")
    }
}
