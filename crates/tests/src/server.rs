//! The real program as a child process: started, asked, killed without warning and started again on the same data.

use crate::http::Client;
use crate::logs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitStatus;
use std::time::Duration;
use tempfile::TempDir;
use throwaway::{Process, Signal, free_ports, guarded, request};

/// How long a start may take: a development build that fills an empty database on a busy machine.
const PATIENCE: Duration = Duration::from_secs(180);

/// What to start the demonstration with.
#[derive(Debug, Clone, Default)]
pub struct Setup {
    /// `--database`, when the embedded one is not wanted.
    pub database: Option<String>,
    /// More arguments, as they stand on the command line.
    pub arguments: Vec<String>,
    /// Environment variables to set.
    pub environment: Vec<(String, String)>,
}

/// `motcua demo` on three ports of its own, with a data folder that outlives a kill and goes at the end.
#[derive(Debug)]
pub struct Server {
    setup: Setup,
    base: u16,
    // Dropped in this order: first the program, then its data.
    process: Option<Process>,
    data: TempDir,
    earlier_output: String,
}

impl Server {
    /// Starts the demonstration on an empty folder and waits until both portals are ready; panics with its output when they are not.
    pub async fn start(setup: Setup) -> Self {
        let data = TempDir::with_prefix("motcua-data-").expect("a folder for the data can be made");
        let base = free_ports(3).unwrap_or_else(|error| panic!("{error}"));
        let mut server = Self { setup, base, process: None, data, earlier_output: String::new() };
        server.start_again().await;
        server
    }

    /// Starts it on the same ports and data; panics when it still runs.
    pub async fn start_again(&mut self) {
        assert!(self.process.is_none(), "the server still runs");
        let mut command = guarded(&program().to_string_lossy(), Signal::Kill, None);
        command.arg("demo").arg("--data-dir").arg(self.data.path()).args(["--port-base", &self.base.to_string()]);
        if let Some(database) = &self.setup.database {
            command.args(["--database", database]);
        }
        command.args(&self.setup.arguments);
        // As production logs, and more; what it writes is searched for personal data.
        command.env("MOTCUA_LOG", logs::FILTER);
        command.envs(self.setup.environment.iter().map(|(name, value)| (name, value)));
        let ports = [self.base, self.base + 1];
        let started = tokio::task::spawn_blocking(move || {
            let mut process = Process::start("motcua", command)?;
            process.wait_until(PATIENCE, |_| ports.into_iter().all(is_ready).then_some(()))?;
            Ok::<_, throwaway::StartError>(process)
        });
        let started = started.await.expect("waiting does not panic");
        self.process = Some(started.unwrap_or_else(|error| panic!("{error}")));
    }

    /// Ends it as a power cut would end the program: no warning, nothing flushed.
    pub fn kill(&mut self) {
        let mut process = self.process.take().expect("the server runs");
        process.kill();
        self.earlier_output.push_str(&process.output());
    }

    /// Asks it to end and waits until it has.
    pub async fn stop(&mut self) -> Option<ExitStatus> {
        let mut process = self.process.take().expect("the server runs");
        let stopping = tokio::task::spawn_blocking(move || {
            let status = process.stop(Signal::Terminate, Duration::from_secs(60));
            (status, process.output())
        });
        let (status, output) = stopping.await.expect("waiting does not panic");
        self.earlier_output.push_str(&output);
        status
    }

    /// The address of the national portal.
    pub fn national(&self) -> String {
        address(self.base)
    }

    /// The address of the provincial portal.
    pub fn provincial(&self) -> String {
        address(self.base + 1)
    }

    /// The address of the simulators.
    pub fn simulators(&self) -> String {
        address(self.base + 2)
    }

    /// A new visitor of the provincial portal.
    pub fn visitor(&self) -> Client {
        Client::of_server(&self.provincial())
    }

    /// The most memory that the running program has taken since this was asked last, in bytes.
    pub fn most_memory_since(&self) -> u64 {
        let id = self.process.as_ref().expect("the server runs").id();
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).expect("a process has a status");
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("its peak is told");
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse().expect("a number");
        // proc(5): 5 begins the count of the peak anew.
        std::fs::write(format!("/proc/{id}/clear_refs"), "5").expect("the count can begin anew");
        kilobytes * 1024
    }

    /// The data folder.
    pub fn data_dir(&self) -> &Path {
        self.data.path()
    }

    /// Everything that it has written since its first start.
    pub fn output(&self) -> String {
        let current = self.process.as_ref().map(Process::output).unwrap_or_default();
        format!("{}{current}", self.earlier_output)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        logs::keep(&format!("motcua-{}", self.base), &self.output());
        if std::thread::panicking() {
            eprintln!("--- what motcua wrote ---\n{}", self.output());
        }
    }
}

fn address(port: u16) -> String {
    format!("http://127.0.0.1:{port}")
}

fn is_ready(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    request(address, "GET", "/readyz", Duration::from_secs(10)).is_ok_and(|answer| answer.status == 200)
}

/// The program under test: beside the test programs stands the one that the same build made.
pub fn program() -> PathBuf {
    if let Ok(path) = std::env::var("MOTCUA_TEST_BINARY") {
        return PathBuf::from(path);
    }
    let test = std::env::current_exe().expect("a running program has a path");
    let built = test.ancestors().nth(2).map(|profile| profile.join("motcua"));
    built.filter(|path| path.exists()).expect("run `cargo build -p motcua` first, or `cargo xtask test`")
}
