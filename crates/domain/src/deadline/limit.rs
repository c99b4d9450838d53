//! Statutory time limits: an amount, which may be fractional, and a unit (domain.md §3.2).

use serde::{Deserialize, Serialize};
use std::fmt;

/// The unit of a time limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeUnit {
    /// Giờ làm việc: hours of office time.
    Hour,
    /// Nửa ngày làm việc: half a working day, 4 hours of office time, counted as working days are.
    HalfDay,
    /// Ngày làm việc.
    WorkingDay,
    /// Ngày: days of the calendar.
    Day,
    /// Tháng.
    Month,
    /// Năm.
    Year,
}

/// How long an act may take by law.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawLimit")]
pub struct TimeLimit {
    amount_milli: i64,
    unit: TimeUnit,
}

#[derive(Deserialize)]
struct RawLimit {
    amount_milli: i64,
    unit: TimeUnit,
}

impl TryFrom<RawLimit> for TimeLimit {
    type Error = LimitError;
    fn try_from(raw: RawLimit) -> Result<Self, LimitError> {
        Self::new(raw.amount_milli, raw.unit)
    }
}

/// A limit that no law could mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a time limit is more than nothing and at most a hundred years")]
pub struct LimitError;

impl TimeLimit {
    /// A limit of so many thousandths of the unit.
    ///
    /// # Errors
    /// When it is nothing, negative, or longer than a hundred years.
    pub fn new(amount_milli: i64, unit: TimeUnit) -> Result<Self, LimitError> {
        let years = 100;
        let most = match unit {
            TimeUnit::Hour => years * 250 * 8,
            TimeUnit::HalfDay => years * 250 * 2,
            TimeUnit::WorkingDay => years * 250,
            TimeUnit::Day => years * 365,
            TimeUnit::Month => years * 12,
            TimeUnit::Year => years,
        };
        if amount_milli <= 0 || amount_milli > most * 1_000 {
            return Err(LimitError);
        }
        Ok(Self { amount_milli, unit })
    }

    /// A limit of whole units.
    ///
    /// # Errors
    /// As [`TimeLimit::new`].
    pub fn whole(amount: u32, unit: TimeUnit) -> Result<Self, LimitError> {
        Self::new(i64::from(amount) * 1_000, unit)
    }

    /// The amount in thousandths of the unit.
    pub fn amount_milli(self) -> i64 {
        self.amount_milli
    }

    /// The unit.
    pub fn unit(self) -> TimeUnit {
        self.unit
    }

    /// The amount as people in Vietnam write it: `15`, `7,5`.
    pub fn amount_vietnamese(self) -> String {
        let whole = self.amount_milli / 1_000;
        match self.amount_milli % 1_000 {
            0 => whole.to_string(),
            rest => format!("{whole},{}", format!("{rest:03}").trim_end_matches('0')),
        }
    }

    /// Roughly how many minutes of the calendar it spans: for ordering limits, never for counting them.
    pub fn approximate_minutes(self) -> i64 {
        let thousandth_minutes = match self.unit {
            TimeUnit::Hour => 180,
            TimeUnit::HalfDay => 1_008,
            TimeUnit::WorkingDay => 2_016,
            TimeUnit::Day => 1_440,
            TimeUnit::Month => 43_830,
            TimeUnit::Year => 525_960,
        };
        self.amount_milli * thousandth_minutes / 1_000
    }
}

/// As people in Vietnam write it: `15 ngày làm việc`.
impl fmt::Display for TimeLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            TimeUnit::Hour => "giờ làm việc",
            TimeUnit::HalfDay if self.amount_milli == 1_000 => return f.write_str("nửa ngày làm việc"),
            TimeUnit::HalfDay => "nửa ngày làm việc",
            TimeUnit::WorkingDay => "ngày làm việc",
            TimeUnit::Day => "ngày",
            TimeUnit::Month => "tháng",
            TimeUnit::Year => "năm",
        };
        write!(f, "{} {unit}", self.amount_vietnamese())
    }
}
