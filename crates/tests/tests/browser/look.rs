//! A window on the way through the portal: every page that it comes to is looked at with the same eyes.

use std::path::PathBuf;
use tests::browser::{Browser, Screen, Scripts};
use tests::server::Server;

/// Which database, which screen, with scripts or without.
pub(crate) struct Window {
    database: &'static str,
    screen: Screen,
    scripts: Scripts,
}

impl Window {
    pub(crate) fn new(database: &'static str, (screen, scripts): (Screen, Scripts)) -> Self {
        Self { database, screen, scripts }
    }

    fn name(&self) -> String {
        let screen = match self.screen {
            Screen::Phone => "360",
            Screen::Desk => "1280",
        };
        let scripts = match self.scripts {
            Scripts::On => "script",
            Scripts::Off => "no-script",
        };
        format!("{}-{screen}-{scripts}", self.database)
    }

    pub(crate) fn has_scripts(&self) -> bool {
        self.scripts == Scripts::On
    }

    fn width(&self) -> i64 {
        match self.screen {
            Screen::Phone => 360,
            Screen::Desk => 1280,
        }
    }
}

/// A journey in one window, and what was wrong on its pages.
pub(crate) struct Walk<'a> {
    pub(crate) server: &'a Server,
    pub(crate) browser: Browser,
    window: Window,
    pages: usize,
    faults: Vec<String>,
}

impl<'a> Walk<'a> {
    /// Opens a window.
    pub(crate) async fn open(server: &'a Server, window: Window) -> Self {
        let browser = Browser::open(window.screen, window.scripts).await;
        Self { server, browser, window, pages: 0, faults: Vec::new() }
    }

    /// Whether the pages' scripts run.
    pub(crate) fn has_scripts(&self) -> bool {
        self.window.has_scripts()
    }

    /// Opens a page of the provincial portal.
    pub(crate) async fn goto(&self, path: &str) {
        self.browser.goto(&format!("{}{path}", self.server.provincial())).await;
    }

    /// The path of the page in the window, with its query.
    pub(crate) async fn path(&self) -> String {
        let address = self.browser.address().await;
        let path = address.strip_prefix(&self.server.provincial()).unwrap_or(&address);
        path.split('#').next().unwrap_or_default().to_owned()
    }

    /// Judges the page in the window, which is called `page` in reports and pictures. What is wrong is told at the end,
    /// so that one run shows everything.
    pub(crate) async fn look(&mut self, page: &str) {
        self.pages += 1;
        self.picture(page).await;
        let mut faults = self.browser.page_facts().await.faults();
        let width = self.browser.run("return document.scrollingElement.scrollWidth", Vec::new()).await.as_i64();
        if width.is_none_or(|width| width > self.window.width()) {
            faults.push(format!("the page is {width:?} px wide"));
        }
        faults.extend(self.browser.axe().await);
        for fault in faults {
            let fault = format!("{} {page}: {fault}", self.window.name());
            eprintln!("{fault}");
            self.faults.push(fault);
        }
    }

    /// Judges the page, whose main heading must be `heading`.
    pub(crate) async fn look_at(&mut self, heading: &str, page: &str) {
        assert_eq!(self.browser.heading().await, heading, "{}", self.browser.text().await);
        self.look(page).await;
    }

    /// Panics when anything was wrong on the way.
    pub(crate) fn end(self) {
        assert!(
            self.faults.is_empty(),
            "{} faults on {} pages:\n{}",
            self.faults.len(),
            self.pages,
            self.faults.join("\n")
        );
    }

    // Whoever wants to see the pages names a folder.
    async fn picture(&self, page: &str) {
        let Ok(folder) = std::env::var("MOTCUA_SHOTS") else { return };
        let folder = PathBuf::from(folder).join(self.window.name());
        std::fs::create_dir_all(&folder).unwrap();
        self.browser.screenshot(&folder.join(format!("{:02}-{page}.png", self.pages))).await;
    }
}
