//! The rule of the dossier: which act is possible in which state, and what follows from it.

use super::answers::give_answers;
use super::command::{Command, DossierRefusal};
use super::event::Event;
use super::parts::{Attachment, OfficerRef, Owner, RefusalReasons, ReturnWay};
use super::sentence::Sentence;
use super::state::{Dossier, Status};
use super::supplement;
use crate::deadline::DueDate;
use crate::ids::AttachmentId;
use crate::time::Instant;

/// The most files a dossier holds: far above what procedures ask for, far below what would hurt.
pub const MAX_ATTACHMENTS: usize = 100;

/// What follows from a command. Entering again what is there already changes nothing and gives no event.
///
/// # Errors
/// The reason for which the act is not possible.
pub fn decide(dossier: Option<&Dossier>, command: &Command, at: Instant) -> Result<Vec<Event>, DossierRefusal> {
    if let Command::StartDraft { id, procedure, agency, filer, channel } = command {
        return match dossier {
            Some(_) => Err(DossierRefusal::AlreadyStarted),
            None => Ok(vec![Event::DraftStarted {
                id: *id,
                procedure: procedure.clone(),
                agency: agency.clone(),
                filer: *filer,
                channel: *channel,
            }]),
        };
    }
    let Some(dossier) = dossier else {
        return Err(DossierRefusal::NotStarted);
    };
    match command {
        Command::StartDraft { .. } => Err(DossierRefusal::AlreadyStarted),
        Command::EnterOwner(owner) => {
            dossier.require(Status::Draft)?;
            let Owner { kind, relation_to_filer, birth_date, .. } = *owner;
            if owner.number.is_none() && !Owner::may_lack_number(kind, relation_to_filer, birth_date, at.day()) {
                return Err(DossierRefusal::OwnerNumberMissing);
            }
            match dossier.owner.as_ref() == Some(owner) {
                true => Ok(Vec::new()),
                false => Ok(vec![Event::OwnerEntered { owner: owner.clone() }]),
            }
        }
        Command::GiveAnswers { form_version, answers, seen } => {
            dossier.require(Status::Draft)?;
            give_answers(dossier, form_version, answers, *seen)
        }
        Command::ChooseDelivery(delivery) => {
            dossier.require(Status::Draft)?;
            match dossier.delivery.as_ref() == Some(delivery) {
                true => Ok(Vec::new()),
                false => Ok(vec![Event::DeliveryChosen { delivery: delivery.clone() }]),
            }
        }
        Command::AttachFile(attachment) => attach_file(dossier, attachment),
        Command::RemoveFile(id) => remove_file(dossier, *id),
        Command::File { code, secret, answer_due_at, form_version } => {
            require_fileable(dossier, *answer_due_at, at)?;
            let (code, secret, form_version) = (code.clone(), secret.clone(), form_version.clone());
            Ok(vec![Event::Filed { code, secret, answer_due_at: *answer_due_at, form_version }])
        }
        Command::Accept { due, officer } => accept(dossier, due, officer, at),
        Command::Refuse { reasons, officer } => refuse(dossier, reasons, officer),
        Command::RequestSupplement { request, respond_by, officer } => {
            supplement::request(dossier, request, *respond_by, officer, at)
        }
        Command::SupplyFile { item, attachment } => supplement::supply(dossier, *item, attachment),
        Command::TakeBackFile(id) => supplement::take_back(dossier, *id),
        Command::FillSupplement { form_version, answers, explanations } => {
            supplement::fill(dossier, form_version.as_deref(), answers, explanations)
        }
        Command::SendSupplement { number, clock } => supplement::send(dossier, *number, clock, at),
        Command::NoteAnswerOverdue => note_answer_overdue(dossier, at),
        Command::Withdraw { reason } => withdraw(dossier, reason),
        Command::Finish { results, note, officer } => finish(dossier, results, note.as_deref(), officer),
        Command::Return { how, officer } => give_back(dossier, how, officer),
    }
}

impl Dossier {
    fn require(&self, status: Status) -> Result<(), DossierRefusal> {
        match self.status == status {
            true => Ok(()),
            false => Err(DossierRefusal::NotInStatus { status: self.status }),
        }
    }
}

