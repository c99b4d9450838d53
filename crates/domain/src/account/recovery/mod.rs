//! Recovery at the desk: who has lost telephone and mailbox gets new ones by two officers, after a wait that whoever holds
//! an old one can stop.

mod decide;
mod paper;

pub use decide::{decide, evolve};
pub use paper::{PaperError, PaperKind, SeenPaper, clean_tail};

use crate::account::{Account, AccountKind, AccountStatus, Reason};
use crate::codes::{AgencyCode, EmailAddress, LoginName, PhoneNumber};
use crate::dossier::OfficerRef;
use crate::ids::{AccountId, OfficerId, OneTimeCodeId, RecoveryId};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

const HOUR_MILLIS: i64 = 60 * 60_000;

/// How long a recovery takes; the figures are rules of the content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryRules {
    /// How many hours pass between the second officer's word and the new contacts.
    pub waiting_hours: u32,
    /// Within how many hours of its beginning the second officer must have given it.
    pub lapse_hours: u32,
}

impl RecoveryRules {
    /// The wait in days, as people are told; a begun day counts.
    pub fn waiting_days(&self) -> u32 {
        self.waiting_hours.div_ceil(24)
    }

    fn takes_effect_at(&self, confirmed_at: Instant) -> Instant {
        confirmed_at.plus_millis(i64::from(self.waiting_hours) * HOUR_MILLIS)
    }

    fn lapses_at(&self, opened_at: Instant) -> Instant {
        opened_at.plus_millis(i64::from(self.lapse_hours) * HOUR_MILLIS)
    }
}

/// Where an account can be reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contacts {
    /// A mobile telephone.
    pub phone: Option<PhoneNumber>,
    /// A mailbox.
    pub email: Option<EmailAddress>,
}

impl Contacts {
    /// Those of an account, confirmed or not.
    pub fn of(account: &Account) -> Self {
        Self { phone: account.phone.clone(), email: account.email.clone() }
    }
}

/// The codes that went to the new contacts; each is gone once it was read out and typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingCodes {
    /// The code that went to the telephone.
    pub phone: Option<OneTimeCodeId>,
    /// The code that went to the mailbox.
    pub email: Option<OneTimeCodeId>,
}

impl PendingCodes {
    /// Whether nothing is left to prove.
    pub fn is_empty(&self) -> bool {
        self.phone.is_none() && self.email.is_none()
    }

    /// Those that are left.
    pub fn iter(&self) -> impl Iterator<Item = OneTimeCodeId> {
        self.phone.into_iter().chain(self.email)
    }
}

/// What happens to an authenticator app, passkeys and backup codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondFactorFate {
    /// They are asked for as before.
    Kept,
    /// The person has lost them too: they are removed with the old contacts.
    Removed,
}

/// What an officer writes down to open a recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The new recovery's identifier.
    pub id: RecoveryId,
    /// Who writes it down.
    pub by: OfficerRef,
    /// At which agency.
    pub agency: AgencyCode,
    /// The paper that was seen.
    pub paper: SeenPaper,
    /// The contacts that the account shall have.
    pub wanted: Contacts,
    /// The codes that go to them.
    pub codes: PendingCodes,
    /// How the old ones were lost, in the person's words.
    pub reason: Reason,
    /// What happens to the ways to sign in beside the password.
    pub second_factors: SecondFactorFate,
}

/// A recovery, as its events made it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recovery {
    /// Its identifier.
    pub id: RecoveryId,
    /// How many events it has had.
    pub version: u64,
    /// Whose account it is for.
    pub account: AccountId,
    /// At which agency.
    pub agency: AgencyCode,
    /// The contacts that the account had when it was opened: all of them are told.
    pub old: Contacts,
    /// The contacts that it shall have.
    pub wanted: Contacts,
    /// The codes that were sent to them and not typed.
    pub codes: PendingCodes,
    /// The paper that was seen.
    pub paper: SeenPaper,
    /// How the old contacts were lost.
    pub reason: Reason,
    /// What happens to the ways to sign in beside the password.
    pub second_factors: SecondFactorFate,
    /// The first officer.
    pub opened_by: OfficerRef,
    /// When it was opened.
    pub opened_at: Instant,
    /// When it lapses unless a second officer confirms it.
    pub lapses_at: Instant,
    /// The second officer.
    pub confirmed_by: Option<OfficerRef>,
    /// When it takes effect unless somebody stops it.
    pub takes_effect_at: Option<Instant>,
    /// Where it stands.
    pub status: RecoveryStatus,
}

impl Recovery {
    /// Whether it still waits for something; an account has at most one such.
    pub fn is_live(&self) -> bool {
        matches!(self.status, RecoveryStatus::Proving | RecoveryStatus::Opened | RecoveryStatus::Waiting)
    }
}

