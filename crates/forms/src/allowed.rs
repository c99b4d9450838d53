//! What other files of a procedure may say about a form: conditions and counts on its questions.

use serde_json::Value;

use crate::condition::{Condition, Fits};
use crate::form::Form;
use crate::question::{Kind, Question};
use crate::refusal::Refusal;
use crate::source_text::SourceText;

impl Form {
    /// The condition at a pointer of a file, when there is one.
    ///
    /// # Errors
    /// When it is none, looks at a question that the form does not have, or waits for an answer that is not offered.
    pub fn condition_at(&self, source: &SourceText, pointer: &str) -> Result<Option<Condition>, Refusal> {
        match source.value.pointer(pointer) {
            None => Ok(None),
            Some(_) => {
                Condition::read(source, pointer).and_then(|read| self.allow_condition(source, pointer, read)).map(Some)
            }
        }
    }

    /// The condition, when it can apply to somebody who answers this form.
    ///
    /// # Errors
    /// When it looks at a question that the form does not have, or waits for an answer that is not offered.
    pub fn allow_condition(
        &self,
        source: &SourceText,
        pointer: &str,
        condition: Condition,
    ) -> Result<Condition, Refusal> {
        for (path, fits) in condition.comparisons() {
            let question =
                self.field(path).ok_or_else(|| source.refuse(pointer, format!("there is no field {path}")))?;
            if let Some(wanted) = never_answered(question, fits) {
                return Err(source.refuse(pointer, format!("{path} is never answered by {wanted}")));
            }
        }
        Ok(condition)
    }

    /// The path of a question whose answer is a whole number.
    ///
    /// # Errors
    /// When there is no such question.
    pub fn allow_count(&self, source: &SourceText, pointer: &str, path: &str) -> Result<String, Refusal> {
        match self.field(path).map(|question| &question.kind) {
            Some(Kind::Whole { .. }) => Ok(path.to_owned()),
            Some(_) => Err(source.refuse(pointer, format!("{path} is answered by no whole number"))),
            None => Err(source.refuse(pointer, format!("there is no field {path}"))),
        }
    }
}

/// An answer that a comparison waits for and the question does not offer.
pub(crate) fn never_answered(question: &Question, fits: &Fits) -> Option<String> {
    let offered = |wanted: &&Value| match &question.kind {
        Kind::One(choices) | Kind::Many(choices) => {
            choices.iter().any(|choice| wanted.as_str() == Some(choice.value.as_str()))
        }
        Kind::YesNo => wanted.is_boolean(),
        Kind::Whole { .. } => wanted.is_i64(),
        Kind::Decimal { .. } => wanted.is_number(),
        Kind::Table { .. } => false,
        _ => wanted.is_string(),
    };
    match fits {
        Fits::Const(wanted) | Fits::Contains(wanted) => {
            Some(wanted).filter(|wanted| !offered(wanted)).map(Value::to_string)
        }
        Fits::Enum(wanted) => wanted.iter().find(|wanted| !offered(wanted)).map(Value::to_string),
        Fits::Range { min, max } => {
            let is_number = matches!(question.kind, Kind::Whole { .. } | Kind::Decimal { .. });
            min.as_ref().or(max.as_ref()).filter(|_| !is_number).map(|bound| bound.to_string())
        }
        Fits::Not(inner) => never_answered(question, inner),
    }
}
