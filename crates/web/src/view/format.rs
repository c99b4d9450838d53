//! How numbers, money, sizes, days and times are written, in one place.

use domain::deadline::{TimeLimit, TimeUnit};
use domain::text::group_digits;

use crate::i18n::{Locale, TextKey, Texts};

/// A count: `1.234`.
pub fn count(number: u64) -> String {
    group_digits(i64::try_from(number).unwrap_or(i64::MAX), '.')
}

/// An amount of money: `50.000 đồng`, with a space that does not break the line.
pub fn money(dong: i64) -> String {
    format!("{}\u{a0}đồng", group_digits(dong, '.'))
}

/// The size of a file: `820 byte`, `45 kB`, `1,2 MB`; thousands, as telephones and file managers count.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes}\u{a0}byte"),
        1_000..999_500 => format!("{}\u{a0}kB", (bytes + 500) / 1_000),
        _ => {
            let tenths = bytes.saturating_add(50_000) / 100_000;
            let (whole, tenth) = (group_digits(i64::try_from(tenths / 10).unwrap_or(i64::MAX), '.'), tenths % 10);
            if tenth == 0 { format!("{whole}\u{a0}MB") } else { format!("{whole},{tenth}\u{a0}MB") }
        }
    }
}

/// A time limit in words: `1 ngày làm việc`, `2.5 working hours`.
pub fn time_limit(limit: TimeLimit, t: &Texts) -> String {
    let key = match limit.unit() {
        TimeUnit::Hour => TextKey("limit-hours"),
        TimeUnit::HalfDay => TextKey("limit-half-days"),
        TimeUnit::WorkingDay => TextKey("limit-working-days"),
        TimeUnit::Day => TextKey("limit-days"),
        TimeUnit::Month => TextKey("limit-months"),
        TimeUnit::Year => TextKey("limit-years"),
    };
    let written = match t.locale() {
        Locale::Vi => limit.amount_vietnamese(),
        Locale::En => limit.amount_vietnamese().replace(',', "."),
    };
    // A fraction is more than one for the grammar of both languages.
    let count = if limit.amount_milli() == 1_000 { 1 } else { 2 };
    t.f(key.0, [("amount", written.into()), ("count", count.into())])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_in_vietnam() {
        let cases = [(0, "0"), (999, "999"), (1_234, "1.234"), (1_000_000, "1.000.000"), (-45_678, "-45.678")];
        for (number, text) in cases {
            assert_eq!(group_digits(number, '.'), text);
        }
        assert_eq!(count(5_664), "5.664");
        assert_eq!(money(50_000), "50.000\u{a0}đồng");
    }

    #[test]
    fn sizes_have_one_decimal_at_most() {
        let cases = [
            (0, "0\u{a0}byte"),
            (999, "999\u{a0}byte"),
            (1_000, "1\u{a0}kB"),
            (999_499, "999\u{a0}kB"),
            (999_500, "1\u{a0}MB"),
            (1_230_000, "1,2\u{a0}MB"),
            (100_000_000, "100\u{a0}MB"),
        ];
        for (bytes, text) in cases {
            assert_eq!(size(bytes), text);
        }
    }
}
