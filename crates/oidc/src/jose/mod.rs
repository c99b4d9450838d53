//! Signed tokens (JWS) and keys (JWK): ES256 and RS256 for sign-in, EdDSA for what is kept for long, and nothing else.

mod detached_key;
mod installation_key;
mod jwk;
mod jws;
mod signing_key;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod vectors;

pub use detached_key::DetachedKey;
pub use installation_key::InstallationKey;
pub use jwk::{Jwk, JwkSet, Validity};
pub use jws::{Algorithm, Jws, JwsError, VerifiedJws};
pub use signing_key::{Entropy, KeyError, SigningKey};
