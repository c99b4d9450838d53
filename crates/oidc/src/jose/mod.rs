//! Signed tokens (JWS) and keys (JWK): ES256 to sign, ES256 and RS256 to check, and nothing else.

mod installation_key;
mod jwk;
mod jws;
mod signing_key;

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod vectors;

pub use installation_key::InstallationKey;
pub use jwk::{Jwk, JwkSet};
pub use jws::{Algorithm, Jws, JwsError, VerifiedJws};
pub use signing_key::{Entropy, KeyError, SigningKey};
