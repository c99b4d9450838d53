//! Times and fees in words: what the record says, and plainly that it says nothing where it does not.

use domain::catalogue::{Case, Currency, Fee, FeeKind, Method, ProcedureDetail, ProcessingTime, ProcessingUnit};
use domain::deadline::TimeLimit;
use web::i18n::{Locale, TextKey, Texts};
use web::view::format;

/// What a fee comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Amount {
    /// Nothing is to be paid.
    Free,
    /// The amount is 0 or missing, and a note says the rest.
    SeeNote,
    /// So many đồng.
    Dong(i64),
    /// So many US dollars.
    Dollars(i64),
    /// A number that is probably a slip, often thousands of đồng.
    Suspect(i64),
    /// A number to which the source gives no currency.
    Bare(i64),
    /// The source says nothing.
    Missing,
}

impl Amount {
    /// Reads a fee of the source.
    pub(crate) fn of(fee: &Fee) -> Self {
        let has_note = fee.note.as_deref().is_some_and(|note| !note.trim().is_empty());
        match (fee.amount, fee.currency) {
            (None | Some(0), _) if has_note => Self::SeeNote,
            (None, _) => Self::Missing,
            (Some(0), _) => Self::Free,
            (Some(amount), Some(Currency::Usd)) => Self::Dollars(amount),
            (Some(amount), _) if fee.is_suspect => Self::Suspect(amount),
            (Some(amount), Some(Currency::Vnd)) => Self::Dong(amount),
            (Some(amount), None) => Self::Bare(amount),
        }
    }

    /// In words.
    pub(crate) fn words(self, t: &Texts) -> String {
        let separator = separator(t);
        match self {
            Self::Free => t.m("fee-free").to_owned(),
            Self::SeeNote => t.m("fee-see-note").to_owned(),
            Self::Dong(amount) => format::money(amount),
            Self::Dollars(amount) => format!("{}\u{a0}USD", domain::text::group_digits(amount, separator)),
            Self::Suspect(amount) | Self::Bare(amount) => {
                t.f("fee-bare", [("amount", domain::text::group_digits(amount, separator).into())])
            }
            Self::Missing => t.m("fee-missing").to_owned(),
        }
    }

    /// A caution that belongs beside the amount.
    pub(crate) fn caution(self, has_note: bool) -> Option<TextKey> {
        match self {
            Self::Suspect(_) if has_note => Some(TextKey("fee-suspect-note")),
            Self::Suspect(_) => Some(TextKey("fee-suspect")),
            Self::Bare(_) => Some(TextKey("fee-no-currency")),
            _ => None,
        }
    }
}

fn separator(t: &Texts) -> char {
    match t.locale() {
        Locale::En => ',',
        Locale::Vi => '.',
    }
}

/// The name of a kind of fee.
pub(crate) fn fee_kind(kind: FeeKind) -> TextKey {
    match kind {
        FeeKind::Fee => TextKey("fee-kind-fee"),
        FeeKind::Charge => TextKey("fee-kind-charge"),
        FeeKind::Price => TextKey("fee-kind-price"),
    }
}

/// All fees of a procedure in a few words.
pub(crate) fn fees_in_short(fees: &[Fee], t: &Texts) -> String {
    let amounts: Vec<Amount> = fees.iter().map(Amount::of).collect();
    let mut dong: Vec<i64> = amounts
        .iter()
        .filter_map(|amount| match amount {
            Amount::Dong(dong) => Some(*dong),
            Amount::Free => Some(0),
            _ => None,
        })
        .collect();
    dong.sort_unstable();
    let is_clear = dong.len() == amounts.len();
    match (amounts.as_slice(), dong.as_slice()) {
        ([], _) => t.m("fee-missing").to_owned(),
        ([only], _) if only.caution(false).is_some() => t.m("fee-see-note").to_owned(),
        ([only], _) => only.words(t),
        (_, [.., 0]) if is_clear => t.m("fee-free").to_owned(),
        (_, [least, .., most]) if is_clear && least != most => {
            t.f("fee-range", [("least", format::money(*least).into()), ("most", format::money(*most).into())])
        }
        (_, [only, ..]) if is_clear => format::money(*only),
        _ => t.m("fee-several").to_owned(),
    }
}

/// A time limit in words.
pub(crate) fn limit(limit: TimeLimit, t: &Texts) -> String {
    format::time_limit(limit, t)
}

/// All time limits of a procedure in a few words.
pub(crate) fn limits_in_short(detail: &ProcedureDetail, t: &Texts) -> String {
    let methods = Method::ALL.iter().filter(|method| detail.offers(**method));
    let mut limits: Vec<TimeLimit> = detail
        .submission_methods
        .iter()
        .filter_map(|way| way.time_limit())
        .chain(methods.filter_map(|method| detail.time_limit(*method)))
        .chain(detail.cases.iter().filter_map(Case::time_limit))
        .collect();
    limits.sort_by_key(|limit| limit.approximate_minutes());
    match limits.as_slice() {
        [] => t.m("limit-missing").to_owned(),
        [first, .., last] if first != last => {
            t.f("limit-range", [("least", limit(*first, t).into()), ("most", limit(*last, t).into())])
        }
        [first, ..] => limit(*first, t),
    }
}

