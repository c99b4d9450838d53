//! A real browser, driven through WebDriver: Debian's Chromium, a telephone's or a desk's screen, with scripts or without.

mod checks;
mod commands;
mod controls;
mod driver;
mod keyboard;

pub use checks::PageFacts;

use base64::Engine;
use base64::prelude::BASE64_STANDARD as STANDARD;
use commands::{DevTools, VirtualAuthenticator};
use driver::{Turn, take_turn};
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// How long a page may take to show what is waited for.
const PATIENCE: Duration = Duration::from_secs(15);

/// The two screens that every page is looked at on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// 360 × 800, touch.
    Phone,
    /// 1280 × 900.
    Desk,
}

/// Whether the pages' own scripts run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scripts {
    /// As in an ordinary browser.
    On,
    /// As for a reader who has switched them off.
    Off,
}

/// The network between the browser and the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Network {
    /// As fast as the machine.
    Whole,
    /// 50 kbit/s, two seconds to every answer.
    Slow,
    /// Cut.
    None,
}

/// A browser window of its own, with an empty profile; it closes when dropped.
#[derive(Debug)]
pub struct Browser {
    client: Client,
    scripts: Scripts,
    // Dropped in this order: first the session ends, then its files go, then the next test may have its turn.
    _session: Session,
    files: TempDir,
    _turn: Turn,
}

impl Browser {
    /// Opens a window.
    pub async fn open(screen: Screen, scripts: Scripts) -> Self {
        let turn = take_turn().await;
        let files = TempDir::with_prefix("motcua-browser-").expect("a folder for the profile can be made");
        let downloads = files.path().join("downloads");
        std::fs::create_dir(&downloads).expect("a folder for downloads can be made");
        let connected = ClientBuilder::new(HttpConnector::new())
            .capabilities(driver::capabilities(files.path()))
            .connect(turn.url())
            .await;
        let client = connected.unwrap_or_else(|error| panic!("no browser: {error}"));
        let id = client.session_id().await.ok().flatten().expect("a new session has an id");
        let session = Session { driver: turn.url().to_owned(), id };
        let mut browser = Self { client, scripts, _session: session, files, _turn: turn };
        browser.set_screen(screen).await;
        browser.set_scripts(scripts).await;
        let to_folder = json!({ "behavior": "allow", "downloadPath": downloads });
        browser.dev_tools("Browser.setDownloadBehavior", to_folder).await;
        browser
    }

    /// Plugs a device in that keeps passkeys and whose holder always agrees.
    pub async fn plug_in_authenticator(&self) {
        self.client.issue_cmd(VirtualAuthenticator).await.expect("Chromium has virtual authenticators");
    }

    /// Opens an address.
    pub async fn goto(&self, address: &str) {
        self.client.goto(address).await.unwrap_or_else(|error| panic!("{address}: {error}"));
    }

    /// The address in the address bar.
    pub async fn address(&self) -> String {
        self.client.current_url().await.expect("a window has an address").to_string()
    }

    /// Loads the page again.
    pub async fn reload(&self) {
        self.client.refresh().await.expect("a page can be loaded again");
    }

    /// Presses the browser's own back button.
    pub async fn back(&self) {
        self.client.back().await.expect("there is a page to go back to");
    }

    /// Changes the screen, as turning or swapping the device would.
    pub async fn set_screen(&self, screen: Screen) {
        let (width, height, mobile) = match screen {
            Screen::Phone => (360, 800, true),
            Screen::Desk => (1280, 900, false),
        };
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": mobile });
        self.dev_tools("Emulation.setDeviceMetricsOverride", metrics).await;
    }

    /// Changes the network.
    pub async fn set_network(&self, network: Network) {
        // Bytes a second and milliseconds; -1 is no limit.
        let (offline, latency, throughput) = match network {
            Network::Whole => (false, 0, -1),
            Network::Slow => (false, 2_000, 50_000 / 8),
            Network::None => (true, 0, -1),
        };
        let conditions = json!({
            "offline": offline, "latency": latency, "downloadThroughput": throughput, "uploadThroughput": throughput,
        });
        self.dev_tools("Network.enable", json!({})).await;
        self.dev_tools("Network.emulateNetworkConditions", conditions).await;
    }

    /// Forgets every page, picture and script that it has kept, as on the first visit.
    pub async fn forget_pages(&self) {
        self.dev_tools("Network.clearBrowserCache", json!({})).await;
    }

