//! Instants and local days; Vietnam keeps UTC+7 all year (domain.md §2.2).

mod day;
mod instant;

pub use day::{Day, DayError};
pub use instant::{Instant, MINUTE_MS};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_moment_is_shown_in_vietnam() {
        // 2026-11-22T07:05:00Z.
        let moment = Instant::from_millis(1_795_331_100_000);
        assert_eq!(moment.vietnamese(), "14:05 22/11/2026");
        assert_eq!(moment.to_string(), "2026-11-22T14:05:00.000+07:00");
        assert_eq!(moment.day(), Day::new(2026, 11, 22).unwrap());
    }

    #[test]
    fn the_day_changes_at_midnight_in_vietnam() {
        let midnight = Day::new(2026, 11, 23).unwrap().midnight();
        assert_eq!(midnight.to_string(), "2026-11-23T00:00:00.000+07:00");
        assert_eq!(midnight.plus_millis(-1).day(), Day::new(2026, 11, 22).unwrap());
        assert_eq!(midnight.millis_of_day(), 0);
        assert_eq!(midnight.plus_millis(-1).millis_of_day(), 86_399_999);
    }

    #[test]
    fn days_are_read_as_people_type_them() {
        for text in ["22/11/2026", " 22-11-2026", "22.11.2026", "2026-11-22"] {
            assert_eq!(Day::parse_vietnamese(text).unwrap().to_string(), "2026-11-22");
        }
        assert_eq!(Day::parse_vietnamese("2/9/2026").unwrap().vietnamese(), "02/09/2026");
        for text in [
            "",
            "29/02/2026",
            "31/04/2026",
            "00/01/2026",
            "22/13/2026",
            "22/11/26",
            "22/11",
            "22/11/2026/1",
            "+2/11/2026",
            "22/11/0000",
            "a/b/cccc",
            "٢٢/١١/٢٠٢٦",
        ] {
            assert_eq!(Day::parse_vietnamese(text), Err(DayError), "{text:?}");
        }
        for text in ["2026-2-9", "2026-11-22T00:00", "26-11-22"] {
            assert_eq!(Day::parse(text), Err(DayError), "{text:?}");
        }
    }

    #[test]
    fn months_end_where_the_shorter_month_ends() {
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(day("2026-01-31").plus_months(1), day("2026-02-28"));
        assert_eq!(day("2024-02-29").plus_months(12), day("2025-02-28"));
        assert_eq!(day("2026-11-22").plus_days(40), day("2027-01-01"));
        assert_eq!(day("2027-01-01").days_since(day("2026-11-22")), 40);
        assert_eq!(day("9999-12-31").next(), day("9999-12-31"));
    }

    proptest! {
        #[test]
        fn any_number_is_a_moment_and_survives_json(millis in any::<i64>(), more in any::<i64>()) {
            let moment = Instant::from_millis(millis).plus_millis(more);
            let _ = (moment.vietnamese(), moment.local(), moment.day().next(), moment.day().plus_days(i32::MAX));
            let json = serde_json::to_string(&moment).unwrap();
            prop_assert_eq!(serde_json::from_str::<Instant>(&json).unwrap(), moment);
        }

        #[test]
        fn local_time_and_back_is_the_same_moment(millis in -60_000_000_000_000_i64..250_000_000_000_000) {
            let moment = Instant::from_millis(millis);
            prop_assert_eq!(Instant::from_local(moment.local()), moment);
            prop_assert_eq!(moment.day().midnight().plus_millis(moment.millis_of_day()), moment);
        }

        #[test]
        fn a_day_survives_json_and_both_ways_of_writing(year in 1_i16..=9999, month in 1_i8..=12, day in 1_i8..=28) {
            let day = Day::new(year, month, day).unwrap();
            let json = serde_json::to_string(&day).unwrap();
            prop_assert_eq!(serde_json::from_str::<Day>(&json).unwrap(), day);
            prop_assert_eq!(Day::parse_vietnamese(&day.vietnamese()).unwrap(), day);
        }
    }
}
