//! What can be asked of a dossier, and why it may refuse.

use super::parts::{
    AgencyRef, Attachment, Channel, Delivery, OfficerRef, Owner, ProcedureRef, RefusalReasons, ReturnWay,
};
use super::sentence::Sentence;
use super::state::Status;
use super::supplement::{ResumedClock, SupplementRequest};
use crate::codes::{DossierCode, TrackingSecret};
use crate::deadline::DueDate;
use crate::ids::{AccountId, AttachmentId, DossierId, Hash};
use crate::store::NotCitable;
use crate::time::{Day, Instant};
use serde_json::Value;
use std::collections::BTreeMap;

/// An act someone wants to do.
#[derive(Clone, Debug, PartialEq, Eq)]
#[allow(clippy::large_enum_variant, reason = "a command lives for one call")]
pub enum Command {
    /// Begin a draft.
    StartDraft {
        /// The new dossier's identifier.
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
    /// Enter or correct the owner's data (leaflet R53).
    EnterOwner(Owner),
    /// Answer questions of the electronic form.
    GiveAnswers {
        /// The version of the form.
        form_version: String,
        /// By path; null takes an answer back.
        answers: BTreeMap<String, Value>,
        /// What the person had before them when they answered ([`answers_digest`](super::answers_digest) of these paths);
        /// none overwrites whatever is there.
        seen: Option<Hash>,
    },
    /// Choose where to receive the result (R54).
    ChooseDelivery(Delivery),
    /// Add a file (R55).
    AttachFile(Attachment),
    /// Take a file out again.
    RemoveFile(AttachmentId),
    /// File the dossier (R56).
    File {
        /// The code it gets.
        code: DossierCode,
        /// The characters that open its progress.
        secret: TrackingSecret,
        /// By when the desk must answer.
        answer_due_at: Instant,
        /// The version of the procedure that counts on this day, under which it is read from now on; none without a form.
        form_version: Option<String>,
    },
    /// Accept it: form 01.
    Accept {
        /// The appointed return.
        due: DueDate,
        /// Who accepts.
        officer: OfficerRef,
    },
    /// Refuse to accept it: form 03.
    Refuse {
        /// Why.
        reasons: RefusalReasons,
        /// Who refuses.
        officer: OfficerRef,
    },
    /// Ask the filer for what is missing or wrong: form 02.
    RequestSupplement {
        /// Everything that is asked for.
        request: SupplementRequest,
        /// The last day for the answer.
        respond_by: Day,
        /// Who asks.
        officer: OfficerRef,
    },
    /// Give a file for a named item.
    SupplyFile {
        /// The item's place in the request, from 0.
        item: u32,
        /// The file.
        attachment: Attachment,
    },
    /// Take a file back that was given for an item.
    TakeBackFile(AttachmentId),
    /// Answer named questions anew, and explain items.
    FillSupplement {
        /// The version of the form.
        form_version: Option<String>,
        /// By path; null takes an answer back.
        answers: BTreeMap<String, Value>,
        /// By the item's place; none takes an explanation back.
        explanations: BTreeMap<u32, Option<Sentence>>,
    },
    /// Send the supplement: the desk's clock runs again.
    SendSupplement {
        /// Which one, counted from 1: a second press sends nothing more.
        number: u32,
        /// The clock that runs again.
        clock: ResumedClock,
    },
    /// Note that the desk has not answered in its time.
    NoteAnswerOverdue,
    /// Withdraw the dossier before there is a result (rút hồ sơ).
    Withdraw {
        /// Why.
        reason: Sentence,
    },
    /// Enter the result.
    Finish {
        /// Its files.
        results: Vec<Attachment>,
        /// What the officer writes with it; where the result has no file, what and where it is.
        note: Option<String>,
        /// Who finishes.
        officer: OfficerRef,
    },
    /// Hand the result over.
    Return {
        /// How.
        how: ReturnWay,
        /// Who hands it over.
        officer: OfficerRef,
    },
}

/// Why a dossier refuses an act.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DossierRefusal {
    /// There is no such dossier yet.
    #[error("the dossier has not been started")]
    NotStarted,
    /// A draft can be begun once.
    #[error("the dossier has been started already")]
    AlreadyStarted,
    /// Filed before, under this code: pressing twice files once (leaflet I8).
    #[error("the dossier has been filed as {0}")]
    AlreadyFiled(DossierCode),
    /// The owner's data are missing.
    #[error("the owner has not been entered")]
    OwnerMissing,
    /// The answers were changed from elsewhere meanwhile.
    #[error("the answers were changed from elsewhere")]
    AnswersChanged,
    /// The draft was changed since it was seen.
    #[error("the draft was changed since version {seen}: it has version {version}")]
    DraftChanged {
        /// The version that was seen.
        seen: u64,
        /// The version that it has.
        version: u64,
    },
    /// More answers, or longer ones, than a dossier holds.
    #[error("more than a dossier holds of answers")]
    TooManyAnswers,
    /// What the procedure asks for is not all there, or not right.
    #[error("{count} things are missing or wrong")]
    Incomplete {
        /// How many.
        count: usize,
    },
    /// Only a child under 14 may be without a number.
    #[error("the owner's number is missing")]
    OwnerNumberMissing,
    /// The place to receive the result is missing.
    #[error("no way to receive the result was chosen")]
    DeliveryMissing,
    /// More files than a dossier holds.
    #[error("more than {max} files")]
    TooManyFiles {
        /// The most a dossier holds.
        max: usize,
    },
    /// A file of no bytes: it arrived empty (domain.md §6).
    #[error("the file is empty")]
    EmptyFile,
    /// Another file has that identifier.
    #[error("another file has this identifier")]
    FileIdTaken,
    /// There is no such file.
    #[error("there is no such file")]
    UnknownFile,
    /// The item of the store is not cited.
    #[error("not cited")]
    NotCitable(#[source] NotCitable),
    /// The act doesn't fit where the dossier stands.
    #[error("not possible while the dossier is {}", status.as_str())]
    NotInStatus {
        /// Where it stands.
        status: Status,
    },
    /// A clock that would have run out before it starts.
    #[error("the due time lies in the past")]
    DueInThePast,
    /// The request did not name this item, or not this kind of answer to it.
    #[error("the request does not ask for this")]
    NotAskedFor,
    /// Items of the request have neither been answered nor explained.
    #[error("{missing} items are neither answered nor explained")]
    SupplementIncomplete {
        /// How many.
        missing: usize,
    },
    /// That supplement was sent before: pressing twice sends once.
    #[error("the supplement has been sent already")]
    AlreadySupplemented,
    /// It was withdrawn before.
    #[error("the dossier has been withdrawn already")]
    AlreadyWithdrawn,
    /// Neither a file nor a note tells the result.
    #[error("no result was given")]
    NoResult,
}
