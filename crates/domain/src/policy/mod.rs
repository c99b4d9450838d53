//! Who may see or do what: one function for single reads, lists, searches, exports and the API (domain.md §4, §1.8).

mod act;
mod may;
mod resource;
mod tracking;
mod viewer;
mod visible;

pub use act::Act;
pub use may::{Basis, Denied, Grant, View, may};
pub use resource::{DossierFacts, Resource};
pub use tracking::opens_tracking;
pub use viewer::{Acting, OfficerGrant, ProcedureScope, Role, Viewer};
pub use visible::{AgencyScope, DossierFilter, visible_agencies, visible_dossiers};

#[cfg(test)]
mod tests;
