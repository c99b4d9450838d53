//! The same rule as a filter for lists, searches and exports: lists never show more than single reads.

use super::may::reads_dossiers;
use super::resource::DossierFacts;
use super::viewer::{ProcedureScope, Viewer};
use crate::codes::AgencyCode;
use crate::dossier::Status;
use crate::ids::{AccountId, DossierId};
use crate::representation::Right;

/// Which dossiers a viewer may list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DossierFilter {
    /// None at all.
    Nothing,
    /// The one that was looked up, once filed.
    One(DossierId),
    /// Those that the account files, drafts among them.
    OfAccount(AccountId),
    /// Those filed at these agencies for these procedures; never drafts.
    OfAgencies(Vec<AgencyScope>),
}

/// An agency and the procedures that may be seen there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgencyScope {
    /// The agency.
    pub agency: AgencyCode,
    /// The procedures.
    pub procedures: ProcedureScope,
}

impl DossierFilter {
    /// Whether a list under this filter may show the dossier.
    pub fn admits(&self, dossier: &DossierFacts) -> bool {
        match self {
            Self::Nothing => false,
            Self::One(id) => *id == dossier.id && dossier.status != Status::Draft,
            Self::OfAccount(account) => *account == dossier.filer,
            Self::OfAgencies(scopes) => {
                dossier.status != Status::Draft
                    && scopes
                        .iter()
                        .any(|scope| scope.agency == dossier.agency && scope.procedures.contains(&dossier.procedure))
            }
        }
    }
}

/// The dossiers that the viewer may see at all.
pub fn visible_dossiers(viewer: &Viewer) -> DossierFilter {
    match viewer {
        Viewer::Anonymous => DossierFilter::Nothing,
        Viewer::TrackingSecretHolder(id) => DossierFilter::One(*id),
        Viewer::Citizen(account) => DossierFilter::OfAccount(*account),
        Viewer::Representative(acting) if acting.has(Right::View) => DossierFilter::OfAccount(acting.principal),
        Viewer::Representative(_) => DossierFilter::Nothing,
        Viewer::Officer { grants, .. } => {
            let scopes: Vec<AgencyScope> = grants
                .iter()
                .filter(|grant| reads_dossiers(grant.role))
                .map(|grant| AgencyScope { agency: grant.agency.clone(), procedures: grant.procedures.clone() })
                .collect();
            match scopes.is_empty() {
                true => DossierFilter::Nothing,
                false => DossierFilter::OfAgencies(scopes),
            }
        }
    }
}

/// The agencies whose filed dossiers the viewer may see for every procedure, each once, in order.
///
/// Grants for some procedures only are left out, so that a list by agency alone never shows too much;
/// [`visible_dossiers`] has them.
pub fn visible_agencies(viewer: &Viewer) -> Vec<AgencyCode> {
    let DossierFilter::OfAgencies(scopes) = visible_dossiers(viewer) else {
        return Vec::new();
    };
    let mut agencies: Vec<AgencyCode> =
        scopes.into_iter().filter(|scope| scope.procedures == ProcedureScope::All).map(|scope| scope.agency).collect();
    agencies.sort_unstable();
    agencies.dedup();
    agencies
}
