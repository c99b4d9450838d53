//! The papers of a procedure: which are asked for, when, and which the state holds already.

use forms::{Asked, Condition, Form, Refusal, SourceText, Words, child};

use crate::registers::Registers;

/// A component of the dossier (thành phần hồ sơ) as the people who fit the procedure wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Paper {
    /// Its code: the record's where one fits, otherwise ours.
    pub code: String,
    /// What it is called.
    pub title: Words,
    /// A sentence for whoever looks for it; may be empty.
    pub note: Words,
    /// Whether it must be given when it is asked for.
    pub is_required: bool,
    /// Its kind, by which registers and stores know it.
    pub document: Option<String>,
    /// When it is asked for; always when there is none.
    pub when: Option<Condition>,
    /// The rule that asks for it.
    pub ground: String,
}

impl Paper {
    /// Whether it is asked for of somebody who answered this.
    pub fn is_asked(&self, asked: &Asked<'_>) -> bool {
        self.when.as_ref().is_none_or(|when| when.applies(&|path| asked.answer(path)))
    }

    /// Reads the paper at a pointer of `procedure.toml`.
    pub(crate) fn read(facts: &SourceText, at: &str, form: &Form, registers: &Registers) -> Result<Self, Refusal> {
        let known = ["code", "title", "title_en", "note", "note_en", "required", "document", "when", "ground"];
        facts.allow(at, &known)?;
        let is_required = facts.flag(at, "required")?;
        let document = match facts.object(at)?.contains_key("document") {
            true => Some(facts.text(at, "document")?.to_owned()),
            false => None,
        };
        if let Some(document) = &document {
            let place = child(at, "document");
            if registers.document(document).is_none() {
                return Err(facts.refuse(&place, format!("{document:?} is no kind of document in registers.toml")));
            }
            // What a connected database of the state holds may not be demanded (Decree 118/2025; domain.md §1.2).
            if let Some(register) = registers.holding(document).filter(|_| is_required) {
                let reason = format!("{document} may not be required: the register {} holds it", register.key);
                return Err(facts.refuse(&place, reason));
            }
        }
        Ok(Self {
            code: facts.text(at, "code")?.to_owned(),
            title: facts.words(at, "title")?.ok_or_else(|| facts.refuse(at, "\"title\" is missing"))?,
            note: facts.words(at, "note")?.unwrap_or_default(),
            is_required,
            document,
            when: form.condition_at(facts, &child(at, "when"))?,
            ground: facts.text(at, "ground")?.to_owned(),
        })
    }
}
