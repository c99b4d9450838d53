//! The derivation of a due time in words: by which rule and calendar, what was counted, what was left out, and why.

mod facts;
mod machine;
mod moves;

use domain::calendar::CalendarStatus;
use domain::deadline::{DueDate, TimeUnit};
use domain::dossier::{Dossier, Status};
use usecases::{DerivedDue, DueMatter};

use crate::i18n::Texts;
use crate::portal::Portal;
use crate::view::parts::SummaryRow;

pub use machine::as_json;

use facts::facts;
use moves::{extension, pauses, time};

/// What the page of a due time shows.
#[derive(Debug)]
pub struct Derivation {
    /// What is derived: the page's heading.
    pub title: &'static str,
    /// What is due when, in a sentence.
    pub lead: String,
    /// What will still move it, or may.
    pub notes: Vec<String>,
    /// Where the count began, and by which rules it went.
    pub facts: Vec<SummaryRow>,
    /// Each interval that was counted.
    pub counted: Vec<CountedRow>,
    /// What the intervals make together, and where that leads.
    pub total: String,
    /// The days off that were left out.
    pub skipped: Vec<String>,
    /// What is said of ordinary weekends; empty where they count.
    pub weekends: &'static str,
    /// Each time the clock stood still.
    pub pauses: Vec<Vec<SummaryRow>>,
    /// The extension; empty when there was none.
    pub extension: Vec<SummaryRow>,
}

/// An interval in words.
#[derive(Debug)]
pub struct CountedRow {
    /// Where it begins.
    pub from: String,
    /// Where it ends.
    pub to: String,
    /// How much of the limit it used.
    pub time: String,
}

/// The derivation of a dossier's due time in the language of the page.
pub fn derivation(portal: &Portal, dossier: &Dossier, derived: &DerivedDue, t: &'static Texts) -> Derivation {
    let due = &derived.due;
    let (title, lead) = match derived.matter {
        DueMatter::Answer => (t.m("derivation-title-answer"), "derivation-lead-answer"),
        DueMatter::Return => (t.m("derivation-title"), "derivation-lead"),
    };
    let counted = due.steps.iter().map(|step| CountedRow {
        from: step.from.vietnamese(),
        to: step.to.vietnamese(),
        time: time(step.counted_ms, due, t),
    });
    Derivation {
        title,
        lead: t.f(lead, [("at", due.due_at.vietnamese().into())]),
        notes: notes(dossier, due, t),
        facts: facts(derived, t),
        counted: counted.collect(),
        total: total(due, t),
        skipped: skipped(portal, due, t),
        weekends: weekends(due, t),
        pauses: pauses(due, t),
        extension: extension(due, t),
    }
}

fn notes(dossier: &Dossier, due: &DueDate, t: &'static Texts) -> Vec<String> {
    let mut notes = Vec::new();
    if let (Status::AwaitingSupplement, Some(open)) = (dossier.status, dossier.open_supplement()) {
        notes.push(t.f("derivation-stopped", [("at", open.requested_at.vietnamese().into())]));
    }
    if !due.is_within_calendar {
        notes.push(t.m("derivation-beyond-calendar").to_owned());
    }
    notes
}

fn total(due: &DueDate, t: &'static Texts) -> String {
    let sum = time(due.steps.iter().map(|step| step.counted_ms).sum(), due, t);
    let ends_at = due.steps.last().map_or(due.due_at, |step| step.to);
    let original = due.original_due_at();
    if ends_at == original {
        t.f("derivation-total", [("time", sum.into()), ("at", original.vietnamese().into())])
    } else {
        let (last, at) = (ends_at.day().vietnamese(), original.vietnamese());
        t.f("derivation-total-moved", [("time", sum.into()), ("day", last.into()), ("at", at.into())])
    }
}

fn skipped(portal: &Portal, due: &DueDate, t: &'static Texts) -> Vec<String> {
    let calendar = &portal.app().content().calendar;
    let lines = due.skipped.iter().map(|skipped| {
        let line = format!("{}: {}", skipped.day.vietnamese(), skipped.name);
        match calendar.entry(skipped.day) {
            Some(entry) if entry.status == CalendarStatus::Estimated => {
                format!("{line} {}", t.m("derivation-estimated"))
            }
            _ => line,
        }
    });
    lines.collect()
}

fn weekends(due: &DueDate, t: &'static Texts) -> &'static str {
    let opens_on_saturday = due.hours.as_ref().is_some_and(|hours| !hours.saturday().is_empty());
    match due.limit.unit() {
        TimeUnit::Hour if opens_on_saturday => t.m("derivation-sundays"),
        TimeUnit::Hour | TimeUnit::HalfDay | TimeUnit::WorkingDay => t.m("derivation-weekends"),
        TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => "",
    }
}
