//! What moved a due time, and spans of time in words.

use domain::deadline::{DueDate, PauseCause, TimeUnit};
use domain::time::Instant;

use crate::i18n::Texts;
use crate::view::parts::SummaryRow;

pub(super) fn pauses(due: &DueDate, t: &'static Texts) -> Vec<Vec<SummaryRow>> {
    let rows = due.pauses.iter().enumerate().map(|(place, pause)| {
        let cause = match pause.cause {
            PauseCause::Supplement => t.m("derivation-pause-supplement"),
        };
        vec![
            SummaryRow::new(t.m("derivation-pause-cause"), cause),
            SummaryRow::new(t.m("derivation-from"), pause.from.vietnamese()),
            SummaryRow::new(t.m("derivation-to"), pause.to.vietnamese()),
            SummaryRow::new(t.m("derivation-pause-time"), office_time(pause.counted_ms, t)),
            SummaryRow::new(t.m("derivation-moved"), moved(pause.due_before, due.due_after_pause(place), t)),
        ]
    });
    rows.collect()
}

pub(super) fn extension(due: &DueDate, t: &'static Texts) -> Vec<SummaryRow> {
    let Some(extension) = &due.extension else { return Vec::new() };
    vec![
        SummaryRow::new(t.m("derivation-extended-at"), extension.at.vietnamese()),
        SummaryRow::new(t.m("derivation-ground"), extension.ground.as_str()),
        SummaryRow::new(t.m("derivation-moved"), moved(extension.due_before, extension.due_after, t)),
    ]
}

fn moved(from: Instant, to: Instant, t: &'static Texts) -> String {
    if from == to {
        return t.m("derivation-not-moved").to_owned();
    }
    t.f("derivation-from-to", [("from", from.vietnamese().into()), ("to", to.vietnamese().into())])
}

/// A part of the limit: office time, or whole days where days of the calendar count.
pub(super) fn time(millis: i64, due: &DueDate, t: &'static Texts) -> String {
    match due.limit.unit() {
        TimeUnit::Hour | TimeUnit::HalfDay | TimeUnit::WorkingDay => office_time(millis, t),
        TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => {
            t.f("derivation-days", [("n", (millis / 86_400_000).into())])
        }
    }
}

fn office_time(millis: i64, t: &'static Texts) -> String {
    let seconds = millis / 1_000;
    let units = [
        (seconds / 3_600, "derivation-span-hours"),
        (seconds / 60 % 60, "derivation-span-minutes"),
        (seconds % 60, "derivation-span-seconds"),
    ];
    let words: Vec<String> = units
        .into_iter()
        .filter(|(amount, _)| *amount > 0)
        .map(|(amount, key)| t.f(key, [("n", amount.into())]))
        .collect();
    if words.is_empty() { t.f("derivation-span-minutes", [("n", 0.into())]) } else { words.join(" ") }
}
