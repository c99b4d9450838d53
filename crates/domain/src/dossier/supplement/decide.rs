//! The rule of supplements: asked once at a time, answered only where something was named, sent once.

use super::{Explanation, ResumedClock, Subject, SupplementRequest};
use crate::dossier::answers::{apply, fits};
use crate::dossier::command::DossierRefusal;
use crate::dossier::decide::MAX_ATTACHMENTS;
use crate::dossier::event::Event;
use crate::dossier::parts::{Attachment, OfficerRef};
use crate::dossier::sentence::Sentence;
use crate::dossier::state::{Dossier, Status};
use crate::dossier::supplement::Supplement;
use crate::ids::AttachmentId;
use crate::time::{Day, Instant};
use serde_json::Value;
use std::collections::BTreeMap;

pub(in crate::dossier) fn request(
    dossier: &Dossier,
    request: &SupplementRequest,
    respond_by: Day,
    officer: &OfficerRef,
    at: Instant,
) -> Result<Vec<Event>, DossierRefusal> {
    if !dossier.may_be_supplemented() {
        return Err(DossierRefusal::NotInStatus { status: dossier.status });
    }
    if respond_by <= at.day() {
        return Err(DossierRefusal::DueInThePast);
    }
    Ok(vec![Event::SupplementRequested { request: request.clone(), respond_by, officer: officer.clone() }])
}

pub(in crate::dossier) fn supply(
    dossier: &Dossier,
    item: u32,
    attachment: &Attachment,
) -> Result<Vec<Event>, DossierRefusal> {
    let open = dossier.require_supplement()?;
    let named = usize::try_from(item).ok().and_then(|place| open.request.items().get(place));
    match named.map(|named| &named.subject) {
        Some(Subject::Component { .. } | Subject::Other) => {}
        Some(Subject::Question { .. }) | None => return Err(DossierRefusal::NotAskedFor),
    }
    if attachment.size == 0 {
        return Err(DossierRefusal::EmptyFile);
    }
    if dossier.all_files().any(|present| present.id == attachment.id) {
        return Err(DossierRefusal::FileIdTaken);
    }
    if dossier.attachments.len() + open.files.len() >= MAX_ATTACHMENTS {
        return Err(DossierRefusal::TooManyFiles { max: MAX_ATTACHMENTS });
    }
    Ok(vec![Event::SupplementFileAttached { item, attachment: attachment.clone() }])
}

pub(in crate::dossier) fn take_back(dossier: &Dossier, id: AttachmentId) -> Result<Vec<Event>, DossierRefusal> {
    let open = dossier.require_supplement()?;
    match open.files.iter().any(|file| file.attachment.id == id) {
        true => Ok(vec![Event::SupplementFileRemoved { attachment: id }]),
        false => Err(DossierRefusal::UnknownFile),
    }
}

/// Keeps answers and explanations; an explanation of none is taken back, null takes an answer back.
pub(in crate::dossier) fn fill(
    dossier: &Dossier,
    form_version: Option<&str>,
    answers: &BTreeMap<String, Value>,
    explanations: &BTreeMap<u32, Option<Sentence>>,
) -> Result<Vec<Event>, DossierRefusal> {
    let open = dossier.require_supplement()?;
    let items = open.request.items();
    let is_named = |path: &str| {
        items.iter().any(|item| matches!(&item.subject, Subject::Question { path: named, .. } if named == path))
    };
    let count = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if answers.keys().any(|path| !is_named(path)) || explanations.keys().any(|place| *place >= count) {
        return Err(DossierRefusal::NotAskedFor);
    }
    let answers: BTreeMap<String, Value> = answers
        .iter()
        .filter(|(path, answer)| open.answers.get(*path).unwrap_or(&Value::Null) != *answer)
        .map(|(path, answer)| (path.clone(), answer.clone()))
        .collect();
    let explanations: Vec<Explanation> = explanations
        .iter()
        .filter(|(place, words)| open.explanations.get(*place) != words.as_ref())
        .map(|(place, words)| Explanation { item: *place, words: words.clone() })
        .collect();
    if answers.is_empty() && explanations.is_empty() {
        return Ok(Vec::new());
    }
    let mut after = dossier.answers.clone();
    apply(&mut after, &open.answers);
    apply(&mut after, &answers);
    if !fits(&after) {
        return Err(DossierRefusal::TooManyAnswers);
    }
    Ok(vec![Event::SupplementFilled { form_version: form_version.map(str::to_owned), answers, explanations }])
}

pub(in crate::dossier) fn send(
    dossier: &Dossier,
    number: u32,
    clock: &ResumedClock,
    at: Instant,
) -> Result<Vec<Event>, DossierRefusal> {
    let was_sent = |place: u32| {
        let index = usize::try_from(place).ok().and_then(|place| place.checked_sub(1));
        index.and_then(|index| dossier.supplements.get(index)).is_some_and(|earlier| earlier.sent_at.is_some())
    };
    if was_sent(number) {
        return Err(DossierRefusal::AlreadySupplemented);
    }
    let open = dossier.require_supplement()?;
    if number != dossier.supplement_count() {
        return Err(DossierRefusal::NotAskedFor);
    }
    let missing = open.unanswered().len();
    if missing > 0 {
        return Err(DossierRefusal::SupplementIncomplete { missing });
    }
    match (open.stage, clock) {
        (Status::Filed, ResumedClock::Answer { due_at }) if *due_at < at => Err(DossierRefusal::DueInThePast),
        (Status::Filed, ResumedClock::Answer { .. }) | (Status::Accepted, ResumedClock::Return { .. }) => {
            Ok(vec![Event::SupplementSent { clock: clock.clone() }])
        }
        _ => Err(DossierRefusal::NotInStatus { status: dossier.status }),
    }
}

impl Dossier {
    /// The request that waits for the filer.
    pub fn open_supplement(&self) -> Option<&Supplement> {
        let waits = self.status == Status::AwaitingSupplement;
        self.supplements.last().filter(|last| waits && last.sent_at.is_none())
    }

    /// How many requests there have been: the second is a rare exception (domain.md §1.2).
    pub fn supplement_count(&self) -> u32 {
        u32::try_from(self.supplements.len()).unwrap_or(u32::MAX)
    }

    fn require_supplement(&self) -> Result<&Supplement, DossierRefusal> {
        self.open_supplement().ok_or(DossierRefusal::NotInStatus { status: self.status })
    }
}
