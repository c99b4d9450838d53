//! Random calendars, offices and cases from a seed: the same ones in every run.

use crate::case::{Calendar, Case, Clock, Definitions, Limit, ListedDay, Office, Rule, Stretch};
use domain::calendar::{CalendarKind, CalendarStatus};
use domain::deadline::{CountingPolicy, TimeUnit};
use domain::time::{Day, Instant, MINUTE_MS};
use std::collections::{BTreeMap, BTreeSet};

/// So many calendars with their offices, each with so many cases.
pub(crate) fn sets(seed: u64, calendars: usize, cases: usize) -> Vec<(Definitions, Vec<Case>)> {
    let mut dice = Dice(seed);
    (0..calendars)
        .map(|_| {
            let definitions = definitions(&mut dice);
            let cases = (0..cases).map(|_| case(&mut dice)).collect();
            (definitions, cases)
        })
        .collect()
}

fn definitions(dice: &mut Dice) -> Definitions {
    let calendars = BTreeMap::from([("random".to_owned(), calendar(dice))]);
    let offices = [("closed", false), ("open", true)].map(|(name, is_open)| (name.to_owned(), office(dice, is_open)));
    Definitions { calendars, offices: BTreeMap::from(offices) }
}

/// The years 2023 to 2032: long and short stretches off, and weekly rest days that are worked.
fn calendar(dice: &mut Dice) -> Calendar {
    let first = Day::new(2023, 1, 1).unwrap();
    let mut taken = BTreeSet::new();
    let mut days = Vec::new();
    for _ in 0..dice.below(120) {
        let start = first.plus_days(i32::try_from(dice.below(3_650)).unwrap());
        let long = if dice.below(4) == 0 { 1 + dice.below(12) } else { 1 };
        for day in (0..i32::try_from(long).unwrap()).map(|more| start.plus_days(more)) {
            let kind = match dice.below(4) {
                0 if day.is_weekend() => CalendarKind::MakeupWork,
                1 => CalendarKind::TetBreak,
                2 => CalendarKind::SwappedOff,
                _ => CalendarKind::Holiday,
            };
            if taken.insert(day) {
                days.push(ListedDay { day, kind, name: format!("Nghỉ {day}"), status: CalendarStatus::Official });
            }
        }
    }
    Calendar { days }
}

/// Eight hours a day in one to three windows.
fn office(dice: &mut Dice, opens_on_saturday: bool) -> Office {
    let parts = 1 + dice.below(3);
    let mut windows = Vec::new();
    let mut minute = 300 + dice.below(180);
    let mut left = 480;
    for part in (1..=parts).rev() {
        let long = if part == 1 { left } else { 60 + dice.below(left - 60 * part) };
        windows.push([clock(minute), clock(minute + long)]);
        minute += long + 1 + dice.below(90);
        left -= long;
    }
    let opens = 360 + dice.below(240);
    let saturday =
        if opens_on_saturday { vec![[clock(opens), clock(opens + 30 + dice.below(300))]] } else { Vec::new() };
    Office { windows, saturday }
}

fn case(dice: &mut Dice) -> Case {
    let unit =
        [TimeUnit::Hour, TimeUnit::HalfDay, TimeUnit::WorkingDay, TimeUnit::Day, TimeUnit::Month, TimeUnit::Year]
            [usize::try_from(dice.below(6)).unwrap()];
    // Mostly the limits of everyday, seldom long ones; whole, with a half, or any thousandth.
    let most = match (unit, dice.below(50)) {
        (TimeUnit::Year, _) => 2,
        (TimeUnit::Month, _) => 9,
        (_, 0) => 90,
        _ => 8,
    };
    let milli = match dice.below(3) {
        0 => 1_000 * (1 + dice.below(most)),
        1 => 500 * (1 + dice.below(2 * most)),
        _ => 1 + dice.below(1_000 * most),
    };
    let first = Day::new(2024, 1, 1).unwrap().midnight().as_millis();
    let accepted_at = Instant::from_millis(first + moment(dice, 6 * 365));
    let mut at = accepted_at;
    let pauses = (0..[0, 0, 1, 2][usize::try_from(dice.below(4)).unwrap()]).map(|_| {
        let from = at.plus_millis(moment(dice, 6));
        at = from.plus_millis(moment(dice, 12));
        Stretch { from, to: at }
    });
    let pauses = pauses.collect();
    let policy = if dice.below(2) == 0 { CountingPolicy::Exact } else { CountingPolicy::NextDay };
    Case {
        id: String::new(),
        vi: String::new(),
        en: String::new(),
        rule: Rule { policy, cut_off: clock(840 + 30 * dice.below(5)) },
        calendar: "random".to_owned(),
        office: if dice.below(2) == 0 { "open" } else { "closed" }.to_owned(),
        accepted_at,
        limit: Limit { amount: domain::deadline::milli::to_f64(i64::try_from(milli).unwrap()), unit },
        pauses,
        expect: None,
    }
}

/// A time within so many days, in milliseconds: a whole half hour, where the edges are, a minute, or any.
fn moment(dice: &mut Dice, days: u64) -> i64 {
    let minute = u64::try_from(MINUTE_MS).unwrap();
    let millis = match dice.below(3) {
        0 => dice.below(days * 48) * 30 * minute,
        1 => dice.below(days * 1_440) * minute,
        _ => dice.below(days * 1_440 * minute),
    };
    i64::try_from(millis).unwrap()
}

fn clock(minute: u64) -> Clock {
    Clock(u16::try_from(minute).unwrap())
}

/// `SplitMix64`: few lines, and the same numbers for the same seed for ever.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end.max(1)
    }
}
