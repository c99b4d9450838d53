//! What fits ill together and may be right all the same: a personal number says its bearer's sex and year of birth, and
//! registers have errors, so that people are asked to look again and nobody is refused (domain.md §2.3).

use std::collections::BTreeMap;

use domain::codes::{PersonalNumber, Sex};
use domain::partial_date::PartialDate;
use serde_json::Value;

use crate::form::Form;
use crate::question::{Kind, Question};

/// The answers of one question about a person that do not fit the person's number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The question in doubt: the year of birth or the sex.
    pub path: String,
    /// The question that asks for the number.
    pub number_path: String,
    /// What does not fit.
    pub kind: DoubtKind,
}

/// What does not fit the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DoubtKind {
    /// The number says another year of birth.
    BirthYear {
        /// The year in the number.
        in_number: i16,
    },
    /// The number says the other sex.
    Sex,
}

/// What forms call the answers for man and woman.
const MALE: &str = "1";
const FEMALE: &str = "2";

impl Form {
    /// The doubts about these answers, in the order of the questions.
    pub fn doubts(&self, answers: &BTreeMap<String, Value>) -> Vec<Doubt> {
        let asked = self.asked(answers);
        let mut doubts = of_person(&self.fields, "", &|path| asked.answer(path));
        for table in &self.fields {
            let (Kind::Table { columns, .. }, Some(Value::Array(rows))) = (&table.kind, asked.answer(&table.path))
            else {
                continue;
            };
            for (number, row) in rows.iter().enumerate() {
                let place = format!("{}.{number}.", table.path);
                doubts.extend(of_person(columns, &place, &|name| row.get(name)));
            }
        }
        doubts
    }
}

impl Form {
    /// The addresses among these answers that count, with their paths, in the order of the questions.
    pub fn addresses<'a>(&self, answers: &'a BTreeMap<String, Value>) -> Vec<(String, &'a str)> {
        let asked = self.asked(answers);
        let mut addresses: Vec<(String, &'a str)> = Vec::new();
        for field in self.fields.iter().filter(|field| asked.answer(&field.path).is_some()) {
            match (&field.kind, answers.get(&field.path)) {
                (Kind::Address, Some(Value::String(line))) => addresses.push((field.path.clone(), line)),
                (Kind::Table { columns, .. }, Some(Value::Array(rows))) => {
                    for (number, row) in rows.iter().enumerate() {
                        for column in columns.iter().filter(|column| column.kind == Kind::Address) {
                            let line = row.get(&column.path).and_then(Value::as_str);
                            let path = || format!("{}.{number}.{}", field.path, column.path);
                            addresses.extend(line.map(|line| (path(), line)));
                        }
                    }
                }
                _ => {}
            }
        }
        addresses
    }
}

/// The doubts among these questions; `place` stands before their paths.
fn of_person<'a>(questions: &[Question], place: &str, answer: &dyn Fn(&str) -> Option<&'a Value>) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for asks_number in questions.iter().filter(|question| is_number(question)) {
        let given = answer(&asks_number.path).and_then(Value::as_str);
        let Some(number) = given.and_then(|text| PersonalNumber::parse(text).ok()) else { continue };
        let person = person_of(&asks_number.path);
        for question in questions.iter().filter(|question| person_of(&question.path) == person) {
            let Some(kind) = answer(&question.path).and_then(|answer| doubt(question, answer, &number)) else {
                continue;
            };
            let path = format!("{place}{}", question.path);
            // Two papers of one person say the same.
            if doubts.iter().all(|other| other.path != path) {
                doubts.push(Doubt { path, number_path: format!("{place}{}", asks_number.path), kind });
            }
        }
    }
    doubts
}

fn is_number(question: &Question) -> bool {
    matches!(question.kind, Kind::PersonalNumber | Kind::IdentityNumber)
}

/// The part of a path that names the person: a paper's number belongs to whom the paper belongs.
fn person_of(path: &str) -> &str {
    let above = path.rfind('.').map_or("", |end| &path[..end]);
    above.strip_suffix(".paper").unwrap_or(above)
}

fn doubt(question: &Question, answer: &Value, number: &PersonalNumber) -> Option<DoubtKind> {
    match &question.kind {
        Kind::Date | Kind::PartialDate if question.name().contains("birth") => {
            let stated = PartialDate::parse(answer.as_str()?).ok()?.year();
            (stated != number.birth_year()).then(|| DoubtKind::BirthYear { in_number: number.birth_year() })
        }
        Kind::One(_) if question.name() == "gender" => {
            let stated = match answer.as_str()? {
                MALE => Sex::Male,
                FEMALE => Sex::Female,
                _ => return None,
            };
            (stated != number.sex()).then_some(DoubtKind::Sex)
        }
        _ => None,
    }
}
