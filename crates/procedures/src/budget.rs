//! Hours of steps against the statutory limit.

use domain::deadline::{TimeLimit, TimeUnit};

use crate::process::{Process, Stage};

/// A statutory limit in thousandths of a working hour: a working day has eight; days of the calendar, months and years
/// count as the working days that they hold on the average (five of seven), so that a process fits an ordinary week.
pub(crate) fn milli_hours_of(limit: TimeLimit) -> u64 {
    let amount = u64::try_from(limit.amount_milli()).unwrap_or_default();
    let of_days = |days: u64| days * 8 * 5 / 7;
    match limit.unit() {
        TimeUnit::Hour => amount,
        TimeUnit::HalfDay => amount * 4,
        TimeUnit::WorkingDay => amount * 8,
        TimeUnit::Day => of_days(amount),
        TimeUnit::Month => of_days(amount * 30),
        TimeUnit::Year => of_days(amount * 365),
    }
}

/// The longest way through the steps under the limit.
pub(crate) fn longest(process: &Process) -> u64 {
    let mut known = vec![None; process.nodes()];
    from(process, process.start(), &mut known)
}

fn from(process: &Process, at: usize, known: &mut [Option<u64>]) -> u64 {
    if let Some(sum) = known[at] {
        return sum;
    }
    let own = process.task_at(at).filter(|task| task.stage == Stage::Process).map_or(0, |task| task.milli_hours);
    let rest = process.following(at).into_iter().map(|next| from(process, next, known)).max().unwrap_or(0);
    known[at] = Some(own + rest);
    own + rest
}
