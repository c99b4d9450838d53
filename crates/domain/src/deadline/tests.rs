//! The rule table of deadlines, on the real holidays.

use super::fixture::{at, calendar, hours, rule};
use super::*;
use crate::calendar::Window;
use crate::time::{Instant, MINUTE_MS};
use proptest::prelude::*;

const UNITS: [TimeUnit; 5] = [TimeUnit::Hour, TimeUnit::HalfDay, TimeUnit::WorkingDay, TimeUnit::Day, TimeUnit::Month];

fn limit(milli: i64, unit: TimeUnit) -> TimeLimit {
    TimeLimit::new(milli, unit).unwrap()
}

fn assert_due(policy: CountingPolicy, accepted: &str, milli: i64, unit: TimeUnit, expected: &str) {
    let due = due(at(accepted), limit(milli, unit), &rule(policy), &calendar(), &hours());
    assert_eq!(due.due_at.to_string(), at(expected).to_string(), "{policy:?}: {} accepted {accepted}", due.limit);
}

#[test]
fn exact_working_days_are_eight_hours_each_from_acceptance() {
    use TimeUnit::WorkingDay;
    for (accepted, milli, expected) in [
        // 24 November is a day off from 2026.
        ("2026-11-23 08:00", 1_000, "2026-11-25 08:00"),
        ("2026-11-25 08:00", 1_000, "2026-11-26 08:00"),
        // A whole day that begins at the opening ends at the closing, not at the next opening.
        ("2026-11-25 07:00", 1_000, "2026-11-25 16:30"),
        ("2026-11-25 06:00", 1_000, "2026-11-25 16:30"),
        ("2026-11-25 11:30", 1_000, "2026-11-26 11:30"),
        ("2026-11-25 12:10", 1_000, "2026-11-26 11:30"),
        // Over Tết: off from Saturday 14 to Sunday 22 February.
        ("2026-02-13 09:00", 3_000, "2026-02-25 09:00"),
        // 22 August is a make-up Saturday.
        ("2026-08-21 14:00", 1_000, "2026-08-22 14:00"),
        // 31 August is swapped off, 1 and 2 September are the national day.
        ("2026-08-28 10:00", 2_000, "2026-09-04 10:00"),
        // 2 January is swapped with Saturday 10 January.
        ("2025-12-31 07:00", 2_000, "2026-01-05 16:30"),
        ("2026-01-09 07:00", 2_000, "2026-01-10 16:30"),
        // A part of a day.
        ("2026-11-25 08:00", 500, "2026-11-25 13:30"),
        ("2026-11-25 14:30", 500, "2026-11-26 09:00"),
        ("2026-11-25 07:00", 7_500, "2026-12-04 11:00"),
        // Accepted on a day off.
        ("2026-11-22 10:00", 1_000, "2026-11-23 16:30"),
        ("2026-11-24 10:00", 1_000, "2026-11-25 16:30"),
    ] {
        assert_due(CountingPolicy::Exact, accepted, milli, WorkingDay, expected);
    }
}

#[test]
fn exact_days_begin_the_next_working_day_after_the_cut_off() {
    use TimeUnit::WorkingDay;
    for (accepted, expected) in [
        ("2026-11-23 15:00", "2026-11-25 15:00"),
        ("2026-11-23 15:01", "2026-11-25 16:30"),
        ("2026-11-23 18:00", "2026-11-25 16:30"),
        ("2026-02-13 15:30", "2026-02-23 16:30"),
        // The day before a make-up Saturday.
        ("2026-08-21 15:30", "2026-08-22 16:30"),
    ] {
        assert_due(CountingPolicy::Exact, accepted, 1_000, WorkingDay, expected);
    }
}

#[test]
fn next_day_counting_leaves_the_day_of_acceptance_out_and_ends_at_closing() {
    use TimeUnit::WorkingDay;
    for (accepted, milli, expected) in [
        ("2026-11-23 08:00", 1_000, "2026-11-25 16:30"),
        ("2026-11-23 15:30", 1_000, "2026-11-25 16:30"),
        ("2026-11-25 00:00", 1_000, "2026-11-26 16:30"),
        ("2026-11-25 23:59", 5_000, "2026-12-02 16:30"),
        ("2026-11-25 08:00", 500, "2026-11-26 11:00"),
        ("2026-11-25 08:00", 1_500, "2026-11-27 11:00"),
        ("2026-02-13 09:00", 3_000, "2026-02-25 16:30"),
        ("2026-08-21 09:00", 1_000, "2026-08-22 16:30"),
        ("2026-08-28 09:00", 1_000, "2026-09-03 16:30"),
        ("2026-11-22 10:00", 1_000, "2026-11-23 16:30"),
    ] {
        assert_due(CountingPolicy::NextDay, accepted, milli, WorkingDay, expected);
    }
}

