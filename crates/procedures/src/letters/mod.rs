//! Letters as files (`letters/NAME.toml`): the results and refusals that an agency sends, as text with places for answers.
//!
//! What is wrong is refused with file and line: a letter is signed by a person, and must not come out with a hole in it.

mod draft;
mod placeholder;
mod read;
mod text;

use forms::{Asked, Condition, Words};

pub use draft::{LetterDraft, LetterPart};
pub use placeholder::LetterFact;
pub(crate) use read::read_letters;

use crate::process::Task;
use text::LetterText;

/// What a letter means for whoever asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LetterKind {
    /// What was asked for.
    Result,
    /// That it cannot be given, and why.
    Refusal,
}

/// For whom the person signs who signs (Decree 30/2020, annex I).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Signer {
    /// On behalf of the committee (TM. ỦY BAN NHÂN DÂN); where the agency is none, its head.
    Committee,
    /// The head of the agency in person.
    Head,
}

/// What the officer fills in before the letter is issued: a sum, a number of a register, a reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blank {
    /// Its name in the file.
    pub key: String,
    /// What it is called.
    pub title: Words,
}

/// A letter of a procedure.
#[derive(Clone, Debug, PartialEq)]
pub struct Letter {
    /// Its name: that of its file.
    pub name: String,
    /// What it is called.
    pub title: Words,
    /// What it means.
    pub kind: LetterKind,
    /// The step of the process at which it is drawn up.
    pub step: String,
    /// The rule that prescribes it.
    pub ground: String,
    /// In which case it is sent; in every one when there is none.
    pub when: Option<Condition>,
    /// What follows the number, as `QĐ-UBND`; may be empty.
    pub symbol: String,
    /// Who signs.
    pub signer: Signer,
    /// What the officer fills in.
    pub blanks: Vec<Blank>,
    head: Head,
    body: Vec<Block>,
    receivers: Vec<LetterText>,
}

/// What stands over the body.
#[derive(Clone, Debug, PartialEq)]
struct Head {
    /// The name of its kind as it is printed.
    heading: String,
    subject: Option<LetterText>,
    /// To whom an official letter (công văn) goes; it has no heading.
    to: Option<LetterText>,
    grounds: Vec<LetterText>,
}

/// A part of the body and when it is there.
#[derive(Clone, Debug, PartialEq)]
struct Block {
    when: Option<Condition>,
    part: Part,
}

#[derive(Clone, Debug, PartialEq)]
enum Part {
    Heading(LetterText),
    Paragraph {
        /// What begins it, as `Điều 1.`; may be empty.
        lead: String,
        text: LetterText,
    },
    /// Facts under one another: what it is, and what is so.
    Rows(Vec<(String, LetterText)>),
    /// The answer to a table: the titles of the columns, and the questions that stand in them.
    Table {
        path: String,
        columns: Vec<(String, String)>,
    },
}

impl Letter {
    /// Whether it is one of the case: its condition applies, and the dossier comes past its step.
    pub(crate) fn is_of(&self, asked: &Asked<'_>, route: &[&Task]) -> bool {
        applies(self.when.as_ref(), asked) && route.iter().any(|task| task.id == self.step)
    }

    /// Whether it is an official letter (công văn), which has an addressee and no heading.
    pub fn is_official_letter(&self) -> bool {
        self.head.to.is_some()
    }
}

fn applies(when: Option<&Condition>, asked: &Asked<'_>) -> bool {
    when.is_none_or(|when| when.applies(&|path| asked.answer(path)))
}
