//! A day and a time of day in Vietnam, and how documents write them.

use typst::foundations::Datetime;

use crate::DocumentError;

/// A day and a time of day in Vietnam, UTC+7.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The year, as 2026.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, from 1.
    pub day: u8,
    /// The hour, 0 to 23.
    pub hour: u8,
    /// The minute, 0 to 59.
    pub minute: u8,
}

impl Moment {
    /// As in the body of a page: `14:05 ngày 22/11/2026`.
    pub(crate) fn short(&self) -> String {
        let Self { year, month, day, hour, minute } = self;
        format!("{hour:02}:{minute:02} ngày {day:02}/{month:02}/{year}")
    }

    /// As the forms of the one-stop desk write it: `14 giờ 05 phút, ngày 22 tháng 11 năm 2026`.
    pub(crate) fn in_words(&self) -> String {
        format!("{} giờ {:02} phút, {}", self.hour, self.minute, self.day_in_words())
    }

    /// As beside the place: `ngày 22 tháng 11 năm 2026`.
    pub(crate) fn day_in_words(&self) -> String {
        // Decree 30/2020/NĐ-CP, annex I: a zero goes before days under 10 and before the months 1 and 2 only.
        let month = match self.month {
            1 | 2 => format!("0{}", self.month),
            month => month.to_string(),
        };
        format!("ngày {:02} tháng {month} năm {}", self.day, self.year)
    }

    /// The same moment for the typesetter.
    ///
    /// Fails when no calendar or clock has it.
    pub(crate) fn checked(&self) -> Result<Datetime, DocumentError> {
        Datetime::from_ymd_hms(self.year, self.month, self.day, self.hour, self.minute, 0)
            .filter(|_| (1..=9999).contains(&self.year))
            .ok_or(DocumentError::NoSuchMoment { moment: *self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(year: i32, month: u8, day: u8, hour: u8, minute: u8) -> Moment {
        Moment { year, month, day, hour, minute }
    }

    #[test]
    fn a_moment_is_written_in_figures_and_in_words() {
        let cases = [
            (moment(2026, 11, 22, 14, 5), "14:05 ngày 22/11/2026", "14 giờ 05 phút, ngày 22 tháng 11 năm 2026"),
            (moment(2026, 1, 5, 7, 0), "07:00 ngày 05/01/2026", "7 giờ 00 phút, ngày 05 tháng 01 năm 2026"),
            (moment(2026, 3, 9, 0, 59), "00:59 ngày 09/03/2026", "0 giờ 59 phút, ngày 09 tháng 3 năm 2026"),
        ];
        for (moment, short, words) in cases {
            assert_eq!(moment.short(), short);
            assert_eq!(moment.in_words(), words);
        }
    }

    #[test]
    fn a_moment_that_does_not_exist_is_refused() {
        assert!(moment(2028, 2, 29, 23, 59).checked().is_ok());
        for wrong in
            [moment(2026, 2, 29, 0, 0), moment(2026, 13, 1, 0, 0), moment(2026, 1, 1, 24, 0), moment(0, 1, 1, 0, 0)]
        {
            assert!(matches!(wrong.checked(), Err(DocumentError::NoSuchMoment { .. })), "{wrong:?}");
        }
    }
}
