//! Moments, counted in UTC and shown in Vietnam.

use super::Day;
use jiff::Timestamp;
use jiff::civil::DateTime;
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
        let timestamp = Timestamp::from_millisecond(self.0).expect("an instant is kept within the range of timestamps");
        VIETNAM.to_datetime(timestamp)
    }

    /// The day in Vietnam at this moment.
    pub fn day(self) -> Day {
        Day::from_date(self.local().date())
    }

    /// Milliseconds since local midnight.
    pub fn millis_of_day(self) -> i64 {
        let time = self.local().time();
        (i64::from(time.hour()) * 60 + i64::from(time.minute())) * MINUTE_MS
            + i64::from(time.second()) * 1_000
            + i64::from(time.millisecond())
    }

    /// Reads exactly what [`fmt::Display`] writes; nothing of any other form.
    pub fn parse_iso(text: &str) -> Option<Self> {
        let timestamp: Timestamp = text.parse().ok()?;
        let instant = Self::from_millis(timestamp.as_millisecond());
        (instant.to_string() == text).then_some(instant)
    }

    /// As forms and pages print it: `14:05 22/11/2026`.
    pub fn vietnamese(self) -> String {
        let local = self.local();
        format!("{:02}:{:02} {}", local.hour(), local.minute(), self.day().vietnamese())
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
