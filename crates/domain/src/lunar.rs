//! The Vietnamese lunar calendar, computed for UTC+7: the days of Tết and Giỗ Tổ (domain.md §3).
//!
//! After Hồ Ngọc Đức's algorithm: new moons and the sun's longitude by the short series of Meeus, *Astronomical
//! Algorithms*. A Chinese calendar library gives wrong days in some years (2030), because it counts in UTC+8.

use crate::time::Day;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

/// Hours that Vietnam is ahead of UTC.
const TIME_ZONE: f64 = 7.0;
/// The mean length of a lunar month in days.
const SYNODIC_MONTH: f64 = 29.530_588_853;
/// The Julian day of the new moon of 1900-01-01, from which new moons are numbered.
const FIRST_NEW_MOON: f64 = 2_415_021.076_998_695;
/// The Julian day number of 1970-01-01.
const JULIAN_1970: i64 = 2_440_588;

/// A day of the lunar calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct LunarDate {
    /// The lunar year, numbered as the solar year in which it begins.
    pub year: i16,
    /// The month, 1 (Giêng) to 12 (Chạp).
    pub month: i8,
    /// The day, 1 to 30.
    pub day: i8,
    /// Whether it is the second, leap month of that number.
    pub is_leap: bool,
}

/// The first day of the lunar year that begins in this year.
pub fn tet(year: i16) -> Option<Day> {
    from_lunar(LunarDate { year, month: 1, day: 1, is_leap: false })
}

/// The Hùng kings' commemoration: the tenth of the third month, in a leap year of the regular third.
pub fn hung_kings(year: i16) -> Option<Day> {
    from_lunar(LunarDate { year, month: 3, day: 10, is_leap: false })
}

/// The lunar date of a day; `None` outside the years 1800 to 2199, where the short series is trusted.
pub fn to_lunar(day: Day) -> Option<LunarDate> {
    if !(1800..=2199).contains(&day.year()) {
        return None;
    }
    let number = julian(day);
    // The true new moon strays up to a day from the mean one that numbers it.
    let mut moon = moon_number(number) + 1;
    while new_moon(moon) > number {
        moon -= 1;
    }
    let month_start = new_moon(moon);
    let mut eleventh = eleventh_month(day.year());
    let mut lunar_year = day.year();
    let next_eleventh;
    if eleventh >= month_start {
        next_eleventh = eleventh;
        eleventh = eleventh_month(day.year() - 1);
    } else {
        lunar_year += 1;
        next_eleventh = eleventh_month(day.year() + 1);
    }
    let months_on = (month_start - eleventh) / 29;
    let mut month = months_on + 11;
    let mut is_leap = false;
    if next_eleventh - eleventh > 365 {
        let leap_offset = leap_month_offset(eleventh);
        if months_on >= leap_offset {
            month = months_on + 10;
            is_leap = months_on == leap_offset;
        }
    }
    if month > 12 {
        month -= 12;
    }
    if month >= 11 && months_on < 4 {
        lunar_year -= 1;
    }
    Some(LunarDate {
        year: lunar_year,
        month: i8::try_from(month).ok()?,
        day: i8::try_from(number - month_start + 1).ok()?,
        is_leap,
    })
}

/// The day of a lunar date; `None` when that year has no such month or day.
pub fn from_lunar(lunar: LunarDate) -> Option<Day> {
    if !(1801..=2198).contains(&lunar.year) || !(1..=12).contains(&lunar.month) {
        return None;
    }
    // The months 11 and 12 belong to the stretch between winter solstices that begins in this year.
    let first = if lunar.month < 11 { lunar.year - 1 } else { lunar.year };
    let eleventh = eleventh_month(first);
    let next_eleventh = eleventh_month(first + 1);
    let mut offset = i64::from(lunar.month) - 11;
    if offset < 0 {
        offset += 12;
    }
    if next_eleventh - eleventh > 365 {
        let leap_offset = leap_month_offset(eleventh);
        if lunar.is_leap || offset >= leap_offset {
            offset += 1;
        }
    }
    let month_start = new_moon(nearest_moon_number(eleventh) + offset);
    let day = day_of_julian(month_start + i64::from(lunar.day) - 1)?;
    // The way back refuses a 31st, a 30th of a short month and a leap month that the year has not.
    (to_lunar(day) == Some(lunar)).then_some(day)
}

