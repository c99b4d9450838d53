//! Nothing in the repository depends on where it was written: no path of a machine, no private registry.

use super::Fault;
use super::tree::Tree;

// In two halves, so that this file does not find itself.
const MACHINES: &[&str] = &[
    concat!("/ro", "ot/"),
    concat!("/ho", "me/"),
    concat!("/Use", "rs/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\Users"),
];

const CRATES_IO: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// Settings by which cargo or another package manager would fetch from elsewhere.
const ELSEWHERE: &[&str] = &["[source", "[registries", "[registry]", "[http]", "replace-with", "proxy"];
const SETTINGS_OF_A_MACHINE: &[&str] = &[".npmrc", ".yarnrc", "pip.conf", "credentials.toml", ".netrc"];

/// Every path of a machine and every other source of packages.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (path, text) in tree.files() {
        if SETTINGS_OF_A_MACHINE.iter().any(|name| path.rsplit('/').next() == Some(name)) {
            faults.push(format!("{path}: settings of a machine do not belong here"));
        }
        for (number, line) in (1..).zip(text.lines()) {
            let fault = |reason: &str| format!("{path}:{number}: {reason}: {}", line.trim());
            if MACHINES.iter().any(|machine| names_path(line, machine)) {
                faults.push(fault("a path of a machine"));
            }
            if path == "Cargo.lock" && line.starts_with("source = ") && !line.contains(CRATES_IO) {
                faults.push(fault("packages come from crates.io only"));
            }
            if path.ends_with(".cargo/config.toml") && ELSEWHERE.iter().any(|setting| line.contains(setting)) {
                faults.push(fault("packages come from crates.io, without settings"));
            }
        }
    }
    faults
}

// A folder at the root is a path of a machine; the same word inside an address of ours is not.
fn names_path(line: &str, machine: &str) -> bool {
    line.match_indices(machine).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && !".-_}$".contains(c))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(path: &str, text: &str) -> usize {
        check(&Tree::of(&[(path, text)])).len()
    }

    #[test]
    fn a_path_of_a_machine_is_found_and_an_address_is_not() {
        for machine in MACHINES {
            assert_eq!(count("docs/a.md", &format!("see `{machine}x/y`")), 1, "{machine}");
        }
        assert_eq!(count("docs/a.md", concat!("see /trang/ho", "me/x and ./wo", "rk/x")), 0);
    }

    #[test]
    fn only_crates_io_is_a_source() {
        assert_eq!(count("Cargo.lock", &format!("source = \"{CRATES_IO}\"")), 0);
        assert_eq!(count("Cargo.lock", "source = \"git+https://example.org/x\""), 1);
        assert_eq!(count(".cargo/config.toml", "[alias]\nxtask = \"run\"\n"), 0);
        assert_eq!(count(".cargo/config.toml", "[source.crates-io]\nreplace-with = \"x\"\n"), 2);
        assert_eq!(count("web/.npmrc", ""), 1);
    }
}
