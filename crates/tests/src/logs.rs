//! What the portals of this test log, kept in a file beside the personal values that the test has used: neither may ever meet.

use std::collections::BTreeSet;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;
use throwaway::run_logs::{self, Kind, Personal};
use tracing_subscriber::EnvFilter;

/// What production writes, and of our own crates everything that they could be asked to write.
pub const FILTER: &str = "info,account=debug,api=debug,cli=debug,connectors=debug,documents=debug,domain=debug,\
    motcua=debug,office=debug,oidc=debug,portal=debug,search=debug,storage=debug,usecases=debug,web=debug";

/// The fields of forms that hold something personal.
const FIELDS: [(&str, Kind); 19] = [
    ("number", Kind::Number),
    ("phone", Kind::Phone),
    ("email", Kind::Email),
    ("full_name", Kind::Words),
    ("name", Kind::Words),
    ("address", Kind::Words),
    ("post_name", Kind::Words),
    ("post_address", Kind::Words),
    ("legal_ground", Kind::Words),
    ("password", Kind::Secret),
    ("password_again", Kind::Secret),
    ("present", Kind::Secret),
    ("secret", Kind::Secret),
    ("ma", Kind::Secret),
    ("csrf", Kind::Secret),
    ("captcha_token", Kind::Secret),
    ("client_secret", Kind::Secret),
    ("refresh_token", Kind::Secret),
    ("code_verifier", Kind::Secret),
];

struct Logs {
    folder: PathBuf,
    // A run of tests brings a folder; by hand there is one for this process.
    _own: Option<TempDir>,
    log: PathBuf,
    values: Mutex<(File, BTreeSet<Personal>)>,
}

/// Starts to write down what this process logs. Doing it twice is doing it once.
pub fn start() {
    logs();
}

/// Notes that the test has used something personal.
pub(crate) fn note(kind: Kind, text: &str) {
    let Some(value) = Personal::new(kind, text) else { return };
    let mut values = logs().values.lock().unwrap_or_else(PoisonError::into_inner);
    let (file, known) = &mut *values;
    if known.insert(value.clone()) {
        file.write_all(value.line().as_bytes()).expect("the list of personal values can be written");
    }
}

/// Notes what a field of a form holds, when it is a personal one.
pub(crate) fn note_field(name: &str, value: &str) {
    if let Some((_, kind)) = FIELDS.iter().find(|(known, _)| *known == name) {
        note(*kind, value);
    }
}

/// Notes to whom a message went, and the codes and links in it.
pub(crate) fn note_message(message: &simulators::Message) {
    let kind = if message.to.contains('@') { Kind::Email } else { Kind::Phone };
    note(kind, &message.to);
    // Other letters have numbers of six digits that are no secret.
    if ["Mã OTP", "Ma OTP"].iter().any(|words| message.text.contains(words)) {
        message.text.split(|c: char| !c.is_ascii_alphanumeric()).for_each(|code| note(Kind::Code, code));
    }
    for (_, token) in message.links.iter().filter_map(|link| link.split_once("?ma=")) {
        note(Kind::Secret, token);
    }
}

/// Keeps what another program of this test has logged.
pub(crate) fn keep(program: &str, output: &str) {
    let logs = logs();
    // What it says to people at its start is no log.
    let lines: String = output.lines().filter(|line| line.starts_with('{')).map(|line| format!("{line}\n")).collect();
    let file = run_logs::log_file(&logs.folder, &test_name(), program);
    std::fs::write(file, lines).expect("a log can be written");
}

/// What this process has logged so far.
pub fn so_far() -> String {
    std::fs::read_to_string(&logs().log).expect("the log can be read")
}

/// The personal values that this process has used so far.
pub fn personal() -> BTreeSet<Personal> {
    logs().values.lock().unwrap_or_else(PoisonError::into_inner).1.clone()
}

fn test_name() -> String {
    std::process::id().to_string()
}

fn logs() -> &'static Logs {
    static LOGS: OnceLock<Logs> = OnceLock::new();
    LOGS.get_or_init(|| {
        let given = std::env::var_os(run_logs::LOG_FOLDER).map(PathBuf::from);
        let own = given.is_none().then(|| TempDir::with_prefix("motcua-logs-").expect("a folder can be made"));
        let folder = given.or_else(|| own.as_ref().map(|own| own.path().to_owned())).expect("one of both is there");
        let (log, values) =
            (run_logs::log_file(&folder, &test_name(), "portal"), run_logs::values_file(&folder, &test_name()));
        let writer = Mutex::new(append(&log));
        let subscriber = tracing_subscriber::fmt().json().with_env_filter(EnvFilter::new(FILTER)).with_writer(writer);
        // A test that watches its log by itself has set another one.
        let _ = subscriber.try_init();
        let values = Mutex::new((append(&values), BTreeSet::new()));
        Logs { folder, _own: own, log, values }
    })
}

fn append(path: &Path) -> File {
    let opened = OpenOptions::new().create(true).append(true).open(path);
    opened.unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
