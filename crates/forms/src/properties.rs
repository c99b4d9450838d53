//! What holds for whatever is typed.

use std::collections::BTreeMap;

use domain::time::Day;
use proptest::prelude::*;
use serde_json::Value;

use crate::{Choice, Condition, Entered, Fits, Kind, Question, Words, read_entered, write_entered};

/// Boxes by name, several with the same name for several answers.
#[derive(Clone, Debug)]
struct Boxes(Vec<(String, String)>);

impl Entered for Boxes {
    fn first(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.iter().filter(|(other, _)| other == name).map(|(_, value)| value.clone()).collect()
    }
}

fn question(path: &str, kind: Kind) -> Question {
    Question {
        path: path.to_owned(),
        title: Words { vi: "Câu hỏi".into(), en: "Question".into() },
        hint: Words::default(),
        kind,
        is_required: true,
        ground: "Luật".into(),
        is_past: false,
        default: None,
        source: None,
        is_reusable: false,
    }
}

fn kinds() -> Vec<Kind> {
    let choices = || ["1", "2", "3"].map(|value| Choice { value: value.into(), title: Words::default() }).to_vec();
    vec![
        Kind::Line { max: 200 },
        Kind::Paragraph { max: 2_000 },
        Kind::PersonName,
        Kind::Date,
        Kind::PartialDate,
        Kind::Time,
        Kind::Whole { unit: Words::default() },
        Kind::Decimal { unit: Words::default() },
        Kind::YesNo,
        Kind::One(choices()),
        Kind::Many(choices()),
        Kind::Address,
        Kind::Phone,
        Kind::Email,
        Kind::PersonalNumber,
        Kind::IdentityNumber,
        Kind::TaxNumber,
        Kind::Table {
            columns: vec![
                question("name", Kind::PersonName),
                question("born", Kind::PartialDate),
                question("is_main", Kind::YesNo),
            ],
            min: 0,
            max: 3,
        },
    ]
}

/// What people, and others, type.
fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        "[0-9]{0,13}",
        "[0-9]{1,3}([.,][0-9]{1,3}){0,3}",
        "[0-3]?[0-9]",
        "(19|20)[0-9]{2}",
        "[0-9]{1,2}[:hg][0-9]{1,2}",
        Just("yes".to_owned()),
        Just("no".to_owned()),
        "0[35789][0-9]{8}",
        "[a-z]{1,8}@[a-z]{1,8}\\.vn",
        "[A-ZĐ][a-zàáảãạ]{1,6}( [A-ZĐ][a-zàáảãạ]{1,6}){0,3}",
    ]
}

/// All boxes of a question, with something typed in each.
fn boxes(kind: usize) -> impl Strategy<Value = Boxes> {
    let names: Vec<String> = match &kinds()[kind] {
        Kind::Date | Kind::PartialDate => ["day", "month", "year"].map(|part| format!("q.{part}")).to_vec(),
        Kind::Many(_) => vec!["q".into(), "q".into()],
        Kind::Table { .. } => (0..5)
            .flat_map(|row| {
                ["name", "born.day", "born.month", "born.year", "is_main"].map(|column| format!("q.{row}.{column}"))
            })
            .collect(),
        _ => vec!["q".into()],
    };
    let count = names.len();
    proptest::collection::vec(typed(), count)
        .prop_map(move |values| Boxes(names.clone().into_iter().zip(values).collect()))
}

proptest! {
    /// What was kept is shown as it was typed: shown and sent again, it is the same.
    #[test]
    fn what_is_kept_is_shown_and_sent_again_unchanged(
        (kind, boxes) in (0..kinds().len()).prop_flat_map(|kind| (Just(kind), boxes(kind)))
    ) {
        let question = question("q", kinds()[kind].clone());
        if let Some(answer) = read_entered(&question, &boxes) {
            prop_assert!(!answer.is_null());
            let shown = Boxes(write_entered(&question, &answer));
            prop_assert_eq!(read_entered(&question, &shown), Some(answer), "{:?}", shown.0);
        }
    }

    /// Whatever a program sends as answers is judged, and never breaks anything.
    #[test]
    fn any_answers_are_judged(
        values in proptest::collection::btree_map("[a-z.]{1,20}|child\\.(name|born|sex)|copies\\.(wanted|count)", json(), 0..8)
    ) {
        let form = crate::tests::form();
        let today = Day::parse("2026-11-23").unwrap();
        let problems = form.problems(&values, today);
        // What is not asked cannot be wrong, and does not count.
        let asked: BTreeMap<String, Value> =
            values.iter().filter(|(path, _)| form.asked(&values).answer(path).is_some()).map(|(p, v)| (p.clone(), v.clone())).collect();
        prop_assert_eq!(form.problems(&asked, today), problems);
    }
}

proptest! {
    /// What a letter counts on is there, in whatever can be filed.
    #[test]
    fn what_is_certain_is_answered(wanted in any::<bool>(), count in 1_u8..=50, sex in any::<bool>()) {
        let form = crate::tests::form();
        let mut answers = BTreeMap::new();
        let given = [
            ("child.name", Some(Value::from("Siu H'Bia"))),
            ("child.born", Some(Value::from("2026-11-20"))),
            ("child.sex", sex.then(|| Value::from("1"))),
            ("copies.wanted", Some(Value::from(wanted))),
            ("copies.count", wanted.then(|| Value::from(count))),
        ];
        answers.extend(given.into_iter().filter_map(|(path, answer)| Some((path.to_owned(), answer?))));
        prop_assert!(form.problems(&answers, Day::parse("2026-11-23").unwrap()).is_empty());
        let asked = form.asked(&answers);
        let is = |wanted: bool| Condition::Answer { path: "copies.wanted".into(), fits: Fits::Const(Value::from(wanted)) };
        for condition in [is(true), is(false), Condition::Any(vec![is(true), is(false)]), Condition::All(vec![is(true)])] {
            let applies = condition.applies(&|path| asked.answer(path));
            for field in &form.fields {
                let is_there = asked.answer(&field.path).is_some();
                prop_assert!(is_there || !form.is_certain(&field.path, &[]), "{}", field.path);
                prop_assert!(is_there || !applies || !form.is_certain(&field.path, &[&condition]), "{}", field.path);
            }
        }
    }
}

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Bool(true)),
        Just(Value::Bool(false)),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
        Just(Value::from("2026-11-20")),
        Just(Value::from("1")),
    ];
    leaf.prop_recursive(3, 20, 4, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            proptest::collection::btree_map("[a-z]{0,4}", inner, 0..4)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}
