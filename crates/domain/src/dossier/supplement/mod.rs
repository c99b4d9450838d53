//! A supplement (yêu cầu bổ sung, form 02): what the desk asks for in one complete request, and what the filer answers to it
//! in place (domain.md §1.2).

mod decide;

pub(super) use decide::{fill, request, send, supply, take_back};

use super::parts::{Attachment, OfficerRef};
use super::sentence::Sentence;
use super::state::Status;
use crate::catalogue::words;
use crate::deadline::DueDate;
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeMap;

/// What a named item of a request is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", rename_all = "snake_case")]
pub enum Subject {
    /// A paper.
    Component {
        /// Its code; none for a paper beside the list.
        code: Option<String>,
        /// Its name then.
        name: String,
    },
    /// A question of the electronic form.
    Question {
        /// Its path.
        path: String,
        /// Its title then.
        title: String,
    },
    /// Something else, which the sentence names.
    Other,
}

/// What is wrong with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Defect {
    /// It is not there.
    Missing,
    /// It cannot be read.
    Unreadable,
    /// A part of it is not there.
    Incomplete,
    /// It is wrong, or another paper than the one asked for.
    Wrong,
    /// It holds no longer.
    Expired,
    /// Something else, which the sentence says.
    Other,
}

words!(Defect {
    Missing = "missing",
    Unreadable = "unreadable",
    Incomplete = "incomplete",
    Wrong = "wrong",
    Expired = "expired",
    Other = "other",
});

impl Defect {
    /// Whether a new paper stands in the place of the old one, rather than beside it.
    pub fn replaces(self) -> bool {
        matches!(self, Self::Unreadable | Self::Wrong | Self::Expired)
    }
}

/// One thing that is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplementItem {
    /// What it is about.
    pub subject: Subject,
    /// What is wrong with it.
    pub defect: Defect,
    /// What to do, for the citizen.
    pub sentence: Sentence,
}

/// Everything that is asked for at once: at least one item, at most [`SupplementRequest::MAX_ITEMS`], each subject once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawRequest")]
pub struct SupplementRequest {
    items: Vec<SupplementItem>,
    legal_ground: Option<Sentence>,
}

#[derive(Deserialize)]
struct RawRequest {
    items: Vec<SupplementItem>,
    legal_ground: Option<Sentence>,
}

/// Items that are no request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SupplementRequestError {
    /// Nothing is asked for.
    #[error("nothing is asked for")]
    Empty,
    /// More than a form holds.
    #[error("more than {max} items")]
    TooMany {
        /// The most there may be.
        max: usize,
    },
    /// A paper or a question is named twice.
    #[error("the same thing is named twice")]
    NamedTwice,
}

impl SupplementRequest {
    /// The most items.
    pub const MAX_ITEMS: usize = 50;

    /// A request for these items.
    ///
    /// # Errors
    /// When there is none, there are too many, or a paper or a question is named twice.
    pub fn new(items: Vec<SupplementItem>, legal_ground: Option<Sentence>) -> Result<Self, SupplementRequestError> {
        if items.is_empty() {
            return Err(SupplementRequestError::Empty);
        }
        if items.len() > Self::MAX_ITEMS {
            return Err(SupplementRequestError::TooMany { max: Self::MAX_ITEMS });
        }
        let named = |item: &SupplementItem| item.subject != Subject::Other;
        let twice = items
            .iter()
            .enumerate()
            .any(|(place, item)| named(item) && items[..place].iter().any(|earlier| earlier.subject == item.subject));
        if twice {
            return Err(SupplementRequestError::NamedTwice);
        }
        Ok(Self { items, legal_ground })
    }

    /// What is asked for, in order; an item is known by its place, from 0.
    pub fn items(&self) -> &[SupplementItem] {
        &self.items
    }

    /// The law it rests on.
    pub fn legal_ground(&self) -> Option<&Sentence> {
        self.legal_ground.as_ref()
    }
}

impl TryFrom<RawRequest> for SupplementRequest {
    type Error = SupplementRequestError;
    fn try_from(raw: RawRequest) -> Result<Self, SupplementRequestError> {
        Self::new(raw.items, raw.legal_ground)
    }
}

/// A file that was given for an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SuppliedFile {
    /// The item's place in the request, from 0.
    pub item: u32,
    /// The file.
    pub attachment: Attachment,
}

/// Words in the place of an answer to an item, or beside it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The item's place in the request, from 0.
    pub item: u32,
    /// The words; none takes them back.
    pub words: Option<Sentence>,
}

/// A request with what has been answered to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// What is asked for.
    pub request: SupplementRequest,
    /// Who asks.
    pub officer: OfficerRef,
    /// When it was asked: the desk's clock stands still from then on.
    pub requested_at: Instant,
    /// The last day for the answer.
    pub respond_by: Day,
    /// Where the dossier stood, and goes back to.
    pub stage: Status,
    /// The files that were given.
    pub files: Vec<SuppliedFile>,
    /// The answers that were given anew, by path.
    pub answers: BTreeMap<String, Value>,
    /// The version of the form they are answers to.
    pub form_version: Option<String>,
    /// What was explained, by item.
    pub explanations: BTreeMap<u32, Sentence>,
    /// When it was sent; none while it waits for the filer.
    pub sent_at: Option<Instant>,
}

impl Supplement {
    /// The items that have neither been answered nor explained, by their places.
    pub fn unanswered(&self) -> Vec<u32> {
        let places = (0..).zip(self.request.items());
        places.filter(|(place, item)| !self.is_answered(*place, item)).map(|(place, _)| place).collect()
    }

    /// The files that were given for an item.
    pub fn files_of(&self, place: u32) -> impl Iterator<Item = &Attachment> {
        self.files.iter().filter(move |file| file.item == place).map(|file| &file.attachment)
    }

    /// Whether the last day has passed.
    pub fn is_late(&self, now: Instant) -> bool {
        now.day() > self.respond_by
    }

    fn is_answered(&self, place: u32, item: &SupplementItem) -> bool {
        if self.explanations.contains_key(&place) {
            return true;
        }
        match &item.subject {
            Subject::Question { path, .. } => self.answers.get(path).is_some_and(|answer| !answer.is_null()),
            Subject::Component { .. } | Subject::Other => self.files_of(place).next().is_some(),
        }
    }
}

/// The clock that runs again once a supplement is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "clock", rename_all = "snake_case")]
#[expect(clippy::large_enum_variant, reason = "there is one in an event, never a list of them")]
pub enum ResumedClock {
    /// The desk has its working hours for an answer anew.
    Answer {
        /// By when it must answer.
        due_at: Instant,
    },
    /// The appointed return moves by the working time of the pause.
    Return {
        /// The appointed return with its derivation.
        due: DueDate,
    },
}

/// A file whose place another one took; its bytes stay.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplacedFile {
    /// The file.
    pub attachment: Attachment,
    /// Which supplement replaced it, counted from 1.
    pub by: u32,
    /// When.
    pub at: Instant,
}
