//! State as a pure function of the events.

use super::event::{Event, Recorded};
use super::parts::{Attachment, Holder, OfficerRef};
use super::state::{Dossier, Status, Withdrawal};
use super::supplement::{ReplacedFile, ResumedClock, Subject, Supplement, SuppliedFile};
use crate::time::Instant;
use std::collections::BTreeMap;

/// Events that can't be a dossier's history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReplayError {
    /// There is no event at all.
    #[error("no event")]
    Empty,
    /// The first event doesn't start a draft.
    #[error("the first event does not start a draft")]
    NotStarted,
    /// A later event starts the draft again.
    #[error("event {seq} starts the draft again")]
    StartedTwice {
        /// Its place.
        seq: u64,
    },
    /// An event is missing, or stands in the wrong place.
    #[error("event {found} where {expected} should be")]
    WrongPlace {
        /// The place that was to be filled.
        expected: u64,
        /// The place that the event claims.
        found: u64,
    },
    /// An event belongs to another dossier.
    #[error("event {seq} belongs to another dossier")]
    OtherDossier {
        /// Its place.
        seq: u64,
    },
}

/// The state that all these events lead to.
///
/// # Errors
/// When they are not one dossier's events from the first on, in order.
pub fn replay(events: &[Recorded]) -> Result<Dossier, ReplayError> {
    let mut dossier = None;
    for recorded in events {
        dossier = Some(evolve(dossier, recorded)?);
    }
    dossier.ok_or(ReplayError::Empty)
}

/// The state after one more event. It doesn't judge whether the act was allowed: [`super::decide`] did.
///
/// # Errors
/// When the event is not the dossier's next.
pub fn evolve(dossier: Option<Dossier>, recorded: &Recorded) -> Result<Dossier, ReplayError> {
    let Some(mut dossier) = dossier else {
        return start(recorded);
    };
    let expected = dossier.version + 1;
    if recorded.seq != expected {
        return Err(ReplayError::WrongPlace { expected, found: recorded.seq });
    }
    if recorded.dossier_id != dossier.id {
        return Err(ReplayError::OtherDossier { seq: recorded.seq });
    }
    dossier.version = recorded.seq;
    dossier.last_hash = recorded.hash;
    let at = recorded.at;
    match &recorded.event {
        Event::DraftStarted { .. } => return Err(ReplayError::StartedTwice { seq: recorded.seq }),
        Event::OwnerEntered { owner } => dossier.owner = Some(owner.clone()),
        Event::AnswersGiven { form_version, changes } => {
            super::answers::apply(&mut dossier.answers, changes);
            dossier.form_version = Some(form_version.clone());
        }
        Event::DeliveryChosen { delivery } => dossier.delivery = Some(delivery.clone()),
        Event::FileAttached { attachment } => dossier.attachments.push(attachment.clone()),
        Event::FileRemoved { attachment } => {
            dossier.attachments.retain(|present| present.id != *attachment);
        }
        Event::Filed { code, secret, answer_due_at, form_version } => {
            dossier.status = Status::Filed;
            dossier.code = Some(code.clone());
            dossier.secret = Some(secret.clone());
            dossier.filed_at = Some(at);
            dossier.answer_due_at = Some(*answer_due_at);
            if form_version.is_some() {
                dossier.form_version.clone_from(form_version);
            }
            dossier.holder = Some(Holder { agency: dossier.agency.clone(), officer: None, since: at });
        }
        Event::Accepted { due, officer } => {
            dossier.status = Status::Accepted;
            dossier.accepted_at = Some(at);
            dossier.accepted_by = Some(officer.clone());
            dossier.due = Some(due.clone());
            dossier.hand_to(officer, recorded);
        }
        Event::Refused { reasons, officer } => {
            dossier.status = Status::Refused;
            dossier.refusal = Some(reasons.clone());
            dossier.refused_at = Some(at);
            dossier.refused_by = Some(officer.clone());
            dossier.hand_to(officer, recorded);
        }
        Event::SupplementRequested { request, respond_by, officer } => {
            dossier.supplements.push(Supplement {
                request: request.clone(),
                officer: officer.clone(),
                requested_at: at,
                respond_by: *respond_by,
                stage: dossier.status,
                files: Vec::new(),
                answers: BTreeMap::new(),
                form_version: None,
                explanations: BTreeMap::new(),
                sent_at: None,
            });
            dossier.status = Status::AwaitingSupplement;
            dossier.hand_to(officer, recorded);
        }
        Event::SupplementFileAttached { item, attachment } => {
            if let Some(open) = dossier.supplements.last_mut() {
                open.files.push(SuppliedFile { item: *item, attachment: attachment.clone() });
            }
        }
        Event::SupplementFileRemoved { attachment } => {
            if let Some(open) = dossier.supplements.last_mut() {
                open.files.retain(|file| file.attachment.id != *attachment);
            }
        }
        Event::SupplementFilled { form_version, answers, explanations } => {
            if let Some(open) = dossier.supplements.last_mut() {
                super::answers::apply(&mut open.answers, answers);
                open.form_version.clone_from(form_version);
                for explanation in explanations {
                    match &explanation.words {
                        Some(words) => open.explanations.insert(explanation.item, words.clone()),
                        None => open.explanations.remove(&explanation.item),
                    };
                }
            }
        }
        Event::SupplementSent { clock } => dossier.take_supplement(clock, at),
        Event::AnswerOverdue { .. } => dossier.answer_overdue_at = Some(at),
        Event::Withdrawn { reason } => {
            dossier.status = Status::Withdrawn;
            dossier.withdrawal = Some(Withdrawal { reason: reason.clone(), at });
        }
        Event::Finished { results, note, officer } => {
            dossier.status = Status::Finished;
            dossier.results.clone_from(results);
            dossier.result_note.clone_from(note);
            dossier.finished_at = Some(at);
            dossier.finished_by = Some(officer.clone());
            dossier.hand_to(officer, recorded);
        }
        Event::Returned { how, officer } => {
            dossier.status = Status::Returned;
            dossier.returned_at = Some(at);
            dossier.return_way = Some(how.clone());
            dossier.hand_to(officer, recorded);
        }
    }
    Ok(dossier)
}

