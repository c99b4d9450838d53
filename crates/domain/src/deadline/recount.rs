//! Counting a due date anew when the calendar has changed (domain.md §3.8).

use super::{DeadlineRule, DueDate, due};
use crate::calendar::{OfficeHours, WorkCalendar};

impl DueDate {
    /// The same due date under another calendar: the same acceptance, limit, rule, hours, pauses and extension. Comparing
    /// the two tells whether and whither it moves.
    ///
    /// The rule's cut-off and the hours serve for due dates of old logs, which don't hold their own.
    #[must_use]
    pub fn recounted(&self, calendar: &WorkCalendar, rule: &DeadlineRule, hours: &OfficeHours) -> DueDate {
        let rule = DeadlineRule {
            policy: self.policy,
            cut_off: self.cut_off.unwrap_or(rule.cut_off),
            version: self.rule_version.clone(),
        };
        let hours = self.hours.as_ref().unwrap_or(hours);
        let mut counted = due(self.accepted_at, self.limit, &rule, calendar, hours);
        let pauses_before = self.extension.as_ref().map_or(self.pauses.len(), |extension| extension.pauses_before);
        for (place, pause) in self.pauses.iter().enumerate() {
            if place == pauses_before {
                counted.extend_as(self, calendar, hours);
            }
            counted = counted.after_pause(pause.cause, pause.from, pause.to, calendar, hours);
        }
        if counted.extension.is_none() {
            counted.extend_as(self, calendar, hours);
        }
        counted
    }

    fn extend_as(&mut self, before: &DueDate, calendar: &WorkCalendar, hours: &OfficeHours) {
        if let Some(extension) = &before.extension {
            self.extend(extension.at, extension.named, extension.ground.clone(), calendar, hours);
        }
    }
}
