//! What a release does in numbers: ratios against bare baselines of the same run, times, memory; `cargo xtask bench` starts it.

#![allow(clippy::disallowed_methods, reason = "measuring needs the real clock")]

mod bare;
mod client;
mod filings;
mod forms;
mod latency;
mod machine;
mod memory;
mod pages;
mod people;
mod progress;
mod report;
mod sign_ins;
mod world;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::Parser;
use cli::start::Shared;

use crate::progress::Progress;
use crate::report::Report;
use crate::world::{Engine, World};

/// Any error, with its chain.
type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Measures the release build that stands beside this program.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Arguments {
    /// 10,000 dossiers and short rounds, for a first look.
    #[arg(long)]
    quick: bool,
    /// Only this database.
    #[arg(long, value_enum)]
    engine: Option<Engine>,
    /// So many generated dossiers.
    #[arg(long)]
    dossiers: Option<u32>,
    /// Also writes the figures to this file.
    #[arg(long)]
    json: Option<PathBuf>,
    /// Answers from this file as a bare handler does; the program starts itself with it.
    #[arg(long, hide = true)]
    bare: Option<PathBuf>,
}

/// How much is measured.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Generated dossiers.
    pub(crate) dossiers: u32,
    /// Alternating rounds of each ratio.
    pub(crate) rounds: usize,
    /// How long one round of requests lasts.
    pub(crate) round: Duration,
    /// Requests of each page whose time is taken.
    pub(crate) timed: usize,
    /// Filings of one round at 1, 16 and 64 callers; a round ends earlier when it takes too long.
    pub(crate) filings: [usize; 3],
    /// How long documents are made.
    pub(crate) documents: Duration,
}

const FULL: Size = Size {
    dossiers: 100_000,
    rounds: 3,
    round: Duration::from_millis(1_500),
    timed: 400,
    filings: [500, 1_500, 3_000],
    documents: Duration::from_secs(5),
};
const QUICK: Size = Size {
    dossiers: 10_000,
    rounds: 3,
    round: Duration::from_millis(400),
    timed: 150,
    filings: [100, 300, 600],
    documents: Duration::from_secs(2),
};

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let result = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(Failure::from)
        .and_then(|runtime| runtime.block_on(run(arguments)));
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {}", web::errors::chain(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Failure> {
    if let Some(answers) = &arguments.bare {
        return bare::serve(answers).await;
    }
    let size = if arguments.quick { QUICK } else { FULL };
    let size = Size { dossiers: arguments.dossiers.unwrap_or(size.dossiers), ..size };
    let engines = match arguments.engine {
        Some(engine) => vec![engine],
        None => vec![Engine::Sqlite, Engine::Postgresql],
    };
    let begin = Instant::now();
    let shared = Shared::load(None)?;
    let progress = Progress::new(engines.len() as u64 * world::PIECES);
    let mut report = Report::new(machine::describe(size.dossiers)?);
    for engine in engines {
        measure(World::prepare(engine, &shared)?, size, &progress, &mut report).await?;
    }
    progress.finish();
    report.note(format!("took {:.0} s; load average at the end: {}", begin.elapsed().as_secs_f64(), machine::load()?));
    println!("{report}");
    if let Some(path) = &arguments.json {
        std::fs::write(path, report.json()?)?;
    }
    Ok(())
}

/// Everything on one database.
async fn measure(mut world: World, size: Size, progress: &Progress, report: &mut Report) -> Result<(), Failure> {
    world.start_three_times(size.dossiers, progress, report).await?;
    progress.piece("Signing 1,000 people in");
    let people = people::sign_in(&world).await?;
    pages::measure(&world, size, progress, report).await?;
    latency::measure(&world, &people, size, progress, report).await?;
    forms::measure(&world, &people, size, progress, report).await?;
    memory::measure(&world, &people, size, progress, report).await?;
    sign_ins::measure(&world, &people, size, progress, report).await?;
    world.stop();
    filings::measure(&world, size, progress, report).await
}
