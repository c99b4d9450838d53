//! Dossiers in words: states, owners, deliveries and what happened, as people read them.

use domain::dossier::{
    Actor, Delivery, Dossier, Event, OwnerKind, Recorded, Relation, ResumedClock, Status, Subject, SupplementRequest,
};
use domain::time::Instant;
use usecases::sessions::SignedInAccount;
use web::i18n::{TextKey, Texts};
use web::view::parts::{Step, StepState, SummaryRow, Tone};

use crate::situation::{held_since, holder_words, steps_to_come, until};

/// The name of a state and its colour.
pub(crate) fn status_words(status: Status) -> (TextKey, Tone) {
    match status {
        Status::Draft => (TextKey("status-draft"), Tone::Neutral),
        Status::Filed => (TextKey("status-filed"), Tone::Active),
        Status::Accepted => (TextKey("status-accepted"), Tone::Active),
        Status::AwaitingSupplement => (TextKey("status-awaiting-supplement"), Tone::Attention),
        Status::Refused => (TextKey("status-refused"), Tone::Bad),
        Status::Withdrawn => (TextKey("status-withdrawn"), Tone::Neutral),
        Status::Finished => (TextKey("status-finished"), Tone::Good),
        Status::Returned => (TextKey("status-returned"), Tone::Good),
    }
}

/// The owner's data, a row each.
pub(crate) fn owner_rows(dossier: &Dossier, filer: &str, t: &Texts) -> Vec<SummaryRow> {
    let Some(owner) = &dossier.owner else { return vec![SummaryRow::new(t.m("owner-full-name"), "")] };
    let relation = match owner.relation_to_filer {
        Relation::SelfOwner if filer == owner.full_name.as_str() => t.m("owner-filer-self").to_owned(),
        Relation::SelfOwner => filer.to_owned(),
        Relation::OnBehalf => t.f("owner-filer-behalf", [("name", filer.into())]),
        Relation::ByMandate => t.f("owner-filer-mandate", [("name", filer.into())]),
    };
    let kind = match owner.kind {
        OwnerKind::Citizen => t.m("owner-kind-citizen"),
        OwnerKind::Organisation => t.m("owner-kind-organisation"),
    };
    vec![
        SummaryRow::new(t.m("owner-filer"), relation),
        SummaryRow::new(t.m("owner-kind"), kind),
        SummaryRow::new(t.m("owner-full-name"), owner.full_name.as_str()),
        SummaryRow::new(t.m("owner-number"), owner.number_text()),
        SummaryRow::new(t.m("owner-birth-date"), owner.birth_date.map(|date| date.vietnamese()).unwrap_or_default()),
        SummaryRow::new(t.m("owner-phone"), owner.phone.national()),
        SummaryRow::new(t.m("owner-email"), owner.email.as_ref().map(|email| email.as_str()).unwrap_or_default()),
        SummaryRow::new(t.m("owner-address"), owner.address.as_str()),
    ]
}

/// Where the result is received.
pub(crate) fn delivery_row(dossier: &Dossier, t: &Texts) -> SummaryRow {
    let value = match &dossier.delivery {
        None => String::new(),
        Some(Delivery::Online) => t.m("delivery-online").to_owned(),
        Some(Delivery::AtDesk) => format!("{}: {}", t.m("delivery-desk"), dossier.agency.name),
        Some(Delivery::ByPost { name, phone, address }) => {
            format!("{}\n{name}, {}\n{address}", t.m("delivery-post"), phone.national())
        }
    };
    SummaryRow::new(t.m("delivery-title"), value)
}

/// What happened since filing, the newest first, with the step that is under way on top (R10, R11).
pub(crate) fn timeline(dossier: &Dossier, log: &[Recorded], now: Instant, t: &Texts) -> Vec<Step> {
    let mut steps = steps_to_come(dossier, t);
    steps.extend(current_step(dossier, now, t));
    // What one side wrote to the other may name people or their circumstances.
    let without_words = |step: Step| Step { note: String::new(), ..step };
    steps.extend(log.iter().rev().filter_map(|entry| {
        let step = past_step(entry, String::new(), t)?;
        Some(if has_words(&entry.event) { without_words(step) } else { step })
    }));
    steps
}

/// The same for those who may know who filed it: *X, thay mặt Y*.
pub(crate) fn timeline_with_names(dossier: &Dossier, log: &[Recorded], now: Instant, t: &Texts) -> Vec<Step> {
    let mut steps = steps_to_come(dossier, t);
    steps.extend(current_step(dossier, now, t));
    steps.extend(log.iter().rev().filter_map(|entry| past_step(entry, on_behalf(entry, t), t)));
    steps
}

/// Who filed it, as the log has it: *X*, or *X, thay mặt Y*.
pub(crate) fn filer(log: &[Recorded], t: &Texts) -> String {
    let Some(entry) = log.iter().find(|entry| matches!(entry.event, Event::Filed { .. })) else {
        return String::new();
    };
    match &entry.actor {
        Actor::Account { name, .. } | Actor::Officer { name, .. } => name.clone(),
        Actor::Representative { .. } | Actor::Program { .. } | Actor::System => on_behalf(entry, t),
    }
}

