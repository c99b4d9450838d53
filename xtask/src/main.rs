//! What automation does, by hand too: `cargo xtask test`, `ci`, `tidy`, `content` and `bench`.

#![allow(clippy::disallowed_methods, reason = "a tool for developers reads its own environment and clock")]

mod bench;
mod ci;
mod content;
mod packages;
mod steps;
mod test;
mod tidy;

use clap::{Parser, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use steps::Steps;

/// The chores of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Installs what is missing, starts throw-away servers and runs every test, or those whose names contain a filter.
    Test {
        /// Passed on to the test runner.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        filters: Vec<String>,
    },
    /// Everything that must be green before a change is merged: format, lints, tidy, dependencies, tests.
    Ci,
    /// Checks the rules of the repository that no compiler knows.
    Tidy,
    /// Checks a folder of source data and packs it into `content/`.
    Content {
        /// The folder.
        data_dir: PathBuf,
    },
    /// Measures the release build and prints ratios against bare baselines of the same run.
    Bench {
        /// Passed on to the measuring program.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<String>,
    },
}

fn main() -> ExitCode {
    let mut steps = Steps::default();
    match Arguments::parse().task {
        Task::Test { filters } => test::test(&mut steps, &filters),
        Task::Ci => ci::ci(&mut steps),
        Task::Tidy => {
            steps.take("Tidy", || tidy::run(root()));
        }
        Task::Content { data_dir } => {
            steps.take("Content", || content::run(&data_dir));
        }
        Task::Bench { arguments } => bench::bench(&mut steps, &arguments),
    }
    steps.finish()
}

/// The repository's folder.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies inside the repository")
}
