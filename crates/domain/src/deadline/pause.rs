//! Times in which the clock of a due date stood still (domain.md §3.5).

use super::{DueDate, TimeUnit, count_working_millis, working_millis_between};
use crate::calendar::{OfficeHours, WorkCalendar};
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// Why a clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PauseCause {
    /// From a request for a supplement to the citizen's answer (domain.md §3.5).
    Supplement,
}

/// A time in which the clock stood still.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pause {
    /// Why.
    pub cause: PauseCause,
    /// When the clock stopped.
    pub from: Instant,
    /// When it ran again.
    pub to: Instant,
    /// How much office time lies between, in milliseconds: by so much the appointed return moved.
    pub counted_ms: i64,
    /// The appointed return before.
    pub due_before: Instant,
    /// The version of the calendar that it was counted by.
    pub calendar_version: String,
}

impl DueDate {
    /// The appointed return after a pause: later by exactly the office time that the pause took, so that as much of it is
    /// left as when the clock stopped. A pause outside office hours moves nothing.
    pub fn after_pause(
        &self,
        cause: PauseCause,
        from: Instant,
        to: Instant,
        calendar: &WorkCalendar,
        hours: &OfficeHours,
    ) -> DueDate {
        let hours = self.countable(hours);
        let counted_ms = working_millis_between(from, to, calendar, &hours);
        let due_at = match counted_ms {
            0 => self.due_at,
            more => count_working_millis(self.due_at, more, calendar, &hours).ends_at,
        };
        let mut after = self.clone();
        after.is_within_calendar &= calendar.covers(due_at.day());
        after.due_at = due_at;
        after.pauses.push(Pause {
            cause,
            from,
            to,
            counted_ms,
            due_before: self.due_at,
            calendar_version: calendar.version().to_owned(),
        });
        after
    }

    /// The appointed return after the pause at this place, before whatever moved it next.
    pub fn due_after_pause(&self, place: usize) -> Instant {
        match (&self.extension, self.pauses.get(place + 1)) {
            (Some(extension), _) if extension.pauses_before == place + 1 => extension.due_before,
            (_, Some(next)) => next.due_before,
            (_, None) => self.due_at,
        }
    }

    /// The hours of the office that count for this limit: an open Saturday counts in limits of hours alone.
    pub(super) fn countable(&self, hours: &OfficeHours) -> OfficeHours {
        match self.limit.unit() {
            TimeUnit::Hour => hours.clone(),
            TimeUnit::HalfDay | TimeUnit::WorkingDay | TimeUnit::Day | TimeUnit::Month | TimeUnit::Year => {
                hours.without_saturday()
            }
        }
    }
}
