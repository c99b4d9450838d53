//! A letter with the answers put in: what is set on paper.

use forms::{Asked, Form, Kind, Question, Reading, answer_words};
use serde_json::Value;

use super::placeholder::{LetterFact, Name};
use super::text::LetterText;
use super::{Letter, Part, applies};

/// Stands where something is filled in later.
pub(super) const DOTS: &str = "…………………………………";

/// A letter with the answers put in; texts are plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetterDraft {
    /// The name of its kind; empty for an official letter.
    pub heading: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// To whom an official letter goes; empty for others.
    pub to: String,
    /// What it rests on, a sentence each.
    pub grounds: Vec<String>,
    /// The body.
    pub body: Vec<LetterPart>,
    /// Who gets it, beside who asked.
    pub receivers: Vec<String>,
}

/// A part of a letter's body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LetterPart {
    /// A line on its own, in the middle.
    Heading(String),
    /// A paragraph.
    Paragraph {
        /// What begins it; may be empty.
        lead: String,
        /// The rest.
        text: String,
    },
    /// What it is, and what is so.
    Rows(Vec<(String, String)>),
    /// A table.
    Table {
        /// The titles of its columns.
        head: Vec<String>,
        /// As many cells in each.
        rows: Vec<Vec<String>>,
    },
}

impl Letter {
    /// The letter for somebody who was asked this form and answered it. `fact` knows what every dossier has; what it does not
    /// know yet, and what the officer fills in, are dots.
    pub fn draft(&self, form: &Form, asked: &Asked<'_>, fact: &dyn Fn(LetterFact) -> Option<String>) -> LetterDraft {
        let find = |name: &Name| match name {
            Name::Fact(known) => fact(*known),
            Name::Blank(_) => None,
            Name::Answer(path) => Some(words(form.field(path)?, asked.answer(path)?)),
        };
        let fill = |text: &LetterText| text.fill(&find);
        let filled = |text: &Option<LetterText>| text.as_ref().map(fill).unwrap_or_default();
        let present = self.body.iter().filter(|block| applies(block.when.as_ref(), asked));
        let body = present.map(|block| match &block.part {
            Part::Heading(text) => LetterPart::Heading(fill(text)),
            Part::Paragraph { lead, text } => LetterPart::Paragraph { lead: lead.clone(), text: fill(text) },
            Part::Rows(rows) => {
                let rows = rows.iter().map(|(title, text)| (title.clone(), fill(text)));
                LetterPart::Rows(rows.filter(|(_, text)| !text.trim().is_empty()).collect())
            }
            Part::Table { path, columns } => table(form, asked, path, columns),
        });
        LetterDraft {
            heading: self.head.heading.clone(),
            subject: filled(&self.head.subject),
            to: filled(&self.head.to),
            grounds: self.head.grounds.iter().map(fill).collect(),
            body: body.collect(),
            receivers: self.receivers.iter().map(fill).collect(),
        }
    }
}

fn table(form: &Form, asked: &Asked<'_>, path: &str, columns: &[(String, String)]) -> LetterPart {
    let questions: &[Question] = match form.field(path).map(|question| &question.kind) {
        Some(Kind::Table { columns, .. }) => columns,
        _ => &[],
    };
    let cell = |row: &Value, column: &String| {
        let question = questions.iter().find(|question| question.path == *column)?;
        Some(words(question, row.get(column)?))
    };
    let rows = asked.answer(path).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let line = |row: &Value| columns.iter().map(|(_, column)| cell(row, column).unwrap_or_default()).collect();
    let head = columns.iter().map(|(title, _)| title.clone()).collect();
    LetterPart::Table { head, rows: rows.iter().map(line).collect() }
}

/// An answer in one run of text: what stands on lines of its own elsewhere is joined.
fn words(question: &Question, answer: &Value) -> String {
    let between = if matches!(question.kind, Kind::Many(_)) { "; " } else { " " };
    let words = answer_words(question, answer, Reading::VIETNAMESE);
    words.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(between)
}
