//! The working calendar of the public sector and an office's hours: data with a version, never code (domain.md §3.1).

use crate::catalogue::words;
use crate::time::{Day, Instant, MINUTE_MS};
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Why a day differs from what its weekday says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarKind {
    /// A public holiday (Labour Code art. 112).
    Holiday,
    /// One of the days off around Tết.
    TetBreak,
    /// Nghỉ bù: in lieu of a holiday on a weekly rest day (art. 111).
    Compensatory,
    /// Hoán đổi: off, and worked on another day.
    SwappedOff,
    /// Làm bù: a rest day, usually a Saturday, on which work is done.
    MakeupWork,
}

words!(CalendarKind {
    Holiday = "holiday",
    TetBreak = "tet_break",
    Compensatory = "compensatory",
    SwappedOff = "swapped_off",
    MakeupWork = "makeup_work",
});

/// How sure an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CalendarStatus {
    /// Announced.
    Official,
    /// Known from one source.
    SingleSource,
    /// Drafted by rule, not announced.
    Estimated,
}

words!(CalendarStatus {
    Official = "official",
    SingleSource = "single_source",
    Estimated = "estimated",
});

/// A day off or a make-up working day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarEntry {
    /// The day.
    pub day: Day,
    /// What it is called.
    pub name: String,
    /// Why it differs.
    pub kind: CalendarKind,
    /// How sure it is.
    pub status: CalendarStatus,
    /// The law or notice it comes from.
    pub source: String,
}

/// The days that differ from the weekly rule, under one version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "CalendarData", into = "CalendarData")]
pub struct WorkCalendar {
    version: String,
    entries: BTreeMap<Day, CalendarEntry>,
}

/// A calendar as it is stored.
#[derive(Clone, Serialize, Deserialize)]
struct CalendarData {
    version: String,
    entries: Vec<CalendarEntry>,
}

/// A calendar that can't be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    /// Two entries for one day.
    #[error("{0} is listed twice")]
    ListedTwice(Day),
    /// A make-up day on a day that is worked anyway.
    #[error("{0} is a make-up working day but no weekly rest day")]
    MakeupOnWeekday(Day),
}

impl WorkCalendar {
    /// A calendar of these entries.
    ///
    /// # Errors
    /// When a day is listed twice, or a make-up day is no weekly rest day.
    pub fn new(
        version: impl Into<String>,
        entries: impl IntoIterator<Item = CalendarEntry>,
    ) -> Result<Self, CalendarError> {
        let mut by_day = BTreeMap::new();
        for entry in entries {
            let day = entry.day;
            if entry.kind == CalendarKind::MakeupWork && !day.is_weekend() {
                return Err(CalendarError::MakeupOnWeekday(day));
            }
            if by_day.insert(day, entry).is_some() {
                return Err(CalendarError::ListedTwice(day));
            }
        }
        Ok(Self {
            version: version.into(),
            entries: by_day,
        })
    }

    /// Its version, kept with every due date that was counted by it.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// Whether offices work on that day: a weekday that is not listed as off, or a listed make-up day.
    pub fn is_working_day(&self, day: Day) -> bool {
        match self.entry(day) {
            Some(entry) => entry.kind == CalendarKind::MakeupWork,
            None => !day.is_weekend(),
        }
    }

    /// What the calendar says of that day, when it says anything.
    pub fn entry(&self, day: Day) -> Option<&CalendarEntry> {
        self.entries.get(&day)
    }

    /// Every entry, in order of days.
    pub fn entries(&self) -> impl Iterator<Item = &CalendarEntry> {
        self.entries.values()
    }

    /// The entries from one day to another, both included.
    pub fn entries_between(&self, from: Day, to: Day) -> impl Iterator<Item = &CalendarEntry> {
        let range = (from <= to).then(|| self.entries.range(from..=to));
        range.into_iter().flatten().map(|(_, entry)| entry)
    }

    /// Whether holidays of that day's year are known at all; a due date beyond is a guess.
    pub fn covers(&self, day: Day) -> bool {
        match (self.entries.keys().next(), self.entries.keys().next_back()) {
            (Some(first), Some(last)) => (first.year()..=last.year()).contains(&day.year()),
            _ => false,
        }
    }

