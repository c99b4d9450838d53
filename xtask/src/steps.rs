//! Steps with a heading each, whose failures are remembered until the end.

use std::process::{Command, ExitCode};
use std::time::Instant;

/// The steps taken so far.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    failed: Vec<&'static str>,
}

impl Steps {
    /// Takes a step under a heading; `None` when it failed, and the run will end in failure.
    pub(crate) fn take<T>(&mut self, name: &'static str, act: impl FnOnce() -> Result<T, String>) -> Option<T> {
        println!("\n== {name}");
        let started = Instant::now();
        match act() {
            Ok(result) => {
                println!("== {name}: done in {:.1} s", started.elapsed().as_secs_f64());
                Some(result)
            }
            Err(reason) => {
                println!("{reason}\n== {name}: FAILED");
                self.failed.push(name);
                None
            }
        }
    }

    /// Prints the verdict.
    pub(crate) fn finish(self) -> ExitCode {
        if self.failed.is_empty() {
            println!("\nEverything passed.");
            return ExitCode::SUCCESS;
        }
        println!("\nFAILED: {}", self.failed.join(", "));
        ExitCode::FAILURE
    }
}

/// Runs a command that writes to the terminal itself.
pub(crate) fn run(command: &mut Command) -> Result<(), String> {
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{} ended with {status}", shown(command))),
        Err(error) => Err(format!("{} cannot be run: {error}", shown(command))),
    }
}

/// Whether a program of this name can be run and knows `argument`.
pub(crate) fn answers(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

/// Cargo, in the repository's folder.
pub(crate) fn cargo(arguments: &[&str]) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(program);
    command.current_dir(crate::root()).args(arguments);
    command
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy().into_owned()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_failed_step_fails_the_run_and_the_others_are_still_taken() {
        let mut steps = Steps::default();
        assert!(steps.take("first", || Err::<(), _>("no".to_owned())).is_none());
        assert_eq!(steps.take("second", || Ok(7)), Some(7));
        assert_eq!(steps.failed, ["first"]);
    }

    #[test]
    fn a_command_that_fails_is_named_with_its_status() {
        assert!(run(&mut Command::new("true")).is_ok());
        let error = run(Command::new("sh").args(["-c", "exit 3"])).unwrap_err();
        assert_eq!(error, "sh -c exit 3 ended with exit status: 3");
    }
}
