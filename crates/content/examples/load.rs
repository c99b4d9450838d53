//! How long the content takes to load, and what it holds: `cargo run -p content --example load [--release]`.
#![allow(clippy::disallowed_methods, reason = "a measurement needs a clock")]

use std::collections::BTreeMap;
use std::time::Instant;

use content::{Content, ContentError};

fn main() -> Result<(), ContentError> {
    let started_at = Instant::now();
    let content = Content::load()?;
    println!("loaded in {} ms", started_at.elapsed().as_millis());
    println!("version {}", content.versions.content);
    println!("details {} bytes", content.procedures.details_len());

    let started_at = Instant::now();
    let parsed = content.procedures.all().iter().filter_map(|procedure| content.procedures.detail(&procedure.code));
    let count = parsed.count();
    println!("{count} details parsed in {} ms", started_at.elapsed().as_millis());

    let mut verdicts: BTreeMap<String, usize> = BTreeMap::new();
    for (index, _) in (0_u32..).zip(content.procedures.all()) {
        *verdicts.entry(format!("{:?}", content.assignment.fileability(index))).or_default() += 1;
    }
    for (verdict, count) in verdicts {
        println!("{count:5} {verdict}");
    }
    for agency in content.agencies.all() {
        let procedures = content.assignment.procedures_of(&agency.code);
        if procedures.is_empty() {
            continue;
        }
        let online = procedures.iter().filter(|index| content.assignment.offers(&agency.code, **index)).count();
        println!("{:14} {:4} online of {:4}  {}", agency.code, online, procedures.len(), agency.name);
    }
    Ok(())
}
