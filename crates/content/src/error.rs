//! Why content can't be loaded.

use std::io;

/// What is wrong with the content, for the operator.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A file is missing or can't be read or decompressed.
    #[error("{file}: cannot be read")]
    Unreadable {
        /// The file, relative to the content folder.
        file: String,
        /// What the system says.
        #[source]
        cause: io::Error,
    },
    /// A file says something that can't be.
    #[error("{file}, line {line}: {reason}")]
    Refused {
        /// The file, relative to the content folder.
        file: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong there.
        reason: String,
    },
    /// Files of procedures that say what can't be, or samples that come out otherwise.
    #[error("{0}")]
    Procedures(crate::procedure_versions::Refusals),
}

pub(crate) fn refuse(file: &str, line: usize, reason: impl Into<String>) -> ContentError {
    ContentError::Refused { file: file.to_owned(), line, reason: reason.into() }
}

/// The line, from 1, on which a byte of the text stands.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}
