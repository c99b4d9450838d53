//! The one function that grants or denies.

use super::act::Act;
use super::resource::{DossierFacts, Resource};
use super::viewer::{Acting, OfficerGrant, ProcedureScope, Role, Viewer};
use crate::account::AccountKind;
use crate::codes::AgencyCode;
use crate::dossier::Status;
use crate::ids::{AccountId, RepresentationId};
use crate::representation::Right;

/// A right that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// On what ground, for the audit line.
    pub basis: Basis,
    /// How much may be shown.
    pub view: View,
}

/// The ground of a right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Open to everyone.
    Public,
    /// One's own account or dossier.
    Own,
    /// What the principal gave to the one who acts.
    Representation {
        /// By which representation.
        id: RepresentationId,
        /// The right used.
        right: Right,
    },
    /// The dossier's code together with its secret or the tail of the owner's number.
    TrackingSecret,
    /// An officer's grant.
    Officer {
        /// The role used.
        role: Role,
        /// The agency it is for.
        agency: AgencyCode,
    },
}

/// How much of a resource may be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// All of it.
    Full,
    /// Procedure, agency, status and times; no names, numbers, addresses or files (domain.md §1.8).
    ProgressOnly,
}

/// Why a right was not found; what the page answers follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Denied {
    /// Someone not signed in: offer to sign in.
    #[error("sign in first")]
    NotSignedIn,
    /// They may not even know that it exists: answer as if it didn't (404).
    #[error("not visible")]
    NotVisible,
    /// They may know it, but not do this (403).
    #[error("not allowed")]
    NotAllowed,
}

/// Whether the viewer may do this to that, and on what ground. Whether the state allows it is the dossier's own rule.
///
/// # Errors
/// Why not.
pub fn may(viewer: &Viewer, act: Act, resource: &Resource) -> Result<Grant, Denied> {
    match resource {
        Resource::Public => public(viewer, act),
        Resource::Dossier(dossier) => match viewer {
            Viewer::Anonymous => Err(Denied::NotSignedIn),
            Viewer::TrackingSecretHolder(id) => track(*id == dossier.id, act, dossier),
            Viewer::Citizen(account) => own_dossier(*account, act, dossier),
            Viewer::Representative(acting) => principals_dossier(acting, act, dossier),
            Viewer::Officer { grants, .. } => office_dossier(grants, act, dossier),
        },
        Resource::Account(account) => own_account(viewer, act, *account),
        Resource::Store(owner) => store(viewer, act, *owner),
        Resource::Applicant(kind) => applicant(viewer, act, *kind),
        Resource::Recoveries(agency) => recovery(viewer, act, agency),
        Resource::Inbox(agency) => {
            by_role(viewer, act == Act::ReadInbox, |grant| grant.agency == *agency && reads_dossiers(grant.role))
        }
        Resource::Catalogue => by_role(viewer, act == Act::EditCatalogue, |grant| grant.role == Role::ProcedureControl),
        Resource::System => by_role(viewer, act == Act::OperateSystem, |grant| grant.role == Role::TechnicalAdmin),
    }
}

fn public(viewer: &Viewer, act: Act) -> Result<Grant, Denied> {
    match (act, viewer) {
        (Act::ReadPublic, _) => Ok(Grant { basis: Basis::Public, view: View::Full }),
        (Act::StartDossier, Viewer::Citizen(_)) => Ok(Grant { basis: Basis::Own, view: View::Full }),
        (Act::StartDossier, Viewer::Representative(acting)) => by_right(acting, Right::File),
        (Act::StartDossier, Viewer::Anonymous | Viewer::TrackingSecretHolder(_)) => Err(Denied::NotSignedIn),
        _ => Err(Denied::NotAllowed),
    }
}

fn track(is_this_dossier: bool, act: Act, dossier: &DossierFacts) -> Result<Grant, Denied> {
    if !is_this_dossier || dossier.status == Status::Draft {
        return Err(Denied::NotVisible);
    }
    match act {
        Act::TrackDossier => Ok(Grant { basis: Basis::TrackingSecret, view: View::ProgressOnly }),
        _ => Err(Denied::NotSignedIn),
    }
}

