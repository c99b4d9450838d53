//! The formats of texts, judged by the values of the domain that they stand for.

use domain::codes::{EmailAddress, LoginName, PersonName, PersonalNumber, PhoneNumber, TaxNumber};
use domain::partial_date::PartialDate;
use domain::text::{clean_line, clean_text};
use domain::time::Day;
use jsonschema::ValidationOptions;

/// The most characters of an address.
pub(crate) const LONGEST_ADDRESS: usize = 300;
/// The most characters of a text of any format; `maxLength` says less.
const LONGEST: usize = 10_000;
/// The earliest year of a date that somebody may mean.
const EARLIEST_YEAR: i16 = 1850;

/// Every format that forms may use, with its judge. An answer is kept in one spelling, which the judge insists on.
const FORMATS: [(&str, fn(&str) -> bool); 12] = [
    ("line", is_line),
    ("paragraph", is_paragraph),
    ("person-name", |text| PersonName::parse(text).is_ok_and(|name| name.as_str() == text)),
    ("date", |text| Day::parse(text).is_ok_and(|day| day.year() >= EARLIEST_YEAR && day.to_string() == text)),
    ("rough-date", is_partial_date),
    ("time-of-day", is_time),
    ("address", |text| clean_line(text, LONGEST_ADDRESS).is_ok_and(|line| !line.is_empty() && line == text)),
    ("phone", |text| PhoneNumber::parse(text).is_ok_and(|phone| phone.as_str() == text)),
    ("mailbox", |text| EmailAddress::parse(text).is_ok_and(|email| email.as_str() == text)),
    ("personal-number", |text| PersonalNumber::parse(text).is_ok_and(|number| number.as_str() == text)),
    ("identity-number", is_identity_number),
    ("tax-number", |text| TaxNumber::parse(text).is_ok_and(|number| number.as_str() == text)),
];

/// The options with all of them.
pub(crate) fn with_formats(options: ValidationOptions<'_>) -> ValidationOptions<'_> {
    let options = options.should_validate_formats(true).should_ignore_unknown_formats(false);
    FORMATS.into_iter().fold(options, |options, (name, judge)| options.with_format(name, judge))
}

fn is_line(text: &str) -> bool {
    clean_line(text, LONGEST).is_ok_and(|line| !line.is_empty() && line == text)
}

fn is_paragraph(text: &str) -> bool {
    clean_text(text, LONGEST).is_ok_and(|clean| !clean.is_empty() && clean == text)
}

fn is_partial_date(text: &str) -> bool {
    PartialDate::parse(text).is_ok_and(|date| date.year() >= EARLIEST_YEAR && date.to_string() == text)
}

fn is_time(text: &str) -> bool {
    let Some((hour, minute)) = text.split_once(':') else { return false };
    let within = |part: &str, end: u8| {
        part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit()) && part.parse::<u8>().is_ok_and(|n| n < end)
    };
    within(hour, 24) && within(minute, 60)
}

/// A personal number, an old card's nine digits, or a passport: capital letters and digits.
fn is_identity_number(text: &str) -> bool {
    let is_passport = (6..=12).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && text.bytes().any(|byte| byte.is_ascii_uppercase());
    is_passport
        || LoginName::parse(text).is_ok_and(|number| !matches!(number, LoginName::Tax(_)) && number.as_str() == text)
}
