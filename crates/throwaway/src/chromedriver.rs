//! Debian's chromedriver on a port that it picks itself.

use crate::{Process, Signal, StartError, guarded};
use std::path::Path;
use std::time::Duration;

/// A running chromedriver; dropping it ends it and every browser that it started.
#[derive(Debug)]
pub struct Chromedriver {
    port: u16,
    process: Process,
}

impl Chromedriver {
    /// Starts chromedriver.
    ///
    /// # Errors
    /// When it is not installed or does not start.
    pub fn start() -> Result<Self, StartError> {
        if !Path::new("/usr/bin/chromedriver").exists() {
            return Err(StartError::Missing { program: "chromedriver", package: "chromium-driver" });
        }
        let mut command = guarded("/usr/bin/chromedriver", Signal::Terminate, None);
        command.arg("--port=0");
        let mut process = Process::start("chromedriver", command)?;
        let port = process.wait_until(Duration::from_secs(60), announced_port)?;
        Ok(Self { port, process })
    }

    /// The address of the WebDriver end point.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }
}

impl Drop for Chromedriver {
    fn drop(&mut self) {
        // An orderly end closes the browsers, which do not belong to its process group.
        self.process.stop(Signal::Terminate, Duration::from_secs(10));
    }
}

fn announced_port(output: &str) -> Option<u16> {
    let (_, rest) = output.split_once("started successfully on port ")?;
    let (port, _) = rest.split_once('.')?;
    port.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_only_when_the_line_is_whole() {
        assert_eq!(announced_port("ChromeDriver was started successfully on port 41333.\n"), Some(41333));
        assert_eq!(announced_port("ChromeDriver was started successfully on port 413"), None);
    }

    #[test]
    fn it_starts_and_says_that_it_is_ready() {
        let driver = Chromedriver::start().unwrap();
        let address = ([127, 0, 0, 1], driver.port).into();
        let answer = crate::request(address, "GET", "/status", Duration::from_secs(10)).unwrap();
        assert_eq!(answer.status, 200);
        assert!(answer.body.contains("\"ready\":true"), "{}", answer.body);
    }
}
