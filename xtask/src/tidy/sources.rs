//! How a Rust file is written: a first sentence, a bounded length, nothing unfinished.

use super::Fault;
use super::tree::Tree;

const MOST_LINES: usize = 600;

// In two halves, so that this file does not find itself.
const NOWHERE: &[(&str, &str)] = &[
    (concat!("to", "do!("), "unfinished"),
    (concat!("unimple", "mented!("), "unfinished"),
    (concat!("db", "g!("), "left over from debugging"),
    (
        concat!("#[ig", "nore"),
        "a test that does not run says nothing",
    ),
    (concat!("#[should", "_panic"), "assert what happens instead"),
];
const NOT_IN_THE_PROGRAM: &[(&str, &str)] = &[(
    concat!(".unw", "rap()"),
    "return an error, or say the invariant with `expect`",
)];

/// Every fault in every Rust file.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    tree.ending(".rs")
        .flat_map(|(path, text)| check_file(path, text))
        .collect()
}

fn check_file(path: &str, text: &str) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!(
            "{path}:1: the first line says with `//!` what the file is for"
        ));
    }
    let length = text.lines().count();
    if length > MOST_LINES {
        faults.push(format!(
            "{path}: {length} lines, more than {MOST_LINES}: split it by purpose"
        ));
    }
    let modules = modules_of(text);
    let mut in_tests = is_test_file(path);
    for (number, line) in (1..).zip(text.lines()) {
        in_tests |= line.trim() == "#[cfg(test)]";
        let code = line.trim();
        if code.starts_with("//") {
            if lacks_issue(code) {
                faults.push(format!(
                    "{path}:{number}: a TODO names its issue: TODO(#123)"
                ));
            }
            continue;
        }
        let forbidden = NOWHERE
            .iter()
            .chain(NOT_IN_THE_PROGRAM.iter().filter(|_| !in_tests));
        for (words, reason) in forbidden.filter(|(words, _)| code.contains(words)) {
            faults.push(format!("{path}:{number}: `{words}`: {reason}"));
        }
        if exports_foreign(code, &modules) {
            faults.push(format!(
                "{path}:{number}: another crate's names are used from that crate: {code}"
            ));
        }
    }
    faults
}

fn is_test_file(path: &str) -> bool {
    path.starts_with("crates/tests/") || path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn lacks_issue(comment: &str) -> bool {
    let Some((_, rest)) = comment.split_once(concat!("TO", "DO")) else {
        return false;
    };
    !rest.contains('#')
}

fn modules_of(text: &str) -> Vec<&str> {
    let declared = text.lines().filter_map(|line| {
        let declaration = line
            .trim()
            .trim_start_matches("pub(crate) ")
            .trim_start_matches("pub ");
        declaration.strip_prefix("mod ")
    });
    declared
        .map(|name| name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_'))
        .collect()
}

fn exports_foreign(code: &str, modules: &[&str]) -> bool {
    let Some(path) = code.strip_prefix("pub use ") else {
        return false;
    };
    let first = path.split([':', ';', ' ']).next().unwrap_or(path);
    !["crate", "self", "super"].contains(&first) && !modules.contains(&first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_line(line: &str) -> usize {
        check_file("crates/x/src/a.rs", &format!("//! Something.\n{line}\n")).len()
    }

    #[test]
    fn a_plain_file_has_no_fault() {
        assert_eq!(
            check_file(
                "crates/x/src/a.rs",
                "//! Something.\n\nmod b;\npub use b::C;\n"
            ),
            [""; 0]
        );
    }

    #[test]
    fn a_file_starts_with_what_it_is_for_and_ends_in_time() {
        assert_eq!(check_file("a.rs", "use a;\n").len(), 1);
        assert_eq!(
            check_file("a.rs", &format!("//! A.\n{}", "\n".repeat(600))).len(),
            1
        );
        assert_eq!(
            check_file("a.rs", &format!("//! A.\n{}", "\n".repeat(599))).len(),
            0
        );
    }

    #[test]
    fn nothing_unfinished_is_left_in() {
        for (words, _) in NOWHERE.iter().chain(NOT_IN_THE_PROGRAM) {
            assert_eq!(of_line(&format!("let a = b{words}")), 1, "{words}");
        }
        assert_eq!(of_line(concat!("// TO", "DO later")), 1);
        assert_eq!(of_line(concat!("// TO", "DO(#12): later")), 0);
    }

    #[test]
    fn tests_may_unwrap() {
        let unwrap = NOT_IN_THE_PROGRAM[0].0;
        assert_eq!(
            of_line(&format!("#[cfg(test)]\nmod tests {{ a{unwrap} }}")),
            0
        );
        assert_eq!(
            check_file("crates/tests/src/a.rs", &format!("//! A.\na{unwrap}")).len(),
            0
        );
        assert_eq!(
            check_file("crates/x/src/b/tests.rs", &format!("//! A.\na{unwrap}")).len(),
            0
        );
    }

    #[test]
    fn another_crate_is_not_exported() {
        assert_eq!(of_line("pub use axum::Router;"), 1);
        assert_eq!(of_line("pub use crate::a::B;"), 0);
        assert_eq!(of_line("pub(crate) mod a;\npub use a::B;"), 0);
    }
}
