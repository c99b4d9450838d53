//! The storage crate from outside: every behaviour on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test stops where it is, and one that is started by hand may name a cluster in the environment"
)]

#[macro_use]
mod support;

mod blob_store;
mod codes;
mod db;
mod dossiers;
mod group_commit;
mod inbox;
mod jobs;
mod migrations;
mod people;
mod samples;
mod schema;
mod single_sign_on;
mod used_tokens;
