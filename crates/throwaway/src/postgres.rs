//! A PostgreSQL cluster of our own in a temporary directory: trusted, on loopback and a unix socket, gone afterwards.

use crate::{Folder, Process, Signal, StartError, free_ports, guarded};
use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const MISSING: StartError = StartError::Missing { program: "initdb", package: "postgresql" };

/// Whether a commit waits until the disk has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flush {
    /// For tests: what is thrown away need not survive a power cut.
    Never,
    /// As in production: for measurements.
    EveryCommit,
}

/// A running cluster; dropping it stops it and removes its files.
#[derive(Debug)]
pub struct Postgres {
    port: u16,
    // Dropped in this order: first the server, then its files.
    process: Process,
    directory: Folder,
}

impl Postgres {
    /// Makes a cluster (UTF-8, locale C.UTF-8, page checksums) and starts it. PostgreSQL refuses to run as root: root becomes `postgres`.
    ///
    /// # Errors
    /// When PostgreSQL is not installed or does not start.
    pub fn start(flush: Flush) -> Result<Self, StartError> {
        let programs = Self::programs().ok_or(MISSING)?;
        let directory = Folder::create("motcua-postgres-")?;
        let user = hand_over(directory.path())?;
        let data = directory.path().join("data");
        init(&programs, &data, user)?;
        let port = free_ports(1)?;
        let mut command = guarded(&programs.join("postgres").to_string_lossy(), Signal::Interrupt, user);
        command.current_dir(directory.path());
        command.arg("-D").arg(&data).arg("-k").arg(directory.path()).args(["-p", &port.to_string()]);
        command.args(["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=300"]);
        if flush == Flush::Never {
            command.args(["-c", "fsync=off", "-c", "full_page_writes=off"]);
        }
        let mut process = Process::start("postgres", command)?;
        process.wait_until(Duration::from_secs(60), |output| {
            output.contains("database system is ready to accept connections").then_some(())
        })?;
        Ok(Self { port, process, directory })
    }

    /// The directory of the newest installed server programs, when there is one.
    pub fn programs() -> Option<PathBuf> {
        let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
        versions
            .filter_map(Result::ok)
            .map(|version| version.path().join("bin"))
            .filter(|programs| programs.join("initdb").exists() && programs.join("postgres").exists())
            .max_by_key(|programs| major_version(programs))
    }

    /// The address to connect to, as the superuser and without a password.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// The directory with the unix socket.
    pub fn socket_directory(&self) -> &Path {
        self.directory.path()
    }

    /// What the server has logged.
    pub fn log(&self) -> String {
        self.process.output()
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        // A fast shutdown also gives back the shared memory.
        self.process.stop(Signal::Interrupt, Duration::from_secs(20));
    }
}

fn major_version(programs: &Path) -> u32 {
    let version = programs.parent().and_then(Path::file_name).and_then(|name| name.to_str());
    version.and_then(|version| version.parse().ok()).unwrap_or(0)
}

// Gives the directory to the account that the server will run as, and names it when that is not us.
fn hand_over(directory: &Path) -> Result<Option<&'static str>, StartError> {
    let owner = fs::metadata("/proc/self").map_err(StartError::system("read /proc/self"))?;
    if owner.uid() != 0 {
        return Ok(None);
    }
    let accounts = fs::read_to_string("/etc/passwd").map_err(StartError::system("read /etc/passwd"))?;
    let (uid, gid) = account(&accounts, "postgres").ok_or(MISSING)?;
    chown(directory, Some(uid), Some(gid)).map_err(StartError::system("hand the directory over to postgres"))?;
    Ok(Some("postgres"))
}

fn account(accounts: &str, name: &str) -> Option<(u32, u32)> {
    let line = accounts.lines().find(|line| line.split(':').next() == Some(name))?;
    let mut fields = line.split(':').skip(2);
    Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
}

fn init(programs: &Path, data: &Path, user: Option<&str>) -> Result<(), StartError> {
    let mut command = guarded(&programs.join("initdb").to_string_lossy(), Signal::Kill, user);
    command.current_dir(data.parent().unwrap_or(data)).arg("-D").arg(data);
    command.args(["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--data-checksums", "--no-sync"]);
    run(command)
}

fn run(mut command: Command) -> Result<(), StartError> {
    let output = command.output().map_err(StartError::system("run initdb"))?;
    if output.status.success() {
        return Ok(());
    }
    let text = [output.stdout, output.stderr].concat();
    Err(StartError::NotReady {
        name: "initdb".to_owned(),
        what: format!("ended with {}", output.status),
        output: String::from_utf8_lossy(&text).into_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_is_found_by_its_whole_name() {
        let accounts = "root:x:0:0::/:/bin/sh\npostgresql:x:7:8::/:/bin/sh\npostgres:x:105:112::/:/bin/bash\n";
        assert_eq!(account(accounts, "postgres"), Some((105, 112)));
        assert_eq!(account(accounts, "postgre"), None);
    }

    #[test]
    fn a_cluster_starts_on_loopback_and_leaves_nothing_behind() {
        let cluster = Postgres::start(Flush::Never).unwrap();
        let (port, directory) = (cluster.port, cluster.socket_directory().to_owned());
        assert!(directory.join(format!(".s.PGSQL.{port}")).exists());
        std::net::TcpStream::connect(("127.0.0.1", port)).unwrap();
        drop(cluster);
        assert!(!directory.exists());
        assert!(std::net::TcpStream::connect(("127.0.0.1", port)).is_err());
    }
}
