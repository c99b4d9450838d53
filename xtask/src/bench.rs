//! `cargo xtask bench`: builds everything as it is released, then measures.

use crate::steps::{Steps, cargo, run};

/// Builds the program and the measuring program, and starts the latter.
pub(crate) fn bench(steps: &mut Steps, arguments: &[String]) {
    let built = steps.take("Build", || run(&mut cargo(&["build", "--release", "--package", "motcua"])));
    if built.is_none() {
        return;
    }
    steps.take("Measurements", || {
        let mut command = cargo(&["run", "--release", "--package", "tests", "--features", "bench", "--bin", "bench", "--"]);
        run(command.args(arguments))
    });
}
