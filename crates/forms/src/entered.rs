//! From what a person types into the boxes of a page to an answer, and back.
//!
//! Reading never refuses: what cannot be understood is kept as it was typed, and the schema refuses it with a sentence
//! beside its question. So nothing that somebody has typed is lost.

use domain::codes::{EmailAddress, LoginName, PersonName, PersonalNumber, PhoneNumber, TaxNumber};
use domain::partial_date::PartialDate;
use domain::text::{clean_line, clean_text};
use domain::time::Day;
use serde_json::{Map, Value};

use crate::question::{Kind, Question};

/// The most characters of one answer that are kept; every question takes fewer.
const LONGEST: usize = 10_001;

/// The boxes of a submitted page.
pub trait Entered {
    /// The first value of a box; empty when it was not sent.
    fn first(&self, name: &str) -> &str;
    /// All values of boxes with this name.
    fn all(&self, name: &str) -> Vec<String>;
}

/// The answer to a question, from boxes whose names begin with its path; none when all are empty.
pub fn read_entered(field: &Question, boxes: &dyn Entered) -> Option<Value> {
    read(field, &field.path, boxes)
}

fn read(field: &Question, name: &str, boxes: &dyn Entered) -> Option<Value> {
    let text = || boxes.first(name).trim();
    let kept = |canonical: Option<String>, text: &str| {
        let text = canonical.unwrap_or_else(|| visible(text));
        (!text.is_empty()).then_some(Value::String(text))
    };
    match &field.kind {
        Kind::Line { .. } | Kind::Address => kept(clean_line(text(), LONGEST).ok(), text()),
        Kind::Paragraph { .. } => kept(clean_text(text(), LONGEST).ok(), text()),
        Kind::PersonName => kept(PersonName::parse(text()).ok().map(|name| name.as_str().to_owned()), text()),
        Kind::Phone => kept(PhoneNumber::parse(text()).ok().map(|phone| phone.as_str().to_owned()), text()),
        Kind::Email => kept(EmailAddress::parse(text()).ok().map(|email| email.as_str().to_owned()), text()),
        Kind::PersonalNumber => {
            kept(PersonalNumber::parse(text()).ok().map(|number| number.as_str().to_owned()), text())
        }
        Kind::TaxNumber => kept(TaxNumber::parse(text()).ok().map(|number| number.as_str().to_owned()), text()),
        Kind::IdentityNumber => {
            let digits = LoginName::parse(text()).ok().map(|number| number.as_str().to_owned());
            kept(digits.or_else(|| Some(text().replace([' ', '.', '-'], "").to_uppercase())), text())
        }
        Kind::Time => kept(time(text()), text()),
        Kind::Date => day_month_year(name, boxes, |typed| Day::parse_vietnamese(typed).ok().map(|day| day.to_string())),
        Kind::PartialDate => day_month_year(name, boxes, |typed| {
            // A day without a month would be read as a month.
            let is_whole =
                boxes.first(&format!("{name}.day")).is_empty() || !boxes.first(&format!("{name}.month")).is_empty();
            PartialDate::parse(typed).ok().filter(|_| is_whole).map(|date| date.to_string())
        }),
        Kind::Whole { .. } => number(text(), |digits| digits.parse::<i64>().ok().map(Value::from)),
        Kind::Decimal { .. } => {
            number(text(), |digits| digits.parse::<f64>().ok().filter(|n| n.is_finite()).map(Value::from))
        }
        Kind::YesNo => match text() {
            "" => None,
            "yes" => Some(Value::Bool(true)),
            "no" => Some(Value::Bool(false)),
            other => Some(Value::String(visible(other))),
        },
        Kind::One(_) => kept(None, text()),
        Kind::Many(_) => {
            let chosen: Vec<Value> = boxes
                .all(name)
                .into_iter()
                .filter(|value| !value.is_empty())
                .map(|value| Value::String(visible(&value)))
                .collect();
            (!chosen.is_empty()).then_some(Value::Array(chosen))
        }
        Kind::Table { columns, max, .. } => {
            // One row more than there may be is still read, so that the schema can refuse it.
            let rows: Vec<Value> =
                (0..=*max).filter_map(|row| read_row(columns, &format!("{name}.{row}"), boxes)).collect();
            (!rows.is_empty()).then_some(Value::Array(rows))
        }
    }
}

