//! When an office works within a day.

use super::WorkCalendar;
use crate::time::{Day, Instant, MINUTE_MS};
use jiff::civil::Weekday;
use serde::{Deserialize, Serialize};

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
        Ok(Self { windows, saturday: Vec::new() })
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
        Self { windows: self.windows.clone(), saturday: Vec::new() }
    }

    /// The windows of an ordinary working day.
    pub fn windows(&self) -> &[Window] {
        &self.windows
    }

    /// The windows of an ordinary Saturday; none when the office is closed then.
    pub fn saturday(&self) -> &[Window] {
        &self.saturday
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
        self.windows.last().expect("an office has at least one window").closes
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
        Self { windows: hours.windows, saturday: hours.saturday }
    }
}
