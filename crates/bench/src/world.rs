//! The demonstration on one database: a folder or a cluster of its own, and the released program as a child process.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cli::start::{Shared, open_database};
use storage::Db;
use throwaway::{Flush, Folder, Postgres, Process, Signal, free_ports, guarded, request};

use crate::Failure;
use crate::forms::content_with_a_long_form;
use crate::progress::Progress;
use crate::report::{Report, Row, Section};

/// How many pieces the measurements on one database have, for the progress bar.
pub(crate) const PIECES: u64 = 30;

/// How long a start may take that fills the database.
const PATIENCE: Duration = Duration::from_secs(600);

/// The databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Engine {
    /// The embedded one.
    Sqlite,
    /// A server, with fsync as in production.
    Postgresql,
}

impl Engine {
    /// Its name in the report.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sqlite => "SQLite",
            Self::Postgresql => "PostgreSQL",
        }
    }
}

/// One database, and the program on it while it runs.
pub(crate) struct World {
    /// Which database.
    pub(crate) engine: Engine,
    /// The packaged content, as the program reads it.
    pub(crate) shared: Shared,
    base: u16,
    /// What the program reads in place of what it was built with.
    content: PathBuf,
    // Dropped in this order: the program, its database, its files.
    process: Option<Process>,
    cluster: Option<Postgres>,
    folder: Folder,
}

impl World {
    /// An empty folder, and for PostgreSQL an empty cluster.
    pub(crate) fn prepare(engine: Engine, shared: &Shared) -> Result<Self, Failure> {
        let cluster = match engine {
            Engine::Sqlite => None,
            Engine::Postgresql => Some(Postgres::start(Flush::EveryCommit)?),
        };
        let folder = Folder::create("motcua-bench-")?;
        let content = content_with_a_long_form(folder.path())?;
        Ok(Self { engine, shared: shared.clone(), base: free_ports(3)?, content, process: None, cluster, folder })
    }

    /// Starts it empty, fills it, and starts it again as after any restart; it runs afterwards.
    pub(crate) async fn start_three_times(
        &mut self,
        dossiers: u32,
        progress: &Progress,
        report: &mut Report,
    ) -> Result<(), Failure> {
        let name = self.engine.name();
        progress.piece(format!("{name}: starting on an empty folder"));
        let empty = self.start(0)?;
        self.stop();
        progress.piece(format!("{name}: generating {dossiers} dossiers"));
        let filled = self.start(dossiers)?;
        self.stop();
        progress.piece(format!("{name}: starting again"));
        let again = self.start(0)?;
        let times = [
            ("on an empty folder".to_owned(), empty),
            (format!("again, with {dossiers} dossiers"), again),
            (format!("again, generating {dossiers} dossiers"), filled),
        ];
        for (what, seconds) in times {
            report.add(Row { section: Section::Start, engine: name, what, cells: vec![("s", seconds)], bar: None });
        }
        Ok(())
    }

    /// Starts the program; the seconds until both portals are ready.
    fn start(&mut self, dossiers: u32) -> Result<f64, Failure> {
        let program = std::env::current_exe()?.with_file_name("motcua");
        let mut command = guarded(&program.to_string_lossy(), Signal::Kill, None);
        command.arg("demo").arg("--data-dir").arg(self.folder.path().join("data"));
        command.args(["--port-base", &self.base.to_string(), "--dossiers", &dossiers.to_string()]);
        command.arg("--content").arg(&self.content);
        if let Some(cluster) = &self.cluster {
            command.args(["--database", &cluster.url()]);
        }
        let (begin, ports) = (Instant::now(), [self.base, self.base + 1]);
        tokio::task::block_in_place(|| {
            let mut process = Process::start("motcua", command)?;
            process.wait_until(PATIENCE, |_| ports.into_iter().all(is_ready).then_some(()))?;
            self.process = Some(process);
            Ok(begin.elapsed().as_secs_f64())
        })
    }

    /// Asks the program to end, and waits.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            tokio::task::block_in_place(|| process.stop(Signal::Terminate, Duration::from_secs(30)));
        }
    }

    /// Where the provincial portal listens.
    pub(crate) fn port(&self) -> u16 {
        self.base + 1
    }

    /// The process that runs.
    pub(crate) fn process(&self) -> Result<u32, Failure> {
        Ok(self.process.as_ref().ok_or("the program does not run")?.id())
    }

    /// A folder on the disk that is measured.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// The file of the provincial portal's embedded database.
    pub(crate) fn sqlite_file(&self) -> std::path::PathBuf {
        self.folder.path().join("data/province.db")
    }

    /// The address of the cluster, if there is one.
    pub(crate) fn cluster_url(&self) -> Option<String> {
        self.cluster.as_ref().map(Postgres::url)
    }

    /// The schema of the provincial portal.
    pub(crate) const SCHEMA: &str = "motcua_province";

    /// The provincial portal's database, opened beside the program or after it.
    pub(crate) async fn database(&self) -> Result<Db, Failure> {
        let address = match self.cluster_url() {
            Some(url) => url,
            None => format!("sqlite:{}", self.sqlite_file().display()),
        };
        open_database(&address, Self::SCHEMA).await
    }
}

fn is_ready(port: u16) -> bool {
    let address = SocketAddr::from(([127, 0, 0, 1], port));
    request(address, "GET", "/readyz", Duration::from_secs(5)).is_ok_and(|answer| answer.status == 200)
}
