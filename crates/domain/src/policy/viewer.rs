//! Who looks: the anonymous public, an account's holder, someone with a tracking secret, an officer with grants.

use crate::catalogue::words;
use crate::codes::{AgencyCode, ProcedureCode};
use crate::ids::{AccountId, DossierId, OfficerId, RepresentationId};
use crate::representation::Right;
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The one who asks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Viewer {
    /// Someone not signed in.
    Anonymous,
    /// Someone not signed in who gave a dossier's code together with its secret or the tail of the owner's number.
    TrackingSecretHolder(DossierId),
    /// A citizen or an enterprise, signed in.
    Citizen(AccountId),
    /// A person, signed in, who acts for another account.
    Representative(Acting),
    /// An officer, signed in, with the grants in force today.
    Officer {
        /// The officer.
        id: OfficerId,
        /// Their grants, only those in force: see [`Viewer::officer`].
        grants: Vec<OfficerGrant>,
    },
}

/// Somebody who acts for another account, with the rights in force today.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// By which representation.
    pub representation: RepresentationId,
    /// The person's own account.
    pub person: AccountId,
    /// The account that is represented.
    pub principal: AccountId,
    /// What may be done today: empty when nothing is in force.
    pub rights: BTreeSet<Right>,
    /// The last day, when there is one.
    pub until: Option<Day>,
}

impl Acting {
    /// Whether this may be done today.
    pub fn has(&self, right: Right) -> bool {
        self.rights.contains(&right)
    }
}

impl Viewer {
    /// An officer with those of their grants that are in force on that day.
    pub fn officer(id: OfficerId, grants: impl IntoIterator<Item = OfficerGrant>, today: Day) -> Self {
        let grants = grants.into_iter().filter(|grant| grant.is_in_force(today)).collect();
        Self::Officer { id, grants }
    }
}

/// What an officer may do where, for which procedures, from when to when; moving post revokes it (domain.md §4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfficerGrant {
    /// The role.
    pub role: Role,
    /// The agency; its units and the agencies below need grants of their own.
    pub agency: AgencyCode,
    /// For which procedures.
    pub procedures: ProcedureScope,
    /// The first day it is in force.
    pub valid_from: Day,
    /// The last day it is in force, when it ends.
    pub valid_to: Option<Day>,
}

impl OfficerGrant {
    /// Whether it is in force on that day.
    pub fn is_in_force(&self, day: Day) -> bool {
        self.valid_from <= day && self.valid_to.is_none_or(|last| day <= last)
    }
}

/// The procedures a grant is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcedureScope {
    /// All of the agency's.
    All,
    /// These only.
    Only(BTreeSet<ProcedureCode>),
}

impl ProcedureScope {
    /// Whether the procedure is among them.
    pub fn contains(&self, procedure: &ProcedureCode) -> bool {
        match self {
            Self::All => true,
            Self::Only(procedures) => procedures.contains(procedure),
        }
    }
}

/// A role of officers (domain.md §4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Cán bộ tiếp nhận: checks, accepts, asks, refuses, returns; doesn't decide the substance.
    Reception,
    /// Chuyên viên thụ lý: appraises and drafts.
    Processing,
    /// Trưởng phòng: assigns and reviews.
    DivisionHead,
    /// Người có thẩm quyền: signs, rejects, extends.
    Leader,
    /// Văn thư: numbers, seals, issues.
    Clerk,
    /// Fees and refunds; never the business state.
    Finance,
    /// Kiểm soát TTHC: catalogues and workflows; never live dossiers.
    ProcedureControl,
    /// Operates the system; reads no dossier by default.
    TechnicalAdmin,
    /// Inspectors and leadership: read only.
    Inspector,
    /// Quản trị hệ thống: looks after who may sign in; reads no dossier.
    Administrator,
}

words!(Role {
    Reception = "reception",
    Processing = "processing",
    DivisionHead = "division_head",
    Leader = "leader",
    Clerk = "clerk",
    Finance = "finance",
    ProcedureControl = "procedure_control",
    TechnicalAdmin = "technical_admin",
    Inspector = "inspector",
    Administrator = "administrator",
});