impl Dossier {
    /// Makes what was supplied part of the dossier: new answers over the old ones, new files in the place of those that were
    /// found wrong.
    fn take_supplement(&mut self, clock: &ResumedClock, at: Instant) {
        let by = self.supplement_count();
        let Some(open) = self.supplements.last_mut() else { return };
        open.sent_at = Some(at);
        self.status = open.stage;
        super::answers::apply(&mut self.answers, &open.answers);
        if open.form_version.is_some() {
            self.form_version.clone_from(&open.form_version);
        }
        for (place, item) in (0..).zip(open.request.items()) {
            let Subject::Component { code, name } = &item.subject else { continue };
            if !item.defect.replaces() || open.files_of(place).next().is_none() {
                continue;
            }
            let is_same = |file: &Attachment| match code {
                Some(code) => file.component_code.as_ref() == Some(code),
                None => file.component_code.is_none() && file.component_name == *name,
            };
            let (old, kept): (Vec<_>, Vec<_>) = self.attachments.drain(..).partition(is_same);
            self.attachments = kept;
            self.replaced.extend(old.into_iter().map(|attachment| ReplacedFile { attachment, by, at }));
        }
        self.attachments.extend(open.files.iter().map(|file| file.attachment.clone()));
        match clock {
            ResumedClock::Answer { due_at } => {
                self.answer_due_at = Some(*due_at);
                self.answer_overdue_at = None;
            }
            ResumedClock::Return { due } => self.due = Some(due.clone()),
        }
    }

    /// Notes who has it; someone who had it already keeps the earlier time.
    fn hand_to(&mut self, officer: &OfficerRef, recorded: &Recorded) {
        let is_same = self
            .holder
            .as_ref()
            .and_then(|holder| holder.officer.as_ref())
            .is_some_and(|present| present.id == officer.id);
        if !is_same {
            self.holder =
                Some(Holder { agency: self.agency.clone(), officer: Some(officer.clone()), since: recorded.at });
        }
    }
}

fn start(recorded: &Recorded) -> Result<Dossier, ReplayError> {
    let Event::DraftStarted { id, procedure, agency, filer, channel } = &recorded.event else {
        return Err(ReplayError::NotStarted);
    };
    if recorded.seq != 1 {
        return Err(ReplayError::WrongPlace { expected: 1, found: recorded.seq });
    }
    if recorded.dossier_id != *id {
        return Err(ReplayError::OtherDossier { seq: 1 });
    }
    Ok(Dossier {
        id: *id,
        version: 1,
        last_hash: recorded.hash,
        status: Status::Draft,
        procedure: procedure.clone(),
        agency: agency.clone(),
        filer: *filer,
        channel: *channel,
        owner: None,
        answers: BTreeMap::new(),
        form_version: None,
        delivery: None,
        attachments: Vec::new(),
        replaced: Vec::new(),
        supplements: Vec::new(),
        code: None,
        secret: None,
        started_at: recorded.at,
        filed_at: None,
        answer_due_at: None,
        answer_overdue_at: None,
        accepted_at: None,
        accepted_by: None,
        due: None,
        refusal: None,
        refused_at: None,
        refused_by: None,
        withdrawal: None,
        results: Vec::new(),
        result_note: None,
        finished_at: None,
        finished_by: None,
        returned_at: None,
        return_way: None,
        holder: None,
    })
}
