//! Sending somebody to a provider: the address, and what has to be remembered until they come back.

use serde::{Deserialize, Serialize};

use crate::address::Issuer;
use crate::client::{ProviderMetadata, Registration};
use crate::pkce::CodeVerifier;
use crate::secret::Secret;
use crate::time::UnixTime;

/// How long somebody may stay away, in seconds: long enough to find the telephone and to register.
pub const PENDING_SECONDS: i64 = 30 * 60;

/// What is remembered while somebody is at a provider. It belongs to one browser: whoever brings the answer must be who
/// was sent.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Pending {
    /// Where they were sent.
    pub issuer: Issuer,
    pub(crate) state: Secret,
    pub(crate) nonce: Secret,
    pub(crate) verifier: CodeVerifier,
    pub(crate) max_age: Option<i64>,
    pub(crate) started_at: UnixTime,
}

/// What is asked beside the usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SignInOptions<'a> {
    /// `login` to have them sign in anew, `none` to show them nothing.
    pub prompt: Option<&'a str>,
    /// The longest time since they last signed in, in seconds.
    pub max_age: Option<i64>,
    /// The language of the provider's pages.
    pub ui_locale: Option<&'a str>,
}

/// The address to which somebody is sent, and what to remember. The random bytes become state, nonce and verifier.
pub fn start(
    registration: &Registration,
    metadata: &ProviderMetadata,
    options: &SignInOptions<'_>,
    random: [[u8; 32]; 3],
    now: UnixTime,
) -> (String, Pending) {
    let [state, nonce, verifier] = random;
    let pending = Pending {
        issuer: metadata.issuer.clone(),
        state: Secret::from_random(state),
        nonce: Secret::from_random(nonce),
        verifier: CodeVerifier::from_random(verifier),
        max_age: options.max_age,
        started_at: now,
    };
    let challenge = pending.verifier.challenge().encode();
    let max_age = options.max_age.map(|seconds| seconds.to_string());
    let params = [
        ("response_type", Some("code")),
        ("client_id", Some(registration.client_id.as_str())),
        ("redirect_uri", Some(registration.redirect_uri.as_str())),
        ("scope", Some(registration.scope.as_str())),
        ("state", Some(pending.state.as_str())),
        ("nonce", Some(pending.nonce.as_str())),
        ("code_challenge", Some(&challenge)),
        ("code_challenge_method", Some("S256")),
        ("acr_values", registration.acr_values.as_deref()),
        ("prompt", options.prompt),
        ("max_age", max_age.as_deref()),
        ("ui_locales", options.ui_locale),
    ];
    let mut address = metadata.authorization.clone();
    for (name, value) in params {
        if let Some(value) = value {
            address.query_pairs_mut().append_pair(name, value);
        }
    }
    (address.into(), pending)
}

impl Pending {
    /// The digest of the state, under which this may be stored.
    pub fn key(&self) -> [u8; 32] {
        self.state.digest()
    }

    /// Whether they have stayed away for too long.
    pub fn is_late(&self, now: UnixTime) -> bool {
        !(0..=PENDING_SECONDS).contains(&now.since(self.started_at))
    }
}
