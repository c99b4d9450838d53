//! Procedures as files (`content/procedures/CODE/`): facts, form, papers, fees and process of one version, compiled.
//!
//! What is wrong is refused with file and line. Samples are filings with what is expected of them, so that whoever changes
//! a procedure sees what becomes of real cases.

mod budget;
mod differences;
mod fees;
mod general;
mod letters;
mod papers;
mod process;
mod registers;
mod sample;
mod version;

pub use differences::{Change, differences};
pub use fees::{Due, Fee, FeeLine};
pub use general::{Applicants, CASE_PATH, GeneralForms, papers_of_case};
pub use letters::{Blank, Letter, LetterDraft, LetterFact, LetterKind, LetterPart, Signer};
pub use papers::Paper;
pub use process::{Drawing, Line, Place, Process, Shape, ShapeKind, Stage, Task};
pub use registers::{Document, Register, Registers};
pub use sample::{Counting, Verdict, check_sample};
pub use version::{File, Record, Version, VersionSource};