fn read_row(columns: &[Question], name: &str, boxes: &dyn Entered) -> Option<Value> {
    let mut row = Map::new();
    for column in columns {
        if let Some(answer) = read(column, &format!("{name}.{}", column.path), boxes) {
            row.insert(column.path.clone(), answer);
        }
    }
    (!row.is_empty()).then_some(Value::Object(row))
}

fn day_month_year(name: &str, boxes: &dyn Entered, canonical: impl Fn(&str) -> Option<String>) -> Option<Value> {
    let parts = ["day", "month", "year"].map(|part| visible(boxes.first(&format!("{name}.{part}")).trim()));
    if parts.iter().all(String::is_empty) {
        return None;
    }
    let typed: Vec<&str> = parts.iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    // What is no date is kept box by box.
    let kept = || parts.each_ref().map(|part| part.replace('/', ".")).join("/");
    Some(Value::String(canonical(&typed.join("/")).unwrap_or_else(kept)))
}

fn number(text: &str, parse: impl Fn(&str) -> Option<Value>) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    // 1.500.000 and 1 500 000 are one and a half million; a comma begins the decimals.
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let groups: Vec<&str> = compact.split('.').collect();
    let is_grouped =
        groups.len() > 1 && groups[1..].iter().all(|group| group.split(',').next().map_or(0, str::len) == 3);
    let digits = if is_grouped { compact.replace('.', "") } else { compact };
    Some(parse(&digits.replace(',', ".")).unwrap_or_else(|| Value::String(visible(text))))
}

fn time(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once([':', 'h', 'g'])?;
    let (hour, minute): (u8, u8) = (hour.trim().parse().ok()?, minute.trim().parse().ok()?);
    (hour < 24 && minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

/// A text without what nobody can see, and no longer than any answer.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).take(LONGEST).collect()
}

/// What stands in the boxes of a question with this answer: names and values, several for several answers.
pub fn write_entered(field: &Question, answer: &Value) -> Vec<(String, String)> {
    let mut boxes = Vec::new();
    write(field, &field.path, answer, &mut boxes);
    boxes
}

fn write(field: &Question, name: &str, answer: &Value, boxes: &mut Vec<(String, String)>) {
    match (&field.kind, answer) {
        (Kind::Table { columns, .. }, Value::Array(rows)) => {
            for (place, row) in rows.iter().enumerate() {
                for column in columns {
                    if let Some(answer) = row.get(&column.path) {
                        write(column, &format!("{name}.{place}.{}", column.path), answer, boxes);
                    }
                }
            }
        }
        (Kind::Many(_), Value::Array(chosen)) => {
            boxes.extend(chosen.iter().filter_map(Value::as_str).map(|value| (name.to_owned(), value.to_owned())));
        }
        (Kind::Date | Kind::PartialDate, Value::String(date)) => {
            let parts: Vec<String> = match PartialDate::parse(date) {
                Ok(date) => {
                    let written = date.vietnamese();
                    let mut parts: Vec<String> = written.split('/').map(str::to_owned).collect();
                    while parts.len() < 3 {
                        parts.insert(0, String::new());
                    }
                    parts
                }
                Err(_) => date.split('/').map(str::to_owned).collect(),
            };
            let named = ["day", "month", "year"].into_iter().zip(parts);
            boxes.extend(named.map(|(part, value)| (format!("{name}.{part}"), value)));
        }
        (Kind::Phone, Value::String(phone)) => {
            let shown = PhoneNumber::parse(phone).map_or_else(|_| phone.clone(), |phone| phone.national());
            boxes.push((name.to_owned(), shown));
        }
        (Kind::YesNo, Value::Bool(yes)) => boxes.push((name.to_owned(), if *yes { "yes" } else { "no" }.to_owned())),
        (_, Value::String(text)) => boxes.push((name.to_owned(), text.clone())),
        (Kind::Decimal { .. }, Value::Number(number)) => {
            boxes.push((name.to_owned(), number.to_string().replace('.', ",")))
        }
        (_, Value::Number(number)) => boxes.push((name.to_owned(), number.to_string())),
        _ => {}
    }
}
