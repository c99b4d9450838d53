//! The state of a dossier: what its events add up to. A row in a table is only a copy of it.

use super::parts::{
    AgencyRef, Attachment, Channel, Delivery, Holder, OfficerRef, Owner, ProcedureRef, RefusalReasons, ReturnWay,
};
use super::sentence::Sentence;
use super::supplement::{ReplacedFile, Supplement};
use crate::catalogue::words;
use crate::codes::{DossierCode, TrackingSecret};
use crate::deadline::DueDate;
use crate::ids::{AccountId, DossierId, Hash};
use crate::time::Instant;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// Where a dossier stands; payment, delivery and exchange have states of their own (domain.md §2.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Being entered; no one but the filer knows it.
    Draft,
    /// Mới đăng ký: filed, waiting for the desk's answer.
    Filed,
    /// Được tiếp nhận: accepted, the statutory limit runs.
    Accepted,
    /// Yêu cầu bổ sung giấy tờ: the filer was asked for something, the desk's clock stands still.
    AwaitingSupplement,
    /// Không được tiếp nhận: refused with reasons. Final.
    Refused,
    /// Công dân yêu cầu rút hồ sơ: withdrawn by the filer. Final.
    Withdrawn,
    /// Đã xử lý xong: the result is there.
    Finished,
    /// Đã trả kết quả: the result was handed over. Final.
    Returned,
}

words!(Status {
    Draft = "draft",
    Filed = "filed",
    Accepted = "accepted",
    AwaitingSupplement = "awaiting_supplement",
    Refused = "refused",
    Withdrawn = "withdrawn",
    Finished = "finished",
    Returned = "returned",
});

impl Status {
    /// Whether nothing can follow.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Returned)
    }

    /// The number of TrangThai in exchanges with other portals; a draft is never sent (domain.md §2.4).
    pub fn wire_code(self) -> Option<u8> {
        match self {
            Self::Draft => None,
            Self::Filed => Some(1),
            Self::Accepted => Some(2),
            Self::AwaitingSupplement => Some(5),
            Self::Refused => Some(3),
            Self::Withdrawn => Some(7),
            Self::Finished => Some(9),
            Self::Returned => Some(10),
        }
    }
}

/// That the filer took a dossier back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Why.
    pub reason: Sentence,
    /// When.
    pub at: Instant,
}

/// A dossier (hồ sơ).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dossier {
    /// Its identifier, from the first draft on.
    pub id: DossierId,
    /// How many events it has had: the number to write with, so that no one overwrites another's act.
    pub version: u64,
    /// The hash of its last event.
    pub last_hash: Hash,
    /// Where it stands.
    pub status: Status,
    /// The procedure, as it was.
    pub procedure: ProcedureRef,
    /// The agency that receives it, as it was.
    pub agency: AgencyRef,
    /// The account that files it.
    pub filer: AccountId,
    /// The way it came in.
    pub channel: Channel,
    /// Whose dossier it is.
    pub owner: Option<Owner>,
    /// The answers to the electronic form, by path.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub answers: BTreeMap<String, Value>,
    /// The version of the form that was answered last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_version: Option<String>,
    /// Where the result is received.
    pub delivery: Option<Delivery>,
    /// The files it was filed with, in the order they were added.
    pub attachments: Vec<Attachment>,
    /// The files whose places others took.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<ReplacedFile>,
    /// What the filer was asked for, and answered, each request in its turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
    /// Its code, from filing on.
    pub code: Option<DossierCode>,
    /// The characters that, with the code, open its progress.
    pub secret: Option<TrackingSecret>,
    /// When the draft was begun.
    pub started_at: Instant,
    /// When it was filed.
    pub filed_at: Option<Instant>,
    /// By when the desk must answer: 8 working hours after filing (domain.md §1.2).
    pub answer_due_at: Option<Instant>,
    /// When it was noted that the desk had not answered in the time that runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer_overdue_at: Option<Instant>,
    /// When it was accepted.
    pub accepted_at: Option<Instant>,
    /// Who accepted it.
    pub accepted_by: Option<OfficerRef>,
    /// The appointed return with its derivation.
    pub due: Option<DueDate>,
    /// Why it was refused.
    pub refusal: Option<RefusalReasons>,
    /// When it was refused.
    pub refused_at: Option<Instant>,
    /// Who refused it.
    pub refused_by: Option<OfficerRef>,
    /// That it was withdrawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<Withdrawal>,
    /// The files of the result.
    pub results: Vec<Attachment>,
    /// What the officer wrote with the result.
    pub result_note: Option<String>,
    /// When the result was there.
    pub finished_at: Option<Instant>,
    /// Who finished it.
    pub finished_by: Option<OfficerRef>,
    /// When the result was handed over.
    pub returned_at: Option<Instant>,
    /// How it was handed over.
    pub return_way: Option<ReturnWay>,
    /// Who has it; none while a draft is with its filer.
    pub holder: Option<Holder>,
}

