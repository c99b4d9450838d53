//! What is wrong with the answers: the schema judges, and every refusal gets the path of its question.

use std::collections::BTreeMap;

use domain::partial_date::PartialDate;
use domain::time::Day;
use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use crate::form::Form;
use crate::question::{Kind, Question};

/// Something that must be put right before the form can be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The question: names joined by dots; a row of a table has its number, from 0.
    pub path: String,
    /// What is wrong.
    pub kind: ProblemKind,
}

/// What can be wrong with an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ProblemKind {
    /// It was not answered.
    Missing,
    /// More characters than the question takes.
    TooLong {
        /// The most.
        max: u64,
    },
    /// Fewer characters than the question takes.
    TooShort {
        /// The fewest.
        min: u64,
    },
    /// A number below the smallest.
    TooSmall {
        /// The smallest.
        min: f64,
    },
    /// A number above the largest.
    TooLarge {
        /// The largest.
        max: f64,
    },
    /// Fewer rows than there must be.
    TooFewRows {
        /// The fewest.
        min: u64,
    },
    /// More rows than there may be.
    TooManyRows {
        /// The most.
        max: u64,
    },
    /// None of the answers that are offered.
    NotAChoice,
    /// It does not have the form that such an answer has.
    WrongForm,
    /// A day that has not come yet.
    InFuture,
    /// The form does not ask for it.
    NotAsked,
}

impl Form {
    /// Everything that is wrong with these answers, in the order of the questions; empty when they can be filed.
    /// What is not asked of this person is not looked at.
    pub fn problems(&self, answers: &BTreeMap<String, Value>, today: Day) -> Vec<Problem> {
        let asked = self.asked(answers);
        let nested = asked.to_json();
        let mut problems: Vec<Problem> = Vec::new();
        for error in self.validator.iter_errors(&nested) {
            let Some(problem) = problem_of(&error) else { continue };
            let asks = self.place_of(&problem.path).is_some_and(|place| asked.asks(place));
            // The schema requires what a rule may hide.
            if (asks || problem.kind != ProblemKind::Missing)
                && !problems.iter().any(|other| other.path == problem.path)
            {
                problems.push(problem);
            }
        }
        for field in &self.fields {
            for path in asked.answer(&field.path).into_iter().flat_map(|answer| in_future(field, answer, today)) {
                if !problems.iter().any(|other| other.path == path) {
                    problems.push(Problem { path, kind: ProblemKind::InFuture });
                }
            }
        }
        problems.sort_by_key(|problem| self.place_of(&problem.path).map(|place| self.order[place]));
        problems
    }

    /// The problems of one page.
    pub fn problems_of(&self, page: &str, answers: &BTreeMap<String, Value>, today: Day) -> Vec<Problem> {
        let Some(page) = self.page(page) else { return Vec::new() };
        let mut places = Vec::new();
        crate::form::questions(&page.elements, &mut places);
        let mut problems = self.problems(answers, today);
        problems.retain(|problem| self.place_of(&problem.path).is_some_and(|place| places.contains(&place)));
        problems
    }

    /// The place of the question whose answer, or a part of whose answer, stands at a path.
    fn place_of(&self, path: &str) -> Option<usize> {
        let mut path = path;
        loop {
            if let Some(place) = self.fields.iter().position(|field| field.path == path) {
                return Some(place);
            }
            path = &path[..path.rfind('.')?];
        }
    }
}

/// The paths of days that have not come yet where only those that have may be answered: the question's, or those of
/// the rows of a table.
fn in_future(field: &Question, answer: &Value, today: Day) -> Vec<String> {
    match (&field.kind, answer) {
        (Kind::Table { columns, .. }, Value::Array(rows)) => {
            let in_row = |(number, row): (usize, &Value)| {
                let days = columns.iter().filter_map(|column| Some((column, row.get(&column.path)?)));
                let found = days.flat_map(|(column, day)| in_future(column, day, today));
                found.map(|name| format!("{}.{number}.{name}", field.path)).collect::<Vec<_>>()
            };
            rows.iter().enumerate().flat_map(in_row).collect()
        }
        _ => {
            let is_future = field.is_past && answer.as_str().is_some_and(|text| is_after(text, today));
            is_future.then(|| field.path.clone()).into_iter().collect()
        }
    }
}

fn is_after(text: &str, today: Day) -> bool {
    PartialDate::parse(text).is_ok_and(|date| date.earliest() > today)
}

fn problem_of(error: &ValidationError<'_>) -> Option<Problem> {
    let mut path = error.instance_path().as_str().trim_start_matches('/').replace('/', ".");
    let number = |value: &Value| value.as_f64().unwrap_or_default();
    let kind = match error.kind() {
        ValidationErrorKind::Required { property } => {
            let name = property.as_str()?;
            path = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
            ProblemKind::Missing
        }
        ValidationErrorKind::MaxLength { limit } => ProblemKind::TooLong { max: *limit },
        ValidationErrorKind::MinLength { limit } => ProblemKind::TooShort { min: *limit },
        ValidationErrorKind::Minimum { limit } | ValidationErrorKind::ExclusiveMinimum { limit } => {
            ProblemKind::TooSmall { min: number(limit) }
        }
        ValidationErrorKind::Maximum { limit } | ValidationErrorKind::ExclusiveMaximum { limit } => {
            ProblemKind::TooLarge { max: number(limit) }
        }
        ValidationErrorKind::MinItems { limit } => ProblemKind::TooFewRows { min: *limit },
        ValidationErrorKind::MaxItems { limit } => ProblemKind::TooManyRows { max: *limit },
        ValidationErrorKind::OneOfNotValid { .. }
        | ValidationErrorKind::OneOfMultipleValid { .. }
        | ValidationErrorKind::Constant { .. }
        | ValidationErrorKind::Enum { .. }
        | ValidationErrorKind::UniqueItems => ProblemKind::NotAChoice,
        ValidationErrorKind::AdditionalProperties { .. } => ProblemKind::NotAsked,
        _ => ProblemKind::WrongForm,
    };
    Some(Problem { path, kind })
}
