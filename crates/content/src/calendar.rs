//! The working calendar of the public sector.

use domain::calendar::{CalendarEntry, CalendarKind, CalendarStatus, WorkCalendar};
use domain::time::Day;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::table;

const HOLIDAYS: &str = "calendar/holidays.csv";
const HEADER: &[&str] =
    &["date", "weekday", "name", "kind", "is_working_day", "lunar_date", "swapped_with", "status", "source", "note"];

pub(crate) fn load(files: &Files, version: &str) -> Result<WorkCalendar, ContentError> {
    let entries = table::read(files, HOLIDAYS, HEADER, |row| {
        Ok(CalendarEntry {
            day: row.parse("date", Day::parse)?,
            name: row.text("name"),
            kind: row.parse("kind", CalendarKind::parse)?,
            status: row.parse("status", CalendarStatus::parse)?,
            source: row.text("source"),
        })
    })?;
    WorkCalendar::new(version, entries).map_err(|error| refuse(HOLIDAYS, 1, error.to_string()))
}
