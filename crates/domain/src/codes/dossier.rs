//! Dossier codes: receiving agency, day of reception, ordinal of that agency on that day (domain.md §2.2).

use super::{AgencyCode, string_conversions};
use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A dossier's code, such as `H21.58-261122-0001`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DossierCode {
    text: String,
    agency: AgencyCode,
    day: Day,
    number: u32,
}

/// A text that is no dossier code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a dossier code such as H21.58-261122-0001")]
pub struct DossierCodeError;

impl DossierCode {
    /// The code of an agency's n-th dossier of the day: four digits, and more past 9999.
    ///
    /// The ordinal must come from the counter of [`AgencyCode::numbering`], whose code it carries.
    pub fn new(agency: &AgencyCode, day: Day, number: u32) -> Self {
        let agency = agency.numbering();
        let text = format!(
            "{agency}-{:02}{:02}{:02}-{number:04}",
            day.year().rem_euclid(100),
            day.month(),
            day.day_of_month(),
        );
        Self {
            text,
            agency,
            day,
            number,
        }
    }

    /// Reads a code as people paste it: lower case, spaces around or inside, other dashes.
    ///
    /// Codes of ministries' systems, with eight digits of date and up to seven of ordinal, are read too.
    ///
    /// # Errors
    /// When the text has another form, or its date is no day.
    pub fn parse(text: &str) -> Result<Self, DossierCodeError> {
        // Nothing longer can be a code, however many spaces it was pasted with.
        if text.len() > 200 {
            return Err(DossierCodeError);
        }
        let text: String = text
            .chars()
            .filter(|character| !character.is_whitespace() && *character != '\u{200B}')
            .map(|character| match character {
                '‐' | '‑' | '‒' | '–' | '—' | '−' => '-',
                other => other.to_ascii_uppercase(),
            })
            .collect();
        let mut parts = text.split('-');
        let (Some(agency), Some(date), Some(number), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DossierCodeError);
        };
        let agency = AgencyCode::parse(agency).map_err(|_| DossierCodeError)?;
        let day = read_date(date)?;
        let number = read_number(number)?;
        Ok(Self {
            agency,
            day,
            number,
            text,
        })
    }

    /// The code as it is printed and stored.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The agency that received the dossier.
    pub fn agency(&self) -> &AgencyCode {
        &self.agency
    }

    /// The day on which it was received.
    pub fn day(&self) -> Day {
        self.day
    }

    /// Its ordinal among that agency's dossiers of the day.
    pub fn number(&self) -> u32 {
        self.number
    }
}

/// `yymmdd` of this century, or `yyyymmdd`.
fn read_date(date: &str) -> Result<Day, DossierCodeError> {
    if !super::is_digits(date, 6) && !super::is_digits(date, 8) {
        return Err(DossierCodeError);
    }
    let (year, rest) = date.split_at(date.len() - 4);
    let year: i16 = year.parse().map_err(|_| DossierCodeError)?;
    let year = if year < 100 { year + 2000 } else { year };
    let month = rest[..2].parse().map_err(|_| DossierCodeError)?;
    let day = rest[2..].parse().map_err(|_| DossierCodeError)?;
    Day::new(year, month, day).map_err(|_| DossierCodeError)
}

/// Four to seven digits.
fn read_number(number: &str) -> Result<u32, DossierCodeError> {
    if !(4..=7).contains(&number.len()) || !super::is_digits(number, number.len()) {
        return Err(DossierCodeError);
    }
    number.parse().map_err(|_| DossierCodeError)
}

impl fmt::Display for DossierCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

string_conversions!(DossierCode, DossierCodeError);
