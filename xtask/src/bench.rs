//! `cargo xtask bench`: builds everything as it is released, then measures.

use crate::packages;
use crate::steps::{Steps, cargo, run};

/// Builds the program and the measuring program together, and starts the latter.
pub(crate) fn bench(steps: &mut Steps, arguments: &[String]) {
    if steps.take("Packages", packages::install_missing).is_none() {
        return;
    }
    // Together, so that what both need is built once, with the same features.
    let together = ["build", "--release", "--package", "motcua", "--package", "bench"];
    if steps.take("Build", || run(&mut cargo(&together))).is_none() {
        return;
    }
    steps.take("Measurements", || {
        let mut command = cargo(&["run", "--release", "--quiet", "--package", "bench", "--"]);
        run(command.args(arguments))
    });
}
