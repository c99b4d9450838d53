//! Processing times as the national database writes them.

use crate::deadline::{TimeLimit, TimeUnit, milli};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The time limit they make, when it can be counted.
pub(super) fn time_limit(time: &ProcessingTime, unit: ProcessingUnit) -> Option<TimeLimit> {
    match (time, unit.countable()) {
        (ProcessingTime::Amount(amount_milli), Some(unit)) => TimeLimit::new(*amount_milli, unit).ok(),
        _ => None,
    }
}

/// A processing time of the source: a number, or a sentence where someone wrote one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProcessingTime {
    /// Thousandths of the unit.
    Amount(i64),
    /// What stands there instead of a number.
    Text(String),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum NumberOrText {
    Whole(i64),
    Fraction(f64),
    Text(String),
}

impl<'de> Deserialize<'de> for ProcessingTime {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let out_of_range = || serde::de::Error::custom("a processing time out of range");
        match NumberOrText::deserialize(deserializer)? {
            NumberOrText::Whole(number) => number.checked_mul(1_000).map(Self::Amount).ok_or_else(out_of_range),
            NumberOrText::Fraction(number) => milli::from_f64(number).map(Self::Amount).ok_or_else(out_of_range),
            NumberOrText::Text(text) => Ok(Self::Text(text)),
        }
    }
}

impl Serialize for ProcessingTime {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Amount(milli) if milli % 1_000 == 0 => serializer.serialize_i64(milli / 1_000),
            Self::Amount(milli) => serializer.serialize_f64(milli::to_f64(*milli)),
            Self::Text(text) => serializer.serialize_str(text),
        }
    }
}

/// The unit of a processing time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProcessingUnit {
    /// Giờ làm việc.
    Hour,
    /// Ngày làm việc.
    WorkingDay,
    /// Ngày.
    Day,
    /// Tháng.
    Month,
    /// Năm.
    Year,
    /// Something that can't be counted: look at the case, or read the note.
    Other,
}

impl ProcessingUnit {
    /// The unit to count in, when there is one.
    pub fn countable(self) -> Option<TimeUnit> {
        match self {
            Self::Hour => Some(TimeUnit::Hour),
            Self::WorkingDay => Some(TimeUnit::WorkingDay),
            Self::Day => Some(TimeUnit::Day),
            Self::Month => Some(TimeUnit::Month),
            Self::Year => Some(TimeUnit::Year),
            Self::Other => None,
        }
    }
}
