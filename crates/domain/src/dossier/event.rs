//! What happened to a dossier, and the record it is kept in: append-only, each chained to the one before.

use super::parts::{
    AgencyRef, Attachment, Channel, Delivery, OfficerRef, Owner, ProcedureRef, RefusalReasons, ReturnWay,
};
use super::sentence::Sentence;
use super::supplement::{Explanation, ResumedClock, SupplementRequest};
use crate::codes::{DossierCode, TrackingSecret};
use crate::deadline::DueDate;
use crate::ids::{AccountId, AttachmentId, DossierId, Hash, OfficerId};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// An act that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant, reason = "events are few at a time and soon written as JSON")]
pub enum Event {
    /// A draft was begun.
    DraftStarted {
        /// The dossier's identifier.
        id: DossierId,
        /// For which procedure.
        procedure: ProcedureRef,
        /// At which agency.
        agency: AgencyRef,
        /// By which account.
        filer: AccountId,
        /// In which way.
        channel: Channel,
    },
    /// The owner's data were entered or corrected.
    OwnerEntered {
        /// The data.
        owner: Owner,
    },
    /// Questions of the electronic form were answered, or answers taken back.
    AnswersGiven {
        /// The version of the form.
        form_version: String,
        /// By path; null where an answer was taken back.
        changes: BTreeMap<String, Value>,
    },
    /// The way to receive the result was chosen.
    DeliveryChosen {
        /// The way.
        delivery: Delivery,
    },
    /// A file was added.
    FileAttached {
        /// The file.
        attachment: Attachment,
    },
    /// A file was taken out.
    FileRemoved {
        /// Which.
        attachment: AttachmentId,
    },
    /// The dossier was filed.
    Filed {
        /// Its code.
        code: DossierCode,
        /// The characters that open its progress.
        secret: TrackingSecret,
        /// By when the desk must answer.
        answer_due_at: Instant,
        /// The version of the procedure under which it was filed; what was filed before this was noted keeps the one that
        /// was answered last.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        form_version: Option<String>,
    },
    /// It was accepted.
    Accepted {
        /// The appointed return.
        due: DueDate,
        /// Who accepted it.
        officer: OfficerRef,
    },
    /// It was refused.
    Refused {
        /// Why.
        reasons: RefusalReasons,
        /// Who refused it.
        officer: OfficerRef,
    },
    /// The filer was asked for what is missing or wrong.
    SupplementRequested {
        /// Everything that is asked for.
        request: SupplementRequest,
        /// The last day for the answer.
        respond_by: Day,
        /// Who asks.
        officer: OfficerRef,
    },
    /// A file was given for a named item; it counts once the supplement is sent.
    SupplementFileAttached {
        /// The item's place in the request, from 0.
        item: u32,
        /// The file.
        attachment: Attachment,
    },
    /// A file that was given for an item was taken back.
    SupplementFileRemoved {
        /// Which.
        attachment: AttachmentId,
    },
    /// Named questions were answered anew, items explained; it counts once the supplement is sent.
    SupplementFilled {
        /// The version of the form.
        form_version: Option<String>,
        /// By path; null where an answer was taken back.
        answers: BTreeMap<String, Value>,
        /// What was explained, or taken back.
        explanations: Vec<Explanation>,
    },
    /// The supplement was sent.
    SupplementSent {
        /// The clock that runs again.
        clock: ResumedClock,
    },
    /// The desk had not answered in its time; noted once for each clock.
    AnswerOverdue {
        /// By when it should have.
        due_at: Instant,
    },
    /// The filer withdrew the dossier.
    Withdrawn {
        /// Why.
        reason: Sentence,
    },
    /// The result was there.
    Finished {
        /// Its files.
        results: Vec<Attachment>,
        /// What the officer wrote with it.
        note: Option<String>,
        /// Who finished it.
        officer: OfficerRef,
    },
    /// The result was handed over.
    Returned {
        /// How.
        how: ReturnWay,
        /// Who handed it over.
        officer: OfficerRef,
    },
}

impl Event {
    /// The word that names the act, as its JSON tags it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::DraftStarted { .. } => "draft_started",
            Self::OwnerEntered { .. } => "owner_entered",
            Self::AnswersGiven { .. } => "answers_given",
            Self::DeliveryChosen { .. } => "delivery_chosen",
            Self::FileAttached { .. } => "file_attached",
            Self::FileRemoved { .. } => "file_removed",
            Self::Filed { .. } => "filed",
            Self::Accepted { .. } => "accepted",
            Self::Refused { .. } => "refused",
            Self::SupplementRequested { .. } => "supplement_requested",
            Self::SupplementFileAttached { .. } => "supplement_file_attached",
            Self::SupplementFileRemoved { .. } => "supplement_file_removed",
            Self::SupplementFilled { .. } => "supplement_filled",
            Self::SupplementSent { .. } => "supplement_sent",
            Self::AnswerOverdue { .. } => "answer_overdue",
            Self::Withdrawn { .. } => "withdrawn",
            Self::Finished { .. } => "finished",
            Self::Returned { .. } => "returned",
        }
    }
}

/// Who did an act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "who", rename_all = "snake_case")]
pub enum Actor {
    /// The program, by a rule.
    System,
    /// A citizen or an enterprise.
    Account {
        /// The account.
        id: AccountId,
        /// The holder's name then.
        name: String,
    },
    /// A person who acts for somebody else's account.
    Representative {
        /// The person's account.
        id: AccountId,
        /// The person's name then.
        name: String,
        /// The account that is represented.
        principal: AccountId,
        /// Its name then.
        principal_name: String,
    },
    /// The holder of an account, through a program that they let act for them.
    Program {
        /// The account.
        id: AccountId,
        /// The holder's name then.
        name: String,
        /// The program, as its provider names it.
        program: String,
        /// The program's name then, as people know it.
        program_name: String,
    },
    /// An officer.
    Officer {
        /// The officer.
        id: OfficerId,
        /// Their name then.
        name: String,
    },
}

/// The circumstances of an act, shared by all events that follow from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The dossier it was done to.
    pub dossier_id: DossierId,
    /// When.
    pub at: Instant,
    /// By whom.
    pub actor: Actor,
    /// Under which version of the rules.
    pub rule_version: String,
}

/// An event as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// The dossier.
    pub dossier_id: DossierId,
    /// Its place among the dossier's events, from 1.
    pub seq: u64,
    /// When it happened.
    pub at: Instant,
    /// Who did it.
    pub actor: Actor,
    /// The version of the rules it was decided under.
    pub rule_version: String,
    /// What happened.
    pub event: Event,
    /// The hash of the event before; zeros before the first.
    pub previous_hash: Hash,
    /// The hash of all of the above.
    pub hash: Hash,
}
