//! Due dates that move: one extension, and another calendar.

use super::fixture::{at, calendar, hours, rule};
use super::*;
use crate::calendar::{CalendarEntry, CalendarKind, CalendarStatus, WorkCalendar};
use crate::dossier::Sentence;
use crate::time::{Day, Instant, MINUTE_MS};
use proptest::prelude::*;

fn ground() -> Sentence {
    Sentence::parse("Chờ kết quả xác minh của xã nơi cư trú cũ").unwrap()
}

/// Two working days from Monday 23 November: the 24th is a day off.
fn two_days() -> DueDate {
    let limit = TimeLimit::whole(2, TimeUnit::WorkingDay).unwrap();
    due(at("2026-11-23 08:00"), limit, &rule(CountingPolicy::Exact), &calendar(), &hours())
}

fn extended(due: &DueDate, when: &str, named: &str) -> Result<DueDate, ExtensionRefusal> {
    due.extended(at(when), at(named), ground(), &calendar(), &hours())
}

/// The calendar with these days off besides.
fn with_days_off(days: &[&str]) -> WorkCalendar {
    let more = days.iter().map(|day| CalendarEntry {
        day: Day::parse(day).unwrap(),
        name: "Nghỉ thêm".to_owned(),
        kind: CalendarKind::SwappedOff,
        status: CalendarStatus::Official,
        source: "thông báo".to_owned(),
    });
    WorkCalendar::new("2026-12", calendar().entries().cloned().chain(more)).unwrap()
}

#[test]
fn an_extension_keeps_what_was_before_with_ground_and_moment() {
    let before = two_days();
    assert_eq!(before.due_at, at("2026-11-26 08:00"));
    let after = extended(&before, "2026-11-25 10:00", "2026-11-30 16:30").unwrap();
    assert_eq!(after.due_at, at("2026-11-30 16:30"));
    assert_eq!(after.original_due_at(), before.due_at);
    let extension = after.extension.clone().unwrap();
    assert_eq!((extension.at, extension.due_before), (at("2026-11-25 10:00"), before.due_at));
    assert_eq!((extension.ground, extension.named), (ground(), at("2026-11-30 16:30")));
    assert_eq!((after.limit, after.steps.clone()), (before.limit, before.steps));
    let json = serde_json::to_string(&after).unwrap();
    assert_eq!(serde_json::from_str::<DueDate>(&json).unwrap(), after);
}

#[test]
fn an_appointed_return_is_extended_once_before_it_passes_to_a_later_moment_of_office_time() {
    let before = two_days();
    let after = extended(&before, "2026-11-25 10:00", "2026-11-27 16:30").unwrap();
    for (due, when, named, refusal) in [
        (&after, "2026-11-25 11:00", "2026-12-01 16:30", ExtensionRefusal::AlreadyExtended),
        (&before, "2026-11-26 08:01", "2026-11-30 16:30", ExtensionRefusal::Passed),
        (&before, "2026-11-25 10:00", "2026-11-26 08:00", ExtensionRefusal::NotLater),
        (&before, "2026-11-25 10:00", "2026-11-25 16:30", ExtensionRefusal::NotLater),
        // A Saturday, noon, the evening.
        (&before, "2026-11-25 10:00", "2026-11-28 09:00", ExtensionRefusal::Closed),
        (&before, "2026-11-25 10:00", "2026-11-27 12:00", ExtensionRefusal::Closed),
        (&before, "2026-11-25 10:00", "2026-11-27 17:00", ExtensionRefusal::Closed),
    ] {
        assert_eq!(extended(due, when, named), Err(refusal), "{named}");
    }
}

#[test]
fn pauses_after_an_extension_move_the_new_moment() {
    let paused =
        |due: &DueDate, from, to| due.after_pause(PauseCause::Supplement, at(from), at(to), &calendar(), &hours());
    let before = paused(&two_days(), "2026-11-25 08:00", "2026-11-25 16:30");
    assert_eq!(before.due_at, at("2026-11-26 16:30"));
    let after = extended(&before, "2026-11-26 10:00", "2026-11-30 09:00").unwrap();
    let last = paused(&after, "2026-11-26 14:00", "2026-11-27 14:00");
    assert_eq!(last.due_at, at("2026-12-01 09:00"));
    assert_eq!([0, 1].map(|place| last.due_after_pause(place)), [before.due_at, last.due_at]);
    assert_eq!((last.original_due_at(), last.pauses.len()), (at("2026-11-26 08:00"), 2));
    assert_eq!(last.extension.as_ref().unwrap().pauses_before, 1);
    assert_eq!(last.recounted(&calendar(), &rule(CountingPolicy::Exact), &hours()), last);
}

