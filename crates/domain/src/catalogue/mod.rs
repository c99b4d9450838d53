//! The catalogue of administrative procedures as the national database describes them (domain.md §2.5).

mod detail;
mod fileability;
mod kinds;
mod processing;
mod reference;
mod summary;

pub use detail::{
    Case, Component, ComponentGroup, Currency, Fee, FeeKind, ProcedureDetail, ProcedureResult, Step, SubmissionMethod,
};
pub use fileability::{Fileability, FilingFacts, NotFileable};
pub(crate) use kinds::words;
pub use kinds::{Level, LevelSet, Method, OnlineLevel, ProcedureKind, ProcedureState, Scope, UnknownWord};
pub use processing::{ProcessingTime, ProcessingUnit};
pub use reference::{ApplicantGroup, ApplicantKind, Field, Issuer, LegalDocument};
pub use summary::{FeeSummary, ProcedureSummary};
