//! Programs that pretend to be the mail server, the SMS gateways, the carrier's check of subscriptions and the population
//! register of the outside world, and show what they were given.
//!
//! They serve the demonstration and the tests only. They speak the outside systems' own protocols and share no code with
//! `connectors`, so that a mistake in a connector cannot hide behind the same mistake here.
//!
//! ```text
//! connectors ── SMTP ──▶ smtp ─┐
//!            ── HTTP ──▶ http/sms_gateway ─┴▶ mailbox ──▶ http/pages (people), http/messages (programs)
//!            ── HTTP ──▶ http/subscriber_check ──▶ subscribers ──▶ http/subscribers_page (people)
//!            ── HTTP ──▶ http/population ──▶ population
//! ```

mod clock;
mod faults;
mod http;
mod links;
mod mail;
mod mailbox;
mod population;
mod recipient;
mod reports;
mod smtp;
mod subscribers;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::clock::DemonstrationClock;
use crate::faults::Faults;
use crate::mailbox::Mailbox;
use crate::reports::Reports;

pub use crate::clock::Now;
pub use crate::faults::{Fault, FaultKind, Service};
pub use crate::mailbox::{Channel, Message};

/// What the simulators need to start.
pub struct SimulatorsConfig {
    /// Where the pages and the JSON are served; the caller binds it, so that it can say which port was taken.
    pub http: TcpListener,
    /// Where mail is received: a loopback address, port 0 for any free one.
    pub smtp: SocketAddr,
    /// How many messages are kept; the oldest is dropped first.
    pub capacity: usize,
    /// The demonstration's time in UTC milliseconds, the offset below included: the closure that the portals read too.
    pub now: Now,
    /// By how many milliseconds the demonstration's time is ahead of the true one; only ever increased here.
    pub clock_offset_ms: Arc<AtomicI64>,
}

/// Why the simulators did not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Mail would be received from other machines.
    #[error("the simulated mail server listens on a loopback address only, not on {address}")]
    NotLoopback {
        /// The address that was asked for.
        address: SocketAddr,
    },
    /// The port of the mail server could not be opened.
    #[error("cannot receive mail on {address}")]
    Smtp {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system said.
        #[source]
        source: io::Error,
    },
    /// The listener of the pages is not usable.
    #[error("cannot serve the simulators' pages")]
    Http(#[source] io::Error),
}

/// What all parts of the simulators share.
pub(crate) struct World {
    pub(crate) clock: DemonstrationClock,
    pub(crate) mailbox: Mailbox,
    pub(crate) faults: Faults,
    pub(crate) reports: Reports,
    pub(crate) sms_gateways: http::sms_gateway::Gateways,
}

/// The running simulators; dropping the value ends them.
pub struct Simulators {
    http_addr: SocketAddr,
    smtp_addr: SocketAddr,
    world: Arc<World>,
    stop: watch::Sender<bool>,
    tasks: JoinSet<()>,
}

impl Simulators {
    /// Opens the mail server's port, serves the pages, and returns at once.
    ///
    /// # Errors
    /// When the address for mail is not a loopback one or a port cannot be opened.
    pub async fn start(config: SimulatorsConfig) -> Result<Self, StartError> {
        if !config.smtp.ip().is_loopback() {
            return Err(StartError::NotLoopback { address: config.smtp });
        }
        let smtp_failed = |source| StartError::Smtp { address: config.smtp, source };
        let smtp = TcpListener::bind(config.smtp).await.map_err(smtp_failed)?;
        let smtp_addr = smtp.local_addr().map_err(smtp_failed)?;
        let http_addr = config.http.local_addr().map_err(StartError::Http)?;

        let world = Arc::new(World {
            clock: DemonstrationClock::new(config.now, config.clock_offset_ms),
            mailbox: Mailbox::new(config.capacity),
            faults: Faults::default(),
            reports: Reports::default(),
            sms_gateways: http::sms_gateway::Gateways::default(),
        });
        let (stop, stopped) = watch::channel(false);
        let mut tasks = JoinSet::new();
        let mut told_to_stop = stopped.clone();
        let mail = smtp::serve(smtp, Arc::clone(&world));
        tasks.spawn(async move {
            tokio::select! {
                () = mail => {}
                _ = told_to_stop.wait_for(|is_stopped| *is_stopped) => {}
            }
        });
        tasks.spawn(http::serve(config.http, Arc::clone(&world), stopped));
        Ok(Self { http_addr, smtp_addr, world, stop, tasks })
    }

    /// Where the pages and the JSON are.
    pub fn http_addr(&self) -> SocketAddr {
        self.http_addr
    }

    /// Where mail is received.
    pub fn smtp_addr(&self) -> SocketAddr {
        self.smtp_addr
    }

    /// What was received for one phone number or address, newest first; all of it for an empty `to`.
    pub fn messages(&self, to: &str) -> Vec<Arc<Message>> {
        self.world.mailbox.list(to)
    }

    /// The addresses that the SMS gateways have called, or would have called on other machines, since this was last asked.
    pub fn take_reports(&self) -> Vec<String> {
        self.world.reports.take()
    }

    /// Makes the service fail as told from now on; replaces the fault that the service had.
    pub fn set_fault(&self, service: Service, fault: Option<Fault>) {
        self.world.faults.set(service, fault);
    }

    /// Stops receiving, lets web requests under way finish for a moment, then ends.
    pub async fn stop(mut self) {
        // No receiver left means that the server has ended by itself.
        let _ = self.stop.send(true);
        let ended = async { while self.tasks.join_next().await.is_some() {} };
        let _ = tokio::time::timeout(Duration::from_millis(500), ended).await;
        self.tasks.shutdown().await;
    }
}
