//! OpenID Connect, both sides: what a provider and a client check and answer, without a server, a database or a clock.
//!
//! Callers bring the moment, the randomness, what they have stored, and the way to ask other machines.

mod address;
mod assurance;
pub mod client;
pub mod jose;
mod params;
mod pkce;
pub mod provider;
mod scope;
mod secret;
mod time;

#[allow(clippy::disallowed_methods, reason = "tests sign with the randomness of the machine")]
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

pub use address::{Address, AddressError, Issuer};
pub use assurance::Assurance;
pub use params::{Params, ParamsError, Repeated};
pub use pkce::{CodeChallenge, CodeVerifier};
pub use scope::{Scope, Scopes};
pub use secret::{Secret, digest};
pub use time::UnixTime;
