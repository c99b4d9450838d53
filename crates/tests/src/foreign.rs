//! Programs that others have written, beside the test: told what to do line by line, and gone when the test is.

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::time::timeout;

/// How long one act may take: Python and a busy machine are slow.
const PATIENCE: Duration = Duration::from_secs(60);

/// A program of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Foreign {
    /// A client on Node.
    OpenidClient,
    /// A client on Python.
    Authlib,
    /// A provider on Node.
    OidcProvider,
    /// A client on Node that sends files in pieces.
    TusClient,
    /// A program on Python that files for people, written against the description of the API.
    ApiClient,
}

/// A running program. It ends when its input does, and is killed when it is dropped.
pub struct Program {
    what: Foreign,
    input: ChildStdin,
    output: Lines<BufReader<ChildStdout>>,
    _child: Child,
}

impl Foreign {
    /// Starts it with this environment and no other.
    pub fn start(self, environment: &[(&str, &str)]) -> Program {
        let mut command = self.command();
        command.env_clear().envs(environment.iter().copied()).env("PYTHONUTF8", "1");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).kill_on_drop(true);
        let mut child = command.spawn().unwrap_or_else(|error| {
            panic!("{self:?} cannot be started ({error}): `cargo xtask test` installs what is missing")
        });
        let input = child.stdin.take().expect("the input is a pipe");
        let output = child.stdout.take().expect("the output is a pipe");
        Program { what: self, input, output: BufReader::new(output).lines(), _child: child }
    }

    fn command(self) -> Command {
        let script = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign").join(name);
        let (program, script) = match self {
            Self::OpenidClient => (node(), script("openid-client.mjs")),
            Self::OidcProvider => (node(), script("oidc-provider.mjs")),
            Self::TusClient => (node(), script("tus-client.mjs")),
            // Another Python that comes first in the path would not have Debian's packages.
            Self::Authlib => (PathBuf::from("/usr/bin/python3"), script("authlib_client.py")),
            Self::ApiClient => (PathBuf::from("/usr/bin/python3"), script("api_client.py")),
        };
        let mut command = Command::new(program);
        if matches!(self, Self::Authlib | Self::ApiClient) {
            // Nothing of the user's own, and no folder for compiled files beside the script.
            command.args(["-I", "-B"]);
        }
        command.arg(script);
        command
    }
}

fn node() -> PathBuf {
    std::env::var_os("MOTCUA_TEST_NODE").map_or_else(|| "/usr/bin/node".into(), PathBuf::from)
}

/// Whether a stranger's script takes this receipt with these keys and files, all of them in the folder.
pub fn check_receipt(folder: &Path, receipt: &str, keys: &str, files: &[&str]) -> bool {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("foreign/check_receipt.py");
    let mut command = std::process::Command::new("/usr/bin/python3");
    command.args(["-I", "-B"]).arg(script).args([receipt, keys]).args(files).current_dir(folder);
    let output = command.env_clear().env("PYTHONUTF8", "1").output().expect("Python can be started");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("ModuleNotFoundError"), "{said}: `cargo xtask test` installs what is missing");
    output.status.success()
}

impl Program {
    /// Has it do something; what it gives, or why it refuses.
    ///
    /// # Errors
    /// What the library says when it does not want to.
    pub async fn ask(&mut self, act: &str, given: Value) -> Result<Value, String> {
        let mut line = given;
        line["act"] = act.into();
        let what = self.what;
        let answer = timeout(PATIENCE, self.exchange(&format!("{line}\n"))).await;
        let mut answer = answer.unwrap_or_else(|_| panic!("{what:?} does not answer to {act}"));
        match answer.get_mut("refused") {
            Some(reason) => Err(reason.as_str().expect("a reason is a text").to_owned()),
            None => Ok(answer["given"].take()),
        }
    }

    /// The same without anything to say beside it; panics when it refuses.
    pub async fn must(&mut self, act: &str) -> Value {
        self.ask(act, json!({})).await.unwrap_or_else(|reason| panic!("{:?} refuses to {act}: {reason}", self.what))
    }

    async fn exchange(&mut self, line: &str) -> Value {
        let what = self.what;
        let gone = |error: std::io::Error| panic!("{what:?} is gone: {error}");
        self.input.write_all(line.as_bytes()).await.unwrap_or_else(gone);
        let answer = self.output.next_line().await.unwrap_or_else(|error| panic!("{what:?} is gone: {error}"));
        let answer = answer.unwrap_or_else(|| panic!("{what:?} has ended"));
        serde_json::from_str(&answer).unwrap_or_else(|error| panic!("{what:?} answers {answer}: {error}"))
    }
}