fn own_dossier(account: AccountId, act: Act, dossier: &DossierFacts) -> Result<Grant, Denied> {
    if account != dossier.filer {
        return Err(Denied::NotVisible);
    }
    match act {
        Act::TrackDossier
        | Act::ReadDossier
        | Act::EditDraft
        | Act::FileDossier
        | Act::SupplementDossier
        | Act::WithdrawDossier
        | Act::WriteRemark => Ok(Grant { basis: Basis::Own, view: View::Full }),
        _ => Err(Denied::NotAllowed),
    }
}

fn principals_dossier(acting: &Acting, act: Act, dossier: &DossierFacts) -> Result<Grant, Denied> {
    // Whoever may not see the principal's dossiers learns of none.
    if acting.principal != dossier.filer || !acting.has(Right::View) {
        return Err(Denied::NotVisible);
    }
    match act {
        Act::TrackDossier | Act::ReadDossier => by_right(acting, Right::View),
        Act::EditDraft | Act::FileDossier | Act::SupplementDossier | Act::WithdrawDossier | Act::WriteRemark => {
            by_right(acting, Right::File)
        }
        _ => Err(Denied::NotAllowed),
    }
}

fn by_right(acting: &Acting, right: Right) -> Result<Grant, Denied> {
    match acting.has(right) {
        true => Ok(Grant { basis: Basis::Representation { id: acting.representation, right }, view: View::Full }),
        false => Err(Denied::NotAllowed),
    }
}

fn office_dossier(grants: &[OfficerGrant], act: Act, dossier: &DossierFacts) -> Result<Grant, Denied> {
    // A draft is its filer's alone.
    if dossier.status == Status::Draft {
        return Err(Denied::NotVisible);
    }
    let covering = || {
        grants.iter().filter(|grant| {
            grant.agency == dossier.agency
                && grant.procedures.contains(&dossier.procedure)
                && reads_dossiers(grant.role)
        })
    };
    match covering().find(|grant| role_may(grant.role, act)) {
        Some(grant) => Ok(by_grant(grant)),
        None if covering().next().is_some() => Err(Denied::NotAllowed),
        None => Err(Denied::NotVisible),
    }
}

fn own_account(viewer: &Viewer, act: Act, account: AccountId) -> Result<Grant, Denied> {
    match viewer {
        Viewer::Anonymous | Viewer::TrackingSecretHolder(_) => Err(Denied::NotSignedIn),
        Viewer::Citizen(own) if *own == account => match act {
            Act::ReadAccount | Act::EditAccount => Ok(Grant { basis: Basis::Own, view: View::Full }),
            _ => Err(Denied::NotAllowed),
        },
        // Password, telephone, closing: never a representative's.
        Viewer::Citizen(_) | Viewer::Representative(_) | Viewer::Officer { .. } => Err(Denied::NotVisible),
    }
}

/// The owner's alone, and of whoever acts for the owner: agencies get what is cited with the dossier that cites it.
fn store(viewer: &Viewer, act: Act, owner: AccountId) -> Result<Grant, Denied> {
    match (viewer, act) {
        (Viewer::Anonymous | Viewer::TrackingSecretHolder(_), _) => Err(Denied::NotSignedIn),
        (Viewer::Citizen(own), _) if *own != owner => Err(Denied::NotVisible),
        (Viewer::Citizen(_), Act::ReadStore | Act::CiteItem) => Ok(Grant { basis: Basis::Own, view: View::Full }),
        (Viewer::Representative(acting), _) if acting.principal != owner || !acting.has(Right::View) => {
            Err(Denied::NotVisible)
        }
        (Viewer::Representative(acting), Act::ReadStore) => by_right(acting, Right::View),
        (Viewer::Representative(acting), Act::CiteItem) => by_right(acting, Right::File),
        (Viewer::Citizen(_) | Viewer::Representative(_), _) => Err(Denied::NotAllowed),
        (Viewer::Officer { .. }, _) => Err(Denied::NotVisible),
    }
}