#[test]
fn a_day_off_that_is_announced_later_moves_what_lies_behind_it() {
    let calendar = with_days_off(&["2026-11-25"]);
    let recounted = |due: &DueDate| due.recounted(&calendar, &rule(CountingPolicy::NextDay), &hours());
    let before = two_days();
    let after = recounted(&before);
    assert_eq!((before.due_at, after.due_at), (at("2026-11-26 08:00"), at("2026-11-27 08:00")));
    assert_eq!((after.policy, after.calendar_version.as_str()), (before.policy, "2026-12"));
    assert!(after.skipped.iter().any(|skipped| skipped.name == "Nghỉ thêm"));
    let earlier = due(
        at("2026-11-16 08:00"),
        TimeLimit::whole(2, TimeUnit::WorkingDay).unwrap(),
        &rule(CountingPolicy::Exact),
        &super::fixture::calendar(),
        &hours(),
    );
    assert_eq!(recounted(&earlier).due_at, earlier.due_at);
}

#[test]
fn a_named_day_that_becomes_a_day_off_moves_to_the_next_working_day() {
    let after = extended(&two_days(), "2026-11-25 10:00", "2026-12-04 10:00").unwrap();
    let rule = rule(CountingPolicy::Exact);
    let moved = after.recounted(&with_days_off(&["2026-12-04"]), &rule, &hours());
    assert_eq!(moved.due_at, at("2026-12-07 10:00"));
    assert_eq!(moved.extension.as_ref().unwrap().named, at("2026-12-04 10:00"));
    assert_eq!(moved.recounted(&calendar(), &rule, &hours()), after);
    // The count itself passes the named day: the extension does not bring it forward.
    let busy = with_days_off(&[
        "2026-11-25",
        "2026-11-26",
        "2026-11-27",
        "2026-11-30",
        "2026-12-01",
        "2026-12-02",
        "2026-12-03",
    ]);
    assert_eq!(after.recounted(&busy, &rule, &hours()).due_at, at("2026-12-07 08:00"));
}

#[test]
fn due_dates_of_old_logs_are_read_and_recounted() {
    let json = r#"{"due_at":1764140400000,"accepted_at":1763946000000,"limit":{"amount_milli":2000,"unit":"working_day"},
        "policy":"exact","rule_version":"gia-lai-2024.1","calendar_version":"2026.1","steps":[],"skipped":[],
        "is_within_calendar":true,"pauses":[{"cause":"supplement","from":1763960400000,"to":1763960400000,"counted_ms":0,
        "due_before":1764140400000,"calendar_version":"2026.1"}]}"#;
    let old: DueDate = serde_json::from_str(json).unwrap();
    assert_eq!((old.cut_off, &old.hours, &old.extension), (None, &None, &None));
    assert_eq!(old.original_due_at(), old.due_at);
    let anew = old.recounted(&calendar(), &rule(CountingPolicy::NextDay), &hours());
    assert_eq!((anew.policy, anew.cut_off, anew.hours), (CountingPolicy::Exact, Some(900), Some(hours())));
    assert_eq!(anew.pauses.len(), 1);
    assert!(!serde_json::to_string(&old).unwrap().contains("cut_off"), "an old one is written as it was");
}

proptest! {
    #[test]
    fn the_same_calendar_moves_nothing(
        minute in 0_i64..1_000_000, milli in 1_i64..20_000, first in 0_i64..9_000, long in 0_i64..9_000, days in 1_i32..40,
        unit in 0_usize..3, pause_first in any::<bool>(),
    ) {
        let (calendar, hours, rule) = (calendar(), hours(), rule(CountingPolicy::Exact));
        let unit = [TimeUnit::Hour, TimeUnit::HalfDay, TimeUnit::Day][unit];
        let from = at("2024-01-01 00:00").plus_millis(minute * MINUTE_MS);
        let counted = due(from, TimeLimit::new(milli, unit).unwrap(), &rule, &calendar, &hours);
        let stopped = from.plus_millis(first * MINUTE_MS);
        let pause = |due: DueDate| {
            due.after_pause(PauseCause::Supplement, stopped, stopped.plus_millis(long * MINUTE_MS), &calendar, &hours)
        };
        let extend = |due: DueDate| -> DueDate {
            let day = calendar.first_working_day_from(due.due_at.day().plus_days(days));
            due.extended(Instant::from_millis(0), day.at_minute(990), ground(), &calendar, &hours).unwrap()
        };
        let moved = if pause_first { extend(pause(counted.clone())) } else { pause(extend(counted.clone())) };
        prop_assert_eq!(moved.original_due_at(), counted.due_at);
        prop_assert_eq!(moved.recounted(&calendar, &rule, &hours), moved);
    }
}
