//! What an act is done to, reduced to what the policy looks at.

use crate::account::AccountKind;
use crate::codes::{AgencyCode, ProcedureCode};
use crate::dossier::{Dossier, Status};
use crate::ids::{AccountId, DossierId};

/// What is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resource {
    /// What everyone may see: catalogue, agencies, figures.
    Public,
    /// A dossier.
    Dossier(DossierFacts),
    /// An account.
    Account(AccountId),
    /// The store of an account.
    Store(AccountId),
    /// An account of this kind, as those see it who approve registrations.
    Applicant(AccountKind),
    /// The recoveries of accounts at the desk of an agency.
    Recoveries(AgencyCode),
    /// The inbox of an agency.
    Inbox(AgencyCode),
    /// Catalogues, agencies, calendars, as they are edited.
    Catalogue,
    /// The running system.
    System,
}

impl From<&Dossier> for Resource {
    fn from(dossier: &Dossier) -> Self {
        Self::Dossier(DossierFacts::from(dossier))
    }
}

/// What the policy looks at in a dossier; a row of a list is enough to make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierFacts {
    /// The dossier.
    pub id: DossierId,
    /// The account that files it.
    pub filer: AccountId,
    /// The agency that receives it.
    pub agency: AgencyCode,
    /// Its procedure.
    pub procedure: ProcedureCode,
    /// Where it stands.
    pub status: Status,
}

impl From<&Dossier> for DossierFacts {
    fn from(dossier: &Dossier) -> Self {
        Self {
            id: dossier.id,
            filer: dossier.filer,
            agency: dossier.agency.code.clone(),
            procedure: dossier.procedure.code.clone(),
            status: dossier.status,
        }
    }
}
