//! The derivation for programs, in the form of the published test vectors (`content/vectors/README.md`).

use domain::calendar::Window;
use domain::deadline::{CountingPolicy, PauseCause, SkippedDay, TimeUnit, milli};
use domain::time::Instant;
use serde::Serialize;
use usecases::{DerivedDue, DueMatter};

use super::facts::clock;

#[derive(Serialize)]
struct Document<'a> {
    dossier: &'a str,
    matter: &'static str,
    rule: Rule<'a>,
    calendar: &'a str,
    office: Option<Office>,
    accepted_at: String,
    limit: Limit,
    due_at: String,
    original_due_at: String,
    counted: Vec<Counted>,
    skipped: &'a [SkippedDay],
    is_within_calendar: bool,
    pauses: Vec<Pause>,
    extension: Option<Extension<'a>>,
}

#[derive(Serialize)]
struct Rule<'a> {
    version: &'a str,
    policy: CountingPolicy,
    cut_off: Option<String>,
}

#[derive(Serialize)]
struct Office {
    windows: Vec<[String; 2]>,
    saturday: Vec<[String; 2]>,
}

#[derive(Serialize)]
struct Limit {
    amount: f64,
    unit: TimeUnit,
}

#[derive(Serialize)]
struct Counted {
    from: String,
    to: String,
    counted_ms: i64,
}

#[derive(Serialize)]
struct Pause {
    cause: PauseCause,
    from: String,
    to: String,
    counted_ms: i64,
    due_before: String,
    due_after: String,
    calendar: String,
}

#[derive(Serialize)]
struct Extension<'a> {
    at: String,
    ground: &'a str,
    due_before: String,
    due_after: String,
}

/// The derivation of a dossier's due time as JSON.
pub fn as_json(code: &str, derived: &DerivedDue) -> Vec<u8> {
    let due = &derived.due;
    let text = |at: Instant| at.to_string();
    let windows =
        |windows: &[Window]| windows.iter().map(|window| [clock(window.opens), clock(window.closes)]).collect();
    let document = Document {
        dossier: code,
        matter: match derived.matter {
            DueMatter::Answer => "answer",
            DueMatter::Return => "return",
        },
        rule: Rule { version: &due.rule_version, policy: due.policy, cut_off: due.cut_off.map(clock) },
        calendar: &due.calendar_version,
        office: due
            .hours
            .as_ref()
            .map(|hours| Office { windows: windows(hours.windows()), saturday: windows(hours.saturday()) }),
        accepted_at: text(due.accepted_at),
        limit: Limit { amount: milli::to_f64(due.limit.amount_milli()), unit: due.limit.unit() },
        due_at: text(due.due_at),
        original_due_at: text(due.original_due_at()),
        counted: due
            .steps
            .iter()
            .map(|step| Counted { from: text(step.from), to: text(step.to), counted_ms: step.counted_ms })
            .collect(),
        skipped: &due.skipped,
        is_within_calendar: due.is_within_calendar,
        pauses: due
            .pauses
            .iter()
            .enumerate()
            .map(|(place, pause)| Pause {
                cause: pause.cause,
                from: text(pause.from),
                to: text(pause.to),
                counted_ms: pause.counted_ms,
                due_before: text(pause.due_before),
                due_after: text(due.due_after_pause(place)),
                calendar: pause.calendar_version.clone(),
            })
            .collect(),
        extension: due.extension.as_ref().map(|extension| Extension {
            at: text(extension.at),
            ground: extension.ground.as_str(),
            due_before: text(extension.due_before),
            due_after: text(extension.due_after),
        }),
    };
    serde_json::to_vec_pretty(&document).expect("texts and numbers are always JSON")
}
