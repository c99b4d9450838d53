//! The glossary names types that exist.

use super::Fault;
use super::tree::Tree;
use std::collections::BTreeSet;

const GLOSSARY: &str = "docs/glossary.md";

/// Every type that the glossary names and no crate has.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let types: BTreeSet<&str> = tree.ending(".rs").flat_map(|(_, text)| text.lines().filter_map(declared)).collect();
    let mut faults = Vec::new();
    for (_, text) in tree.files().filter(|(path, _)| *path == GLOSSARY) {
        for (number, line) in (1..).zip(text.lines()) {
            let missing = named(line).filter(|name| !types.contains(name));
            faults.extend(missing.map(|name| format!("{GLOSSARY}:{number}: there is no type {name}")));
        }
    }
    faults
}

fn declared(line: &str) -> Option<&str> {
    let declaration = line.strip_prefix("pub ")?;
    let rest = ["struct ", "enum ", "trait ", "type "].iter().find_map(|kind| declaration.strip_prefix(kind))?;
    rest.split(|c: char| !c.is_alphanumeric()).next()
}

// A type stands between backticks and looks like one.
fn named(line: &str) -> impl Iterator<Item = &str> {
    let quoted = line.split('`').skip(1).step_by(2);
    quoted.filter(|word| {
        word.starts_with(|c: char| c.is_ascii_uppercase())
            && word.contains(|c: char| c.is_ascii_lowercase())
            && word.chars().all(char::is_alphanumeric)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(glossary: &str) -> Vec<Fault> {
        let source = "//! A.\npub struct Dossier {\npub enum LoginName {\npub struct Row<T>(T);\n";
        check(&Tree::of(&[(GLOSSARY, glossary), ("crates/domain/src/a.rs", source)]))
    }

    #[test]
    fn types_that_exist_are_fine() {
        assert_eq!(faults("| `Dossier`, `LoginName` | `Row` | `/ho-so` | `H21.58` |"), [""; 0]);
    }

    #[test]
    fn a_type_that_was_renamed_is_found() {
        assert_eq!(faults("\n| `Case` | x |"), ["docs/glossary.md:2: there is no type Case"]);
    }
}
