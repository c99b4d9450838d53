//! The second calculator: a script in Python that shares nothing with the program (`crates/tests/foreign/due_dates.py`).

use crate::case::{Answer, Case, Definitions};
use std::io::{BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

/// The script, without its words.
pub(crate) fn script() -> Command {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/foreign/due_dates.py");
    let mut command = Command::new("/usr/bin/python3");
    command.args(["-I", "-B"]).arg(script).env_clear().env("PYTHONUTF8", "1");
    command
}

/// What it answers to the cases of each set, in order.
pub(crate) fn answers(sets: &[(Definitions, Vec<Case>)]) -> Vec<Answer> {
    let mut child = script()
        .arg("answer")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("Python can be started");
    let mut input = BufWriter::new(child.stdin.take().unwrap());
    let output = std::thread::scope(|scope| {
        // Written beside reading: a pipe holds little.
        scope.spawn(move || {
            for (definitions, cases) in sets {
                writeln!(input, "{}", serde_json::to_string(definitions).unwrap()).unwrap();
                for case in cases {
                    writeln!(input, "{}", serde_json::to_string(case).unwrap()).unwrap();
                }
            }
        });
        child.wait_with_output().unwrap()
    });
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}
