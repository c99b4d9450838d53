//! `cargo xtask test`: everything from an empty machine to the verdict.

use crate::steps::{Steps, answers, cargo, run};
use crate::{packages, root, tidy};
use serde_json::Value;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;
use throwaway::run_logs::{self, LOG_FOLDER};
use throwaway::{Chromedriver, Flush, Postgres, StartError};

/// Takes all steps; stops early only where nothing after could work.
pub(crate) fn test(steps: &mut Steps, filters: &[String]) {
    let installed = steps.take("Packages", packages::install_missing);
    steps.take("Tidy", || tidy::run(root()));
    let program = steps.take("Build", build);
    let (Some(()), Some(program)) = (installed, program) else {
        return;
    };
    let Some(servers) = steps.take("Servers", || Servers::start(&program)) else {
        return;
    };
    steps.take("Tests", || run(servers.known_to(&mut runner(filters))));
    steps.take("Logs", || search_logs(servers.logs.path()));
    if has_nextest() && filters.is_empty() {
        steps.take("Examples in the documentation", || {
            run(servers.known_to(&mut cargo(&["test", "--workspace", "--doc", "--quiet"])))
        });
    }
}

/// What the tests find in their environment.
#[derive(Debug)]
struct Servers {
    postgres: Postgres,
    chromedriver: Chromedriver,
    // A copy: another build may replace the original while the tests start it again and again.
    program: PathBuf,
    // What every test has logged, and the personal values that it has used.
    logs: TempDir,
    _directory: TempDir,
}

impl Servers {
    fn start(built: &PathBuf) -> Result<Self, String> {
        let directory = TempDir::with_prefix("motcua-test-").map_err(|error| error.to_string())?;
        let program = directory.path().join("motcua");
        fs::copy(built, &program).map_err(|error| format!("{}: {error}", built.display()))?;
        let told = |error: StartError| error.to_string();
        let postgres = Postgres::start(Flush::Never).map_err(told)?;
        let chromedriver = Chromedriver::start().map_err(told)?;
        println!("PostgreSQL {}\nchromedriver {}", postgres.url(), chromedriver.url());
        let logs = TempDir::with_prefix("motcua-test-logs-").map_err(|error| error.to_string())?;
        Ok(Self { postgres, chromedriver, program, logs, _directory: directory })
    }

    fn known_to<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command
            .env("MOTCUA_TEST_POSTGRES", self.postgres.url())
            .env("MOTCUA_TEST_CHROMEDRIVER", self.chromedriver.url())
            .env("MOTCUA_TEST_BINARY", &self.program)
            .env(LOG_FOLDER, self.logs.path())
    }
}

/// No log of the whole run holds anything personal that its test has used.
fn search_logs(folder: &Path) -> Result<(), String> {
    let searched = run_logs::search(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    println!("{} logs, {} bytes, {} personal values", searched.logs, searched.bytes, searched.values);
    if searched.leaks.is_empty() {
        return Ok(());
    }
    let shown = searched.leaks.iter().take(50).map(ToString::to_string).collect::<Vec<_>>().join("\n");
    Err(format!("{shown}\n{} lines of logs hold personal data", searched.leaks.len()))
}

// One build for the program and all tests: with the same features, so that nothing is compiled twice.
fn build() -> Result<PathBuf, String> {
    let mut command = cargo(&["build", "--workspace", "--bins", "--tests"]);
    command.args(["--message-format", "json-render-diagnostics"]).env("CARGO_NET_RETRY", "5");
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(|error| format!("cargo: {error}"))?;
    let messages = child.stdout.take().map(BufReader::new);
    let lines = messages.into_iter().flat_map(BufRead::lines).map_while(Result::ok);
    let program = lines.filter_map(|line| program_in(&line)).last();
    match child.wait() {
        Ok(status) if status.success() => program.ok_or_else(|| "cargo built no motcua".to_owned()),
        Ok(status) => Err(format!("cargo build ended with {status}")),
        Err(error) => Err(format!("cargo: {error}")),
    }
}

fn program_in(message: &str) -> Option<PathBuf> {
    let message: Value = serde_json::from_str(message).ok()?;
    let is_program = message["target"]["name"] == "motcua" && message["profile"]["test"] == false;
    let path = message["executable"].as_str().filter(|_| is_program)?;
    Some(PathBuf::from(path))
}

fn runner(filters: &[String]) -> Command {
    if has_nextest() {
        let mut command = cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]);
        command.args(filters);
        return command;
    }
    let mut command = cargo(&["test", "--workspace", "--no-fail-fast", "--"]);
    command.args(filters);
    command
}

fn has_nextest() -> bool {
    answers("cargo", &["nextest", "--version"])
}

#[cfg(test)]
mod tests {
    use throwaway::run_logs::{Kind, Personal};

    use super::*;

    #[test]
    fn a_log_with_something_personal_fails_the_run_with_file_and_line() {
        let folder = TempDir::with_prefix("motcua-xtask-logs-").unwrap();
        let value = Personal::new(Kind::Number, "064190000123").unwrap();
        fs::write(run_logs::values_file(folder.path(), "7"), value.line()).unwrap();
        let log = run_logs::log_file(folder.path(), "7", "portal");
        fs::write(&log, "INFO Started\n").unwrap();
        assert_eq!(search_logs(folder.path()), Ok(()));
        fs::write(&log, "INFO Started\nINFO number=064190000123\n").unwrap();
        let told = search_logs(folder.path()).unwrap_err();
        assert!(told.contains("7-portal.log:2: a number in the log"), "{told}");
    }

    #[test]
    fn only_the_program_itself_is_taken_from_what_cargo_says() {
        let said = |test: bool, name: &str| {
            format!(r#"{{"target":{{"name":"{name}"}},"profile":{{"test":{test}}},"executable":"/x/{name}"}}"#)
        };
        assert_eq!(program_in(&said(false, "motcua")), Some(PathBuf::from("/x/motcua")));
        assert_eq!(program_in(&said(true, "motcua")), None);
        assert_eq!(program_in(&said(false, "xtask")), None);
        assert_eq!(program_in("warning: x"), None);
    }
}
