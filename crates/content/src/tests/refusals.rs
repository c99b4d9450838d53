//! Content that was edited wrongly is refused with file, line and reason.

use tempfile::TempDir;

use crate::Content;
use crate::files::{EMBEDDED, PROCEDURES};

/// A copy of the content in which one passage of one file is replaced.
fn refusal_of(path: &str, from: &str, to: &str) -> String {
    let copy = TempDir::new().unwrap();
    for (name, bytes) in EMBEDDED.iter().chain(PROCEDURES) {
        let target = copy.path().join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        let mut bytes = bytes.to_vec();
        if *name == path {
            let text = String::from_utf8(bytes).unwrap();
            assert!(text.contains(from), "{path} holds «{from}»");
            bytes = text.replacen(from, to, 1).into_bytes();
        }
        std::fs::write(target, bytes).unwrap();
    }
    Content::from_dir(copy.path()).unwrap_err().to_string()
}

#[test]
fn edits_that_cannot_be_are_refused_with_file_and_line() {
    let rules = "gia-lai/rules.toml";
    let assignment = "gia-lai/assignment.toml";
    let cases = [
        (rules, "within_working_hours = 8", "within_hours = 8", "unknown field `within_hours`"),
        (rules, "\"15:00\"", "\"25:00\"", "«25:00» is not a time"),
        (rules, "sure = true", "sure = maybe", ""),
        (rules, "[\"13:00\", \"16:30\"]", "[\"11:00\", \"16:30\"]", "windows are in order"),
        (rules, "policy = \"exact\"", "policy = \"roughly\"", "unknown variant `roughly`"),
        (assignment, "agency = \"H21.07\"", "agency = \"H21.97\"", "agency «H21.97» is not on the map"),
        (assignment, "agency = \"H21.07\"", "agency = \"H21.134\"", "agency «H21.134» is not on the map"),
        (assignment, "[land_registry]", "[land_registri]", "unknown field `land_registri`"),
        (assignment, "\"1.012888\"", "\"1.912888\"", "procedure «1.912888» is not in the catalogue"),
        (assignment, "\"G17-XD13\"", "\"G17-XD99\"", "no procedure is of field «G17-XD99»"),
        ("calendar/holidays.csv", "2022-01-01,sat", "2022-13-01,sat", "date «2022-13-01»"),
        ("gia-lai/agencies.csv", "department,province,H21,", "sở,province,H21,", "kind «sở»"),
        ("search/synonyms.toml", "typed =", "typd =", "unknown field `typd`"),
        ("search/synonyms.toml", "\"1.001193\"", "\"1.901193\"", "procedure «1.901193» is not in the catalogue"),
        ("procedures/1.000894/procedure.toml", "code = \"1.000894\"", "code = \"1.000895\"", "not the folder's"),
        ("procedures/1.000894/procedure.toml", "sure = false", "shure = false", "\"shure\" is not known here"),
        ("procedures/1.000894/form.ui.json", "\"Category\"", "\"Categry\"", "\"Category\" is expected"),
        ("procedures/1.000894/form.schema.json", "\"person-name\"", "\"name\"", "a string has a \"format\""),
        ("procedures/shared.schema.json", "\"Female\"", "\"\"", "\"x-title-en\" is missing"),
        ("VERSION", "calendar ", "kalendar ", "no line «calendar»"),
    ];
    for (path, from, to, expected) in cases {
        let refusal = refusal_of(path, from, to);
        assert!(refusal.starts_with(&format!("{path}, line ")), "{refusal}");
        assert!(refusal.contains(expected), "{refusal}\nexpected: {expected}");
    }
}

#[test]
fn an_unknown_key_is_named_with_its_line() {
    let refusal = refusal_of("gia-lai/rules.toml", "[map]\n", "[map]\ncolour = \"red\"\n");
    assert!(refusal.starts_with("gia-lai/rules.toml, line 7: unknown field `colour`"), "{refusal}");
}

#[test]
fn a_missing_or_damaged_file_is_named() {
    let empty = TempDir::new().unwrap();
    let refusal = Content::from_dir(empty.path()).unwrap_err().to_string();
    assert_eq!(refusal, "VERSION: cannot be read");
    for (name, bytes) in EMBEDDED.iter().chain(PROCEDURES) {
        let target = empty.path().join(name);
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        let half = if name.ends_with("procedures.jsonl.br") { bytes.len() / 2 } else { bytes.len() };
        std::fs::write(target, &bytes[..half]).unwrap();
    }
    let refusal = Content::from_dir(empty.path()).unwrap_err().to_string();
    assert_eq!(refusal, "national/procedures.jsonl.br: cannot be read");
}
