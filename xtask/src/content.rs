//! `cargo xtask content DATA_DIR`: checks a folder of source data and packs it into the files under `content/`.

mod agencies;
mod areas;
mod calendar;
mod catalogue;
mod detail;
mod national;
mod output;
mod progress;
mod source;

use std::collections::HashSet;
use std::error::Error;
use std::path::Path;

use output::{Output, Packed};
use source::{ContentError, Source};

/// What was packed, for the line that is printed at the end.
#[derive(Debug, PartialEq, Eq)]
struct Summary {
    version: String,
    procedures: usize,
    details: usize,
    left_out: usize,
    agencies: usize,
    bytes: u64,
}

/// Packs `data_dir` into the repository's `content/` folder and prints a summary.
///
/// # Errors
/// The first thing that is wrong with the data, as one line that names file, line and reason.
pub(crate) fn run(data_dir: &Path) -> Result<(), String> {
    let content_dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../content");
    match pack(data_dir, &content_dir) {
        Ok(summary) => {
            println!(
                "content {}: {} procedures ({} with detail, {} left out), {} agencies, {} bytes",
                summary.version, summary.procedures, summary.details, summary.left_out, summary.agencies, summary.bytes
            );
            Ok(())
        }
        Err(error) => Err(with_causes(&error)),
    }
}

fn pack(data_dir: &Path, content_dir: &Path) -> Result<Summary, ContentError> {
    let source = Source::open(data_dir)?;
    let mut packed: Vec<Packed> = Vec::new();

    let names = national::pack_names(&source, &mut packed)?;
    let catalogue = catalogue::read(&source, &names)?;
    let details = detail::read(&source, &catalogue, &names)?;
    packed.push(Packed::compressed("national/catalogue.csv", catalogue::write(&catalogue, &details)));
    packed.push(Packed::compressed("national/procedures.jsonl", detail::write(&catalogue, &details)));
    packed.push(national::pack_levels_2022(&source, &catalogue)?);

    let areas = areas::pack(&source, &mut packed)?;
    let agencies = agencies::pack(&source, &areas, &mut packed)?;
    packed.push(calendar::pack(&source)?);

    refuse_doubled_paths(&packed);
    let output = Output::write(content_dir, &catalogue.newest_update, &packed)?;
    Ok(Summary {
        version: output.version,
        procedures: catalogue.rows.len(),
        details: details.len(),
        left_out: catalogue.left_out,
        agencies,
        bytes: output.bytes,
    })
}

fn refuse_doubled_paths(packed: &[Packed]) {
    let paths: HashSet<&str> = packed.iter().map(|file| file.path).collect();
    debug_assert_eq!(paths.len(), packed.len(), "each packed file has a path of its own");
}

fn with_causes(error: &ContentError) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        text.push_str(": ");
        text.push_str(&next.to_string());
        cause = next.source();
    }
    text
}

#[cfg(test)]
mod tests;
