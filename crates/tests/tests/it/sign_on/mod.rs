//! Single sign-on: the national portal as a provider of OpenID Connect, the provincial portal as its client.

mod attacks;
pub(crate) mod client;
mod contacts;
mod crossing;
mod foreign;
mod keys;
mod linking;
mod provider;
mod refusals;
mod sign_out;
mod tokens;
mod told;