    /// The first working day from that day on, that day included.
    pub fn first_working_day_from(&self, day: Day) -> Day {
        let mut candidate = day;
        while !self.is_working_day(candidate) && candidate.next() > candidate {
            candidate = candidate.next();
        }
        candidate
    }
}

impl TryFrom<CalendarData> for WorkCalendar {
    type Error = CalendarError;
    fn try_from(data: CalendarData) -> Result<Self, CalendarError> {
        Self::new(data.version, data.entries)
    }
}

impl From<WorkCalendar> for CalendarData {
    fn from(calendar: WorkCalendar) -> Self {
        Self {
            version: calendar.version,
            entries: calendar.entries.into_values().collect(),
        }
    }
}

/// A stretch of office time within a day, in minutes since midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// When the office opens.
    pub opens: u16,
    /// When it closes.
    pub closes: u16,
}

impl Window {
    /// A window between two minutes of the day.
    pub const fn new(opens: u16, closes: u16) -> Self {
        Self { opens, closes }
    }

    /// How many milliseconds it lasts.
    pub fn millis(self) -> i64 {
        i64::from(self.closes - self.opens) * MINUTE_MS
    }

    /// When it opens and closes on that day.
    pub fn on(self, day: Day) -> (Instant, Instant) {
        (day.at_minute(self.opens), day.at_minute(self.closes))
    }
}

/// When an office works: its windows on working days, and on ordinary Saturdays if it opens then.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "HoursData", into = "HoursData")]
pub struct OfficeHours {
    windows: Vec<Window>,
    saturday: Vec<Window>,
}

/// Office hours as they are stored.
#[derive(Clone, Serialize, Deserialize)]
struct HoursData {
    windows: Vec<Window>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    saturday: Vec<Window>,
}

/// Office hours that can't be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HoursError {
    /// No window at all: nothing would ever be due.
    #[error("an office without hours")]
    NoWindow,
    /// A window that is empty, reaches past midnight, or begins before the last one ends.
    #[error("windows are in order, within one day, and don't overlap")]
    Disordered,
}

impl OfficeHours {
    /// Hours of these windows on every working day.
    ///
    /// # Errors
    /// When there is none, or they are not in order within one day.
    pub fn new(windows: Vec<Window>) -> Result<Self, HoursError> {
        if windows.is_empty() {
            return Err(HoursError::NoWindow);
        }
        check(&windows)?;
        Ok(Self {
            windows,
            saturday: Vec::new(),
        })
    }

    /// The same hours, and these on Saturdays that are neither listed as off nor make-up days: some communes open then.
    ///
    /// Such a Saturday counts in office hours only; it does not become a working day.
    ///
    /// # Errors
    /// When the windows are not in order within one day.
    pub fn with_saturday(mut self, windows: Vec<Window>) -> Result<Self, HoursError> {
        check(&windows)?;
        self.saturday = windows;
        Ok(self)
    }

    /// The same hours with Saturdays closed: limits in working days know no Saturday.
    #[must_use]
    pub fn without_saturday(&self) -> Self {
        Self {
            windows: self.windows.clone(),
            saturday: Vec::new(),
        }
    }

    /// The windows of an ordinary working day.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The windows of that day; none when the office is closed.
    pub fn on(&self, day: Day, calendar: &WorkCalendar) -> &[Window] {
        if calendar.is_working_day(day) {
            &self.windows
        } else if day.weekday() == Weekday::Saturday && calendar.entry(day).is_none() {
            &self.saturday
        } else {
            &[]
        }
    }

    /// How many milliseconds an ordinary working day has.
    pub fn day_millis(&self) -> i64 {
        self.windows.iter().map(|window| window.millis()).sum()
    }

    /// The minute at which an ordinary working day ends.
    pub fn closing_minute(&self) -> u16 {
        self.windows
            .last()
            .expect("an office has at least one window")
            .closes
    }
}

fn check(windows: &[Window]) -> Result<(), HoursError> {
    let mut end = 0;
    for window in windows {
        if window.opens < end || window.closes <= window.opens || window.closes > 24 * 60 {
            return Err(HoursError::Disordered);
        }
        end = window.closes;
    }
    Ok(())
}

