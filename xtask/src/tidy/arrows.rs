//! Which crate may use which: the arrows of the design, compared with the manifests.

use super::Fault;
use super::tree::Tree;

const ALL_BUT_TESTS: &[&str] = &[
    "account",
    "api",
    "connectors",
    "content",
    "documents",
    "domain",
    "forms",
    "office",
    "oidc",
    "portal",
    "procedures",
    "search",
    "simulators",
    "storage",
    "usecases",
    "web",
];
// A door reads the packaged content to show it; never storage, never another door.
const DOOR: &[&str] = &["content", "domain", "forms", "procedures", "usecases", "web"];

/// Each crate and what it may use of ours.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("documents", &[]),
    ("oidc", &[]),
    ("simulators", &[]),
    ("throwaway", &[]),
    ("storage", &["domain"]),
    ("connectors", &["domain"]),
    ("search", &["domain"]),
    ("forms", &["domain"]),
    ("procedures", &["domain", "forms"]),
    ("content", &["domain", "forms", "procedures"]),
    ("usecases", &["connectors", "content", "documents", "domain", "forms", "oidc", "procedures", "search", "storage"]),
    ("web", &["content", "domain", "forms", "procedures", "usecases"]),
    ("portal", DOOR),
    ("account", &["content", "domain", "oidc", "usecases", "web"]),
    ("office", DOOR),
    ("api", &["content", "domain", "forms", "oidc", "procedures", "usecases", "web"]),
    ("motcua", ALL_BUT_TESTS),
    ("tests", ALL_BUT_TESTS),
    ("bench", ALL_BUT_TESTS),
];

/// What may be used beside the arrows: the throw-away servers by whatever starts servers, and by tests anywhere.
const EXTRA: &[(&str, &str)] =
    &[("bench", "motcua"), ("bench", "throwaway"), ("tests", "motcua"), ("tests", "throwaway"), ("xtask", "throwaway")];
const IN_TESTS: &[(&str, &str)] =
    &[("storage", "throwaway"), ("connectors", "simulators"), ("usecases", "throwaway"), ("search", "content")];

/// Every dependency between our crates that the design does not allow, and every crate that ignores the shared lints.
pub(super) fn check(tree: &Tree) -> Vec<Fault> {
    let manifests: Vec<Manifest> = tree.ending("/Cargo.toml").map(|(path, text)| Manifest::read(path, text)).collect();
    let is_ours = |name: &str| manifests.iter().any(|manifest| manifest.name == name);
    let mut faults = Vec::new();
    for manifest in &manifests {
        let Manifest { path, name, .. } = manifest;
        if ARROWS.iter().all(|(known, _)| known != name) && *name != "xtask" {
            faults.push(format!("{path}: {name} has no line in xtask/src/tidy/arrows.rs"));
        }
        for (used, in_tests) in manifest.uses.iter().filter(|(used, _)| is_ours(used)) {
            if !may_use(name, used, *in_tests) {
                faults.push(format!("{path}: {name} may not use {used}"));
            }
        }
        if !manifest.shares_lints {
            faults.push(format!("{path}: without `[lints] workspace = true` the shared lints do not count here"));
        }
    }
    faults
}

fn may_use(name: &str, used: &str, in_tests: bool) -> bool {
    let arrow = ARROWS.iter().any(|(known, allowed)| *known == name && allowed.contains(&used));
    arrow || EXTRA.contains(&(name, used)) || (in_tests && IN_TESTS.contains(&(name, used)))
}

#[derive(Debug)]
struct Manifest<'a> {
    path: &'a str,
    name: &'a str,
    /// Each dependency, and whether only tests use it.
    uses: Vec<(&'a str, bool)>,
    shares_lints: bool,
}

impl<'a> Manifest<'a> {
    // The manifests are ours and plain: a table name on a line of its own, a dependency a line.
    fn read(path: &'a str, text: &'a str) -> Self {
        let mut manifest = Self { path, name: "", uses: Vec::new(), shares_lints: false };
        let mut table = "";
        for line in text.lines().map(str::trim) {
            if let Some(name) = line.strip_prefix('[') {
                table = name.trim_end_matches(']');
                if let Some((kind, name)) = table.rsplit_once("dependencies.") {
                    manifest.uses.push((name, kind == "dev-"));
                }
                continue;
            }
            let Some((key, value)) = line.split_once('=') else {
                continue;
            };
            let (key, value) = (key.trim(), value.trim());
            match table {
                "package" if key == "name" => manifest.name = value.trim_matches('"'),
                "lints" => manifest.shares_lints |= key == "workspace" && value == "true",
                "dependencies" | "build-dependencies" => manifest.uses.push((first_part(key), false)),
                "dev-dependencies" => manifest.uses.push((first_part(key), true)),
                _ => {}
            }
        }
        manifest
    }
}

fn first_part(key: &str) -> &str {
    key.split('.').next().unwrap_or(key).trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(name: &str, manifest: &str) -> Vec<Fault> {
        let head = |name: &str| format!("[package]\nname = \"{name}\"\n[lints]\nworkspace = true\n");
        let own = format!("{}{manifest}", head(name));
        let (storage, web, simulators) = (head("storage"), head("web"), head("simulators"));
        let path = format!("crates/{name}x/Cargo.toml");
        check(&Tree::of(&[
            (&path, &own),
            ("crates/storage/Cargo.toml", &storage),
            ("crates/web/Cargo.toml", &web),
            ("crates/simulators/Cargo.toml", &simulators),
        ]))
    }

    #[test]
    fn an_arrow_of_the_design_is_allowed() {
        assert_eq!(faults("usecases", "[dependencies]\nstorage.workspace = true\nserde = \"1\"\n"), [""; 0]);
        assert_eq!(faults("connectors", "[dev-dependencies]\nsimulators.workspace = true\n"), [""; 0]);
    }

    #[test]
    fn an_arrow_that_points_back_is_found_however_it_is_written() {
        let door = "crates/portalx/Cargo.toml: portal may not use storage";
        assert_eq!(faults("portal", "[dependencies]\nstorage.workspace = true\n"), [door]);
        assert_eq!(faults("portal", "[dependencies]\nstorage = { workspace = true }\n"), [door]);
        assert_eq!(faults("portal", "[dependencies.storage]\nworkspace = true\n"), [door]);
        assert_eq!(faults("portal", "[dev-dependencies]\nstorage.workspace = true\n"), [door]);
        assert_eq!(faults("domain", "[build-dependencies]\nweb.workspace = true\n").len(), 1);
        assert_eq!(faults("connectors", "[dependencies]\nsimulators.workspace = true\n").len(), 1);
    }

    #[test]
    fn a_crate_that_nobody_drew_an_arrow_for_is_found() {
        assert_eq!(
            faults("helpers", ""),
            ["crates/helpersx/Cargo.toml: helpers has no line in xtask/src/tidy/arrows.rs"]
        );
    }

    #[test]
    fn a_crate_without_the_shared_lints_is_found() {
        let manifest = "[package]\nname = \"domain\"\n";
        assert_eq!(check(&Tree::of(&[("crates/domain/Cargo.toml", manifest)])).len(), 1);
    }
}
