//! A birth date as registers know it: the full day, a month and year, or the year alone (domain.md §2.3).

use crate::time::{Day, DayError};
use serde::{Deserialize, Serialize};
use std::fmt;

/// A date of which the day, or day and month, may be unknown; stored as `1975`, `1975-08` or `1975-08-20`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum PartialDate {
    /// Only the year is known.
    Year(i16),
    /// The month and the year are known.
    Month {
        /// The year.
        year: i16,
        /// The month, 1 to 12.
        month: i8,
    },
    /// The full day is known.
    Full(Day),
}

impl PartialDate {
    /// Reads the stored form, or what people type: `1975`, `08/1975`, `20/08/1975`.
    ///
    /// # Errors
    /// When the text is none of these.
    pub fn parse(text: &str) -> Result<Self, DayError> {
        let text = text.trim();
        if let Ok(day) = Day::parse_vietnamese(text) {
            return Ok(Self::Full(day));
        }
        let parts: Vec<&str> = text.split(['/', '-', '.']).collect();
        match parts.as_slice() {
            [year] => Ok(Self::Year(year_of(year)?)),
            [year, month] if year.len() == 4 => Self::month(year, month),
            [month, year] => Self::month(year, month),
            _ => Err(DayError),
        }
    }

    fn month(year: &str, month: &str) -> Result<Self, DayError> {
        let year = year_of(year)?;
        if month.is_empty() || month.len() > 2 || !month.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(DayError);
        }
        let month = month.parse().map_err(|_| DayError)?;
        // The first of the month exists exactly when the month does.
        Day::new(year, month, 1)?;
        Ok(Self::Month { year, month })
    }

    /// The year, always known.
    pub fn year(self) -> i16 {
        match self {
            Self::Year(year) | Self::Month { year, .. } => year,
            Self::Full(day) => day.year(),
        }
    }

    /// The earliest day it can mean: enough to refuse a birth date in the future.
    pub fn earliest(self) -> Day {
        let first = match self {
            Self::Year(year) => Day::new(year, 1, 1),
            Self::Month { year, month } => Day::new(year, month, 1),
            Self::Full(day) => Ok(day),
        };
        first.expect("a partial date was checked when it was read")
    }

    /// As forms print it: `1975`, `08/1975`, `20/08/1975`.
    pub fn vietnamese(self) -> String {
        match self {
            Self::Year(year) => format!("{year:04}"),
            Self::Month { year, month } => format!("{month:02}/{year:04}"),
            Self::Full(day) => day.vietnamese(),
        }
    }
}

fn year_of(text: &str) -> Result<i16, DayError> {
    if text.len() != 4 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(DayError);
    }
    match text.parse() {
        Ok(year) if year >= 1 => Ok(year),
        _ => Err(DayError),
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Full(day) => write!(f, "{day}"),
        }
    }
}

impl TryFrom<String> for PartialDate {
    type Error = DayError;
    fn try_from(text: String) -> Result<Self, DayError> {
        Self::parse(&text)
    }
}

impl From<PartialDate> for String {
    fn from(date: PartialDate) -> Self {
        date.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_is_kept_and_nothing_added() {
        for (text, stored, shown, earliest) in [
            ("1975", "1975", "1975", "1975-01-01"),
            ("08/1975", "1975-08", "08/1975", "1975-08-01"),
            ("8/1975", "1975-08", "08/1975", "1975-08-01"),
            ("1975-08", "1975-08", "08/1975", "1975-08-01"),
            ("20/08/1975", "1975-08-20", "20/08/1975", "1975-08-20"),
            ("1975-08-20", "1975-08-20", "20/08/1975", "1975-08-20"),
        ] {
            let date = PartialDate::parse(text).unwrap();
            assert_eq!(date.to_string(), stored);
            assert_eq!(date.vietnamese(), shown);
            assert_eq!(date.earliest().to_string(), earliest);
            assert_eq!(date.year(), 1975);
            let json = serde_json::to_string(&date).unwrap();
            assert_eq!(json, format!("\"{stored}\""));
            assert_eq!(serde_json::from_str::<PartialDate>(&json).unwrap(), date);
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in ["", "75", "19755", "0000", "13/1975", "0/1975", "31/02/1975", "x", "1975-13", "8/75", "1/2/3/4"] {
            assert_eq!(PartialDate::parse(text), Err(DayError), "{text:?}");
        }
    }
}
