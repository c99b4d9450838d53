//! Public holidays, days in lieu and make-up working days.

use std::collections::HashSet;

use jiff::civil::Weekday;

use super::output::Packed;
use super::source::{ContentError, Source};

const HOLIDAYS: &[&str] =
    &["date", "weekday", "name", "kind", "is_working_day", "lunar_date", "swapped_with", "status", "source", "note"];
const WEEKDAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

pub(crate) fn pack(source: &Source) -> Result<Packed, ContentError> {
    let holidays = source.table("calendar/holidays.csv", HOLIDAYS)?;
    let days: HashSet<String> = holidays.unique("date")?;
    for row in &holidays.rows {
        row.filled("name")?;
        let weekday = row.one_of("weekday", WEEKDAYS)?;
        let day = row.day("date")?.expect("unique columns are filled");
        if WEEKDAYS[usize::from(day.weekday().to_monday_zero_offset().unsigned_abs())] != weekday {
            return Err(row.refuse(format!("{day} is not a «{weekday}»")));
        }
        let kind = row.one_of("kind", &["holiday", "tet_break", "compensatory", "swapped_off", "makeup_work"])?;
        let works = row.one_of("is_working_day", &["yes", "no"])? == "yes";
        if works != (kind == "makeup_work") {
            return Err(row.refuse("only a make-up day is a working day"));
        }
        if works && !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) {
            return Err(row.refuse("a make-up day falls on a day of weekly rest"));
        }
        row.reference("swapped_with", &days)?;
        row.one_of("status", &["official", "single_source", "estimated"])?;
        row.filled("source")?;
    }
    Ok(Packed::plain("calendar/holidays.csv", holidays.columns(HOLIDAYS)))
}
