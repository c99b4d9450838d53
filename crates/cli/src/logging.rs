//! Log lines: readable at a terminal, JSON elsewhere; the level comes from `MOTCUA_LOG`.
#![allow(clippy::disallowed_methods, reason = "this crate is the one that reads the environment")]

use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; `quiet` leaves only warnings unless the environment says otherwise.
pub(crate) fn start(quiet: bool) {
    let default = if quiet { "warn" } else { "info" };
    let filter = EnvFilter::try_from_env("MOTCUA_LOG").unwrap_or_else(|_| EnvFilter::new(default));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if std::io::stderr().is_terminal() { builder.init() } else { builder.json().init() }
}
