//! The catalogue of administrative procedures as the national database describes them (domain.md §2.5).

mod detail;
mod fileability;
mod kinds;
mod reference;
mod summary;

pub use detail::{
    Case, Component, ComponentGroup, Currency, Fee, FeeKind, ProcedureDetail, ProcedureResult,
    ProcessingTime, ProcessingUnit, Step, SubmissionMethod,
};
pub use fileability::{Fileability, FilingFacts, NotFileable};
pub(crate) use kinds::words;
pub use kinds::{
    Level, LevelSet, Method, OnlineLevel, ProcedureKind, ProcedureState, Scope, UnknownWord,
};
pub use reference::{ApplicantGroup, ApplicantKind, Field, Issuer, LegalDocument};
pub use summary::{FeeSummary, ProcedureSummary};
