//! The clock and the randomness of the program: the only place that reads the system's.
#![allow(clippy::disallowed_methods, reason = "every other crate gets its time and randomness from here")]

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::Instant;
use rand::TryRngCore;
use rand::rngs::OsRng;
use web::portal::Source;

/// The present moment by the system's clock.
pub fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// 32 bytes from the operating system's generator.
pub fn seed() -> [u8; 32] {
    let mut bytes = [0; 32];
    OsRng.try_fill_bytes(&mut bytes).expect("the operating system always has randomness once it has started");
    bytes
}

/// The clock and randomness that a portal works with; `offset` moves the clock forward in the demonstration.
pub fn source(offset: Arc<AtomicI64>) -> Source {
    let started_at = std::time::Instant::now();
    Source {
        now: Arc::new(move || now().plus_millis(offset.load(Ordering::Relaxed))),
        ticks: Arc::new(move || u64::try_from(started_at.elapsed().as_micros()).unwrap_or(u64::MAX)),
        seed: Arc::new(seed),
    }
}