#[test]
fn half_a_working_day_is_four_hours_counted_as_days_are() {
    use TimeUnit::HalfDay;
    for (policy, accepted, milli, expected) in [
        (CountingPolicy::Exact, "2026-11-25 08:00", 1_000, "2026-11-25 13:30"),
        (CountingPolicy::Exact, "2026-11-25 14:30", 1_000, "2026-11-26 09:00"),
        (CountingPolicy::Exact, "2026-11-25 15:00", 2_000, "2026-11-26 15:00"),
        (CountingPolicy::Exact, "2026-11-25 15:01", 1_000, "2026-11-26 11:00"),
        (CountingPolicy::Exact, "2026-02-13 15:30", 3_000, "2026-02-24 11:00"),
        (CountingPolicy::NextDay, "2026-11-25 08:00", 1_000, "2026-11-26 11:00"),
        (CountingPolicy::NextDay, "2026-11-25 08:00", 4_000, "2026-11-27 16:30"),
    ] {
        assert_due(policy, accepted, milli, HalfDay, expected);
    }
}

#[test]
fn hours_are_office_hours_and_know_no_cut_off() {
    use TimeUnit::Hour;
    for policy in [CountingPolicy::Exact, CountingPolicy::NextDay] {
        for (accepted, milli, expected) in [
            ("2026-11-25 15:30", 2_000, "2026-11-26 08:00"),
            ("2026-11-25 12:00", 8_000, "2026-11-26 11:30"),
            ("2026-11-25 07:00", 24_000, "2026-11-27 16:30"),
            ("2026-11-25 11:00", 500, "2026-11-25 11:30"),
            ("2026-11-23 16:00", 500, "2026-11-23 16:30"),
            ("2026-11-23 16:30", 500, "2026-11-25 07:30"),
        ] {
            assert_due(policy, accepted, milli, Hour, expected);
        }
    }
}

#[test]
fn calendar_days_months_and_years_roll_over_rest_days() {
    use TimeUnit::{Day, Month, Year};
    for (accepted, milli, unit, expected) in [
        ("2026-11-25 08:00", 2_000, Day, "2026-11-27 16:30"),
        // To a Saturday, to the day off on 24 November, into Tết.
        ("2026-11-25 08:00", 3_000, Day, "2026-11-30 16:30"),
        ("2026-11-09 08:00", 15_000, Day, "2026-11-25 16:30"),
        ("2026-01-20 08:00", 30_000, Day, "2026-02-23 16:30"),
        // To a make-up Saturday, which is worked.
        ("2026-08-12 08:00", 10_000, Day, "2026-08-22 16:30"),
        ("2026-11-25 08:00", 1_500, Day, "2026-11-27 16:30"),
        ("2026-01-31 08:00", 1_000, Month, "2026-03-02 16:30"),
        ("2026-03-02 08:00", 1_500, Month, "2026-04-17 16:30"),
        ("2024-02-29 08:00", 1_000, Year, "2025-02-28 16:30"),
        ("2026-03-02 08:00", 500, Year, "2026-09-03 16:30"),
    ] {
        assert_due(CountingPolicy::NextDay, accepted, milli, unit, expected);
        assert_due(CountingPolicy::Exact, accepted, milli, unit, expected);
    }
}

#[test]
fn calendar_days_by_the_exact_policy_begin_the_next_working_day_after_the_cut_off() {
    use TimeUnit::Day;
    for (accepted, exact, next_day) in [
        ("2026-11-25 15:30", "2026-11-27 16:30", "2026-11-26 16:30"),
        // On a Saturday.
        ("2026-11-28 09:00", "2026-12-01 16:30", "2026-11-30 16:30"),
    ] {
        assert_due(CountingPolicy::Exact, accepted, 1_000, Day, exact);
        assert_due(CountingPolicy::NextDay, accepted, 1_000, Day, next_day);
    }
}

