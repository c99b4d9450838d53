//! Where a dossier stands in words: who has it, since when, until when, and what comes next (R10, R11).

use domain::dossier::{Delivery, Dossier, Holder, Status};
use domain::time::Instant;
use web::i18n::Texts;
use web::view::parts::{Step, StepState, SummaryRow};

/// Who has a filed dossier.
pub(crate) fn holder_words(holder: &Holder) -> String {
    match &holder.officer {
        Some(officer) => format!("{}, {}", officer.name, holder.agency.name),
        None => holder.agency.name.clone(),
    }
}

/// Since when whoever has it now has it: the filer, from the moment they were asked for something.
pub(crate) fn held_since(dossier: &Dossier) -> Option<Instant> {
    match dossier.open_supplement() {
        Some(open) => Some(open.requested_at),
        None => dossier.holder.as_ref().map(|holder| holder.since),
    }
}

/// Until when: the last day of a supplement, else the clock that runs.
pub(crate) fn until(dossier: &Dossier, now: Instant, t: &Texts) -> Option<String> {
    if let Some(open) = dossier.open_supplement() {
        let key = if open.is_late(now) { "step-supplement-late" } else { "step-supplement-due" };
        return Some(t.f(key, [("day", open.respond_by.vietnamese().into())]));
    }
    let key = if dossier.is_overdue(now) { "step-overdue" } else { "step-due" };
    Some(t.f(key, [("at", dossier.running_due_at()?.vietnamese().into())]))
}

/// The four facts, for a dossier on which somebody still works.
pub(crate) fn situation(dossier: &Dossier, now: Instant, t: &Texts) -> Vec<SummaryRow> {
    let Some(holder) = &dossier.holder else { return Vec::new() };
    if dossier.status.is_final() {
        return Vec::new();
    }
    let who = match dossier.status {
        Status::AwaitingSupplement => t.m("situation-you").to_owned(),
        _ => holder_words(holder),
    };
    let mut rows = vec![SummaryRow::new(t.m("situation-holder"), who)];
    rows.extend(held_since(dossier).map(|at| SummaryRow::new(t.m("situation-since"), at.vietnamese())));
    rows.extend(until(dossier, now, t).map(|until| SummaryRow::new(t.m("situation-until"), until)));
    rows.push(SummaryRow::new(t.m("situation-next"), next_words(dossier, t)));
    rows
}

/// The steps to come, the last on top as in the rest of the history.
pub(crate) fn steps_to_come(dossier: &Dossier, t: &Texts) -> Vec<Step> {
    let keys: &[&str] = match dossier.status {
        Status::Filed => &["ahead-return", "ahead-result", "ahead-answer"],
        Status::Accepted => &["ahead-return", "ahead-result"],
        Status::AwaitingSupplement => match dossier.accepted_at {
            Some(_) => &["ahead-return", "ahead-result"],
            None => &["ahead-return", "ahead-result", "ahead-answer"],
        },
        Status::Finished => &["ahead-return"],
        Status::Draft | Status::Refused | Status::Withdrawn | Status::Returned => &[],
    };
    let empty = String::new;
    let to_come = |key: &&str| Step {
        title: t.m(key).to_owned(),
        at: empty(),
        by: empty(),
        note: empty(),
        state: StepState::ToCome,
    };
    keys.iter().map(to_come).collect()
}

fn next_words(dossier: &Dossier, t: &Texts) -> String {
    let key = match (dossier.status, &dossier.delivery) {
        (Status::Filed, _) => "next-answer",
        (Status::AwaitingSupplement, _) => "next-supplement",
        (Status::Accepted, _) => "next-result",
        (_, Some(Delivery::ByPost { .. })) => "next-return-post",
        (_, Some(Delivery::AtDesk)) => "next-return-desk",
        (_, Some(Delivery::Online) | None) => "next-return-online",
    };
    t.m(key).to_owned()
}