fn julian(day: Day) -> i64 {
    let epoch = Day::new(1970, 1, 1).expect("1970-01-01 is a day");
    i64::from(day.days_since(epoch)) + JULIAN_1970
}

fn day_of_julian(number: i64) -> Option<Day> {
    let epoch = Day::new(1970, 1, 1).ok()?;
    Some(epoch.plus_days(i32::try_from(number - JULIAN_1970).ok()?))
}

/// About which new moon, counted from 1900, precedes this Julian day.
fn moon_number(julian_day: i64) -> i64 {
    floor((as_f64(julian_day) - FIRST_NEW_MOON) / SYNODIC_MONTH)
}

/// Which new moon, counted from 1900, falls on this Julian day.
fn nearest_moon_number(julian_day: i64) -> i64 {
    floor((as_f64(julian_day) - FIRST_NEW_MOON) / SYNODIC_MONTH + 0.5)
}

/// The Julian day number, in Vietnam, of the k-th new moon after 1900-01-01.
fn new_moon(k: i64) -> i64 {
    let k = as_f64(k);
    let t = k / 1_236.85;
    let t2 = t * t;
    let t3 = t2 * t;
    let degrees = PI / 180.0;
    let mean = 2_415_020.759_33 + 29.530_588_68 * k + 0.000_117_8 * t2 - 0.000_000_155 * t3
        + 0.000_33 * ((166.56 + 132.87 * t - 0.009_173 * t2) * degrees).sin();
    // The sun's mean anomaly, the moon's, and the moon's argument of latitude.
    let sun = (359.224_2 + 29.105_356_08 * k - 0.000_033_3 * t2 - 0.000_003_47 * t3) * degrees;
    let moon = (306.025_3 + 385.816_918_06 * k + 0.010_730_6 * t2 + 0.000_012_36 * t3) * degrees;
    let latitude = (21.296_4 + 390.670_506_46 * k - 0.001_652_8 * t2 - 0.000_002_39 * t3) * degrees;
    let correction = (0.173_4 - 0.000_393 * t) * sun.sin() + 0.002_1 * (2.0 * sun).sin() - 0.406_8 * moon.sin()
        + 0.016_1 * (2.0 * moon).sin()
        - 0.000_4 * (3.0 * moon).sin()
        + 0.010_4 * (2.0 * latitude).sin()
        - 0.005_1 * (sun + moon).sin()
        - 0.007_4 * (sun - moon).sin()
        + 0.000_4 * (2.0 * latitude + sun).sin()
        - 0.000_4 * (2.0 * latitude - sun).sin()
        - 0.000_6 * (2.0 * latitude + moon).sin()
        + 0.001_0 * (2.0 * latitude - moon).sin()
        + 0.000_5 * (2.0 * moon + sun).sin();
    // The difference between uniform time and the earth's rotation.
    let delta = if t < -11.0 {
        0.001 + 0.000_839 * t + 0.000_226_1 * t2 - 0.000_008_45 * t3 - 0.000_000_081 * t * t3
    } else {
        -0.000_278 + 0.000_265 * t + 0.000_262 * t2
    };
    floor(mean + correction - delta + 0.5 + TIME_ZONE / 24.0)
}

/// In which twelfth of the ecliptic, 0 to 11 from the spring equinox, the sun stands as this day begins in Vietnam.
fn sun_sector(julian_day: i64) -> i64 {
    let degrees = PI / 180.0;
    let t = (as_f64(julian_day) - 2_451_545.5 - TIME_ZONE / 24.0) / 36_525.0;
    let t2 = t * t;
    let anomaly = (357.529_10 + 35_999.050_30 * t - 0.000_155_9 * t2 - 0.000_000_48 * t * t2) * degrees;
    let mean = 280.466_45 + 36_000.769_83 * t + 0.000_303_2 * t2;
    let centre = (1.914_600 - 0.004_817 * t - 0.000_014 * t2) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_290 * (3.0 * anomaly).sin();
    let longitude = (mean + centre).rem_euclid(360.0);
    floor(longitude / 30.0)
}

