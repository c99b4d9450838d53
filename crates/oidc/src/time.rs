//! Moments as JSON Web Tokens count them: seconds since 1970 in UTC.

use serde::de::{Deserialize, Deserializer, Error, Unexpected, Visitor};
use serde::{Serialize, Serializer};
use std::fmt;

/// A moment in whole seconds; arithmetic stops at the ends instead of overflowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnixTime(i64);

impl UnixTime {
    /// The moment so many seconds after 1970 began.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// The second in which this millisecond lies.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis.div_euclid(1000))
    }

    /// Seconds since 1970 began.
    pub const fn as_seconds(self) -> i64 {
        self.0
    }

    /// So many seconds later.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds from the other moment to this one; negative when the other is later.
    pub const fn since(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}

impl Serialize for UnixTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.0)
    }
}

// RFC 7519, 2: a NumericDate is a JSON number and may have a fraction. A text is not a number.
impl<'de> Deserialize<'de> for UnixTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NumericDate)
    }
}

struct NumericDate;

impl Visitor<'_> for NumericDate {
    type Value = UnixTime;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("seconds since 1970")
    }

    fn visit_i64<E: Error>(self, seconds: i64) -> Result<UnixTime, E> {
        Ok(UnixTime(seconds))
    }

    fn visit_u64<E: Error>(self, seconds: u64) -> Result<UnixTime, E> {
        i64::try_from(seconds).map(UnixTime).map_err(|_| E::invalid_value(Unexpected::Unsigned(seconds), &self))
    }

    fn visit_f64<E: Error>(self, seconds: f64) -> Result<UnixTime, E> {
        // Up to 2^53 every whole second is exact; that is 285 million years.
        if seconds.is_finite() && seconds.abs() < 9_007_199_254_740_992.0 {
            return Ok(UnixTime(seconds.floor() as i64));
        }
        Err(E::invalid_value(Unexpected::Float(seconds), &self))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_and_nothing_else() {
        let cases = [("1300819380", Some(1_300_819_380)), ("1300819380.9", Some(1_300_819_380)), ("-1.5", Some(-2))];
        for (text, expected) in cases {
            assert_eq!(serde_json::from_str(text).ok(), expected.map(UnixTime), "{text}");
        }
        for text in ["\"1300819380\"", "null", "true", "[]", "1e300", "18446744073709551615", "99999999999999999999"] {
            assert!(serde_json::from_str::<UnixTime>(text).is_err(), "{text}");
        }
    }

    #[test]
    fn arithmetic_stops_at_the_ends() {
        let end = UnixTime::from_seconds(i64::MAX);
        assert_eq!(end.plus(60), end);
        assert_eq!(UnixTime::from_seconds(i64::MIN).since(end), i64::MIN);
        assert_eq!(UnixTime::from_millis(-1), UnixTime::from_seconds(-1));
    }
}