/// Only state agencies are approved, by administrators; nobody else learns that an account waits.
fn applicant(viewer: &Viewer, act: Act, kind: AccountKind) -> Result<Grant, Denied> {
    let grants = match viewer {
        Viewer::Anonymous | Viewer::TrackingSecretHolder(_) => return Err(Denied::NotSignedIn),
        Viewer::Citizen(_) | Viewer::Representative(_) => return Err(Denied::NotVisible),
        Viewer::Officer { grants, .. } => grants,
    };
    let grant = grants.iter().find(|grant| grant.role == Role::Administrator && kind == AccountKind::StateAgency);
    match (grant, act) {
        (Some(grant), Act::ReadApplicant | Act::JudgeApplicant) => Ok(by_grant(grant)),
        (Some(_), _) => Err(Denied::NotAllowed),
        (None, _) => Err(Denied::NotVisible),
    }
}

/// At the desk of an agency, by those whom it lets act on all its procedures: a recovery belongs to none of them.
fn recovery(viewer: &Viewer, act: Act, agency: &AgencyCode) -> Result<Grant, Denied> {
    let grants = match viewer {
        Viewer::Anonymous | Viewer::TrackingSecretHolder(_) => return Err(Denied::NotSignedIn),
        Viewer::Citizen(_) | Viewer::Representative(_) => return Err(Denied::NotVisible),
        Viewer::Officer { grants, .. } => grants,
    };
    let roles: &[Role] = match act {
        Act::OpenRecovery => &[Role::Reception],
        Act::ReadRecovery | Act::JudgeRecovery => &[Role::Reception, Role::Leader],
        _ => &[],
    };
    let here = || grants.iter().filter(|grant| grant.agency == *agency && grant.procedures == ProcedureScope::All);
    match here().find(|grant| roles.contains(&grant.role)) {
        Some(grant) => Ok(by_grant(grant)),
        None if here().any(|grant| matches!(grant.role, Role::Reception | Role::Leader)) => Err(Denied::NotAllowed),
        None => Err(Denied::NotVisible),
    }
}

fn by_role(viewer: &Viewer, act_fits: bool, grant_fits: impl Fn(&OfficerGrant) -> bool) -> Result<Grant, Denied> {
    let grants = match viewer {
        Viewer::Anonymous | Viewer::TrackingSecretHolder(_) => return Err(Denied::NotSignedIn),
        Viewer::Citizen(_) | Viewer::Representative(_) => return Err(Denied::NotVisible),
        Viewer::Officer { grants, .. } => grants,
    };
    match grants.iter().find(|grant| grant_fits(grant)) {
        Some(grant) if act_fits => Ok(by_grant(grant)),
        _ => Err(Denied::NotAllowed),
    }
}

fn by_grant(grant: &OfficerGrant) -> Grant {
    Grant { basis: Basis::Officer { role: grant.role, agency: grant.agency.clone() }, view: View::Full }
}

/// Whether the role reads dossiers of its agency at all.
pub(super) fn reads_dossiers(role: Role) -> bool {
    match role {
        Role::Reception
        | Role::Processing
        | Role::DivisionHead
        | Role::Leader
        | Role::Clerk
        | Role::Finance
        | Role::Inspector => true,
        Role::ProcedureControl | Role::TechnicalAdmin | Role::Administrator => false,
    }
}

/// The table of domain.md §4, for acts on a dossier.
fn role_may(role: Role, act: Act) -> bool {
    match act {
        Act::TrackDossier | Act::ReadDossier => reads_dossiers(role),
        Act::AcceptDossier | Act::ReturnDossier | Act::CheckPaper => role == Role::Reception,
        Act::RefuseDossier => matches!(role, Role::Reception | Role::Leader),
        // The desk asks; whoever appraises asks through it.
        Act::WriteRemark => {
            matches!(role, Role::Reception | Role::Processing | Role::DivisionHead | Role::Leader)
        }
        Act::RequestSupplement | Act::AskRegister => matches!(role, Role::Reception | Role::Processing),
        // Whoever draws it up, checks it, signs it, gives it its number.
        Act::DraftLetter => matches!(role, Role::Processing | Role::DivisionHead | Role::Leader | Role::Clerk),
        // The leader signs, the clerk issues; where an agency has neither in the system, the processing officer enters
        // the result.
        Act::FinishDossier => matches!(role, Role::Processing | Role::Leader | Role::Clerk),
        _ => false,
    }
}
