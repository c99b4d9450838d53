//! Forms by examples: what the text of a form means, and what is refused with its line.

use std::collections::BTreeMap;

use domain::time::Day;
use serde_json::{Value, json};

use crate::{Asked, DoubtKind, Form, FormSource, Problem, ProblemKind, Refusal};

const SHARED: &str = r##"{
  "$id": "urn:motcua:shared",
  "$defs": {
    "sexes": {
      "type": "string",
      "oneOf": [
        {"const": "1", "title": "Nam", "x-title-en": "Male"},
        {"const": "2", "title": "Nữ", "x-title-en": "Female"}
      ]
    }
  }
}"##;

const SCHEMA: &str = r##"{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "title": "Tờ khai", "x-title-en": "Declaration",
  "type": "object",
  "additionalProperties": false,
  "x-ground": "Thông tư 04/2020/TT-BTP",
  "properties": {
    "child": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "name": {"type": "string", "format": "person-name", "title": "Họ và tên", "x-title-en": "Full name"},
        "born": {"type": "string", "format": "date", "x-not-after": "today", "title": "Ngày sinh", "x-title-en": "Born"},
        "sex": {"$ref": "urn:motcua:shared#/$defs/sexes", "title": "Giới tính", "x-title-en": "Sex"}
      },
      "required": ["name", "born"]
    },
    "copies": {
      "type": "object",
      "additionalProperties": false,
      "properties": {
        "wanted": {"type": "boolean", "title": "Cần bản sao?", "x-title-en": "Copies?"},
        "count": {"type": "integer", "minimum": 1, "maximum": 50, "title": "Số lượng", "x-title-en": "How many"}
      },
      "required": ["wanted", "count"]
    }
  }
}"##;

const LAYOUT: &str = r##"{
  "type": "Categorization",
  "elements": [
    {
      "type": "Category", "label": "Trẻ em", "x-label-en": "Child", "x-key": "tre-em",
      "elements": [
        {"type": "Control", "scope": "#/properties/child", "label": "Trẻ em", "x-label-en": "Child"}
      ]
    },
    {
      "type": "Category", "label": "Bản sao", "x-label-en": "Copies", "x-key": "ban-sao",
      "elements": [
        {"type": "Control", "scope": "#/properties/copies/properties/wanted"},
        {
          "type": "Control",
          "scope": "#/properties/copies/properties/count",
          "rule": {
            "effect": "SHOW",
            "condition": {"scope": "#/properties/copies/properties/wanted", "schema": {"const": true}}
          }
        }
      ]
    }
  ]
}"##;

fn compile(schema: &str, layout: &str) -> Result<Form, Vec<Refusal>> {
    let source = FormSource {
        schema: ("form.schema.json", schema),
        layout: ("form.ui.json", layout),
        shared: ("shared.schema.json", SHARED),
    };
    Form::compile(source)
}

pub(crate) fn form() -> Form {
    compile(SCHEMA, LAYOUT).unwrap()
}

fn answers(pairs: &[(&str, Value)]) -> BTreeMap<String, Value> {
    pairs.iter().map(|(path, value)| ((*path).to_owned(), value.clone())).collect()
}

fn problems(pairs: &[(&str, Value)]) -> Vec<(String, ProblemKind)> {
    let found = form().problems(&answers(pairs), Day::parse("2026-11-23").unwrap());
    found.into_iter().map(|Problem { path, kind }| (path, kind)).collect()
}

#[test]
fn what_is_missing_is_told_in_the_order_of_the_questions() {
    let missing = ["child.name", "child.born", "copies.wanted"].map(|path| (path.to_owned(), ProblemKind::Missing));
    assert_eq!(problems(&[]), missing);
}