/// The first day of the month of the winter solstice, always the eleventh.
fn eleventh_month(year: i16) -> i64 {
    let end_of_year = Day::new(year, 12, 31).expect("every year has a 31 December");
    let number = julian(end_of_year);
    let k = floor((as_f64(number) - 2_415_021.0) / SYNODIC_MONTH);
    let month = new_moon(k);
    match sun_sector(month) >= 9 {
        true => new_moon(k - 1),
        false => month,
    }
}

/// How many months after the eleventh the leap month comes: the first without a change of the sun's sector.
fn leap_month_offset(eleventh: i64) -> i64 {
    let k = nearest_moon_number(eleventh);
    let mut last = sun_sector(new_moon(k + 1));
    for offset in 2..14 {
        let sector = sun_sector(new_moon(k + offset));
        if sector == last {
            return offset - 1;
        }
        last = sector;
    }
    13
}

#[allow(clippy::cast_precision_loss, reason = "day and moon numbers are small")]
fn as_f64(number: i64) -> f64 {
    number as f64
}

#[allow(clippy::cast_possible_truncation, reason = "day and moon numbers are small")]
fn floor(number: f64) -> i64 {
    number.floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn new_year_and_the_kings_day_are_those_announced() {
        // domain.md §3; in 2030 China's new year is a day later.
        for (year, new_year, kings) in [
            (2025, "2025-01-29", "2025-04-07"),
            (2026, "2026-02-17", "2026-04-26"),
            (2027, "2027-02-06", "2027-04-16"),
            (2028, "2028-01-26", "2028-04-04"),
            (2029, "2029-02-13", "2029-04-23"),
            (2030, "2030-02-02", "2030-04-12"),
            (2031, "2031-01-23", "2031-04-01"),
            (2032, "2032-02-11", "2032-04-19"),
        ] {
            assert_eq!(tet(year), Some(day(new_year)), "{year}");
            assert_eq!(hung_kings(year), Some(day(kings)), "{year}");
        }
    }

    #[test]
    fn past_years_agree_with_the_calendar_that_was_used() {
        // 1985 and 2007 differ from China's.
        for (year, new_year) in [
            (1985, "1985-01-21"),
            (2000, "2000-02-05"),
            (2007, "2007-02-17"),
            (2022, "2022-02-01"),
            (2023, "2023-01-22"),
            (2024, "2024-02-10"),
        ] {
            assert_eq!(tet(year), Some(day(new_year)), "{year}");
        }
    }

    #[test]
    fn leap_months_fall_where_the_calendar_has_them() {
        for (year, month) in [(2017, 6), (2020, 4), (2023, 2), (2025, 6), (2028, 5), (2031, 3), (2033, 11)] {
            let first = LunarDate { year, month, day: 1, is_leap: true };
            assert!(from_lunar(first).is_some(), "{year}");
            for other in (1..=12).filter(|other| *other != month) {
                assert_eq!(from_lunar(LunarDate { month: other, ..first }), None, "{year}-{other}");
            }
        }
        assert_eq!(from_lunar(LunarDate { year: 2026, month: 1, day: 1, is_leap: true }), None);
    }

    #[test]
    fn every_day_of_two_centuries_goes_there_and_back() {
        let mut current = day("1900-01-31");
        let mut last: Option<LunarDate> = None;
        while current < day("2100-01-01") {
            let lunar = to_lunar(current).unwrap();
            assert_eq!(from_lunar(lunar), Some(current), "{current} is {lunar:?}");
            if let Some(last) = last {
                let continues = lunar.day == last.day + 1 || (lunar.day == 1 && last.day >= 29);
                assert!(continues, "{current}: {last:?} then {lunar:?}");
            }
            last = Some(lunar);
            current = current.next();
        }
    }

    #[test]
    fn nonsense_has_no_day() {
        for (year, month, day) in [(2026, 0, 1), (2026, 13, 1), (2026, 1, 0), (2026, 1, 31), (1700, 1, 1), (2300, 1, 1)]
        {
            assert_eq!(from_lunar(LunarDate { year, month, day, is_leap: false }), None);
        }
    }
}
