//! The appointed return: when a result is due, by which rule, and what was counted (domain.md §3.3, §3.4).

use super::{CountedInterval, Extension, Pause, TimeLimit, TimeUnit, count_working_millis};
use crate::calendar::{CalendarKind, OfficeHours, WorkCalendar};
use crate::time::{Day, Instant};
use serde::{Deserialize, Serialize};

/// How days are counted from acceptance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CountingPolicy {
    /// One working day is a working day's hours from the moment of acceptance; after the cut-off it starts the next
    /// working day (Decree 118/2025; practice of one-stop systems).
    Exact,
    /// The day of acceptance is not counted, so the cut-off changes nothing; the n-th day ends when the office closes
    /// (Civil Code art. 147).
    NextDay,
}

/// A version of the counting rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeadlineRule {
    /// How days are counted.
    pub policy: CountingPolicy,
    /// The last minute of the day at which acceptance still counts for that day; later, days start the next working day.
    pub cut_off: u16,
    /// The name of this version, kept with every due date.
    pub version: String,
}

/// When a result is due, with all that is needed to recompute it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DueDate {
    /// The appointed return.
    pub due_at: Instant,
    /// When the dossier was accepted.
    pub accepted_at: Instant,
    /// The statutory limit.
    pub limit: TimeLimit,
    /// How days were counted.
    pub policy: CountingPolicy,
    /// The version of the rule.
    pub rule_version: String,
    /// The rule's cut-off; logs of before it was kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cut_off: Option<u16>,
    /// The office's hours; logs of before they were kept have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hours: Option<OfficeHours>,
    /// The version of the calendar.
    pub calendar_version: String,
    /// Each interval that was counted.
    pub steps: Vec<CountedInterval>,
    /// The listed days off between acceptance and return that were not counted; ordinary weekends are not named.
    pub skipped: Vec<SkippedDay>,
    /// Whether the calendar knows the holidays of every year it was counted over.
    pub is_within_calendar: bool,
    /// Each time the clock stood still, in order; `due_at` has moved by all of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pauses: Vec<Pause>,
    /// The one extension that there may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// A day off that was left out of the count.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedDay {
    /// The day.
    pub day: Day,
    /// What it is called.
    pub name: String,
}

/// Counts a statutory limit from the moment of acceptance (not of filing).
///
/// Hours are office hours. Days of the calendar, months and years end when the office closes on their last day, which
/// moves to the next working day if it is a rest day (Civil Code art. 148); a part of such a day counts as a whole one.
pub fn due(
    accepted_at: Instant,
    limit: TimeLimit,
    rule: &DeadlineRule,
    calendar: &WorkCalendar,
    hours: &OfficeHours,
) -> DueDate {
    let count = match limit.unit() {
        // A thousandth of an hour is 3.6 seconds.
        TimeUnit::Hour => {
            let millis = limit.amount_milli() * 3_600;
            office_time(accepted_at, accepted_at, millis, calendar, hours)
        }
        TimeUnit::HalfDay | TimeUnit::WorkingDay => {
            let hours = hours.without_saturday();
            let from = start_of_days(accepted_at, rule);
            let unit_millis = match limit.unit() {
                TimeUnit::HalfDay => hours.day_millis() / 2,
                _ => hours.day_millis(),
            };
            let millis = limit.amount_milli() * unit_millis / 1_000;
            office_time(accepted_at, from, millis, calendar, &hours)
        }
        TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => {
            days_of_the_calendar(accepted_at, limit, rule, calendar, hours)
        }
    };
    DueDate {
        due_at: count.due_at,
        accepted_at,
        limit,
        policy: rule.policy,
        rule_version: rule.version.clone(),
        cut_off: Some(rule.cut_off),
        hours: Some(hours.clone()),
        calendar_version: calendar.version().to_owned(),
        steps: count.steps,
        skipped: count.skipped,
        is_within_calendar: calendar.covers(accepted_at.day()) && calendar.covers(count.due_at.day()),
        pauses: Vec::new(),
        extension: None,
    }
}

/// The outcome of counting.
struct Count {
    due_at: Instant,
    steps: Vec<CountedInterval>,
    skipped: Vec<SkippedDay>,
}

fn office_time(
    accepted_at: Instant,
    from: Instant,
    millis: i64,
    calendar: &WorkCalendar,
    hours: &OfficeHours,
) -> Count {
    let time = count_working_millis(from, millis, calendar, hours);
    Count {
        due_at: time.ends_at,
        steps: time.steps,
        skipped: days_off(accepted_at.day(), time.ends_at.day(), calendar),
    }
}

fn days_of_the_calendar(
    accepted_at: Instant,
    limit: TimeLimit,
    rule: &DeadlineRule,
    calendar: &WorkCalendar,
    hours: &OfficeHours,
) -> Count {
    let hours = hours.without_saturday();
    let starts_at = match rule.policy {
        CountingPolicy::NextDay => accepted_at,
        CountingPolicy::Exact => count_working_millis(start_of_days(accepted_at, rule), 0, calendar, &hours).starts_at,
    };
    let last_day = last_day(starts_at.day(), limit);
    let due_day = calendar.first_working_day_from(last_day);
    let step = CountedInterval {
        from: starts_at,
        to: last_day.at_minute(hours.closing_minute()),
        counted_ms: i64::from(last_day.days_since(starts_at.day())) * 86_400_000,
    };
    Count {
        due_at: due_day.at_minute(hours.closing_minute()),
        steps: vec![step],
        skipped: days_off(last_day, due_day, calendar),
    }
}

/// The moment from which day-counted limits look for office time.
fn start_of_days(accepted_at: Instant, rule: &DeadlineRule) -> Instant {
    let day = accepted_at.day();
    match rule.policy {
        CountingPolicy::Exact if accepted_at <= day.at_minute(rule.cut_off) => accepted_at,
        CountingPolicy::Exact | CountingPolicy::NextDay => day.next().midnight(),
    }
}

fn last_day(start: Day, limit: TimeLimit) -> Day {
    match limit.unit() {
        TimeUnit::Year => after_months(start, limit.amount_milli() * 12),
        TimeUnit::Month => after_months(start, limit.amount_milli()),
        _ => start.plus_days(whole_days(limit.amount_milli())),
    }
}

/// Whole months as the calendar has them; a part of a month as that part of 30 days.
fn after_months(start: Day, months_milli: i64) -> Day {
    let months = i32::try_from(months_milli / 1_000).expect("a limit is at most a hundred years");
    start.plus_months(months).plus_days(whole_days(months_milli % 1_000 * 30))
}

fn whole_days(days_milli: i64) -> i32 {
    let days = (days_milli + 999) / 1_000;
    i32::try_from(days).expect("a limit is at most a hundred years")
}

fn days_off(from: Day, to: Day, calendar: &WorkCalendar) -> Vec<SkippedDay> {
    calendar
        .entries_between(from, to)
        .filter(|entry| entry.kind != CalendarKind::MakeupWork)
        .map(|entry| SkippedDay { day: entry.day, name: entry.name.clone() })
        .collect()
}
