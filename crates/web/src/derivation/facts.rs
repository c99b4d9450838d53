//! By which rule, calendar and hours it was counted, and from when.

use domain::calendar::{OfficeHours, Window};
use domain::deadline::{CountingPolicy, DueDate, TimeUnit};
use usecases::{DerivedDue, DueMatter};

use crate::i18n::Texts;
use crate::view::format::time_limit;
use crate::view::parts::SummaryRow;

pub(super) fn facts(derived: &DerivedDue, t: &'static Texts) -> Vec<SummaryRow> {
    let due = &derived.due;
    let began = match derived.matter {
        DueMatter::Answer => t.m("derivation-filed"),
        DueMatter::Return => t.m("derivation-accepted"),
    };
    let mut rows = vec![
        SummaryRow::new(began, due.accepted_at.vietnamese()),
        SummaryRow::new(t.m("derivation-limit"), time_limit(due.limit, t)),
        SummaryRow::new(t.m("derivation-policy"), policy(due, t)),
    ];
    rows.extend(start(due, t).map(|start| SummaryRow::new(t.m("derivation-start"), start)));
    rows.extend(due.hours.as_ref().map(|hours| SummaryRow::new(t.m("derivation-hours"), hours_of(hours, due, t))));
    rows.push(SummaryRow::new(t.m("derivation-rule"), due.rule_version.as_str()));
    rows.push(SummaryRow::new(t.m("derivation-calendar"), due.calendar_version.as_str()));
    if due.original_due_at() != due.due_at {
        rows.push(SummaryRow::new(t.m("derivation-original"), due.original_due_at().vietnamese()));
        rows.push(SummaryRow::new(t.m("derivation-current"), due.due_at.vietnamese()));
    }
    rows
}

fn policy(due: &DueDate, t: &'static Texts) -> &'static str {
    match (due.limit.unit(), due.policy) {
        (TimeUnit::Hour, _) => t.m("derivation-by-hours"),
        (TimeUnit::HalfDay | TimeUnit::WorkingDay, CountingPolicy::Exact) => t.m("derivation-exact"),
        (TimeUnit::HalfDay | TimeUnit::WorkingDay, CountingPolicy::NextDay) => t.m("derivation-next-day"),
        (TimeUnit::Day | TimeUnit::Month | TimeUnit::Year, _) => t.m("derivation-by-calendar"),
    }
}

/// From when it was counted, and why not from the moment of acceptance.
fn start(due: &DueDate, t: &'static Texts) -> Option<String> {
    let from = due.steps.first()?.from;
    if from == due.accepted_at {
        return None;
    }
    let cut_off = due.cut_off.map(|minute| (minute, due.accepted_at.day().at_minute(minute)));
    let why = match (due.limit.unit(), due.policy, cut_off) {
        (TimeUnit::Hour, _, _) => t.m("derivation-start-closed").to_owned(),
        (_, CountingPolicy::NextDay, _) => t.m("derivation-start-next-day").to_owned(),
        (_, CountingPolicy::Exact, Some((minute, end))) if due.accepted_at > end => {
            t.f("derivation-start-cut-off", [("time", clock(minute).into())])
        }
        (_, CountingPolicy::Exact, Some(_)) => t.m("derivation-start-closed").to_owned(),
        (_, CountingPolicy::Exact, None) => String::new(),
    };
    Some(format!("{}\n{why}", from.vietnamese()))
}

fn hours_of(hours: &OfficeHours, due: &DueDate, t: &'static Texts) -> String {
    let windows = |windows: &[Window]| -> String {
        let windows: Vec<String> =
            windows.iter().map(|window| format!("{}–{}", clock(window.opens), clock(window.closes))).collect();
        windows.join(", ")
    };
    match (due.limit.unit(), hours.saturday()) {
        (TimeUnit::Hour, saturday) if !saturday.is_empty() => {
            let saturday = t.f("derivation-saturday", [("hours", windows(saturday).into())]);
            format!("{}\n{saturday}", windows(hours.windows()))
        }
        _ => windows(hours.windows()),
    }
}

/// `15:00`.
pub(super) fn clock(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}
