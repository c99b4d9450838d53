//! A question of a form: its words, what may be answered, and why it may be asked.

use serde_json::Value;

use crate::words::Words;

/// One question.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// Where its answer stands among the answers: names joined by dots, `child.full_name`.
    pub path: String,
    /// What is asked.
    pub title: Words,
    /// How to answer it; may be empty.
    pub hint: Words,
    /// What may be answered.
    pub kind: Kind,
    /// Whether it must be answered when it is asked.
    pub is_required: bool,
    /// By which rule it may be asked (data protection: no field without ground, domain.md §1.8).
    pub ground: String,
    /// Whether a day after today is refused: births, deaths, papers that were issued.
    pub is_past: bool,
    /// What is answered beforehand, because most people would.
    pub default: Option<Value>,
    /// Where the system knows the answer from (R8), a name such as `filer.name`.
    pub source: Option<String>,
    /// Whether its answer is likely to be the same in the next dossier of the same owner, so that it is offered again (R8).
    pub is_reusable: bool,
}

impl Question {
    /// The last name of its path.
    pub fn name(&self) -> &str {
        self.path.rsplit('.').next().unwrap_or(&self.path)
    }
}

/// What kind of answer a question has.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// One line of so many characters at most.
    Line {
        /// The most characters.
        max: u64,
    },
    /// Several lines.
    Paragraph {
        /// The most characters.
        max: u64,
    },
    /// A person's name.
    PersonName,
    /// A day.
    Date,
    /// A day, a month or a year.
    PartialDate,
    /// A time of the day, `14:05`.
    Time,
    /// A whole number, with its unit.
    Whole {
        /// The unit beside it; may be empty.
        unit: Words,
    },
    /// A number that may have decimals, with its unit.
    Decimal {
        /// The unit beside it; may be empty.
        unit: Words,
    },
    /// Yes or no.
    YesNo,
    /// One of these.
    One(Vec<Choice>),
    /// Any of these.
    Many(Vec<Choice>),
    /// An address in one line.
    Address,
    /// A telephone number.
    Phone,
    /// A mailbox.
    Email,
    /// A personal number of twelve digits (số định danh cá nhân).
    PersonalNumber,
    /// The number of an identity paper: personal number, old card of nine digits, or passport.
    IdentityNumber,
    /// A tax number.
    TaxNumber,
    /// Rows of the same questions.
    Table {
        /// The questions of a row; their paths are names within the row.
        columns: Vec<Question>,
        /// The fewest rows.
        min: u64,
        /// The most rows.
        max: u64,
    },
}

/// One possible answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is kept.
    pub value: String,
    /// What is read.
    pub title: Words,
}
