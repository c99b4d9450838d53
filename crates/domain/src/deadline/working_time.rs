//! Counting office time: adding it to a moment, and measuring it between two.

use crate::calendar::{OfficeHours, WorkCalendar};
use crate::time::{Instant, MINUTE_MS};
use serde::{Deserialize, Serialize};

/// A stretch of office time that was counted: one unbroken run of days, breaks at noon and at night left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CountedInterval {
    /// Where counting began.
    pub from: Instant,
    /// Where it ended.
    pub to: Instant,
    /// How much of the limit it used, in milliseconds: office time, or whole days where days of the calendar count.
    pub counted_ms: i64,
}

/// The outcome of adding office time to a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkingTime {
    /// The first moment of office time that was counted.
    pub starts_at: Instant,
    /// The moment at which the time is used up.
    pub ends_at: Instant,
    /// What was counted between.
    pub steps: Vec<CountedInterval>,
}

/// The moment at which so many minutes of office time have passed.
///
/// Outside office hours the count begins with the next opening; it ends at a closing rather than at the opening after.
pub fn add_working_minutes(from: Instant, minutes: i64, calendar: &WorkCalendar, hours: &OfficeHours) -> Instant {
    count_working_millis(from, minutes.saturating_mul(MINUTE_MS), calendar, hours).ends_at
}

/// By when the desk must answer a dossier filed at this moment (Decree 118/2025: within 8 working hours; the figure is
/// a parameter).
pub fn answer_due_at(filed_at: Instant, working_minutes: i64, calendar: &WorkCalendar, hours: &OfficeHours) -> Instant {
    add_working_minutes(filed_at, working_minutes, calendar, hours)
}

/// Adds office time and tells what was counted.
pub fn count_working_millis(from: Instant, millis: i64, calendar: &WorkCalendar, hours: &OfficeHours) -> WorkingTime {
    let mut remaining = millis.max(0);
    let mut starts_at = None;
    let mut steps: Vec<CountedInterval> = Vec::new();
    let mut day = from.day();
    loop {
        let mut continues = !steps.is_empty() && !hours.on(day.previous(), calendar).is_empty();
        for window in hours.on(day, calendar) {
            let (opens_at, closes_at) = window.on(day);
            let begins_at = opens_at.max(from);
            if begins_at >= closes_at {
                continue;
            }
            starts_at.get_or_insert(begins_at);
            let available = closes_at.as_millis() - begins_at.as_millis();
            let taken = available.min(remaining);
            let to = begins_at.plus_millis(taken);
            match steps.last_mut() {
                Some(step) if continues => {
                    step.to = to;
                    step.counted_ms += taken;
                }
                _ => steps.push(CountedInterval { from: begins_at, to, counted_ms: taken }),
            }
            continues = true;
            remaining -= taken;
            if remaining == 0 {
                return WorkingTime { starts_at: starts_at.unwrap_or(begins_at), ends_at: to, steps };
            }
        }
        let next = day.next();
        if next == day {
            // The calendar ends in the year 9999.
            return WorkingTime { starts_at: starts_at.unwrap_or(from), ends_at: from.max(day.midnight()), steps };
        }
        day = next;
    }
}

/// How much office time lies between two moments; 0 when the second is not later.
pub fn working_millis_between(from: Instant, to: Instant, calendar: &WorkCalendar, hours: &OfficeHours) -> i64 {
    let mut total = 0;
    let mut day = from.day();
    while day.midnight() < to {
        for window in hours.on(day, calendar) {
            let (opens_at, closes_at) = window.on(day);
            total += (closes_at.min(to).as_millis() - opens_at.max(from).as_millis()).max(0);
        }
        let next = day.next();
        if next == day {
            break;
        }
        day = next;
    }
    total
}
