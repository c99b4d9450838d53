//! An answer as people read it.

use domain::codes::PhoneNumber;
use domain::partial_date::PartialDate;
use domain::text::group_digits;
use serde_json::Value;

use crate::question::{Choice, Kind, Question};
use crate::words::Words;

/// The language in which an answer is read.
#[derive(Clone, Copy)]
pub struct Reading<'t> {
    /// Chooses between the two languages of a form.
    pub of: fn(&Words) -> &str,
    /// What is said for yes.
    pub yes: &'t str,
    /// What is said for no.
    pub no: &'t str,
}

impl Reading<'static> {
    /// As letters of agencies have it.
    pub const VIETNAMESE: Self = Self { of: |words| &words.vi, yes: "Có", no: "Không" };
}

/// An answer as it is read; each line is a line of its own.
pub fn answer_words(field: &Question, answer: &Value, reading: Reading<'_>) -> String {
    let title_of = |choices: &[Choice], value: &str| {
        let choice = choices.iter().find(|choice| choice.value == value);
        choice.map_or_else(|| value.to_owned(), |choice| (reading.of)(&choice.title).to_owned())
    };
    let with_unit = |number: String, unit: &Words| match unit.is_empty() {
        true => number,
        false => format!("{number} {}", (reading.of)(unit)),
    };
    match (&field.kind, answer) {
        (Kind::YesNo, Value::Bool(yes)) => if *yes { reading.yes } else { reading.no }.to_owned(),
        (Kind::One(choices), Value::String(value)) => title_of(choices, value),
        (Kind::Many(choices), Value::Array(values)) => {
            let titles: Vec<String> =
                values.iter().filter_map(Value::as_str).map(|value| title_of(choices, value)).collect();
            titles.join("\n")
        }
        (Kind::Date | Kind::PartialDate, Value::String(date)) => {
            PartialDate::parse(date).map_or_else(|_| date.clone(), |date| date.vietnamese())
        }
        (Kind::Whole { unit }, Value::Number(number)) => {
            let written = match number.as_i64() {
                // A year, a number in a register: what counts nothing has no groups.
                Some(number) if unit.is_empty() && (0..10_000).contains(&number) => number.to_string(),
                Some(number) => group_digits(number, '.'),
                None => number.to_string(),
            };
            with_unit(written, unit)
        }
        (Kind::Decimal { unit }, Value::Number(number)) => with_unit(number.to_string().replace('.', ","), unit),
        (Kind::Phone, Value::String(phone)) => {
            PhoneNumber::parse(phone).map_or_else(|_| phone.clone(), |phone| phone.national())
        }
        (Kind::Table { columns, .. }, Value::Array(rows)) => {
            let line = |row: &Value| {
                let cells =
                    columns.iter().filter_map(|column| Some(answer_words(column, row.get(&column.path)?, reading)));
                cells.collect::<Vec<_>>().join(" · ")
            };
            rows.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        (_, Value::String(text)) => text.clone(),
        (_, other) => other.to_string(),
    }
}
