//! The electronic forms of procedures: read from JSON Schema and a JSON Forms layout, shown page by page, checked.
//!
//! One definition serves people and programs: the schema judges every answer (JSON Schema 2020-12), the layout says which
//! question stands on which page and under which rule it is asked. What a form may use is a stated part of both standards;
//! anything else is refused with file and line, so that nothing is silently left out.

mod allowed;
mod answer_words;
mod certainty;
mod check;
mod condition;
mod doubts;
mod entered;
mod form;
mod formats;
mod layout;
mod question;
mod refusal;
mod schema;
mod source_text;
mod words;

pub use answer_words::{Reading, answer_words};
pub use check::{Problem, ProblemKind};
pub use condition::{Condition, Fits};
pub use doubts::{Doubt, DoubtKind};
pub use entered::{Entered, read_entered, write_entered};
pub use form::{Asked, Form, FormSource};
pub use layout::{Element, Page, Rule};
pub use question::{Choice, Kind, Question};
pub use refusal::Refusal;
pub use schema::SOURCES;
pub use source_text::{SourceText, child};
pub use words::Words;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
