//! Which chromedriver to talk to, how Chromium is started, and one window at a time.

use fantoccini::wd::Capabilities;
use serde_json::json;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError, Weak};
use throwaway::Chromedriver;

static OWN_DRIVER: Mutex<Weak<Chromedriver>> = Mutex::new(Weak::new());
static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());

/// The right to have a window open. Two browsers at once on two cores make every wait a guess.
#[derive(Debug)]
pub(super) struct Turn {
    url: String,
    // Keeps a driver of our own alive as long as a test uses it.
    _own: Option<Arc<Chromedriver>>,
    _alone: tokio::sync::MutexGuard<'static, ()>,
}

impl Turn {
    /// The WebDriver end point.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

/// Waits for the turn, then takes the driver of this test run or starts one for this process.
pub(super) async fn take_turn() -> Turn {
    let alone = ONE_AT_A_TIME.lock().await;
    if let Ok(url) = std::env::var("MOTCUA_TEST_CHROMEDRIVER") {
        return Turn { url, _own: None, _alone: alone };
    }
    let mut shared = OWN_DRIVER.lock().unwrap_or_else(PoisonError::into_inner);
    let own = shared.upgrade().unwrap_or_else(|| {
        let started = Chromedriver::start().unwrap_or_else(|error| panic!("{error}"));
        Arc::new(started)
    });
    *shared = Arc::downgrade(&own);
    Turn { url: own.url(), _own: Some(own), _alone: alone }
}

// chromedriver leaves its browsers running when it is killed; this one goes with it.
const WRAPPER: &str = "#!/bin/sh\nexec setpriv --pdeathsig KILL -- /usr/bin/chromium \"$@\"\n";

/// A headless Chromium that runs as root, in a container, and talks to nobody but the pages it is sent to.
pub(super) fn capabilities(files: &Path) -> Capabilities {
    let program = files.join("chromium");
    std::fs::write(&program, WRAPPER).expect("a script can be written");
    std::fs::set_permissions(&program, Permissions::from_mode(0o755)).expect("a script can be made to run");
    let arguments = [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--disable-dev-shm-usage",
        "--window-size=1280,900",
        "--hide-scrollbars",
        "--lang=vi",
    ];
    let mut arguments = arguments.map(str::to_owned).to_vec();
    arguments.push(format!("--user-data-dir={}", files.join("profile").display()));
    let preferences = json!({
        "intl.accept_languages": "vi",
        "credentials_enable_service": false,
        "profile.password_manager_leak_detection": false,
    });
    let options = json!({ "binary": program, "args": arguments, "prefs": preferences });
    Capabilities::from_iter([("goog:chromeOptions".to_owned(), options)])
}
