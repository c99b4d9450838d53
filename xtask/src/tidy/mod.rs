//! `cargo xtask tidy`: the rules of the repository that no compiler knows.

mod arrows;
mod glossary;
mod links;
mod places;
mod sources;
mod translations;
mod tree;

use std::path::Path;
use tree::Tree;

/// A place and what is wrong with it, in one line.
type Fault = String;

/// Checks the repository under `root`.
///
/// # Errors
/// All faults, a line each.
pub(crate) fn run(root: &Path) -> Result<(), String> {
    let tree = Tree::read(root).map_err(|error| format!("{}: {error}", root.display()))?;
    let rules = [arrows::check, sources::check, places::check, translations::check, links::check, glossary::check];
    let faults: Vec<Fault> = rules.iter().flat_map(|rule| rule(&tree)).collect();
    if faults.is_empty() {
        println!("{} files are tidy", tree.files().count());
        return Ok(());
    }
    Err(faults.join("\n"))
}