/// Who files a draft: whoever is signed in, for themselves or for whom they act.
pub(crate) fn filer_of_draft(account: &SignedInAccount, t: &Texts) -> String {
    match &account.acting {
        None => account.name.clone(),
        Some(person) => t.f(
            "step-on-behalf",
            [("person", person.name.as_str().into()), ("principal", account.name.as_str().into())],
        ),
    }
}

/// Who acted for whom, or through which program; empty when somebody acted for themselves.
fn on_behalf(entry: &Recorded, t: &Texts) -> String {
    match &entry.actor {
        Actor::Representative { name, principal_name, .. } => {
            t.f("step-on-behalf", [("person", name.as_str().into()), ("principal", principal_name.as_str().into())])
        }
        Actor::Program { name, program_name, .. } => {
            t.f("step-through-program", [("person", name.as_str().into()), ("program", program_name.as_str().into())])
        }
        Actor::System | Actor::Account { .. } | Actor::Officer { .. } => String::new(),
    }
}

/// What is under way: who holds the dossier, since when, until when.
fn current_step(dossier: &Dossier, now: Instant, t: &Texts) -> Option<Step> {
    let holder = dossier.holder.as_ref()?;
    let title = match dossier.status {
        Status::Filed => t.m("step-waiting-answer"),
        Status::Accepted => t.m("step-in-process"),
        Status::AwaitingSupplement => t.m("step-waiting-supplement"),
        Status::Finished => t.m("step-waiting-return"),
        Status::Draft | Status::Refused | Status::Withdrawn | Status::Returned => return None,
    };
    let since = held_since(dossier).unwrap_or(holder.since);
    Some(Step {
        title: title.to_owned(),
        at: t.f("step-since", [("at", since.vietnamese().into())]),
        by: if dossier.open_supplement().is_some() { String::new() } else { holder_words(holder) },
        note: until(dossier, now, t).unwrap_or_default(),
        state: StepState::Current,
    })
}

fn past_step(entry: &Recorded, filer: String, t: &Texts) -> Option<Step> {
    let (key, by, note) = match &entry.event {
        Event::Filed { .. } => ("step-filed", filer, String::new()),
        Event::Accepted { due, officer } => {
            let note = t.f("step-due", [("at", due.due_at.vietnamese().into())]);
            ("step-accepted", officer.name.clone(), note)
        }
        Event::SupplementRequested { request, officer, .. } => {
            ("step-supplement-requested", officer.name.clone(), request_words(request))
        }
        Event::SupplementSent { clock } => {
            let due_at = match clock {
                ResumedClock::Answer { due_at } => *due_at,
                ResumedClock::Return { due } => due.due_at,
            };
            ("step-supplement-sent", filer, t.f("step-due", [("at", due_at.vietnamese().into())]))
        }
        Event::AnswerOverdue { due_at } => {
            ("step-answer-overdue", String::new(), t.f("step-overdue", [("at", due_at.vietnamese().into())]))
        }
        Event::Withdrawn { reason } => ("step-withdrawn", filer, reason.to_string()),
        Event::Refused { reasons, officer } => ("step-refused", officer.name.clone(), reasons.items().join("\n")),
        Event::Finished { note, officer, .. } => {
            ("step-finished", officer.name.clone(), note.clone().unwrap_or_default())
        }
        Event::Returned { officer, .. } => ("step-returned", officer.name.clone(), String::new()),
        Event::DraftStarted { .. }
        | Event::OwnerEntered { .. }
        | Event::AnswersGiven { .. }
        | Event::DeliveryChosen { .. }
        | Event::FileAttached { .. }
        | Event::FileRemoved { .. }
        | Event::SupplementFileAttached { .. }
        | Event::SupplementFileRemoved { .. }
        | Event::SupplementFilled { .. } => return None,
    };
    Some(Step { title: t.m(key).to_owned(), at: entry.at.vietnamese(), by, note, state: StepState::Done })
}

/// What is asked for, a line each.
pub(crate) fn request_words(request: &SupplementRequest) -> String {
    let line = |(place, item): (usize, &domain::dossier::SupplementItem)| match &item.subject {
        Subject::Component { name: title, .. } | Subject::Question { title, .. } => {
            format!("{place}. {title}: {}", item.sentence)
        }
        Subject::Other => format!("{place}. {}", item.sentence),
    };
    (1..).zip(request.items()).map(line).collect::<Vec<_>>().join("\n")
}

/// Whether somebody's own words stand in it.
fn has_words(event: &Event) -> bool {
    match event {
        Event::Refused { .. }
        | Event::Finished { .. }
        | Event::SupplementRequested { .. }
        | Event::Withdrawn { .. } => true,
        Event::DraftStarted { .. }
        | Event::OwnerEntered { .. }
        | Event::AnswersGiven { .. }
        | Event::DeliveryChosen { .. }
        | Event::FileAttached { .. }
        | Event::FileRemoved { .. }
        | Event::Filed { .. }
        | Event::Accepted { .. }
        | Event::SupplementFileAttached { .. }
        | Event::SupplementFileRemoved { .. }
        | Event::SupplementFilled { .. }
        | Event::SupplementSent { .. }
        | Event::AnswerOverdue { .. }
        | Event::Returned { .. } => false,
    }
}