fn attach_file(dossier: &Dossier, attachment: &Attachment) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Draft)?;
    if attachment.size == 0 {
        return Err(DossierRefusal::EmptyFile);
    }
    if let Some(present) = dossier.attachments.iter().find(|present| present.id == attachment.id) {
        return match present.hash == attachment.hash {
            // The same upload, repeated after a cut.
            true => Ok(Vec::new()),
            false => Err(DossierRefusal::FileIdTaken),
        };
    }
    let is_same_citation = |present: &Attachment| {
        let items = present.citation.as_ref().zip(attachment.citation.as_ref());
        present.component_code == attachment.component_code && items.is_some_and(|(own, new)| own.item == new.item)
    };
    // Pressed twice: it is cited for this paper already.
    if dossier.attachments.iter().any(is_same_citation) {
        return Ok(Vec::new());
    }
    if dossier.attachments.len() >= MAX_ATTACHMENTS {
        return Err(DossierRefusal::TooManyFiles { max: MAX_ATTACHMENTS });
    }
    Ok(vec![Event::FileAttached { attachment: attachment.clone() }])
}

fn remove_file(dossier: &Dossier, id: AttachmentId) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Draft)?;
    match dossier.attachments.iter().any(|attachment| attachment.id == id) {
        true => Ok(vec![Event::FileRemoved { attachment: id }]),
        false => Err(DossierRefusal::UnknownFile),
    }
}

fn require_fileable(dossier: &Dossier, answer_due_at: Instant, at: Instant) -> Result<(), DossierRefusal> {
    if let Some(code) = &dossier.code {
        return Err(DossierRefusal::AlreadyFiled(code.clone()));
    }
    dossier.require(Status::Draft)?;
    if dossier.owner.is_none() {
        return Err(DossierRefusal::OwnerMissing);
    }
    if dossier.delivery.is_none() {
        return Err(DossierRefusal::DeliveryMissing);
    }
    if answer_due_at < at {
        return Err(DossierRefusal::DueInThePast);
    }
    Ok(())
}

fn accept(dossier: &Dossier, due: &DueDate, officer: &OfficerRef, at: Instant) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Filed)?;
    if due.due_at < at {
        return Err(DossierRefusal::DueInThePast);
    }
    Ok(vec![Event::Accepted { due: due.clone(), officer: officer.clone() }])
}

fn refuse(dossier: &Dossier, reasons: &RefusalReasons, officer: &OfficerRef) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Filed)?;
    Ok(vec![Event::Refused { reasons: reasons.clone(), officer: officer.clone() }])
}

/// Once, and only while the desk has not answered: before its time is over, and after it was noted, nothing follows.
fn note_answer_overdue(dossier: &Dossier, at: Instant) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Filed)?;
    Ok(match dossier.answer_due_at {
        Some(due_at) if at > due_at && dossier.answer_overdue_at.is_none() => vec![Event::AnswerOverdue { due_at }],
        _ => Vec::new(),
    })
}

fn withdraw(dossier: &Dossier, reason: &Sentence) -> Result<Vec<Event>, DossierRefusal> {
    match dossier.status {
        _ if dossier.may_be_withdrawn() => Ok(vec![Event::Withdrawn { reason: reason.clone() }]),
        Status::Withdrawn => Err(DossierRefusal::AlreadyWithdrawn),
        status => Err(DossierRefusal::NotInStatus { status }),
    }
}

fn finish(
    dossier: &Dossier,
    results: &[Attachment],
    note: Option<&str>,
    officer: &OfficerRef,
) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Accepted)?;
    let note = note.map(str::trim).filter(|note| !note.is_empty());
    if results.is_empty() && note.is_none() {
        return Err(DossierRefusal::NoResult);
    }
    if results.len() > MAX_ATTACHMENTS {
        return Err(DossierRefusal::TooManyFiles { max: MAX_ATTACHMENTS });
    }
    if results.iter().any(|result| result.size == 0) {
        return Err(DossierRefusal::EmptyFile);
    }
    let mut ids: Vec<AttachmentId> = dossier.all_files().chain(results).map(|file| file.id).collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Err(DossierRefusal::FileIdTaken);
    }
    Ok(vec![Event::Finished { results: results.to_vec(), note: note.map(str::to_owned), officer: officer.clone() }])
}

fn give_back(dossier: &Dossier, how: &ReturnWay, officer: &OfficerRef) -> Result<Vec<Event>, DossierRefusal> {
    dossier.require(Status::Finished)?;
    Ok(vec![Event::Returned { how: how.clone(), officer: officer.clone() }])
}
