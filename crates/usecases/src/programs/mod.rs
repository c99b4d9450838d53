//! Programs that act for people who let them: whose token it is that one brings, and what it may file once.

mod admit;
mod file_once;

pub use admit::{AdmitError, AdmittedProgram, admit_program, authorization_servers, count_change};
pub(crate) use file_once::FILING_KEY_MILLIS;
pub use file_once::{FileOnceError, file_once};
