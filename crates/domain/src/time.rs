//! Instants, local days and half-known birth dates; Vietnam keeps UTC+7 all year (domain.md §2.2).

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::tz::Offset;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Indochina Time: no daylight saving since 1975.
const VIETNAM: Offset = Offset::constant(7);

/// The beginning of the year 1 in Vietnam.
const FIRST_MS: i64 = -62_135_622_000_000;
/// The last moment that jiff shows in every zone: in the morning of 9999-12-31 in Vietnam.
const LAST_MS: i64 = 253_402_207_200_000;

/// Milliseconds in one minute.
pub const MINUTE_MS: i64 = 60_000;

/// A moment, as milliseconds of UTC since 1970; values beyond the years 1 to 9999 are brought to the nearest end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(from = "i64", into = "i64")]
pub struct Instant(i64);

impl Instant {
    /// The moment that lies this many milliseconds after 1970-01-01T00:00Z.
    pub fn from_millis(millis: i64) -> Self {
        Self(millis.clamp(FIRST_MS, LAST_MS))
    }

    /// Milliseconds since 1970-01-01T00:00Z: the form that is stored.
    pub fn as_millis(self) -> i64 {
        self.0
    }

    /// The moment this many milliseconds later (or earlier, when negative).
    #[must_use]
    pub fn plus_millis(self, millis: i64) -> Self {
        Self::from_millis(self.0.saturating_add(millis))
    }

    /// The moment at which a clock in Vietnam shows this date and time.
    pub fn from_local(local: DateTime) -> Self {
        match VIETNAM.to_timestamp(local) {
            Ok(timestamp) => Self::from_millis(timestamp.as_millisecond()),
            Err(_) if local.year() < 0 => Self::from_millis(i64::MIN),
            Err(_) => Self::from_millis(i64::MAX),
        }
    }

    /// What a clock in Vietnam shows at this moment.
    pub fn local(self) -> DateTime {
        let timestamp = Timestamp::from_millisecond(self.0)
            .expect("an instant is kept within the range of timestamps");
        VIETNAM.to_datetime(timestamp)
    }

    /// The day in Vietnam at this moment.
    pub fn day(self) -> Day {
        Day(self.local().date())
    }

    /// Milliseconds since local midnight.
    pub fn millis_of_day(self) -> i64 {
        let time = self.local().time();
        (i64::from(time.hour()) * 60 + i64::from(time.minute())) * MINUTE_MS
            + i64::from(time.second()) * 1_000
            + i64::from(time.millisecond())
    }

    /// As forms and pages print it: `14:05 22/11/2026`.
    pub fn vietnamese(self) -> String {
        let local = self.local();
        format!(
            "{:02}:{:02} {}",
            local.hour(),
            local.minute(),
            self.day().vietnamese()
        )
    }
}

impl From<i64> for Instant {
    fn from(millis: i64) -> Self {
        Self::from_millis(millis)
    }
}

impl From<Instant> for i64 {
    fn from(instant: Instant) -> Self {
        instant.0
    }
}

