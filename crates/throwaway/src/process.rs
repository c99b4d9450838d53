//! A child process that dies with us, whose output is kept, and that can be waited for, stopped and killed.

use crate::StartError;
use std::io::{BufRead, BufReader, Read};
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

/// The signal that ends a child: on request, or sent by the kernel when we die, however that happens.
#[derive(Debug, Clone, Copy)]
pub enum Signal {
    /// For PostgreSQL: a fast, clean shutdown.
    Interrupt,
    /// For programs that tidy up after themselves.
    Terminate,
    /// For everything else.
    Kill,
}

impl Signal {
    fn name(self) -> &'static str {
        match self {
            Self::Interrupt => "INT",
            Self::Terminate => "TERM",
            Self::Kill => "KILL",
        }
    }
}

/// A command for `program` that gets `signal` when the process that starts it dies; `user` is the account to run as.
pub fn guarded(program: &str, signal: Signal, user: Option<&str>) -> Command {
    let mut command = Command::new("setpriv");
    command.arg("--pdeathsig").arg(signal.name());
    if let Some(user) = user {
        command.args(["--reuid", user, "--regid", user, "--init-groups"]);
    }
    command.arg("--").arg(program);
    command
}

/// A running child. Dropping it kills it and everything in its process group.
#[derive(Debug)]
pub struct Process {
    name: String,
    child: Child,
    output: Arc<Mutex<String>>,
    // The kernel ties the death signal to the thread that started the child, so that thread waits until this is dropped.
    _keeper: Sender<()>,
}

impl Process {
    /// Starts `command` in a process group of its own and collects what it writes.
    ///
    /// # Errors
    /// [`StartError::System`] when the program cannot be started.
    pub fn start(name: &str, mut command: Command) -> Result<Self, StartError> {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).process_group(0);
        let (keeper, hold) = channel::<()>();
        let (started, child) = channel();
        thread::spawn(move || {
            let _ = started.send(command.spawn());
            let _ = hold.recv();
        });
        let mut child = child
            .recv()
            .expect("the keeper thread answers before it waits")
            .map_err(StartError::system(format!("start {name}")))?;
        let output = Arc::new(Mutex::new(String::new()));
        collect(child.stdout.take(), &output);
        collect(child.stderr.take(), &output);
        Ok(Self { name: name.to_owned(), child, output, _keeper: keeper })
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Everything written so far, both streams in the order of arrival.
    pub fn output(&self) -> String {
        lock(&self.output).clone()
    }

    /// Asks `ready` every few milliseconds (it sees the output so far) until it answers `Some`.
    ///
    /// # Errors
    /// [`StartError::NotReady`] when the process ends first or `patience` runs out.
    pub fn wait_until<T>(
        &mut self,
        patience: Duration,
        mut ready: impl FnMut(&str) -> Option<T>,
    ) -> Result<T, StartError> {
        let started = Instant::now();
        loop {
            if let Some(answer) = ready(&self.output()) {
                return Ok(answer);
            }
            if let Some(status) = self.exited() {
                return Err(self.not_ready(format!("ended with {status}")));
            }
            if started.elapsed() > patience {
                return Err(self.not_ready(format!("was not ready after {} s", patience.as_secs())));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }

    /// The exit status, when it has ended.
    pub fn exited(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// Sends `signal` and waits for the end; what has not ended after `patience` is killed.
    pub fn stop(&mut self, signal: Signal, patience: Duration) -> Option<ExitStatus> {
        self.send(signal, &self.id().to_string());
        let started = Instant::now();
        while started.elapsed() < patience {
            if let Some(status) = self.exited() {
                return Some(status);
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.kill();
        self.exited()
    }

    /// Ends it at once, as a power cut would: nothing is flushed, nobody is told.
    pub fn kill(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }

    // The standard library sends no signal but KILL, and none to a group; the shell does both.
    fn send(&self, signal: Signal, target: &str) {
        let _ = Command::new("sh")
            .args(["-c", "kill -s \"$0\" -- \"$1\" 2>/dev/null"])
            .args([signal.name(), target])
            .status();
    }

    fn not_ready(&self, what: String) -> StartError {
        StartError::NotReady { name: self.name.clone(), what, output: self.output() }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.send(Signal::Kill, &format!("-{}", self.id()));
        self.kill();
    }
}

fn collect(stream: Option<impl Read + Send + 'static>, output: &Arc<Mutex<String>>) {
    let Some(stream) = stream else { return };
    let output = Arc::clone(output);
    thread::spawn(move || {
        let mut reader = BufReader::new(stream);
        let mut line = Vec::new();
        while matches!(reader.read_until(b'\n', &mut line), Ok(read) if read > 0) {
            lock(&output).push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
}

fn lock(output: &Mutex<String>) -> MutexGuard<'_, String> {
    output.lock().expect("nothing panics while it holds the output")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str) -> Process {
        let mut command = guarded("sh", Signal::Kill, None);
        command.args(["-c", script]);
        Process::start("sh", command).unwrap()
    }

    #[test]
    fn output_of_both_streams_is_kept() {
        let mut process = shell("echo one; echo two >&2; sleep 60");
        let patience = Duration::from_secs(10);
        process.wait_until(patience, |out| (out.contains("one") && out.contains("two")).then_some(())).unwrap();
    }

    #[test]
    fn a_process_that_ends_too_early_is_an_error_with_its_output() {
        let mut process = shell("echo 'no such file'; exit 3");
        let error = process.wait_until(Duration::from_secs(10), |_| None::<()>).unwrap_err();
        assert!(error.to_string().contains("exit status: 3"), "{error}");
    }

    #[test]
    fn dropping_it_kills_its_children_too() {
        let mut process = shell("sleep 60 & echo $!; wait");
        let child: u32 = process.wait_until(Duration::from_secs(10), |out| out.trim().parse().ok()).unwrap();
        drop(process);
        let gone = || {
            let status = std::fs::read_to_string(format!("/proc/{child}/status")).unwrap_or_default();
            status.is_empty() || status.contains("State:\tZ")
        };
        let started = Instant::now();
        while !gone() {
            assert!(started.elapsed() < Duration::from_secs(10), "the grandchild is still alive");
            thread::sleep(Duration::from_millis(5));
        }
    }

    #[test]
    fn an_orderly_stop_lets_it_finish() {
        let mut process = shell("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        process.wait_until(Duration::from_secs(10), |out| out.contains("ready").then_some(())).unwrap();
        let status = process.stop(Signal::Terminate, Duration::from_secs(10));
        assert!(status.is_some_and(|status| status.success()), "{status:?}");
    }
}
