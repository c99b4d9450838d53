//! Every text that a page asks for exists in every language, every text is asked for, and the languages agree on the values put in.
//!
//! A key is found where it is written out: `t.m("key")`, `t.f("key", …)` in templates and programs, and in programs also as any
//! text in quotes whose first word is that of some key: `TextKey("status-filed")`, `form.refuse("phone", "input-phone-wrong")`.
//! Keys made of parts are found by their beginning (`format!("status-{word}")`) or, for the pages of errors, by their kind:
//! `"error-not-found"` stands for its `-title`, `-lead` and `-what-to-do`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
/// Names of fields and the like that begin as a key does.
const NOT_KEYS: [&str; 1] = ["file-other"];
const ERROR_PARTS: [&str; 3] = ["-title", "-lead", "-what-to-do"];

/// The keys of a language, each with the values it takes.
type Keys = BTreeMap<String, BTreeSet<String>>;

#[test]
fn both_languages_have_the_same_keys() {
    let (vietnamese, english) = (keys("vi"), keys("en"));
    let only_vietnamese: Vec<_> = vietnamese.keys().filter(|key| !english.contains_key(*key)).collect();
    let only_english: Vec<_> = english.keys().filter(|key| !vietnamese.contains_key(*key)).collect();
    assert!(only_vietnamese.is_empty(), "not in English: {only_vietnamese:#?}");
    assert!(only_english.is_empty(), "not in Vietnamese: {only_english:#?}");
}

#[test]
fn both_languages_show_the_same_values() {
    let english = keys("en");
    let differing: Vec<_> = keys("vi")
        .into_iter()
        .filter(|(key, values)| english.get(key).is_some_and(|others| others != values))
        .collect();
    assert!(differing.is_empty(), "these show other values in English: {differing:#?}");
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known = keys("vi");
    let areas: BTreeSet<&str> = known.keys().filter_map(|key| key.split('-').next()).collect();
    let is_known = |key: &str| {
        known.contains_key(key) || ERROR_PARTS.iter().all(|part| known.contains_key(&format!("{key}{part}")))
    };
    let uses = uses();
    let shaped =
        uses.shaped.into_iter().filter(|(key, _)| key.split('-').next().is_some_and(|area| areas.contains(area)));
    let missing: Vec<_> = uses.asked.into_iter().chain(shaped).filter(|(key, _)| !is_known(key)).collect();
    assert!(missing.is_empty(), "no text has these keys: {missing:#?}");
}

#[test]
fn every_text_is_asked_for() {
    let uses = uses();
    let unused: Vec<_> = keys("vi").into_keys().filter(|key| !uses.has(key)).collect();
    assert!(unused.is_empty(), "nothing shows these texts: {unused:#?}");
}

#[test]
fn the_scan_sees_what_it_should() {
    let mut uses = Uses::default();
    uses.read_program("t.m(\"a-one\"); self.t.f(\n  \"a-two\", []); TextKey(\"a-three\"); x(\"a-four\"); format!(\"b-{}\", 1); // t.m(\"c\")");
    let asked: Vec<_> = uses.asked.keys().cloned().collect();
    assert_eq!(asked, ["a-one", "a-three", "a-two"]);
    assert!(uses.has("a-four") && uses.has("b-anything") && !uses.has("a-five") && !uses.has("c"));
}

#[derive(Default)]
struct Uses {
    /// Keys in a call that shows them, with the place.
    asked: BTreeMap<String, String>,
    /// Texts of programs that have the shape of a key, with the place.
    shaped: BTreeMap<String, String>,
    /// Every text written in a program or a template.
    written: BTreeSet<String>,
    place: String,
}

impl Uses {
    fn has(&self, key: &str) -> bool {
        let family =
            ERROR_PARTS.iter().filter_map(|part| key.strip_suffix(part)).any(|kind| self.written.contains(kind));
        let begun = self
            .written
            .iter()
            .filter_map(|text| text.split_once('{'))
            .any(|(start, _)| start.len() > 1 && start.ends_with('-') && key.starts_with(start));
        self.written.contains(key) || (family && key.starts_with("error-")) || begun
    }

