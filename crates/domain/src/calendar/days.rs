//! Which days are worked: the weekly rule and the listed days that differ from it.

use crate::catalogue::words;
use crate::time::Day;
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
        Ok(Self { version: version.into(), entries: by_day })
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
        Self { version: calendar.version, entries: calendar.entries.into_values().collect() }
    }
}
