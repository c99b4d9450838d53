//! The working calendar of the public sector and an office's hours: data with a version, never code (domain.md §3.1).

mod days;
mod hours;

pub use days::{CalendarEntry, CalendarError, CalendarKind, CalendarStatus, WorkCalendar};
pub use hours::{HoursError, OfficeHours, Window};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deadline::fixture::{calendar, hours};
    use crate::time::Day;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn the_real_calendar_says_which_days_are_worked() {
        let calendar = calendar();
        for (text, is_working) in [
            ("2026-11-23", true),
            ("2026-11-24", false),
            ("2026-11-22", false),
            ("2025-11-24", true),
            ("2026-01-02", false),
            ("2026-01-10", true),
            ("2026-02-13", true),
            ("2026-02-16", false),
            ("2026-02-20", false),
            ("2026-02-23", true),
            ("2026-04-27", false),
            ("2026-08-22", true),
            ("2026-08-29", false),
            ("2026-08-31", false),
            ("2026-09-01", false),
            ("2026-09-03", true),
            ("2025-04-26", true),
            ("2025-05-02", false),
            ("2024-05-04", true),
            ("2024-04-29", false),
        ] {
            assert_eq!(calendar.is_working_day(day(text)), is_working, "{text}");
        }
    }

    #[test]
    fn the_listed_days_of_tet_and_the_kings_are_those_of_the_moon() {
        let calendar = calendar();
        for year in 2024..=2027 {
            let new_year = calendar.entry(crate::lunar::tet(year).unwrap()).unwrap();
            assert_eq!(new_year.kind, CalendarKind::TetBreak, "{year}");
            let kings = calendar.entry(crate::lunar::hung_kings(year).unwrap()).unwrap();
            assert_eq!(kings.name, "Giỗ Tổ Hùng Vương", "{year}");
        }
    }

    #[test]
    fn impossible_calendars_are_refused() {
        let entry = |text: &str, kind| CalendarEntry {
            day: day(text),
            name: "x".to_owned(),
            kind,
            status: CalendarStatus::Official,
            source: String::new(),
        };
        let twice = [entry("2026-01-01", CalendarKind::Holiday), entry("2026-01-01", CalendarKind::TetBreak)];
        assert_eq!(WorkCalendar::new("1", twice), Err(CalendarError::ListedTwice(day("2026-01-01"))));
        let makeup = [entry("2026-01-05", CalendarKind::MakeupWork)];
        assert_eq!(WorkCalendar::new("1", makeup), Err(CalendarError::MakeupOnWeekday(day("2026-01-05"))));
    }

    #[test]
    fn impossible_hours_are_refused() {
        for windows in [
            vec![],
            vec![Window::new(500, 500)],
            vec![Window::new(500, 400)],
            vec![Window::new(780, 990), Window::new(420, 690)],
            vec![Window::new(420, 800), Window::new(780, 990)],
            vec![Window::new(420, 1_441)],
        ] {
            assert!(OfficeHours::new(windows.clone()).is_err(), "{windows:?}");
        }
        assert!(serde_json::from_str::<OfficeHours>(r#"{"windows":[]}"#).is_err());
    }

    #[test]
    fn calendar_and_hours_survive_json() {
        let calendar = calendar();
        let json = serde_json::to_string(&calendar).unwrap();
        assert_eq!(serde_json::from_str::<WorkCalendar>(&json).unwrap(), calendar);
        let hours = hours().with_saturday(vec![Window::new(420, 690)]).unwrap();
        let json = serde_json::to_string(&hours).unwrap();
        assert_eq!(serde_json::from_str::<OfficeHours>(&json).unwrap(), hours);
    }

    #[test]
    fn a_calendar_covers_the_years_it_lists() {
        assert!(calendar().covers(day("2027-12-31")));
        assert!(!calendar().covers(day("2028-01-03")));
        assert!(!WorkCalendar::new("empty", []).unwrap().covers(day("2026-01-01")));
    }
}
