//! The one extension of an appointed return, by the letter of apology (form 04; domain.md §3.7).

use super::DueDate;
use crate::calendar::{OfficeHours, WorkCalendar};
use crate::dossier::Sentence;
use crate::time::{Instant, MINUTE_MS};
use serde::{Deserialize, Serialize};

/// A new appointed return that the agency has named, with its ground; the one before is kept for ever.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Extension {
    /// When it was named.
    pub at: Instant,
    /// Why.
    pub ground: Sentence,
    /// The appointed return before.
    pub due_before: Instant,
    /// The appointed return as it was named.
    pub named: Instant,
    /// Where it fell: as named, or later when a change of the calendar has made that a day off.
    pub due_after: Instant,
    /// How many of the pauses came before it.
    pub pauses_before: usize,
    /// The version of the calendar that it was counted by.
    pub calendar_version: String,
}

/// Why an appointed return can't be extended so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExtensionRefusal {
    /// It was extended before; once is all there is.
    #[error("the appointed return was extended before")]
    AlreadyExtended,
    /// It has passed: an apology comes before.
    #[error("the appointed return has passed")]
    Passed,
    /// The new moment is not later than the one in force.
    #[error("the new appointed return is not later")]
    NotLater,
    /// The office is closed at the new moment.
    #[error("the office is closed at the new appointed return")]
    Closed,
}

impl DueDate {
    /// The appointed return as it was counted at first, before any pause and the extension.
    pub fn original_due_at(&self) -> Instant {
        match (self.pauses.first(), &self.extension) {
            (_, Some(extension)) if extension.pauses_before == 0 => extension.due_before,
            (Some(pause), _) => pause.due_before,
            (None, Some(extension)) => extension.due_before,
            (None, None) => self.due_at,
        }
    }

    /// The appointed return with another moment named for it, which must fall in office time or on its end.
    ///
    /// # Errors
    /// When it was extended before or has passed, or the new moment is not later or not in office time.
    pub fn extended(
        &self,
        at: Instant,
        named: Instant,
        ground: Sentence,
        calendar: &WorkCalendar,
        hours: &OfficeHours,
    ) -> Result<DueDate, ExtensionRefusal> {
        if self.extension.is_some() {
            return Err(ExtensionRefusal::AlreadyExtended);
        }
        if at > self.due_at {
            return Err(ExtensionRefusal::Passed);
        }
        if named <= self.due_at {
            return Err(ExtensionRefusal::NotLater);
        }
        if !is_open(named, calendar, &self.countable(hours)) {
            return Err(ExtensionRefusal::Closed);
        }
        let mut after = self.clone();
        after.extend(at, named, ground, calendar, hours);
        Ok(after)
    }

    /// Extends it to the named moment, or to the next working day's when the calendar has made that a day off; an
    /// extension never brings the return forward.
    pub(super) fn extend(
        &mut self,
        at: Instant,
        named: Instant,
        ground: Sentence,
        calendar: &WorkCalendar,
        hours: &OfficeHours,
    ) {
        let due_after = open_from(named, calendar, &self.countable(hours)).max(self.due_at);
        self.extension = Some(Extension {
            at,
            ground,
            due_before: self.due_at,
            named,
            due_after,
            pauses_before: self.pauses.len(),
            calendar_version: calendar.version().to_owned(),
        });
        self.is_within_calendar &= calendar.covers(due_after.day());
        self.due_at = due_after;
    }
}

/// Whether the moment lies in office time, opening and closing included.
fn is_open(at: Instant, calendar: &WorkCalendar, hours: &OfficeHours) -> bool {
    let millis = at.millis_of_day();
    let opens_and_closes = hours
        .on(at.day(), calendar)
        .iter()
        .map(|window| i64::from(window.opens) * MINUTE_MS..=i64::from(window.closes) * MINUTE_MS);
    opens_and_closes.into_iter().any(|window| window.contains(&millis))
}

/// The moment itself, or the same time of the next working day, or that day's closing.
fn open_from(at: Instant, calendar: &WorkCalendar, hours: &OfficeHours) -> Instant {
    if is_open(at, calendar, hours) {
        return at;
    }
    let day = calendar.first_working_day_from(at.day().next());
    let same_time = day.midnight().plus_millis(at.millis_of_day());
    if is_open(same_time, calendar, hours) { same_time } else { day.at_minute(hours.closing_minute()) }
}
