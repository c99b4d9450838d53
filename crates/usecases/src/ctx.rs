//! Who acts, when, and with which randomness: everything that an act may not find out by itself.

use std::sync::Mutex;

use domain::dossier::Actor;
use domain::policy::Viewer;
use domain::time::Instant;
use rand::rngs::StdRng;
use rand::{RngCore, SeedableRng};

/// The circumstances of one request or one job. One request has one `now`.
pub struct Ctx {
    /// The moment at which everything in this request happens.
    pub now: Instant,
    /// Who is looking or acting, with their rights.
    pub viewer: Viewer,
    /// The name under which the request is found in the log.
    pub request_id: String,
    /// Who is written into the log of acts.
    pub actor: Actor,
    rng: Mutex<StdRng>,
}

impl Ctx {
    /// A context whose randomness comes from the seed alone.
    pub fn new(now: Instant, viewer: Viewer, actor: Actor, request_id: String, seed: [u8; 32]) -> Self {
        Self { now, viewer, actor, request_id, rng: Mutex::new(StdRng::from_seed(seed)) }
    }

    /// A context in which the program itself acts.
    pub fn of_system(now: Instant, seed: [u8; 32]) -> Self {
        Self::new(now, Viewer::Anonymous, Actor::System, String::new(), seed)
    }

    /// Fresh random bytes for ids, tokens and secrets.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.rng.lock().unwrap_or_else(|poisoned| poisoned.into_inner()).fill_bytes(&mut bytes);
        bytes
    }
}
