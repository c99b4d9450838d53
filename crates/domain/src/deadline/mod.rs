//! Deadline arithmetic: from acceptance and a statutory limit to the appointed return, with its derivation (domain.md §3).

mod due;
mod extension;
mod limit;
mod pause;
mod recount;
mod working_time;

pub use due::{CountingPolicy, DeadlineRule, DueDate, SkippedDay, due};
pub use extension::{Extension, ExtensionRefusal};
pub use limit::{LimitError, TimeLimit, TimeUnit};
pub use pause::{Pause, PauseCause};
pub use working_time::{
    CountedInterval, WorkingTime, add_working_minutes, answer_due_at, count_working_millis, working_millis_between,
};

#[cfg(test)]
pub(crate) mod fixture;
#[cfg(test)]
mod moving_tests;
#[cfg(test)]
mod tests;

pub mod milli {
    //! Numbers with three decimals, kept as whole thousandths: 7.5 is 7,500.

    /// The thousandths of a number; `None` when it is no number or too large.
    #[allow(clippy::cast_possible_truncation, reason = "the range is checked before")]
    pub fn from_f64(number: f64) -> Option<i64> {
        let thousandths = (number * 1_000.0).round();
        (thousandths.abs() < 9e15).then_some(thousandths as i64)
    }

    /// The number of these thousandths.
    #[allow(clippy::cast_precision_loss, reason = "limits are far below 2^53")]
    pub fn to_f64(milli: i64) -> f64 {
        milli as f64 / 1_000.0
    }
}
