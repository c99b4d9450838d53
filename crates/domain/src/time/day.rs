//! Days of the calendar in Vietnam.

use super::{Instant, MINUTE_MS};
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A day of the calendar in Vietnam; stored and sent as `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Day(Date);

/// A text that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a day of the calendar")]
pub struct DayError;

impl Day {
    /// The day of this year, month and day of month.
    ///
    /// # Errors
    /// When the calendar has no such day between the years 1 and 9999.
    pub fn new(year: i16, month: i8, day: i8) -> Result<Self, DayError> {
        if year < 1 {
            return Err(DayError);
        }
        Date::new(year, month, day).map(Day).map_err(|_| DayError)
    }

    /// Reads `2026-11-22`.
    ///
    /// # Errors
    /// When the text has another form or names no day.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let mut parts = text.trim().split('-');
        let (Some(year), Some(month), Some(day), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DayError);
        };
        if (year.len(), month.len(), day.len()) != (4, 2, 2) {
            return Err(DayError);
        }
        Self::from_digits(year, month, day)
    }

    /// Reads a day as people type it: `22/11/2026`, `2/9/2026`, `22-11-2026`, `22.11.2026`, or `2026-11-22`.
    ///
    /// # Errors
    /// When the text has another form or names no day.
    pub fn parse_vietnamese(text: &str) -> Result<Self, DayError> {
        if let Ok(day) = Self::parse(text) {
            return Ok(day);
        }
        let mut parts = text.trim().split(['/', '-', '.']);
        let (Some(day), Some(month), Some(year), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DayError);
        };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(DayError);
        }
        Self::from_digits(year, month, day)
    }

    fn from_digits(year: &str, month: &str, day: &str) -> Result<Self, DayError> {
        let all_digits =
            [year, month, day].iter().all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !all_digits {
            return Err(DayError);
        }
        let year = year.parse().map_err(|_| DayError)?;
        let month = month.parse().map_err(|_| DayError)?;
        let day = day.parse().map_err(|_| DayError)?;
        Self::new(year, month, day)
    }

    pub(super) fn from_date(date: Date) -> Self {
        Self(date)
    }

    /// The civil date.
    pub fn date(self) -> Date {
        self.0
    }

    /// The year, such as 2026.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day_of_month(self) -> i8 {
        self.0.day()
    }

    /// The day of the week.
    pub fn weekday(self) -> Weekday {
        self.0.weekday()
    }

    /// Whether it is a Saturday or a Sunday, the weekly rest of the public sector.
    pub fn is_weekend(self) -> bool {
        matches!(self.weekday(), Weekday::Saturday | Weekday::Sunday)
    }

    /// The day after; the last day of the year 9999 is its own successor.
    #[must_use]
    pub fn next(self) -> Self {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Self {
        self.plus_days(-1)
    }

    /// The day this many days later; it stops at the ends of the calendar.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Self {
        // The longest span there is, from one end of the calendar to the other.
        let days = days.clamp(-7_304_484, 7_304_484);
        Self::within(self.0.saturating_add(jiff::Span::new().days(i64::from(days))))
    }

    /// The same day of a later month, or that month's last day when it is shorter (Civil Code art. 148).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let months = months.clamp(-119_988, 119_988);
        Self::within(self.0.saturating_add(jiff::Span::new().months(i64::from(months))))
    }

    fn within(date: Date) -> Self {
        Self(date.max(Date::constant(1, 1, 1)))
    }

    /// How many days lie from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i32 {
        self.0.since(earlier.0).map(|span| span.get_days()).expect("two days of the calendar always have a distance")
    }

    /// The moment this many minutes after local midnight.
    pub fn at_minute(self, minute: u16) -> Instant {
        self.midnight().plus_millis(i64::from(minute) * MINUTE_MS)
    }

    /// The moment at which the day begins.
    pub fn midnight(self) -> Instant {
        Instant::from_local(self.0.at(0, 0, 0, 0))
    }

    /// As forms and pages print it: `22/11/2026`.
    pub fn vietnamese(self) -> String {
        format!("{:02}/{:02}/{:04}", self.day_of_month(), self.month(), self.year())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day_of_month())
    }
}

impl TryFrom<String> for Day {
    type Error = DayError;
    fn try_from(text: String) -> Result<Self, DayError> {
        Self::parse(&text)
    }
}

impl From<Day> for String {
    fn from(day: Day) -> Self {
        day.to_string()
    }
}