/// One time of the source in words; where it cannot be counted, that of the cases.
pub(crate) fn time(amount: &ProcessingTime, unit: ProcessingUnit, fallback: Option<TimeLimit>, t: &Texts) -> String {
    match (amount, unit.countable()) {
        (ProcessingTime::Text(text), _) if !text.trim().is_empty() => text.clone(),
        (ProcessingTime::Amount(milli), Some(unit)) => match TimeLimit::new(*milli, unit) {
            Ok(counted) => limit(counted, t),
            // The source writes 0 for «at once» and for nothing at all.
            Err(_) => t.m("limit-missing").to_owned(),
        },
        _ => match fallback {
            Some(counted) => t.f("limit-of-case", [("limit", limit(counted, t).into())]),
            None => t.m("limit-missing").to_owned(),
        },
    }
}

/// The name of a way of filing.
pub(crate) fn method(method: Method) -> TextKey {
    match method {
        Method::Online => TextKey("method-online"),
        Method::Postal => TextKey("method-postal"),
        Method::Direct => TextKey("method-direct"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::deadline::TimeUnit;

    fn fee(amount: Option<i64>, currency: Option<Currency>, is_suspect: bool, note: Option<&str>) -> Fee {
        Fee { id: 1, kind: FeeKind::Fee, amount, currency, is_suspect, note: note.map(str::to_owned) }
    }

    #[test]
    fn amounts_are_read_as_the_source_means_them() {
        let vnd = Some(Currency::Vnd);
        let cases = [
            (fee(Some(0), None, false, None), Amount::Free),
            (fee(Some(0), vnd, false, Some("HĐND tỉnh quy định")), Amount::SeeNote),
            (fee(Some(0), None, false, Some("  ")), Amount::Free),
            (fee(Some(50_000), vnd, false, Some("/văn bản")), Amount::Dong(50_000)),
            (fee(Some(25), Some(Currency::Usd), false, None), Amount::Dollars(25)),
            (fee(Some(20), None, true, Some("20.000 đồng/tờ khai")), Amount::Suspect(20)),
            (fee(Some(40), vnd, true, None), Amount::Suspect(40)),
            (fee(Some(70_000), None, false, None), Amount::Bare(70_000)),
            (fee(None, None, false, None), Amount::Missing),
        ];
        for (fee, expected) in cases {
            assert_eq!(Amount::of(&fee), expected, "{fee:?}");
        }
    }

    #[test]
    fn amounts_are_told_in_words() {
        let t = Texts::of(Locale::Vi);
        assert_eq!(Amount::Dong(50_000).words(t), "50.000\u{a0}đồng");
        assert_eq!(Amount::Dollars(1_250).words(t), "1.250\u{a0}USD");
        assert_eq!(Amount::Dollars(1_250).words(Texts::of(Locale::En)), "1,250\u{a0}USD");
        assert_eq!(Amount::Free.words(t), "Không thu");
        assert!(Amount::Suspect(20).words(t).contains("20"));
        assert!(Amount::Suspect(20).caution(true).is_some());
        assert_eq!(Amount::Dong(20_000).caution(true), None);
    }

    #[test]
    fn several_fees_are_told_in_short() {
        let t = Texts::of(Locale::Vi);
        let dong = |amount| fee(Some(amount), Some(Currency::Vnd), false, None);
        assert_eq!(fees_in_short(&[], t), t.m("fee-missing"));
        assert_eq!(fees_in_short(&[dong(8_000)], t), "8.000\u{a0}đồng");
        assert_eq!(fees_in_short(&[dong(8_000), dong(8_000)], t), "8.000\u{a0}đồng");
        assert_eq!(fees_in_short(&[dong(0), dong(0)], t), "Không thu");
        assert_eq!(fees_in_short(&[dong(50_000), dong(8_000)], t), "8.000\u{a0}đồng đến 50.000\u{a0}đồng");
        assert_eq!(fees_in_short(&[dong(50_000), fee(Some(0), None, false, Some("x"))], t), t.m("fee-several"));
        assert_eq!(fees_in_short(&[fee(Some(20), None, true, None)], t), t.m("fee-see-note"));
    }

    #[test]
    fn times_are_told_in_words_of_both_languages() {
        let (vi, en) = (Texts::of(Locale::Vi), Texts::of(Locale::En));
        let half = TimeLimit::new(7_500, TimeUnit::WorkingDay).unwrap();
        let day = TimeLimit::whole(1, TimeUnit::Day).unwrap();
        assert_eq!(limit(half, vi), "7,5 ngày làm việc");
        assert_eq!(limit(half, en), "7.5 working days");
        assert_eq!(limit(day, en), "1 day");
        let other = |amount| time(&ProcessingTime::Amount(amount), ProcessingUnit::Other, Some(day), vi);
        assert_eq!(other(1_000), "1 ngày (theo trường hợp)");
        let text = ProcessingTime::Text("Ngay khi nhận đủ hồ sơ".to_owned());
        assert_eq!(time(&text, ProcessingUnit::Other, None, vi), "Ngay khi nhận đủ hồ sơ");
        assert_eq!(time(&ProcessingTime::Amount(0), ProcessingUnit::Day, None, vi), vi.m("limit-missing"));
    }
}
