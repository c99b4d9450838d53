//! The demonstration's clock: it can be moved forward, never back, and tells the time in Vietnam.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// Reads a time in UTC milliseconds.
pub type Now = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The whole way that the clock may be moved: ten years, more than any deadline needs.
pub(crate) const MOST_SECONDS_AHEAD: i64 = 3_660 * 24 * 60 * 60;

const VIETNAM: Offset = Offset::constant(7);

/// The clock was not moved.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock would stand more than {MOST_SECONDS_AHEAD} seconds ahead")]
pub(crate) struct TooFarAhead;

/// The time that the portals and the simulators share.
pub(crate) struct DemonstrationClock {
    now: Now,
    offset_ms: Arc<AtomicI64>,
}

impl DemonstrationClock {
    pub(crate) fn new(now: Now, offset_ms: Arc<AtomicI64>) -> Self {
        Self { now, offset_ms }
    }

    /// The demonstration's time in UTC milliseconds.
    pub(crate) fn now(&self) -> i64 {
        (self.now)()
    }

    /// By how many seconds the clock has been moved in all.
    pub(crate) fn seconds_ahead(&self) -> i64 {
        self.offset_ms.load(Ordering::SeqCst) / 1_000
    }

    /// Moves the clock forward.
    pub(crate) fn advance(&self, seconds: u64) -> Result<(), TooFarAhead> {
        let step_ms = i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1_000)).ok_or(TooFarAhead)?;
        let moved = |offset_ms: i64| offset_ms.checked_add(step_ms).filter(|sum| *sum <= MOST_SECONDS_AHEAD * 1_000);
        match self.offset_ms.fetch_update(Ordering::SeqCst, Ordering::SeqCst, moved) {
            Ok(_) => Ok(()),
            Err(_) => Err(TooFarAhead),
        }
    }
}

/// ISO 8601 with milliseconds and the offset of Vietnam.
pub(crate) fn iso8601(at_ms: i64) -> String {
    in_vietnam(at_ms).strftime("%Y-%m-%dT%H:%M:%S%.3f+07:00").to_string()
}

/// As the pages write it: `14:05:09 22/11/2026`.
pub(crate) fn vietnamese(at_ms: i64) -> String {
    in_vietnam(at_ms).strftime("%H:%M:%S %d/%m/%Y").to_string()
}

fn in_vietnam(at_ms: i64) -> DateTime {
    let at = Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH);
    VIETNAM.to_datetime(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> DemonstrationClock {
        DemonstrationClock::new(Arc::new(|| 0), Arc::new(AtomicI64::new(0)))
    }

    #[test]
    fn times_are_written_in_vietnam() {
        let at_ms = "2026-11-22T17:45:09.007Z".parse::<Timestamp>().unwrap().as_millisecond();
        assert_eq!(iso8601(at_ms), "2026-11-23T00:45:09.007+07:00");
        assert_eq!(vietnamese(at_ms), "00:45:09 23/11/2026");
    }

    #[test]
    fn the_clock_adds_up_and_stops_at_ten_years() {
        let clock = clock();
        assert_eq!(clock.advance(90), Ok(()));
        assert_eq!(clock.advance(10), Ok(()));
        assert_eq!(clock.seconds_ahead(), 100);
        for seconds in [u64::MAX, i64::MAX as u64, MOST_SECONDS_AHEAD as u64] {
            assert_eq!(clock.advance(seconds), Err(TooFarAhead));
        }
        assert_eq!(clock.seconds_ahead(), 100);
        assert_eq!(clock.advance(MOST_SECONDS_AHEAD as u64 - 100), Ok(()));
    }

    #[test]
    fn a_time_out_of_range_is_still_written() {
        assert_eq!(iso8601(i64::MAX), "1970-01-01T07:00:00.000+07:00");
    }
}