impl TryFrom<HoursData> for OfficeHours {
    type Error = HoursError;
    fn try_from(data: HoursData) -> Result<Self, HoursError> {
        Self::new(data.windows)?.with_saturday(data.saturday)
    }
}

impl From<OfficeHours> for HoursData {
    fn from(hours: OfficeHours) -> Self {
        Self {
            windows: hours.windows,
            saturday: hours.saturday,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::fixture::{calendar, hours};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn the_real_calendar_says_which_days_are_worked() {
        let calendar = calendar();
        for (text, is_working) in [
            ("2026-11-23", true),
            ("2026-11-24", false),
            ("2026-11-22", false),
            ("2025-11-24", true),
            ("2026-01-02", false),
            ("2026-01-10", true),
            ("2026-02-13", true),
            ("2026-02-16", false),
            ("2026-02-20", false),
            ("2026-02-23", true),
            ("2026-04-27", false),
            ("2026-08-22", true),
            ("2026-08-29", false),
            ("2026-08-31", false),
            ("2026-09-01", false),
            ("2026-09-03", true),
            ("2025-04-26", true),
            ("2025-05-02", false),
            ("2024-05-04", true),
            ("2024-04-29", false),
        ] {
            assert_eq!(calendar.is_working_day(day(text)), is_working, "{text}");
        }
    }

    #[test]
    fn the_listed_days_of_tet_and_the_kings_are_those_of_the_moon() {
        let calendar = calendar();
        for year in 2024..=2027 {
            let new_year = calendar.entry(crate::lunar::tet(year).unwrap()).unwrap();
            assert_eq!(new_year.kind, CalendarKind::TetBreak, "{year}");
            let kings = calendar
                .entry(crate::lunar::hung_kings(year).unwrap())
                .unwrap();
            assert_eq!(kings.name, "Giỗ Tổ Hùng Vương", "{year}");
        }
    }

    #[test]
    fn impossible_calendars_are_refused() {
        let entry = |text: &str, kind| CalendarEntry {
            day: day(text),
            name: "x".to_owned(),
            kind,
            status: CalendarStatus::Official,
            source: String::new(),
        };
        let twice = [
            entry("2026-01-01", CalendarKind::Holiday),
            entry("2026-01-01", CalendarKind::TetBreak),
        ];
        assert_eq!(
            WorkCalendar::new("1", twice),
            Err(CalendarError::ListedTwice(day("2026-01-01")))
        );
        let makeup = [entry("2026-01-05", CalendarKind::MakeupWork)];
        assert_eq!(
            WorkCalendar::new("1", makeup),
            Err(CalendarError::MakeupOnWeekday(day("2026-01-05")))
        );
    }

    #[test]
    fn impossible_hours_are_refused() {
        for windows in [
            vec![],
            vec![Window::new(500, 500)],
            vec![Window::new(500, 400)],
            vec![Window::new(780, 990), Window::new(420, 690)],
            vec![Window::new(420, 800), Window::new(780, 990)],
            vec![Window::new(420, 1_441)],
        ] {
            assert!(OfficeHours::new(windows.clone()).is_err(), "{windows:?}");
        }
        assert!(serde_json::from_str::<OfficeHours>(r#"{"windows":[]}"#).is_err());
    }

    #[test]
    fn calendar_and_hours_survive_json() {
        let calendar = calendar();
        let json = serde_json::to_string(&calendar).unwrap();
        assert_eq!(
            serde_json::from_str::<WorkCalendar>(&json).unwrap(),
            calendar
        );
        let hours = hours().with_saturday(vec![Window::new(420, 690)]).unwrap();
        let json = serde_json::to_string(&hours).unwrap();
        assert_eq!(serde_json::from_str::<OfficeHours>(&json).unwrap(), hours);
    }

    #[test]
    fn a_calendar_covers_the_years_it_lists() {
        assert!(calendar().covers(day("2027-12-31")));
        assert!(!calendar().covers(day("2028-01-03")));
        assert!(
            !WorkCalendar::new("empty", [])
                .unwrap()
                .covers(day("2026-01-01"))
        );
    }
}