/// Where a recovery stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecoveryStatus {
    /// The new contacts are being proved.
    Proving,
    /// It waits for the second officer.
    Opened,
    /// Two officers have spoken; its time has not come.
    Waiting,
    /// The account has the new contacts.
    Applied,
    /// Somebody stopped it.
    Stopped,
    /// No second officer came in time.
    Lapsed,
    /// What it rested on is no longer so.
    Void,
}

/// Who stops a recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Stopper {
    /// The holder, signed in.
    Holder,
    /// Whoever reads what was sent to an old contact.
    OldContact,
    /// An officer of the agency.
    Officer {
        /// Which.
        officer: OfficerRef,
    },
}

/// Why a recovery came to nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoidReason {
    /// The account was closed.
    AccountClosed,
    /// The holder has changed a contact, so they do have one.
    ContactsChanged,
    /// One of the two officers may no longer do this.
    OfficerGone,
}

/// What the database knows beside the recovery, when a command is decided.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The account.
    pub account: &'a Account,
    /// The numbers that the account had before.
    pub former_numbers: &'a [LoginName],
    /// The officers who may at this moment take part at the agency of the recovery.
    pub officers: &'a [OfficerId],
}

impl Facts<'_> {
    fn stands(&self, officer: &OfficerRef) -> bool {
        self.officers.contains(&officer.id)
    }

    fn has_number_ending_in(&self, tail: &str) -> bool {
        std::iter::once(&self.account.login).chain(self.former_numbers).any(|number| number.as_str().ends_with(tail))
    }
}

/// Why this account cannot be recovered at the desk at all.
///
/// # Errors
/// The reason.
pub fn check_account(account: &Account) -> Result<(), RecoveryRefusal> {
    match (account.kind, account.status) {
        (AccountKind::Citizen, AccountStatus::Active) => Ok(()),
        (AccountKind::Citizen, _) => Err(RecoveryRefusal::AccountNotUsable),
        (AccountKind::Enterprise | AccountKind::StateAgency, _) => Err(RecoveryRefusal::NotACitizen),
    }
}

/// What can be asked of a recovery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryCommand {
    /// Open it, by the first officer.
    Open(Box<Opening>),
    /// The code that went to a new contact was typed.
    Prove {
        /// Who typed it.
        by: OfficerRef,
        /// Which code.
        code: OneTimeCodeId,
    },
    /// Confirm it, by the second officer.
    Confirm {
        /// The second officer.
        by: OfficerRef,
        /// The last four digits of the paper, as that officer reads them.
        number_tail: String,
    },
    /// Stop it.
    Stop(Stopper),
    /// Do whatever time has brought: lapse, or take effect.
    Advance,
}

/// What happened to a recovery.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum RecoveryEvent {
    /// The first officer opened it.
    Opened {
        /// All that was written down.
        recovery: Box<Recovery>,
    },
    /// A new contact is the person's: its code was typed.
    ContactProved {
        /// Who typed it.
        by: OfficerRef,
        /// Which code.
        code: OneTimeCodeId,
    },
    /// The second officer confirmed it.
    Confirmed {
        /// The second officer.
        by: OfficerRef,
        /// When it takes effect.
        takes_effect_at: Instant,
    },
    /// It was stopped.
    Stopped {
        /// By whom.
        stopper: Stopper,
    },
    /// It took effect.
    Applied,
    /// No second officer came in time.
    Lapsed,
    /// It came to nothing.
    Voided {
        /// Why.
        reason: VoidReason,
    },
}

/// Why a recovery refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RecoveryRefusal {
    /// Only people come to the desk with their own paper.
    #[error("the account is no citizen's")]
    NotACitizen,
    /// The account is closed, or was never confirmed.
    #[error("the account is not in use")]
    AccountNotUsable,
    /// A telephone that gets text messages, or a mailbox, must be given.
    #[error("a mobile telephone or a mailbox is missing")]
    NoContact,
    /// A contact that the account has is not lost.
    #[error("the account has this contact already")]
    SameContact,
    /// The number on the card is not the account's.
    #[error("the card's number is not the account's")]
    OtherNumber,
    /// The paper was issued after today.
    #[error("the paper was issued in the future")]
    PaperFromFuture,
    /// The second officer reads other digits on the paper.
    #[error("the paper is another one")]
    OtherPaper,
    /// The officer may not take part, or not at this agency.
    #[error("the officer may not take part")]
    NotThisOfficer,
    /// Two officers means two.
    #[error("the second officer must be another one")]
    SameOfficer,
    /// The new contacts were not proved.
    #[error("the new contacts were not proved")]
    NotProved,
    /// It has ended, or somebody else has confirmed it.
    #[error("the recovery is past this")]
    Past,
    /// There is no such recovery.
    #[error("there is no such recovery")]
    NotOpened,
    /// There is one already.
    #[error("the recovery was opened already")]
    AlreadyOpened,
}

#[cfg(test)]
mod tests;
