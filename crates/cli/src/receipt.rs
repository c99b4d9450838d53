//! `motcua receipt verify`: checks a receipt without a portal, a database or a network.

use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use domain::receipt::SignedReceipt;
use oidc::jose::JwkSet;
use usecases::receipts::{ComingFile, FileFinding, GivenFile, ReceiptCheck, SignatureFinding, Verdict, check_receipt};

use crate::start::Failure;

/// The name under which portals publish their keys; looked for beside the receipt.
const KEYS_FILE: &str = "motcua-receipt-keys.json";
/// The most bytes of a document with keys.
const MOST_KEYS_BYTES: u64 = 1 << 20;

#[derive(Debug, Subcommand)]
pub(crate) enum ReceiptCommand {
    /// Checks a receipt, and files against it. Ends with 0 when all is right, 1 when something is not, 2 when it cannot be told.
    Verify(VerifyOptions),
}

#[derive(Debug, Args)]
pub(crate) struct VerifyOptions {
    /// The receipt (JSON).
    receipt: PathBuf,
    /// The portal's public keys, from its address /.well-known/motcua-receipt-keys.json; without it, motcua-receipt-keys.json
    /// beside the receipt.
    #[arg(long)]
    keys: Option<PathBuf>,
    /// A file to compare with those of the receipt; may be given several times.
    #[arg(long)]
    file: Vec<PathBuf>,
}

pub(crate) fn run(command: &ReceiptCommand) -> ExitCode {
    let ReceiptCommand::Verify(options) = command;
    match verify(options) {
        Ok(Verdict::Right) => ExitCode::SUCCESS,
        Ok(Verdict::Wrong) => ExitCode::FAILURE,
        Ok(Verdict::Unknown) => ExitCode::from(2),
        Err(error) => {
            eprintln!("motcua: {}", web::errors::chain(error.as_ref()));
            ExitCode::from(2)
        }
    }
}

fn verify(options: &VerifyOptions) -> Result<Verdict, Failure> {
    let receipt = read(&options.receipt, SignedReceipt::MAX_BYTES as u64 + 1)?;
    let beside = options.receipt.with_file_name(KEYS_FILE);
    let keys = match &options.keys {
        Some(path) => Some(read_keys(path)?),
        None if beside.exists() => Some(read_keys(&beside)?),
        None => None,
    };
    let files = options.file.iter().map(|path| hash(path)).collect::<Result<_, _>>()?;
    match check_receipt(&receipt, keys.as_ref(), files) {
        Ok(check) => Ok(tell(&check)),
        Err(error) => {
            println!("{} is not a receipt: {error}.", options.receipt.display());
            Ok(Verdict::Wrong)
        }
    }
}

fn read(path: &Path, most: u64) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    file.take(most).read_to_end(&mut bytes).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    Ok(bytes)
}

fn read_keys(path: &Path) -> Result<JwkSet, Failure> {
    let keys = JwkSet::read(&read(path, MOST_KEYS_BYTES)?);
    Ok(keys.map_err(|error| format!("{} holds no set of keys: {error}", path.display()))?)
}

fn hash(path: &Path) -> Result<GivenFile, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let mut coming = ComingFile::new(name);
    let mut file = File::open(path).map_err(|error| format!("cannot read {}: {error}", path.display()))?;
    let mut piece = vec![0; 64 << 10];
    loop {
        match file.read(&mut piece).map_err(|error| format!("cannot read {}: {error}", path.display()))? {
            0 => return Ok(coming.finish()),
            count => coming.take(&piece[..count]),
        }
    }
}

fn tell(check: &ReceiptCheck) -> Verdict {
    let manifest = &check.receipt.manifest;
    println!("Dossier {} of {} ({})", plain(&manifest.code), plain(&manifest.portal.name), plain(&manifest.portal.url));
    println!("Filed {}, to be answered by {}", plain(&manifest.filed_at), plain(&manifest.answer_due_at));
    println!("Digest {}", check.digest);
    line(Some(check.is_exact), "the form: written as portals write it");
    let (is_right, words) = match check.signature {
        SignatureFinding::Right => (Some(true), "the signature is the portal's"),
        SignatureFinding::Wrong => {
            (Some(false), "the signature does not fit: something was changed after it was signed")
        }
        SignatureFinding::UnknownKey => (Some(false), "the signature is made by none of these keys"),
        SignatureFinding::OtherTime => (Some(false), "the key did not sign at the time that the receipt names"),
        SignatureFinding::NoKeys => {
            (None, "the signature: no keys to check it with; take them from the portal's address")
        }
    };
    line(is_right, words);
    if check.signature == SignatureFinding::NoKeys {
        println!("           {}/.well-known/{KEYS_FILE}", plain(&manifest.portal.url));
    }
    for (field, is_right) in &check.opened {
        line(Some(*is_right), &format!("{}: {}", field.path, field.value));
    }
    if check.hidden > 0 {
        line(None, &format!("{} fields whose values are not shown", check.hidden));
    }
    for (place, (file, finding)) in manifest.files.iter().zip(&check.files).enumerate() {
        let about = format!("file {}, {} bytes, for {}", place + 1, file.size, file.component);
        match finding {
            FileFinding::Same(name) => line(Some(true), &format!("{about}: {name}")),
            FileFinding::NotGiven => line(None, &format!("{about}: not compared")),
        }
    }
    for file in &check.strange_files {
        line(Some(false), &format!("{}: no file of this receipt has these bytes", file.name));
    }
    let verdict = check.verdict();
    println!(
        "{}",
        match verdict {
            Verdict::Right => "Right: what is shown is what the portal received.",
            Verdict::Wrong => "WRONG: this is not what the portal received.",
            Verdict::Unknown => "All fits together, but without the portal's keys nobody knows who signed it.",
        }
    );
    verdict
}

fn line(is_right: Option<bool>, words: &str) {
    let mark = match is_right {
        Some(true) => "right",
        Some(false) => "WRONG",
        None => "-",
    };
    println!("  {mark:<8} {}", plain(words));
}

/// A receipt may come from anybody: what would steer a terminal is left out.
fn plain(words: &str) -> String {
    words.chars().map(|character| if character.is_control() { '\u{fffd}' } else { character }).collect()
}
