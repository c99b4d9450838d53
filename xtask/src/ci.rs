//! `cargo xtask ci`: what must be green before a change is merged.

use crate::steps::{Steps, answers, cargo, run};
use crate::test;

/// Takes all steps, whatever the ones before say.
pub(crate) fn ci(steps: &mut Steps) {
    steps.take("Lock file", || {
        run(cargo(&["tree", "--locked", "--quiet", "--depth", "0"]).stdout(std::process::Stdio::null()))
    });
    steps.take("Format", || run(&mut cargo(&["fmt", "--all", "--check"])));
    steps.take("Lints", || run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])));
    steps.take("Dependencies", check_dependencies);
    test::test(steps, &[]);
}

fn check_dependencies() -> Result<(), String> {
    if !answers("cargo", &["deny", "--version"]) {
        println!("cargo-deny is not installed: skipped");
        return Ok(());
    }
    // The advisory database is a download of its own; these three need none.
    run(&mut cargo(&["deny", "--offline", "check", "licenses", "bans", "sources"]))
}