#[test]
fn a_question_that_a_rule_hides_is_not_asked_and_its_answer_does_not_count() {
    let whole = [("child.name", json!("Rơ Châm Minh")), ("child.born", json!("2026-11-20"))];
    let with = |more: &[(&str, Value)]| problems(&[&whole, more].concat());
    assert_eq!(with(&[("copies.wanted", json!(false))]), []);
    assert_eq!(with(&[("copies.wanted", json!(false)), ("copies.count", json!(1000))]), []);
    assert_eq!(with(&[("copies.wanted", json!(true))]), [("copies.count".into(), ProblemKind::Missing)]);
    let too_many = with(&[("copies.wanted", json!(true)), ("copies.count", json!(51))]);
    assert_eq!(too_many, [("copies.count".into(), ProblemKind::TooLarge { max: 50.0 })]);
    let form = form();
    let given = answers(&[("copies.wanted", json!(false)), ("copies.count", json!(3))]);
    assert_eq!(Asked::to_json(&form.asked(&given)), json!({ "child": {}, "copies": { "wanted": false } }));
}

#[test]
fn wrong_answers_get_their_reason() {
    let found = problems(&[
        ("child.name", json!("  hai  dấu cách ")),
        ("child.born", json!("2026-11-24")),
        ("child.sex", json!("3")),
        ("copies.wanted", json!("maybe")),
    ]);
    let kinds = [ProblemKind::WrongForm, ProblemKind::InFuture, ProblemKind::NotAChoice, ProblemKind::WrongForm];
    let paths = ["child.name", "child.born", "child.sex", "copies.wanted"].map(str::to_owned);
    assert_eq!(found, paths.into_iter().zip(kinds).collect::<Vec<_>>());
}

