//! The Debian packages that the tests need, installed only when they are missing.

use crate::steps::{answers, run};
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;
use throwaway::Postgres;

const ATTEMPTS: u64 = 3;
/// Where Debian puts what its own Python imports.
const PYTHON_PACKAGES: &str = "/usr/lib/python3/dist-packages";

/// Installs what is missing; as root, or through sudo when that asks for no password.
pub(crate) fn install_missing() -> Result<(), String> {
    let packages = missing();
    if packages.is_empty() {
        println!("nothing is missing");
        return Ok(());
    }
    let list = packages.join(" ");
    let is_root = fs::metadata("/proc/self").is_ok_and(|process| process.uid() == 0);
    if !is_root && !answers("sudo", &["-n", "true"]) {
        return Err(format!("missing, and only root can install them: apt-get install --no-install-recommends {list}"));
    }
    println!("installing {list}");
    let mut last = String::new();
    for attempt in 1..=ATTEMPTS {
        // A stale list is no reason to stop: the installation tells whether it was good enough.
        let _ = run(&mut apt_get(is_root, &["update"]));
        let mut install = apt_get(is_root, &["install", "--yes", "--no-install-recommends"]);
        match run(install.args(&packages)) {
            Ok(()) => return Ok(()),
            Err(error) => last = error,
        }
        thread::sleep(Duration::from_secs(5 * attempt));
    }
    Err(last)
}

fn missing() -> Vec<&'static str> {
    let needed = [
        ("postgresql", Postgres::programs().is_some()),
        ("chromium", Path::new("/usr/bin/chromium").exists()),
        ("chromium-driver", Path::new("/usr/bin/chromedriver").exists()),
        ("poppler-utils", Path::new("/usr/bin/pdftotext").exists()),
        // Programs of others that sign people in; see crates/tests/foreign.
        ("nodejs", Path::new("/usr/bin/node").exists()),
        ("python3-authlib", Path::new(PYTHON_PACKAGES).join("authlib").exists()),
        ("python3-cryptography", Path::new(PYTHON_PACKAGES).join("cryptography").exists()),
        ("python3-requests", Path::new(PYTHON_PACKAGES).join("requests").exists()),
        // Chromium draws no text at all without any font.
        ("fonts-dejavu-core", Path::new("/usr/share/fonts/truetype").exists()),
    ];
    needed.into_iter().filter(|(_, is_there)| !is_there).map(|(package, _)| package).collect()
}

fn apt_get(is_root: bool, arguments: &[&str]) -> Command {
    let mut command = if is_root { Command::new("env") } else { Command::new("sudo") };
    if !is_root {
        command.args(["-n", "env"]);
    }
    command.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "--quiet"]);
    command.args(["-o", "Acquire::Retries=3", "-o", "DPkg::Lock::Timeout=300"]).args(arguments);
    command
}
