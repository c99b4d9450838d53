//! Acting for somebody else: an enterprise's members and delegates, mandates between citizens, guardians of children.
//!
//! The principal gives, the representative accepts, either side ends it at once. Everything is an event.

mod child;
mod decide;
mod evolve;

pub use child::{Child, ChildRelation, turns_fourteen_on};
pub use decide::{Command, Refusal, decide};
pub use evolve::evolve;

use crate::catalogue::words;
use crate::codes::{LoginName, PartyName};
use crate::ids::{AccountId, RepresentationId};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What ties a representative to a principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Thành viên: belongs to the enterprise.
    Member,
    /// Người được ủy quyền của doanh nghiệp: acts for an enterprise until a day.
    Delegate,
    /// Giấy ủy quyền: one citizen acts for another until a day.
    Mandate,
    /// Cha, mẹ, người giám hộ: files for a child under 14.
    Guardian,
}

words!(Tie { Member = "member", Delegate = "delegate", Mandate = "mandate", Guardian = "guardian" });

/// What a representative may do for the principal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Right {
    /// See the principal's dossiers.
    View,
    /// File dossiers for the principal; includes seeing them.
    File,
    /// Let others represent the enterprise, with no more than one's own rights.
    ManageMembers,
}

words!(Right { View = "view", File = "file", ManageMembers = "manage_members" });

/// An account under the name that it had then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// The account.
    pub id: AccountId,
    /// Its name then.
    pub name: PartyName,
}

/// What a principal gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What ties the two.
    pub tie: Tie,
    /// The number of the person who shall represent.
    pub number: LoginName,
    /// What that person may do; filing includes seeing.
    pub rights: BTreeSet<Right>,
    /// The first day.
    pub from: Day,
    /// The last day; members may have none.
    pub until: Option<Day>,
}

/// One person's standing for another, as its events made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Representation {
    /// Its identifier.
    pub id: RepresentationId,
    /// How many events it has had.
    pub version: u64,
    /// Who is represented.
    pub matter: Matter,
    /// Who represents, once accepted.
    pub representative: Option<Party>,
    /// When it was given or declared.
    pub given_at: Instant,
    /// When the representative accepted.
    pub accepted_at: Option<Instant>,
    /// How and when it was ended.
    pub ended: Option<Ended>,
}

/// Who is represented, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Matter {
    /// An account that gave rights.
    Principal {
        /// The account.
        principal: Party,
        /// What was given.
        terms: Terms,
    },
    /// A child, declared by the guardian.
    Child {
        /// The child.
        child: Child,
    },
}

/// The end of a representation before its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ended {
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: EndReason,
}

/// Why a representation ended before its last day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The representative did not want it.
    Declined,
    /// The principal took it back.
    ByPrincipal,
    /// The representative gave it back.
    ByRepresentative,
    /// One of the accounts was closed.
    AccountClosed,
    /// Its last day had passed and another took its place.
    Replaced,
}

/// What happened to a representation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Event {
    /// A principal offered it.
    Given {
        /// Its identifier.
        id: RepresentationId,
        /// The account that gives.
        principal: Party,
        /// What is given.
        terms: Terms,
    },
    /// A guardian declared a child.
    ChildDeclared {
        /// Its identifier.
        id: RepresentationId,
        /// The account that declares.
        guardian: Party,
        /// The child.
        child: Child,
    },
    /// The representative accepted.
    Accepted {
        /// Who accepted.
        representative: Party,
    },
    /// It came to an end before its last day.
    Ended {
        /// Why.
        reason: EndReason,
    },
}

/// Where a representation stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Standing {
    /// The representative has not answered.
    Waiting,
    /// Accepted; its first day is to come.
    ToCome,
    /// In force.
    InForce,
    /// Its last day has passed.
    Expired,
    /// Declined, or ended by somebody.
    Ended,
}

impl Representation {
    /// What ties the two.
    pub fn tie(&self) -> Tie {
        match &self.matter {
            Matter::Principal { terms, .. } => terms.tie,
            Matter::Child { .. } => Tie::Guardian,
        }
    }

    /// The account that is represented; a child has none.
    pub fn principal(&self) -> Option<&Party> {
        match &self.matter {
            Matter::Principal { principal, .. } => Some(principal),
            Matter::Child { .. } => None,
        }
    }

    /// The last day, if it has one: a guardian's is the one before the child turns 14.
    pub fn until(&self) -> Option<Day> {
        match &self.matter {
            Matter::Principal { terms, .. } => terms.until,
            Matter::Child { child } => Some(turns_fourteen_on(child.birth_date).previous()),
        }
    }

    /// Where it stands on this day.
    pub fn standing(&self, today: Day) -> Standing {
        if self.ended.is_some() {
            return Standing::Ended;
        }
        if self.until().is_some_and(|last| last < today) {
            return Standing::Expired;
        }
        if self.accepted_at.is_none() {
            return Standing::Waiting;
        }
        match &self.matter {
            Matter::Principal { terms, .. } if terms.from > today => Standing::ToCome,
            _ => Standing::InForce,
        }
    }

    /// What may be done on this day: nothing unless it is in force.
    pub fn rights(&self, today: Day) -> BTreeSet<Right> {
        match &self.matter {
            Matter::Principal { terms, .. } if self.standing(today) == Standing::InForce => terms.rights.clone(),
            _ => BTreeSet::new(),
        }
    }
}

#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
