//! Links between documents lead somewhere, and decisions are numbered without a gap.

use super::Fault;
use super::tree::Tree;

/// Every link in a document whose file or folder does not exist, and every missing number of a decision.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.ending(".md") {
        for (number, line) in (1..).zip(text.lines()) {
            for target in targets(line) {
                if !tree.has(&resolve(path, target)) {
                    faults.push(format!("{path}:{number}: nothing is at {target}"));
                }
            }
        }
    }
    faults.extend(gaps(tree));
    faults
}

fn targets(line: &str) -> impl Iterator<Item = &str> {
    let ends = line.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let files = ends.map(|target| target.split(['#', ' ']).next().unwrap_or(target));
    files.filter(|target| !target.is_empty() && !target.contains(':'))
}

fn resolve(document: &str, target: &str) -> String {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.trim_end_matches('/').split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    parts.join("/")
}

fn gaps(tree: &Tree) -> Vec<Fault> {
    let numbers =
        tree.ending(".md").filter_map(|(path, _)| path.strip_prefix("docs/adr/")?.get(..4)?.parse::<usize>().ok());
    let unordered = (1..).zip(numbers).find(|(expected, number)| expected != number);
    let told = |(expected, number)| format!("docs/adr/: {number:04} stands where {expected:04} is expected");
    unordered.map(told).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_followed_from_the_document_they_stand_in() {
        let text = "[a](../README.md) [b](adr/0001-a.md#why) [c](https://x.vn/y) [d](#here) [e](adr/)";
        let tree = Tree::of(&[("README.md", ""), ("docs/guide.md", text), ("docs/adr/0001-a.md", "")]);
        assert_eq!(check(&tree), [""; 0]);
    }

    #[test]
    fn a_link_to_nothing_is_found() {
        let tree = Tree::of(&[("docs/guide.md", "\n[a](missing.md)")]);
        assert_eq!(check(&tree), ["docs/guide.md:2: nothing is at missing.md"]);
    }

    #[test]
    fn decisions_are_numbered_without_a_gap() {
        let tree = Tree::of(&[("docs/adr/0001-a.md", ""), ("docs/adr/0003-b.md", "")]);
        assert_eq!(check(&tree), ["docs/adr/: 0003 stands where 0002 is expected"]);
    }
}