    fn read_program(&mut self, source: &str) {
        // What follows the start of the tests asks for texts that need not exist.
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let lines: Vec<&str> = source.lines().map(|line| line.split("// ").next().unwrap_or_default()).collect();
        let source = lines.join("\n");
        self.read(&source);
        for text in source.split('"').filter(|text| is_shaped(text)) {
            self.shaped.insert(text.to_owned(), self.place.clone());
        }
    }

    fn read_template(&mut self, source: &str) {
        let mut rest = source;
        let mut plain = String::new();
        while let Some((before, comment)) = rest.split_once("{#") {
            plain.push_str(before);
            rest = comment.split_once("#}").map_or("", |(_, after)| after);
        }
        plain.push_str(rest);
        self.read(&plain);
    }

    fn read(&mut self, source: &str) {
        for call in [".m(", ".f(", "TextKey("] {
            for (at, _) in source.match_indices(call) {
                let rest = source[at + call.len()..].trim_start();
                if let Some(key) = rest.strip_prefix('"').and_then(|rest| rest.split('"').next()) {
                    self.asked.insert(key.to_owned(), self.place.clone());
                }
            }
        }
        // Texts in quotes, wherever they stand: as the marks come in pairs, every text is between two of them.
        for text in source.split('"') {
            if text.len() < 80 && !text.contains([' ', '\n', '<']) {
                self.written.insert(text.to_owned());
            }
        }
    }
}

/// Small words joined by hyphens.
fn is_shaped(text: &str) -> bool {
    text.contains('-')
        && !NOT_KEYS.contains(&text)
        && text
            .split('-')
            .all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

fn uses() -> Uses {
    let mut uses = Uses::default();
    for path in files(&Path::new(ROOT).join("templates"), "html") {
        uses.place = path.display().to_string();
        uses.read_template(&read(&path));
    }
    for path in files(&Path::new(ROOT).join("crates"), "rs") {
        // The kit of the tests reads pages and shows none.
        let of_program = !path.starts_with(Path::new(ROOT).join("crates/tests"));
        if of_program && path.components().any(|part| part.as_os_str() == "src") {
            uses.place = path.display().to_string();
            uses.read_program(&read(&path));
        }
    }
    uses
}

fn keys(language: &str) -> Keys {
    let mut keys = Keys::new();
    for path in files(&Path::new(ROOT).join("translations").join(language), "ftl") {
        let source = read(&path);
        let resource = fluent_syntax::parser::parse(source.as_str())
            .unwrap_or_else(|(_, errors)| panic!("{} cannot be read: {errors:?}", path.display()));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut values = BTreeSet::new();
                if let Some(pattern) = &message.value {
                    collect(pattern, &mut values);
                }
                keys.insert(message.id.name.to_owned(), values);
            }
        }
    }
    assert!(!keys.is_empty(), "no texts in {language}");
    keys
}

fn collect(pattern: &Pattern<&str>, values: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, values),
            // What is chosen by is not shown: English chooses by number where Vietnamese has one form.
            Expression::Select { variants, .. } => {
                variants.iter().for_each(|variant| collect(&variant.value, values));
            }
        }
    }
}

fn collect_inline(expression: &InlineExpression<&str>, values: &mut BTreeSet<String>) {
    if let InlineExpression::VariableReference { id } = expression {
        values.insert(id.name.to_owned());
    }
}

fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).unwrap_or_else(|error| panic!("cannot list {}: {error}", folder.display()));
        for path in entries.map(|entry| entry.expect("a listed file has a path").path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|found| found == extension) {
                found.push(path);
            }
        }
    }
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("cannot read {}: {error}", path.display()))
}