/// ISO 8601 with Vietnam's offset, for logs and machines: `2026-11-22T14:05:00.000+07:00`.
impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = self.local().time();
        write!(
            f,
            "{}T{:02}:{:02}:{:02}.{:03}+07:00",
            self.day(),
            time.hour(),
            time.minute(),
            time.second(),
            time.millisecond()
        )
    }
}

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
        let (Some(year), Some(month), Some(day), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
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
        let (Some(day), Some(month), Some(year), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DayError);
        };
        if year.len() != 4 || month.len() > 2 || day.len() > 2 {
            return Err(DayError);
        }
        Self::from_digits(year, month, day)
    }

    fn from_digits(year: &str, month: &str, day: &str) -> Result<Self, DayError> {
        let all_digits = [year, month, day]
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
        if !all_digits {
            return Err(DayError);
        }
        let year = year.parse().map_err(|_| DayError)?;
        let month = month.parse().map_err(|_| DayError)?;
        let day = day.parse().map_err(|_| DayError)?;
        Self::new(year, month, day)
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
        Self::within(
            self.0
                .saturating_add(jiff::Span::new().days(i64::from(days))),
        )
    }

    /// The same day of a later month, or that month's last day when it is shorter (Civil Code art. 148).
    #[must_use]
    pub fn plus_months(self, months: i32) -> Self {
        let months = months.clamp(-119_988, 119_988);
        Self::within(
            self.0
                .saturating_add(jiff::Span::new().months(i64::from(months))),
        )
    }

    fn within(date: Date) -> Self {
        Self(date.max(Date::constant(1, 1, 1)))
    }

    /// How many days lie from `earlier` to this day.
    pub fn days_since(self, earlier: Day) -> i32 {
        self.0
            .since(earlier.0)
            .map(|span| span.get_days())
            .expect("two days of the calendar always have a distance")
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
        format!(
            "{:02}/{:02}/{:04}",
            self.day_of_month(),
            self.month(),
            self.year()
        )
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:04}-{:02}-{:02}",
            self.year(),
            self.month(),
            self.day_of_month()
        )
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_shown_in_vietnam() {
        // 2026-11-22T07:05:00Z.
        let moment = Instant::from_millis(1_795_331_100_000);
        assert_eq!(moment.vietnamese(), "14:05 22/11/2026");
        assert_eq!(moment.to_string(), "2026-11-22T14:05:00.000+07:00");
        assert_eq!(moment.day(), Day::new(2026, 11, 22).unwrap());
    }

    #[test]
    fn the_day_changes_at_midnight_in_vietnam() {
        let midnight = Day::new(2026, 11, 23).unwrap().midnight();
        assert_eq!(midnight.to_string(), "2026-11-23T00:00:00.000+07:00");
        assert_eq!(
            midnight.plus_millis(-1).day(),
            Day::new(2026, 11, 22).unwrap()
        );
        assert_eq!(midnight.millis_of_day(), 0);
        assert_eq!(midnight.plus_millis(-1).millis_of_day(), 86_399_999);
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for text in ["22/11/2026", " 22-11-2026", "22.11.2026", "2026-11-22"] {
            assert_eq!(
                Day::parse_vietnamese(text).unwrap().to_string(),
                "2026-11-22"
            );
        }
        assert_eq!(
            Day::parse_vietnamese("2/9/2026").unwrap().vietnamese(),
            "02/09/2026"
        );
        for text in [
            "",
            "29/02/2026",
            "31/04/2026",
            "00/01/2026",
            "22/13/2026",
            "22/11/26",
            "22/11",
            "22/11/2026/1",
            "+2/11/2026",
            "22/11/0000",
            "a/b/cccc",
            "٢٢/١١/٢٠٢٦",
        ] {
            assert_eq!(Day::parse_vietnamese(text), Err(DayError), "{text:?}");
        }
        for text in ["2026-2-9", "2026-11-22T00:00", "26-11-22"] {
            assert_eq!(Day::parse(text), Err(DayError), "{text:?}");
        }
    }

    #[test]
    fn months_end_where_the_shorter_month_ends() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2026-11-22").plus_days(40), day("2027-01-01"));
        assert_eq!(day("2027-01-01").days_since(day("2026-11-22")), 40);
        assert_eq!(day("9999-12-31").next(), day("9999-12-31"));
    }

    proptest! {
        #[test]
        fn any_number_is_a_moment_and_survives_json(millis in any::<i64>(), more in any::<i64>()) {
            let moment = Instant::from_millis(millis).plus_millis(more);
            let _ = (moment.vietnamese(), moment.local(), moment.day().next(), moment.day().plus_days(i32::MAX));
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Instant>(&json).unwrap(), moment);
        }

        #[test]
        fn local_time_and_back_is_the_same_moment(millis in -60_000_000_000_000_i64..250_000_000_000_000) {
            let moment = Instant::from_millis(millis);
            prop_assert_eq!(Instant::from_local(moment.local()), moment);
            prop_assert_eq!(moment.day().midnight().plus_millis(moment.millis_of_day()), moment);
        }

        #[test]
        fn a_day_survives_json_and_both_ways_of_writing(year in 1_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
            let day = Day::new(year, month, day).unwrap();
            let json = serde_json::to_string(&day).unwrap();
            prop_assert_eq!(serde_json::from_str::<Day>(&json).unwrap(), day);
            prop_assert_eq!(Day::parse_vietnamese(&day.vietnamese()).unwrap(), day);
        }
    }
}
