//! The real holidays of 2024 to 2027 and the hours of an ordinary commune, for tests.

use crate::calendar::{CalendarEntry, CalendarKind, CalendarStatus, OfficeHours, Window, WorkCalendar};
use crate::deadline::{CountingPolicy, DeadlineRule};
use crate::time::{Day, Instant};

/// The calendar of the rows in testdata/holidays.csv.
pub(crate) fn calendar() -> WorkCalendar {
    let rows = include_str!("../../testdata/holidays.csv").lines().skip(1);
    let entries = rows.map(|row| {
        let cells: Vec<&str> = row.split(',').collect();
        CalendarEntry {
            day: Day::parse(cells[0]).unwrap(),
            kind: CalendarKind::parse(cells[1]).unwrap(),
            status: CalendarStatus::parse(cells[2]).unwrap(),
            name: cells[3].to_owned(),
            source: String::new(),
        }
    });
    WorkCalendar::new("2026-11", entries).unwrap()
}

/// 07:00–11:30 and 13:00–16:30.
pub(crate) fn hours() -> OfficeHours {
    OfficeHours::new(vec![Window::new(420, 690), Window::new(780, 990)]).unwrap()
}

/// The rule with the cut-off at 15:00.
pub(crate) fn rule(policy: CountingPolicy) -> DeadlineRule {
    DeadlineRule { policy, cut_off: 15 * 60, version: "test-1".to_owned() }
}

/// The moment of `2026-11-23 08:00` in Vietnam.
pub(crate) fn at(text: &str) -> Instant {
    let (day, time) = text.split_once(' ').unwrap();
    let (hour, minute) = time.split_once(':').unwrap();
    let minutes: u16 = hour.parse::<u16>().unwrap() * 60 + minute.parse::<u16>().unwrap();
    Day::parse(day).unwrap().at_minute(minutes)
}
