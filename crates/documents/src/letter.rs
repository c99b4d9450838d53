//! A letter of an agency: the result or the refusal that a procedure ends with, as Decree 30/2020/NĐ-CP lays it out.

use serde_json::{Value, json};

use crate::Moment;

/// What a letter says. Every text is plain: nothing in it is an instruction to the typesetter.
#[derive(Debug, Clone)]
pub struct Letter {
    /// The agency above the one that issues it, as `Ủy ban nhân dân tỉnh Gia Lai`; empty for none. Printed in capitals.
    pub above: String,
    /// The agency that issues it; printed in capitals.
    pub agency: String,
    /// Where it is issued, as `Ia Grai`.
    pub place: String,
    /// What follows the number, as `QĐ-UBND`; may be empty.
    pub symbol: String,
    /// The name of its kind, as `QUYẾT ĐỊNH`; empty for an official letter (công văn).
    pub heading: String,
    /// What it is called, for the metadata.
    pub title: String,
    /// What it is about; may be empty.
    pub subject: String,
    /// To whom an official letter goes; empty for others.
    pub to: String,
    /// What it rests on, a sentence each.
    pub grounds: Vec<String>,
    /// The body.
    pub body: Vec<LetterBlock>,
    /// Who gets it (*Nơi nhận*); may be empty.
    pub receivers: Vec<String>,
    /// On whose behalf it is signed, as `TM. ỦY BAN NHÂN DÂN`; empty when for nobody else.
    pub on_behalf: String,
    /// The post of whoever signs, as `CHỦ TỊCH`.
    pub post: String,
    /// Whether it is issued.
    pub issue: Issue,
    /// The dossier code.
    pub code: String,
    /// When it was set.
    pub made_at: Moment,
}

/// How far a letter is.
#[derive(Debug, Clone)]
pub enum Issue {
    /// A draft: no number, no day, no signature, and the mark *DỰ THẢO*.
    Draft,
    /// Issued.
    Issued {
        /// Its number.
        number: String,
        /// Its day.
        at: Moment,
        /// Who signs it.
        signer: String,
    },
}

/// A part of a letter's body.
#[derive(Debug, Clone)]
pub enum LetterBlock {
    /// A line in the middle.
    Heading(String),
    /// A paragraph.
    Paragraph {
        /// What begins it, in bold; may be empty.
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

impl LetterBlock {
    fn data(&self) -> Value {
        match self {
            Self::Heading(text) => json!({ "kind": "heading", "text": text }),
            Self::Paragraph { lead, text } => json!({ "kind": "paragraph", "lead": lead, "text": text }),
            Self::Rows(rows) => json!({ "kind": "rows", "rows": rows }),
            Self::Table { head, rows } => json!({ "kind": "table", "head": head, "rows": rows }),
        }
    }
}

impl Letter {
    pub(crate) fn data(&self) -> Value {
        let (number, day, signer) = match &self.issue {
            Issue::Draft => (String::new(), format!("ngày …… tháng …… năm {}", self.made_at.year), String::new()),
            Issue::Issued { number, at, signer } => (number.clone(), at.day_in_words(), signer.clone()),
        };
        json!({
            "above": self.above.to_uppercase(),
            "agency": self.agency.to_uppercase(),
            "place_and_day": format!("{}, {day}", self.place),
            "number": number,
            "symbol": self.symbol,
            "heading": self.heading,
            "title": self.title,
            "subject": self.subject,
            "to": self.to,
            "grounds": self.grounds,
            "body": self.body.iter().map(LetterBlock::data).collect::<Vec<_>>(),
            "receivers": self.receivers,
            "on_behalf": self.on_behalf,
            "post": self.post,
            "signer": signer,
            "is_draft": matches!(self.issue, Issue::Draft),
            "code": self.code,
        })
    }
}