#[test]
fn a_day_in_a_table_that_has_not_come_yet_is_wrong_too() {
    let table = r##""members": {
      "type": "array", "title": "Thành viên", "x-title-en": "Members", "maxItems": 5,
      "items": {
        "type": "object", "additionalProperties": false,
        "properties": {
          "born": {
            "type": "string", "format": "date", "x-not-after": "today", "title": "Ngày sinh", "x-title-en": "Born"
          }
        }
      }
    },
    "copies": {"##;
    let schema = SCHEMA.replacen(r#""copies": {"#, table, 1);
    let control = r##"{"type": "Control", "scope": "#/properties/members"},
        {"type": "Control", "scope": "#/properties/copies/properties/wanted"}"##;
    let first = r##"{"type": "Control", "scope": "#/properties/copies/properties/wanted"}"##;
    let form = compile(&schema, &LAYOUT.replacen(first, control, 1)).unwrap();
    let rows = json!([{ "born": "2026-11-23" }, { "born": "2037-01-01" }]);
    let given = answers(&[
        ("child.name", json!("Rơ Châm Minh")),
        ("child.born", json!("2026-11-20")),
        ("members", rows),
        ("copies.wanted", json!(false)),
    ]);
    let found = form.problems(&given, Day::parse("2026-11-23").unwrap());
    assert_eq!(found, [Problem { path: "members.1.born".into(), kind: ProblemKind::InFuture }]);
}

#[test]
fn a_number_that_says_another_year_or_sex_is_a_doubt_and_no_problem() {
    let number = r##""number": {
          "type": "string", "format": "personal-number", "title": "Số định danh", "x-title-en": "Number"
        },
        "gender": {"$ref": "urn:motcua:shared#/$defs/sexes", "title": "Giới tính", "x-title-en": "Sex"},
        "birth": {"type": "string", "format": "rough-date", "title": "Năm sinh", "x-title-en": "Born"},
        "name": {"##;
    let form = compile(&SCHEMA.replacen(r#""name": {"#, number, 1), LAYOUT).unwrap();
    let doubts = |number: &str, gender: &str, birth: &str| {
        let given =
            answers(&[("child.number", json!(number)), ("child.gender", json!(gender)), ("child.birth", json!(birth))]);
        let found = form.doubts(&given).into_iter();
        found.map(|doubt| (doubt.path, doubt.kind)).collect::<Vec<_>>()
    };
    let year = ("child.birth".to_owned(), DoubtKind::BirthYear { in_number: 1990 });
    let sex = ("child.gender".to_owned(), DoubtKind::Sex);
    assert_eq!(doubts("064190000123", "2", "1990"), []);
    assert_eq!(doubts("064190000123", "1", "1991-02"), [sex, year.clone()]);
    assert_eq!(doubts("064190000123", "2", "1985-03-12"), [year]);
    assert_eq!(doubts("231234567", "1", "1985"), [], "an old card says neither");
    assert_eq!(doubts("số", "3", "hôm qua"), []);
}

#[test]
fn questions_keep_the_order_in_which_they_are_written() {
    let form = form();
    let paths: Vec<&str> = form.fields.iter().map(|field| field.path.as_str()).collect();
    assert_eq!(paths, ["child.name", "child.born", "child.sex", "copies.wanted", "copies.count"]);
    assert_eq!(form.field("child.name").unwrap().ground, "Thông tư 04/2020/TT-BTP");
}

/// Every defect with a text to put in its place, the file and the line of the refusal, and a part of the reason.
const DEFECTS: &[(&str, &str, &str, usize, &str)] = &[
    (r#"  "x-ground": "Thông tư 04/2020/TT-BTP","#, "", "form.schema.json", 12, "x-ground"),
    (r#""required": ["name", "born"]"#, r#""required": ["nam", "born"]"#, "form.schema.json", 16, "\"nam\""),
    (r#""format": "person-name""#, r#""format": "nickname""#, "form.schema.json", 12, "format"),
    (r##"$defs/sexes"##, r##"$defs/sex"##, "form.schema.json", 14, "there is nothing"),
    (r#", "x-title-en": "Born""#, "", "form.schema.json", 13, "x-title-en"),
    (r#""maximum": 50,"#, r#""maximun": 50,"#, "form.schema.json", 23, "maximun"),
    (r#""wanted": {"type": "boolean""#, r#""wanted": {"type": "bool""#, "form.schema.json", 22, "type"),
    (r#""count": {"#, r#""Count": {"#, "form.schema.json", 23, "small letters"),
    (
        r##""scope": "#/properties/child", "label""##,
        r##""scope": "#/properties/child/properties/name", "label""##,
        "form.schema.json",
        13,
        "no page",
    ),
    (r#""x-key": "ban-sao""#, r#""x-key": "tre-em""#, "form.ui.json", 10, "two pages"),
    (r#""x-key": "ban-sao""#, r#""x-key": "Bản sao""#, "form.ui.json", 11, "small letters"),
    (r##""scope": "#/properties/child","##, r##""scope": "#/properties/childs","##, "form.ui.json", 7, "childs"),
    (r#""const": true"#, r#""constant": true"#, "form.ui.json", 19, "constant"),
    (r#"{"const": true}"#, r#"{"const": "true"}"#, "form.ui.json", 19, "is never answered by \"true\""),
    (r#"{"const": true}"#, r#"{"minimum": 1}"#, "form.ui.json", 19, "is never answered by 1"),
    (r#""effect": "SHOW""#, r#""effect": "REVEAL""#, "form.ui.json", 18, "REVEAL"),
    (
        r##"{"scope": "#/properties/copies/properties/wanted", "schema""##,
        r##"{"scope": "#/properties/copies/properties/want", "schema""##,
        "form.ui.json",
        19,
        "copies.want",
    ),
    (
        r##"{"scope": "#/properties/copies/properties/wanted", "schema""##,
        r##"{"scope": "#/properties/copies/properties/count", "schema""##,
        "form.ui.json",
        19,
        "asked after",
    ),
    (r#""type": "Categorization","#, r#""type": "Categorization" "#, "form.ui.json", 2, "JSON"),
    (r#", "x-label-en": "Copies""#, "", "form.ui.json", 10, "x-label-en"),
];

#[test]
fn every_defect_is_refused_with_its_file_and_line() {
    for (good, bad, file, line, reason) in DEFECTS {
        assert!(SCHEMA.contains(good) || LAYOUT.contains(good), "{good}");
        let (schema, layout) = match SCHEMA.contains(good) {
            true => (SCHEMA.replacen(good, bad, 1), LAYOUT.to_owned()),
            false => (SCHEMA.to_owned(), LAYOUT.replacen(good, bad, 1)),
        };
        let refusals = compile(&schema, &layout).map(|_| ()).unwrap_err();
        let found = refusals
            .iter()
            .any(|refusal| refusal.file == *file && refusal.line == *line && refusal.reason.contains(reason));
        assert!(found, "{good} -> {bad}: {refusals:#?}");
    }
}