#[test]
fn an_open_saturday_counts_in_hours_but_is_no_working_day() {
    let hours = hours().with_saturday(vec![Window::new(420, 690)]).unwrap();
    let rule = rule(CountingPolicy::Exact);
    let accepted = at("2026-11-27 15:30");
    let hour = due(accepted, limit(2_000, TimeUnit::Hour), &rule, &calendar(), &hours);
    assert_eq!(hour.due_at, at("2026-11-28 08:00"));
    let day = due(at("2026-11-27 14:30"), limit(1_000, TimeUnit::WorkingDay), &rule, &calendar(), &hours);
    assert_eq!(day.due_at, at("2026-11-30 14:30"));
    // A make-up Saturday has the hours of a working day.
    let makeup = due(at("2026-08-22 07:00"), limit(8_000, TimeUnit::Hour), &rule, &calendar(), &hours);
    assert_eq!(makeup.due_at, at("2026-08-22 16:30"));
}

#[test]
fn the_derivation_names_rule_calendar_intervals_and_days_off() {
    let rule = rule(CountingPolicy::Exact);
    let due = due(at("2026-11-23 08:00"), limit(4_000, TimeUnit::WorkingDay), &rule, &calendar(), &hours());
    assert_eq!(due.due_at, at("2026-11-30 08:00"));
    assert_eq!((due.rule_version.as_str(), due.calendar_version.as_str()), ("test-1", "2026-11"));
    let steps: Vec<(String, String, i64)> = due
        .steps
        .iter()
        .map(|step| (step.from.vietnamese(), step.to.vietnamese(), step.counted_ms / MINUTE_MS))
        .collect();
    let expected = [
        ("08:00 23/11/2026", "16:30 23/11/2026", 7 * 60),
        ("07:00 25/11/2026", "16:30 27/11/2026", 24 * 60),
        ("07:00 30/11/2026", "08:00 30/11/2026", 60),
    ]
    .map(|(from, to, minutes)| (from.to_owned(), to.to_owned(), minutes));
    assert_eq!(steps, expected);
    let skipped: Vec<String> = due.skipped.iter().map(|day| day.name.clone()).collect();
    assert_eq!(skipped, ["Ngày Văn hóa Việt Nam"]);
    assert!(due.is_within_calendar);
    let json = serde_json::to_string(&due).unwrap();
    assert_eq!(serde_json::from_str::<DueDate>(&json).unwrap(), due);
}

#[test]
fn a_make_up_day_is_counted_and_not_named_as_off() {
    let rule = rule(CountingPolicy::NextDay);
    let due = due(at("2026-08-21 09:00"), limit(1_000, TimeUnit::WorkingDay), &rule, &calendar(), &hours());
    assert_eq!(due.skipped, []);
    assert_eq!(due.steps[0].from, at("2026-08-22 07:00"));
}

#[test]
fn the_count_begins_at_the_opening_after_a_closing() {
    for (from, starts) in [
        ("2026-11-25 11:30", "2026-11-25 13:00"),
        ("2026-11-25 16:30", "2026-11-26 07:00"),
        ("2026-11-25 11:29", "2026-11-25 11:29"),
    ] {
        let time = count_working_millis(at(from), MINUTE_MS, &calendar(), &hours());
        assert_eq!((time.starts_at, time.steps[0].from), (at(starts), at(starts)), "{from}");
    }
}

#[test]
fn a_rolled_day_says_where_it_would_have_ended() {
    let rule = rule(CountingPolicy::NextDay);
    let due = due(at("2026-01-20 08:00"), limit(30_000, TimeUnit::Day), &rule, &calendar(), &hours());
    assert_eq!(due.steps.len(), 1);
    assert_eq!(due.steps[0].to, at("2026-02-19 16:30"));
    let days: Vec<String> = due.skipped.iter().map(|skipped| skipped.day.to_string()).collect();
    assert_eq!(days, ["2026-02-19", "2026-02-20"]);
}

#[test]
fn a_due_date_past_the_known_holidays_says_so() {
    let rule = rule(CountingPolicy::NextDay);
    let due = due(at("2027-10-01 08:00"), limit(6_000, TimeUnit::Month), &rule, &calendar(), &hours());
    assert!(!due.is_within_calendar);
}

#[test]
fn the_answer_is_due_eight_working_hours_after_filing() {
    for (filed, expected) in [
        ("2026-11-25 07:00", "2026-11-25 16:30"),
        ("2026-11-25 16:00", "2026-11-26 16:00"),
        ("2026-11-25 22:15", "2026-11-26 16:30"),
        ("2026-11-28 09:00", "2026-11-30 16:30"),
        ("2026-11-23 15:30", "2026-11-25 15:30"),
        ("2026-02-13 23:59", "2026-02-23 16:30"),
        ("2026-08-21 16:30", "2026-08-22 16:30"),
    ] {
        assert_eq!(answer_due_at(at(filed), 480, &calendar(), &hours()), at(expected), "{filed}");
    }
}

