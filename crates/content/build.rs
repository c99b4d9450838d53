//! Lists the files of `content/procedures/`, so that they are embedded without naming each.

// A build script has no configuration of ours to read: the place for its output comes from cargo's environment.
#![allow(clippy::disallowed_methods)]

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../content/procedures");

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={ROOT}");
    println!("cargo::rerun-if-changed=build.rs");
    let mut files = Vec::new();
    collect(Path::new(ROOT), &mut files)?;
    files.sort();
    let mut list = String::from("pub(crate) const PROCEDURES: &[(&str, &[u8])] = &[\n");
    for path in files {
        let name = path.strip_prefix(ROOT)?.to_str().ok_or("a name that is not UTF-8")?;
        writeln!(list, "    ({:?}, include_bytes!({path:?})),", format!("procedures/{name}"))?;
    }
    list.push_str("];\n");
    fs::write(PathBuf::from(env::var("OUT_DIR")?).join("procedures.rs"), list)?;
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), Box<dyn Error>> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