    /// A folder for files of this window; it goes with it.
    pub fn folder(&self) -> &Path {
        self.files.path()
    }

    /// Switches the pages' scripts on or off; the page in the window keeps what it has already run.
    pub async fn set_scripts(&mut self, scripts: Scripts) {
        self.scripts = scripts;
        self.allow_scripts(scripts).await;
    }

    async fn allow_scripts(&self, scripts: Scripts) {
        let setting = json!({ "value": scripts == Scripts::Off });
        self.dev_tools("Emulation.setScriptExecutionDisabled", setting).await;
    }

    /// What a person reads on the page, in one line.
    pub async fn text(&self) -> String {
        let text = self.run("return document.body.innerText", Vec::new()).await;
        crate::html::one_spaced(text.as_str().unwrap_or(""))
    }

    /// Waits until a person reads `words`; panics with the page's text when they do not come.
    pub async fn must_say(&self, words: &str) {
        let found = self.wait_for(async || self.text().await.contains(words).then_some(())).await;
        if found.is_none() {
            panic!("{} does not say {words:?}: {}", self.address().await, self.text().await);
        }
    }

    /// The main heading; panics unless there is exactly one.
    pub async fn heading(&self) -> String {
        let script = "return [...document.querySelectorAll('h1')].map(h => h.innerText)";
        let headings = self.run(script, Vec::new()).await;
        match headings.as_array().map(Vec::as_slice) {
            Some([Value::String(heading)]) => crate::html::one_spaced(heading),
            _ => panic!("{} has these main headings: {headings}", self.address().await),
        }
    }

    /// Writes a picture of the whole page, as tall as it is, as PNG.
    pub async fn screenshot(&self, path: &Path) {
        let layout = self.dev_tools("Page.getLayoutMetrics", json!({})).await;
        let mut clip = layout["cssContentSize"].clone();
        clip["scale"] = json!(1);
        let wanted = json!({ "format": "png", "captureBeyondViewport": true, "clip": clip });
        let picture = self.dev_tools("Page.captureScreenshot", wanted).await;
        let picture = picture["data"].as_str().map(|data| STANDARD.decode(data));
        let picture = picture.and_then(Result::ok).expect("a screenshot is base64");
        std::fs::write(path, picture).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    }

    /// Waits for the one file that a press has started to download.
    pub async fn downloaded(&self) -> PathBuf {
        let folder = self.files.path().join("downloads");
        let found = self.wait_for(async || finished_download(&folder)).await;
        found.unwrap_or_else(|| panic!("nothing was downloaded"))
    }

    /// Waits for the one file that a press has started to download and takes it out of the folder: its name and its bytes.
    pub async fn take_download(&self) -> (String, Vec<u8>) {
        let path = self.downloaded().await;
        let bytes = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        std::fs::remove_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        (path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes)
    }

    /// Runs a script of the test in the page, which works whether or not the page's own scripts do.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client.execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    async fn dev_tools(&self, command: &'static str, parameters: Value) -> Value {
        let result = self.client.issue_cmd(DevTools { command, parameters }).await;
        result.unwrap_or_else(|error| panic!("{command}: {error}"))
    }

    async fn wait_for<T>(&self, mut look: impl AsyncFnMut() -> Option<T>) -> Option<T> {
        let started = Instant::now();
        loop {
            if let Some(found) = look().await {
                return Some(found);
            }
            if started.elapsed() > PATIENCE {
                return None;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

// Chromium writes to a name of its own and renames at the end.
fn finished_download(folder: &Path) -> Option<PathBuf> {
    let mut files = std::fs::read_dir(folder).ok()?.filter_map(Result::ok).map(|file| file.path());
    let (file, none) = (files.next()?, files.next());
    let whole = none.is_none() && file.extension().is_none_or(|extension| extension != "crdownload");
    whole.then_some(file)
}

/// Ends the session from a destructor, which cannot await: also after a failed test no browser is left over.
#[derive(Debug)]
struct Session {
    driver: String,
    id: String,
}

impl Drop for Session {
    fn drop(&mut self) {
        let address = self.driver.trim_start_matches("http://").trim_end_matches('/');
        if let Ok(address) = address.parse() {
            let _ = throwaway::request(address, "DELETE", &format!("/session/{}", self.id), PATIENCE);
        }
    }
}