impl Dossier {
    /// The clock that runs: the desk's answer after filing, the appointed return after acceptance.
    pub fn running_due_at(&self) -> Option<Instant> {
        match self.status {
            Status::Filed => self.answer_due_at,
            Status::Accepted => self.due.as_ref().map(|due| due.due_at),
            Status::Draft
            | Status::AwaitingSupplement
            | Status::Refused
            | Status::Withdrawn
            | Status::Finished
            | Status::Returned => None,
        }
    }

    /// Whether the clock that runs has passed.
    pub fn is_overdue(&self, now: Instant) -> bool {
        self.running_due_at().is_some_and(|due_at| now > due_at)
    }

    /// Whether the desk answered after its 8 working hours, or still has not (quá hạn tiếp nhận).
    pub fn was_answered_late(&self, now: Instant) -> bool {
        let Some(due_at) = self.answer_due_at else {
            return false;
        };
        let asked_at = self.open_supplement().map(|open| open.requested_at);
        let withdrawn_at = self.withdrawal.as_ref().map(|withdrawal| withdrawal.at);
        self.accepted_at.or(self.refused_at).or(asked_at).or(withdrawn_at).unwrap_or(now) > due_at
    }

    /// Whether the result came after the appointed return, or is not there though it has passed.
    pub fn is_late(&self, now: Instant) -> bool {
        let Some(due) = &self.due else {
            return false;
        };
        let asked_at = self.open_supplement().map(|open| open.requested_at);
        let withdrawn_at = self.withdrawal.as_ref().map(|withdrawal| withdrawal.at);
        self.finished_at.or(asked_at).or(withdrawn_at).unwrap_or(now) > due.due_at
    }

    /// Every file that it holds: those it was filed with, the replaced ones, those of a supplement that was not sent yet, and
    /// the result's.
    pub fn all_files(&self) -> impl Iterator<Item = &Attachment> {
        let supplied = self.open_supplement().map(|open| open.files.as_slice()).unwrap_or_default();
        self.attachments
            .iter()
            .chain(self.replaced.iter().map(|replaced| &replaced.attachment))
            .chain(supplied.iter().map(|file| &file.attachment))
            .chain(&self.results)
    }

    /// Whether it can be filed as it stands; see [`super::decide`] for what is missing.
    pub fn is_draft(&self) -> bool {
        self.status == Status::Draft
    }

    /// Whether the desk may ask for a supplement as it stands.
    pub fn may_be_supplemented(&self) -> bool {
        matches!(self.status, Status::Filed | Status::Accepted)
    }

    /// Whether its filer may still withdraw it: until there is a result (domain.md §2.4: 7).
    pub fn may_be_withdrawn(&self) -> bool {
        matches!(self.status, Status::Filed | Status::Accepted | Status::AwaitingSupplement)
    }
}
