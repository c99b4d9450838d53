//! The working calendar of the public sector.

use std::collections::BTreeSet;

use domain::calendar::{CalendarEntry, CalendarKind, CalendarStatus, WorkCalendar};
use domain::ids::Hash;
use domain::time::Day;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::table;

/// What is announced, with what is known of years to come.
const HOLIDAYS: &str = "calendar/holidays.csv";
/// Years of which nothing is announced, drafted by the law's rules.
const ESTIMATED: &str = "calendar/estimated.csv";
const HEADER: &[&str] =
    &["date", "weekday", "name", "kind", "is_working_day", "lunar_date", "swapped_with", "status", "source", "note"];

/// The calendar of both tables. A year of which the first knows a day is not drafted; the version names both.
pub(crate) fn load(files: &Files, version: &str) -> Result<WorkCalendar, ContentError> {
    let mut entries = read(files, HOLIDAYS)?;
    let announced: BTreeSet<i16> = entries.iter().map(|entry| entry.day.year()).collect();
    let drafted = read(files, ESTIMATED)?;
    entries.extend(drafted.into_iter().filter(|entry| !announced.contains(&entry.day.year())));
    let digest = Hash::of(files.text(ESTIMATED)?.as_bytes()).to_string();
    let version = format!("{version}.{}", &digest[..8]);
    WorkCalendar::new(version, entries).map_err(|error| refuse(HOLIDAYS, 1, error.to_string()))
}

fn read(files: &Files, path: &'static str) -> Result<Vec<CalendarEntry>, ContentError> {
    table::read(files, path, HEADER, |row| {
        Ok(CalendarEntry {
            day: row.parse("date", Day::parse)?,
            name: row.text("name"),
            kind: row.parse("kind", CalendarKind::parse)?,
            status: row.parse("status", CalendarStatus::parse)?,
            source: row.text("source"),
        })
    })
}
