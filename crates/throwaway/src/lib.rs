//! What lives as long as one test run: PostgreSQL, chromedriver, any other child process that must not outlive us, and logs.
//!
//! `cargo xtask test` starts one of each for all tests; a test started by hand starts its own. Linux with util-linux is assumed.

#![allow(clippy::disallowed_methods, reason = "waiting for a server needs the real clock")]

mod chromedriver;
mod folder;
mod http;
mod postgres;
mod process;
pub mod run_logs;

pub use chromedriver::Chromedriver;
pub use folder::{Folder, copy_folder};
pub use http::{HttpAnswer, request};
pub use postgres::{Flush, Postgres};
pub use process::{Process, Signal, guarded};

use std::net::TcpListener;

/// Why a throw-away server could not be had; the text is for the developer who runs the tests.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// A program that Debian packages is not installed.
    #[error("{program} is not installed (Debian package {package}); `cargo xtask test` installs it")]
    Missing {
        /// The program that was looked for.
        program: &'static str,
        /// The Debian package that brings it.
        package: &'static str,
    },
    /// The operating system refused to start or to prepare something.
    #[error("cannot {what}")]
    System {
        /// What was tried.
        what: String,
        /// What the system said.
        #[source]
        source: std::io::Error,
    },
    /// The program ended, or never became ready.
    #[error("{name} {what}; its output:\n{output}")]
    NotReady {
        /// The program's name.
        name: String,
        /// What it did instead.
        what: String,
        /// Everything it wrote.
        output: String,
    },
}

impl StartError {
    pub(crate) fn system(what: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let what = what.into();
        move |source| Self::System { what, source }
    }
}

/// Finds the first of `count` neighbouring loopback ports that are all free at this moment.
pub fn free_ports(count: u16) -> Result<u16, StartError> {
    let mut last = std::io::Error::other("no attempt was made");
    for _ in 0..50 {
        match neighbours(count) {
            Ok(first) => return Ok(first),
            Err(error) => last = error,
        }
    }
    Err(StartError::System { what: format!("find {count} free ports"), source: last })
}

fn neighbours(count: u16) -> std::io::Result<u16> {
    let first = TcpListener::bind(("127.0.0.1", 0))?;
    let base = first.local_addr()?.port();
    let mut held = vec![first];
    for offset in 1..count {
        let port = base.checked_add(offset).ok_or_else(|| std::io::Error::other("past the last port"))?;
        held.push(TcpListener::bind(("127.0.0.1", port))?);
    }
    Ok(base)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_neighbouring_ports_are_free_to_bind() {
        let base = free_ports(3).unwrap();
        for port in base..base + 3 {
            TcpListener::bind(("127.0.0.1", port)).unwrap();
        }
    }
}
