//! The general forms: every procedure that can be filed here has one that compiles, and asks what its record lets it ask.

use std::collections::BTreeMap;

use ::procedures::{CASE_PATH, papers_of_case};
use domain::catalogue::Fileability;
use domain::codes::ProcedureCode;
use domain::time::Day;
use forms::{Form, Kind};
use serde_json::{Value, json};

use super::{CONTENT, procedure};

fn today() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

fn fileable() -> impl Iterator<Item = &'static ProcedureCode> {
    let all = CONTENT.procedures.all().iter().map(|summary| &summary.code);
    all.filter(|code| CONTENT.fileability(code) == Some(Fileability::Here))
}

/// An answer to everything that is asked of a person.
fn answers(form: &Form) -> BTreeMap<String, Value> {
    let given = [
        ("request.applicant", json!("person")),
        (CASE_PATH, json!("other")),
        ("request.content", json!("Đề nghị cấp lại giấy tờ đã mất.")),
        ("person.full_name", json!("Rơ Châm H'Lan")),
        ("person.number", json!("064190000321")),
        ("person.address", json!("Làng Jút 1, Xã Ia Hrung, Tỉnh Gia Lai")),
        ("person.phone", json!("+84905345678")),
    ];
    let asked = given.into_iter().filter(|(path, _)| form.field(path).is_some());
    let mut answers: BTreeMap<String, Value> = asked.map(|(path, answer)| (path.to_owned(), answer)).collect();
    if form.field("person.phone").is_none() {
        for (name, answer) in [
            ("name", "Hợp tác xã Ia Grai"),
            ("address", "Xã Ia Grai, Tỉnh Gia Lai"),
            ("phone", "+84905345678"),
            ("representative", "Siu H'Bia"),
        ] {
            answers.insert(format!("organisation.{name}"), json!(answer));
        }
    }
    answers
}

#[test]
fn every_procedure_that_is_filed_here_has_a_form_that_can_be_answered() {
    let (mut general, mut with_cases) = (0, 0);
    for code in fileable() {
        let version = CONTENT.version_on(code, today()).unwrap_or_else(|| panic!("{code} has no form"));
        if !version.is_general {
            continue;
        }
        general += 1;
        let form = &version.form;
        assert!((1..=3).contains(&form.pages.len()), "{code}");
        let problems = version.problems(&answers(form), today());
        assert_eq!(problems, [], "{code}");
        assert!(!version.problems(&BTreeMap::new(), today()).is_empty(), "{code} asks nothing");
        // A dossier that was filed under it finds it again.
        assert!(CONTENT.version_named(code, &version.version).is_some_and(|named| named.is_general), "{code}");
        with_cases += usize::from(form.field(CASE_PATH).is_some());
    }
    assert!(general > 1_500 && with_cases > 150, "{general} general forms, {with_cases} with cases");
}

#[test]
fn the_papers_of_a_case_stand_after_those_of_all_and_nothing_is_lost() {
    for code in fileable() {
        let detail = CONTENT.procedures.detail(code).unwrap();
        let all = papers_of_case(&detail, None);
        assert_eq!(all.len(), detail.dossier_groups.len(), "{code}: whoever has not chosen reads all");
        assert_eq!(papers_of_case(&detail, Some("other")).len(), all.len(), "{code}");
        let Some(question) = CONTENT.version_on(code, today()).and_then(|version| version.form.field(CASE_PATH)) else {
            continue;
        };
        let Kind::One(choices) = &question.kind else { panic!("{code}") };
        for choice in choices {
            let chosen = papers_of_case(&detail, Some(&choice.value));
            assert!(!chosen.is_empty() || all.is_empty(), "{code}: {:?} has no papers", choice.value);
        }
    }
}

#[test]
fn a_record_with_cases_asks_which_and_one_for_persons_does_not_ask_who() {
    let lost = CONTENT.version_on(&procedure("1.001193"), today()).unwrap();
    assert!(!lost.is_general, "a procedure with files of its own keeps its form");
    let only_persons = fileable().find_map(|code| {
        let version = CONTENT.version_on(code, today()).filter(|version| version.is_general)?;
        let kinds = CONTENT.procedures.detail(code)?.applicant_kinds;
        (kinds == ["ĐT1"]).then_some(version)
    });
    let form = &only_persons.unwrap().form;
    assert!(form.field("request.applicant").is_none() && form.field("organisation.name").is_none());
    let keys: Vec<&str> = form.pages.iter().map(|page| page.key.as_str()).collect();
    assert_eq!(keys, ["noi-dung", "nguoi-de-nghi"]);
}

/// Of what stands in memory by the kernel's account, in kB.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").parse().unwrap_or_default()
}

#[test]
fn all_general_forms_together_take_little_memory() {
    let content = crate::Content::load().unwrap();
    let before = resident();
    let made = fileable().filter(|code| content.version_on(code, today()).is_some()).count();
    let grown = resident().saturating_sub(before);
    eprintln!("{made} general forms: {grown} kB");
    assert!(grown < 100_000, "{made} forms take {grown} kB");
}
