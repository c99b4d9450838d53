//! Due dates against the published vectors, and against a second calculator on random cases.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod case;
mod random;
mod second;

use case::{Case, Definitions, VectorFile};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Where the vectors are published.
fn vectors() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../content/vectors")
}

fn read<T: serde::de::DeserializeOwned>(name: &str) -> T {
    let text = fs::read_to_string(vectors().join(name)).unwrap();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn published() -> (Definitions, Vec<Case>) {
    let definitions = Definitions { calendars: read("calendars.json"), offices: read("offices.json") };
    let names = fs::read_dir(vectors()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let cases = names
        .filter(|name| name.ends_with(".json") && !["calendars.json", "offices.json"].contains(&name.as_str()))
        .flat_map(|name| read::<VectorFile>(&name).cases)
        .collect();
    (definitions, cases)
}

#[test]
fn every_published_vector_holds() {
    let (definitions, cases) = published();
    assert!(cases.len() >= 200, "{} vectors", cases.len());
    let mut ids = BTreeSet::new();
    for case in &cases {
        assert!(ids.insert(case.id.as_str()), "{} stands twice", case.id);
        assert!(!case.vi.is_empty() && !case.en.is_empty(), "{} says what it is about", case.id);
        let expected = case.expect.as_ref().unwrap_or_else(|| panic!("{} expects nothing", case.id));
        assert_eq!(&case.answer(&definitions), expected, "{}: {}", case.id, case.en);
    }
}

#[test]
fn a_vector_that_expects_something_else_is_found_by_both() {
    let (definitions, cases) = published();
    let case = cases.iter().find(|case| !case.pauses.is_empty()).unwrap();
    let mut later = case.clone();
    later.pauses[0].to = later.pauses[0].to.plus_millis(48 * 3_600_000);
    assert_ne!(&later.answer(&definitions), case.expect.as_ref().unwrap());
    assert_ne!(&second::answers(&[(definitions, vec![later])])[0], case.expect.as_ref().unwrap());
}

#[test]
fn the_second_calculator_agrees_with_every_published_vector() {
    let output = second::script().arg("check").arg(vectors()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let (_, cases) = published();
    assert_eq!(said.trim(), format!("{} vectors, 0 of them wrong", cases.len()));
}

#[test]
fn two_calculators_agree_on_a_hundred_thousand_random_cases() {
    let sets = random::sets(0x00d0_55e5, 50, 2_000);
    let second = second::answers(&sets);
    let first =
        sets.iter().flat_map(|(definitions, cases)| cases.iter().map(move |case| (case, case.answer(definitions))));
    let mut compared = 0;
    for ((case, answer), other) in first.zip(&second) {
        assert_eq!(&answer, other, "the second calculator differs in\n{}", serde_json::to_string(case).unwrap());
        compared += 1;
    }
    assert_eq!((compared, second.len()), (100_000, 100_000));
}