#[test]
fn limits_are_bounded_and_written_as_people_do() {
    for (milli, unit, text) in [
        (15_000, TimeUnit::WorkingDay, "15 ngày làm việc"),
        (7_500, TimeUnit::WorkingDay, "7,5 ngày làm việc"),
        (6_250, TimeUnit::Day, "6,25 ngày"),
        (1_000, TimeUnit::Hour, "1 giờ làm việc"),
        (3_000, TimeUnit::Month, "3 tháng"),
        (1_000, TimeUnit::HalfDay, "nửa ngày làm việc"),
        (3_000, TimeUnit::HalfDay, "3 nửa ngày làm việc"),
        (1, TimeUnit::Year, "0,001 năm"),
    ] {
        assert_eq!(limit(milli, unit).to_string(), text);
    }
    for milli in [0, -1, i64::MIN, i64::MAX, 100_001] {
        assert_eq!(TimeLimit::new(milli, TimeUnit::Year), Err(LimitError));
    }
    assert!(serde_json::from_str::<TimeLimit>(r#"{"amount_milli":0,"unit":"day"}"#).is_err());
}

#[test]
fn the_longest_limits_end_without_a_panic() {
    for policy in [CountingPolicy::Exact, CountingPolicy::NextDay] {
        for (milli, unit) in [
            (100_000, TimeUnit::Year),
            (1_200_000, TimeUnit::Month),
            (36_500_000, TimeUnit::Day),
            (25_000_000, TimeUnit::WorkingDay),
            (50_000_000, TimeUnit::HalfDay),
            (200_000_000, TimeUnit::Hour),
        ] {
            for accepted in [at("2026-11-23 08:00"), Instant::from_millis(i64::MAX), Instant::from_millis(i64::MIN)] {
                let due = due(accepted, limit(milli, unit), &rule(policy), &calendar(), &hours());
                assert!(due.due_at >= accepted || accepted == Instant::from_millis(i64::MAX), "{unit:?}");
            }
        }
    }
}

/// The same count done minute by minute, as a second opinion.
fn slow_add(from: Instant, minutes: i64) -> Instant {
    let (calendar, hours) = (calendar(), hours());
    let mut now = from;
    let mut left = minutes;
    loop {
        let minute = now.millis_of_day() / MINUTE_MS;
        let is_open = calendar.is_working_day(now.day())
            && hours
                .windows()
                .iter()
                .any(|window| (i64::from(window.opens)..i64::from(window.closes)).contains(&minute));
        if is_open {
            if left == 0 {
                return now;
            }
            left -= 1;
        }
        now = now.plus_millis(MINUTE_MS);
        if is_open && left == 0 {
            return now;
        }
    }
}

prop_compose! {
    /// A minute of 2024 to 2027.
    fn some_minute()(minute in 0_i64..1_440 * 1_400) -> Instant {
        at("2024-01-01 00:00").plus_millis(minute * MINUTE_MS)
    }
}

proptest! {
    #[test]
    fn adding_agrees_with_counting_minute_by_minute(from in some_minute(), minutes in 0_i64..5_000) {
        let sum = add_working_minutes(from, minutes, &calendar(), &hours());
        prop_assert_eq!(sum, slow_add(from, minutes));
    }

    #[test]
    fn what_was_added_lies_between(from in some_minute(), millis in 0_i64..400_000_000) {
        let (calendar, hours) = (calendar(), hours());
        let time = count_working_millis(from, millis, &calendar, &hours);
        prop_assert_eq!(working_millis_between(from, time.ends_at, &calendar, &hours), millis);
        prop_assert_eq!(time.steps.iter().map(|step| step.counted_ms).sum::<i64>(), millis);
        for step in &time.steps {
            prop_assert_eq!(working_millis_between(step.from, step.to, &calendar, &hours), step.counted_ms);
        }
        prop_assert!(time.steps.windows(2).all(|pair| pair[0].to < pair[1].from));
    }

    #[test]
    fn due_dates_fall_in_office_time_and_later_acceptance_is_never_due_earlier(
        from in some_minute(), later in 0_i64..20_000_000, milli in 1_i64..40_000, unit in 0_usize..5, exact in any::<bool>(),
    ) {
        let unit = UNITS[unit];
        let policy = if exact { CountingPolicy::Exact } else { CountingPolicy::NextDay };
        let (calendar, hours, rule) = (calendar(), hours(), rule(policy));
        let first = due(from, limit(milli, unit), &rule, &calendar, &hours);
        prop_assert!(first.due_at > from);
        prop_assert!(calendar.is_working_day(first.due_at.day()));
        let minute = first.due_at.millis_of_day();
        let is_office_time = hours.windows().iter().any(|window| {
            (i64::from(window.opens) * MINUTE_MS..=i64::from(window.closes) * MINUTE_MS).contains(&minute)
        });
        prop_assert!(is_office_time);
        let second = due(from.plus_millis(later), limit(milli, unit), &rule, &calendar, &hours);
        prop_assert!(second.due_at >= first.due_at);
    }

    #[test]
    fn more_work_never_ends_earlier(
        from in some_minute(), milli in 1_i64..40_000, more in 0_i64..10_000, unit in 0_usize..5, exact in any::<bool>(),
    ) {
        let policy = if exact { CountingPolicy::Exact } else { CountingPolicy::NextDay };
        let (calendar, hours, rule) = (calendar(), hours(), rule(policy));
        let ends = |milli| due(from, limit(milli, UNITS[unit]), &rule, &calendar, &hours).due_at;
        prop_assert!(ends(milli + more) >= ends(milli));
    }

    #[test]
    fn splitting_a_count_changes_nothing(from in some_minute(), parts in prop::collection::vec(1_i64..100_000_000, 1..5)) {
        let (calendar, hours) = (calendar(), hours());
        let whole = count_working_millis(from, parts.iter().sum(), &calendar, &hours).ends_at;
        let split = parts.iter().fold(from, |at, part| count_working_millis(at, *part, &calendar, &hours).ends_at);
        prop_assert_eq!(split, whole);
    }

    #[test]
    fn two_half_days_are_a_working_day(from in some_minute(), days in 1_i64..30, exact in any::<bool>()) {
        let policy = if exact { CountingPolicy::Exact } else { CountingPolicy::NextDay };
        let (calendar, hours, rule) = (calendar(), hours(), rule(policy));
        let ends = |milli, unit| due(from, limit(milli, unit), &rule, &calendar, &hours).due_at;
        prop_assert_eq!(ends(days * 2_000, TimeUnit::HalfDay), ends(days * 1_000, TimeUnit::WorkingDay));
    }

    #[test]
    fn a_pause_leaves_as_much_time_as_there_was(
        from in some_minute(), first in 0_i64..20_000, second in 0_i64..40_000, milli in 1_i64..20_000, unit in 0_usize..5,
    ) {
        let unit = UNITS[unit];
        let (calendar, hours) = (calendar(), hours());
        let before = due(from, limit(milli, unit), &rule(CountingPolicy::Exact), &calendar, &hours);
        let (stopped, resumed) = (from.plus_millis(first * MINUTE_MS), from.plus_millis((first + second) * MINUTE_MS));
        let after = before.after_pause(PauseCause::Supplement, stopped, resumed, &calendar, &hours);
        let paused = working_millis_between(stopped, resumed, &calendar, &hours);
        prop_assert_eq!(after.pauses[0].counted_ms, paused);
        prop_assert_eq!(working_millis_between(before.due_at, after.due_at, &calendar, &hours), paused);
        prop_assert_eq!(
            working_millis_between(stopped, before.due_at, &calendar, &hours),
            working_millis_between(resumed, after.due_at, &calendar, &hours),
        );
        prop_assert_eq!(after.pauses[0].due_before, before.due_at);
        let again = after.after_pause(PauseCause::Supplement, resumed, resumed, &calendar, &hours);
        prop_assert_eq!(again.due_at, after.due_at, "an empty pause moves nothing");
        prop_assert_eq!(again.pauses.len(), 2);
    }

    #[test]
    fn a_due_date_survives_json(from in some_minute(), milli in 1_i64..90_000) {
        let due = due(from, limit(milli, TimeUnit::WorkingDay), &rule(CountingPolicy::Exact), &calendar(), &hours());
        let json = serde_json::to_string(&due).unwrap();
        prop_assert_eq!(serde_json::from_str::<DueDate>(&json).unwrap(), due);
    }
}
