//! Every language has the same files; that they have the same keys is a test of the crate that reads them.

use super::Fault;
use super::tree::Tree;
use std::collections::{BTreeMap, BTreeSet};

/// Every file of texts that one language has and another lacks.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut languages: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, _) in tree.ending(".ftl") {
        let in_language = path.strip_prefix("translations/").and_then(|path| path.split_once('/'));
        let Some((language, file)) = in_language else {
            continue;
        };
        languages.entry(language).or_default().insert(file);
    }
    let all: BTreeSet<&str> = languages.values().flatten().copied().collect();
    let lacking = |(language, files): (&&str, &BTreeSet<&str>)| {
        all.difference(files).map(|file| format!("translations/{language}/{file} is missing")).collect::<Vec<_>>()
    };
    languages.iter().flat_map(lacking).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_one_language_lacks_is_found() {
        let tree =
            Tree::of(&[("translations/vi/a.ftl", ""), ("translations/vi/b.ftl", ""), ("translations/en/a.ftl", "")]);
        assert_eq!(check(&tree), ["translations/en/b.ftl is missing"]);
    }

    #[test]
    fn the_same_files_are_in_order() {
        let tree = Tree::of(&[("translations/vi/a.ftl", ""), ("translations/en/a.ftl", ""), ("crates/x/b.ftl", "")]);
        assert_eq!(check(&tree), [""; 0]);
    }
}
