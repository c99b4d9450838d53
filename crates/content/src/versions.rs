//! The names of the content's versions, which dossiers and due dates keep.

use crate::error::{ContentError, refuse};
use crate::files::Files;

/// Made of the date of the data and a hash of it, so that other data never has the same name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Versions {
    /// Of everything that is packaged.
    pub content: String,
    /// Of the procedures and what they refer to.
    pub catalogue: String,
    /// Of the working calendar.
    pub calendar: String,
}

impl Versions {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let text = files.text("VERSION")?;
        let find = |name: &str| {
            let value = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            value.map(str::to_owned).ok_or_else(|| refuse("VERSION", 1, format!("no line «{name}»")))
        };
        Ok(Self { content: find("content")?, catalogue: find("catalogue")?, calendar: find("calendar")? })
    }
}
