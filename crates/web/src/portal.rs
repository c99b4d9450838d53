//! What every request shares: the application, the texts, the settings of this portal, its clock and its randomness.

use std::sync::Arc;

use domain::time::Instant;
use usecases::App;

use crate::page_cache::PageCache;
use crate::secret::Secret;

/// One portal (the nation's or a province's) as its request handlers see it. Cheap to clone.
#[derive(Clone)]
pub struct Portal {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    settings: PortalSettings,
    source: Source,
    pages: PageCache,
}

/// Which of the two portals a server is (R18, R19); they are separate systems with separate accounts (R20).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Cổng Dịch vụ công quốc gia.
    National,
    /// Cổng Dịch vụ công of a province.
    Province,
}

/// What configuration says about the pages of one portal.
#[derive(Clone, Debug)]
pub struct PortalSettings {
    /// Which portal this is.
    pub role: Role,
    /// What the portal's signed tokens are signed with.
    pub secret: Secret,
    /// Whether session cookies carry `Secure` and the `__Host-` prefix (they do wherever HTTPS is spoken).
    pub secure_cookies: bool,
    /// Address of the other portal, without a closing slash.
    pub other_portal_url: Option<String>,
    /// Set in the demonstration only.
    pub demo: Option<Demo>,
    /// The desk that helps people, shown on every page (R44).
    pub help: HelpDesk,
    /// The caller's address stands in this header, when a trusted proxy sets it.
    pub client_address_header: Option<String>,
}

/// The one-stop desk that helps people to use the services (R44).
#[derive(Clone, Debug)]
pub struct HelpDesk {
    /// Its name.
    pub name: String,
    /// Its name in English.
    pub name_en: String,
    /// The telephone number as people read it: `(0269) 3844 789`.
    pub phone: String,
    /// The number as a telephone dials it: `+842693844789`.
    pub phone_link: String,
}

/// What is different in the demonstration.
#[derive(Clone)]
pub struct Demo {
    /// Where the simulators' box can be read by people.
    pub simulators_url: String,
    /// How far the clock was moved forward, in milliseconds.
    pub clock_offset: Arc<dyn Fn() -> i64 + Send + Sync>,
}

impl std::fmt::Debug for Demo {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Demo").field("simulators_url", &self.simulators_url).finish_non_exhaustive()
    }
}

/// The clock and the randomness, handed in by the program that starts the portal; nothing below it reads the ambient ones.
#[derive(Clone)]
pub struct Source {
    /// The present moment.
    pub now: Arc<dyn Fn() -> Instant + Send + Sync>,
    /// Microseconds since some fixed moment, never going back: for measuring only.
    pub ticks: Arc<dyn Fn() -> u64 + Send + Sync>,
    /// 32 fresh bytes from the operating system.
    pub seed: Arc<dyn Fn() -> [u8; 32] + Send + Sync>,
}

impl Portal {
    /// Puts the parts together.
    pub fn new(app: App, settings: PortalSettings, source: Source) -> Self {
        Self { inner: Arc::new(Inner { app, settings, source, pages: PageCache::new(48 << 20) }) }
    }

    /// The application whose acts the pages call.
    pub fn app(&self) -> &App {
        &self.inner.app
    }

    /// The settings of this portal.
    pub fn settings(&self) -> &PortalSettings {
        &self.inner.settings
    }

    /// The clock and the randomness.
    pub fn source(&self) -> &Source {
        &self.inner.source
    }

    /// Pages that are the same for every visitor who is not signed in.
    pub fn pages(&self) -> &PageCache {
        &self.inner.pages
    }

    /// Name of the session cookie; it differs by role because cookies do not tell ports of one host apart.
    pub fn session_cookie(&self) -> &'static str {
        match (self.inner.settings.role, self.inner.settings.secure_cookies) {
            (Role::National, true) => "__Host-motcua-national",
            (Role::Province, true) => "__Host-motcua-province",
            (Role::National, false) => "motcua-national",
            (Role::Province, false) => "motcua-province",
        }
    }
}
