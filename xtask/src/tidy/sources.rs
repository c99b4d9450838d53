//! How a Rust file is written: a first sentence, a bounded length, nothing unfinished.

use super::Fault;
use super::tree::Tree;
use std::collections::BTreeSet;

const MOST_LINES: usize = 600;

// In two halves, so that this file does not find itself.
const NOWHERE: &[(&str, &str)] = &[
    (concat!("to", "do!("), "unfinished"),
    (concat!("unimple", "mented!("), "unfinished"),
    (concat!("db", "g!("), "left over from debugging"),
    (concat!("#[ig", "nore"), "a test that does not run says nothing"),
    (concat!("#[should", "_panic"), "assert what happens instead"),
];
const NOT_IN_THE_PROGRAM: &[(&str, &str)] =
    &[(concat!(".unw", "rap()"), "return an error, or say the invariant with `expect`")];

/// Every fault in every Rust file.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let only_in_tests: BTreeSet<String> =
        tree.ending(".rs").flat_map(|(path, text)| test_modules(path, text)).collect();
    tree.ending(".rs")
        .flat_map(|(path, text)| {
            let is_test = is_test_file(path) || only_in_tests.contains(module_path(path));
            check_file(path, text, is_test)
        })
        .collect()
}

fn check_file(path: &str, text: &str, is_test: bool) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!("{path}:1: the first line says with `//!` what the file is for"));
    }
    let length = text.lines().count();
    if length > MOST_LINES {
        faults.push(format!("{path}: {length} lines, more than {MOST_LINES}: split it by purpose"));
    }
    let modules = modules_of(text);
    let mut in_tests = is_test;
    for (number, line) in (1..).zip(text.lines()) {
        in_tests |= line.trim() == "#[cfg(test)]";
        let code = line.trim();
        if code.starts_with("//") {
            if lacks_issue(code) {
                faults.push(format!("{path}:{number}: a TODO names its issue: TODO(#123)"));
            }
            continue;
        }
        let forbidden = NOWHERE.iter().chain(NOT_IN_THE_PROGRAM.iter().filter(|_| !in_tests));
        for (words, reason) in forbidden.filter(|(words, _)| code.contains(words)) {
            faults.push(format!("{path}:{number}: `{words}`: {reason}"));
        }
        if exports_foreign(code, &modules) {
            faults.push(format!("{path}:{number}: another crate's names are used from that crate: {code}"));
        }
    }
    faults
}

// Programs that measure, under `examples/`, may stop where they are just as tests may.
fn is_test_file(path: &str) -> bool {
    path.contains("/examples/")
        || path.starts_with("crates/tests/")
        || path.contains("/tests/")
        || path.ends_with("/tests.rs")
}

// `a/b/mod.rs` and `a/b.rs` are the module `a/b`.
fn module_path(path: &str) -> &str {
    let path = path.trim_end_matches(".rs");
    path.strip_suffix("/mod").unwrap_or(path)
}

// The modules that a file declares for tests only, as paths without an ending.
fn test_modules(path: &str, text: &str) -> Vec<String> {
    let parent = module_path(path);
    let parent = parent.strip_suffix("/lib").or(parent.strip_suffix("/main")).unwrap_or(parent);
    let declarations = text.lines().zip(text.lines().skip(1));
    let for_tests = declarations.filter(|(above, _)| above.trim() == "#[cfg(test)]");
    for_tests
        .filter_map(|(_, line)| line.trim().strip_suffix(';')?.rsplit_once("mod "))
        .map(|(_, name)| format!("{parent}/{name}"))
        .collect()
}

fn lacks_issue(comment: &str) -> bool {
    let Some((_, rest)) = comment.split_once(concat!("TO", "DO")) else {
        return false;
    };
    !rest.contains('#')
}

fn modules_of(text: &str) -> Vec<&str> {
    let declared = text.lines().filter_map(|line| {
        let declaration = line.trim().trim_start_matches("pub(crate) ").trim_start_matches("pub ");
        declaration.strip_prefix("mod ")
    });
    declared.map(|name| name.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '_')).collect()
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

    fn of_file(path: &str, text: &str) -> Vec<Fault> {
        check(&Tree::of(&[(path, text)]))
    }

    fn of_line(line: &str) -> usize {
        of_file("crates/x/src/a.rs", &format!("//! Something.\n{line}\n")).len()
    }

    #[test]
    fn a_plain_file_has_no_fault() {
        assert_eq!(of_file("crates/x/src/a.rs", "//! Something.\n\nmod b;\npub use b::C;\n"), [""; 0]);
    }

    #[test]
    fn a_file_starts_with_what_it_is_for_and_ends_in_time() {
        assert_eq!(of_file("a.rs", "use a;\n").len(), 1);
        assert_eq!(of_file("a.rs", &format!("//! A.\n{}", "\n".repeat(600))).len(), 1);
        assert_eq!(of_file("a.rs", &format!("//! A.\n{}", "\n".repeat(599))).len(), 0);
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
        assert_eq!(of_line(&format!("#[cfg(test)]\nmod tests {{ a{unwrap} }}")), 0);
        assert_eq!(of_file("crates/tests/src/a.rs", &format!("//! A.\na{unwrap}")).len(), 0);
        assert_eq!(of_file("crates/x/src/b/tests.rs", &format!("//! A.\na{unwrap}")).len(), 0);
    }

    #[test]
    fn a_module_declared_for_tests_may_unwrap_too() {
        let unwrap = format!("//! A.\na{}\n", NOT_IN_THE_PROGRAM[0].0);
        let of = |path: &str, above: &str| {
            let parent = format!("//! A.\n{above}\npub(crate) mod samples;\n");
            check(&Tree::of(&[(path, &parent), ("crates/x/src/b/samples.rs", &unwrap)])).len()
        };
        assert_eq!(of("crates/x/src/b/mod.rs", "#[cfg(test)]"), 0);
        assert_eq!(of("crates/x/src/b.rs", "#[cfg(test)]"), 0);
        assert_eq!(of("crates/x/src/b.rs", ""), 1);
        assert_eq!(of("crates/x/src/lib.rs", "#[cfg(test)]"), 1);
    }

    #[test]
    fn another_crate_is_not_exported() {
        assert_eq!(of_line("pub use axum::Router;"), 1);
        assert_eq!(of_line("pub use crate::a::B;"), 0);
        assert_eq!(of_line("pub(crate) mod a;\npub use a::B;"), 0);
    }
}
