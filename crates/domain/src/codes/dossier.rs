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
        Self { text, agency, day, number }
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
        let (Some(agency), Some(date), Some(number), None) = (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(DossierCodeError);
        };
        let agency = AgencyCode::parse(agency).map_err(|_| DossierCodeError)?;
        let day = read_date(date)?;
        let number = read_number(number)?;
        Ok(Self { agency, day, number, text })
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
    let year = match date.len() {
        6 => year + 2000,
        _ => year,
    };
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn samples_of_four_systems_are_read() {
        for (text, agency, day, number) in [
            ("H21.65-220914-0011", "H21.65", "2022-09-14", 11),
            ("H15.50.05.13-261008-0975", "H15.50.05.13", "2026-10-08", 975),
            ("G09.20-20260609-0092637", "G09.20", "2026-06-09", 92_637),
            ("000.00.25.H21-230515-0001", "000.00.25.H21", "2023-05-15", 1),
            ("H21.58-261122-0001", "H21.58", "2026-11-22", 1),
            ("G12.18.64.007.1-260101-1234567", "G12.18.64.007.1", "2026-01-01", 1_234_567),
        ] {
            let code = DossierCode::parse(text).unwrap();
            assert_eq!(code.as_str(), text);
            assert_eq!(code.agency().as_str(), agency);
            assert_eq!(code.day().to_string(), day);
            assert_eq!(code.number(), number);
        }
    }

    #[test]
    fn a_pasted_code_is_forgiven_spaces_case_and_dashes() {
        for pasted in [
            " h21.58-261122-0001 ",
            "H21.58 - 261122 - 0001",
            "H21.58\u{2013}261122\u{2013}0001",
            "H21.58-26\u{a0}1122-0001\r\n",
            "h21 .58-261122-\t0001",
        ] {
            assert_eq!(DossierCode::parse(pasted).unwrap().as_str(), "H21.58-261122-0001", "{pasted:?}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        for text in [
            "",
            "H21.58",
            "H21.58-261122",
            "H21.58-261122-",
            "H21.58-261122-001",
            "H21.58-261122-00000001",
            "H21.58-261322-0001",
            "H21.58-260229-0001",
            "H21.58-2611222-0001",
            "H21.58-00000609-0001",
            "H21.58-261122-0001-",
            "H21.58-261122-00 0x",
            "H21.180-04-261122-0001",
            "H21.58-261122-0001' or 1=1 --",
            "H21.58-261122-٠٠٠١",
            "H21.58-261122-0001\0",
        ] {
            assert_eq!(DossierCode::parse(text), Err(DossierCodeError), "{text:?}");
        }
        assert!(DossierCode::parse(&" ".repeat(1_000_000)).is_err());
    }

    #[test]
    fn the_ten_thousandth_dossier_of_a_day_widens_the_ordinal() {
        let agency = AgencyCode::parse("H21.58").unwrap();
        let day = Day::new(2026, 11, 22).unwrap();
        for (number, text) in [
            (1, "H21.58-261122-0001"),
            (9_999, "H21.58-261122-9999"),
            (10_000, "H21.58-261122-10000"),
            (1_234_567, "H21.58-261122-1234567"),
        ] {
            let code = DossierCode::new(&agency, day, number);
            assert_eq!(code.as_str(), text);
            assert_eq!(DossierCode::parse(text).unwrap(), code);
        }
    }

    #[test]
    fn a_unit_gives_codes_of_its_agency() {
        let desk = AgencyCode::parse("H21.180-04").unwrap();
        let code = DossierCode::new(&desk, Day::new(2026, 11, 22).unwrap(), 7);
        assert_eq!(code.as_str(), "H21.180-261122-0007");
    }

    proptest! {
        #[test]
        fn every_generated_code_is_read_back(
            part in "[0-9]{2,3}", year in 2000_i16..2100, month in 1_i8..=12, day in 1_i8..=28, number in 1_u32..10_000_000,
        ) {
            let agency = AgencyCode::parse(&format!("H21.{part}")).unwrap();
            let code = DossierCode::new(&agency, Day::new(year, month, day).unwrap(), number);
            prop_assert_eq!(DossierCode::parse(code.as_str()).unwrap(), code.clone());
            let json = serde_json::to_string(&code).unwrap();
            prop_assert_eq!(serde_json::from_str::<DossierCode>(&json).unwrap(), code);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC{0,40}") {
            if let Ok(code) = DossierCode::parse(&text) {
                prop_assert_eq!(DossierCode::parse(code.as_str()).unwrap(), code);
            }
        }
    }
}
