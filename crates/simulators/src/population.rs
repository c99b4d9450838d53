//! Who the simulated population register knows: a few invented people, and for every other number somebody plausible, the
//! same in every run, made of the number itself.

use crate::subscribers::spelling;

/// Numbers that end so belong to nobody.
pub(crate) const UNKNOWN_END: &str = "0000";

/// Invented people whose entries differ from what they would say.
const PEOPLE: [(&str, &str, &str, &str); 3] = [
    ("064185001234", "Nguyễn Thị Hòa", "19850312", "Tổ dân phố 3, thị trấn Ia Kha, huyện Ia Grai, tỉnh Gia Lai"),
    // The register has another tone than the person writes.
    ("052078004321", "Trần Văn Hưng", "19780902", "Thôn 2, xã Ia Yok, huyện Ia Grai, tỉnh Gia Lai"),
    ("064072003456", "Siu Y Thơm", "197208", "Làng Jút, xã Ia Dêr, huyện Ia Grai, tỉnh Gia Lai"),
];
const PLACES: [&str; 4] = [
    "Tổ dân phố 1, thị trấn Ia Kha, huyện Ia Grai, tỉnh Gia Lai",
    "Làng Jút, xã Ia Dêr, huyện Ia Grai, tỉnh Gia Lai",
    "Thôn Thanh Hà, xã Ia Sao, huyện Ia Grai, tỉnh Gia Lai",
    "Làng Mrong Yố, xã Ia Ka, huyện Chư Păh, tỉnh Gia Lai",
];
const RELATIVES: [(&str, &str); 4] =
    [("Siu H'Bia", "Con"), ("Rơ Châm Khoa", "Vợ, chồng"), ("Rơ Châm H'Nhi", "Con"), ("Siu Thơ", "Mẹ")];

/// What somebody says about a person.
pub(crate) struct Said<'a> {
    pub(crate) number: &'a str,
    pub(crate) name: &'a str,
    /// `19850312`, `198503` or `1985`.
    pub(crate) birth_date: &'a str,
}

/// An entry of the register.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Entry {
    /// `1` for men, `2` for women.
    pub(crate) sex: &'static str,
    pub(crate) birth_date: String,
    pub(crate) residence: &'static str,
    /// Name and relation of the others of the household.
    pub(crate) household: Vec<(&'static str, &'static str)>,
}

/// What the register makes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Match(Entry),
    Mismatch(Vec<&'static str>),
    Unknown,
}

/// Compares what was said with the register. Of a number that is in no list, the name is right whatever it is, and so is a
/// birth date in the year that the number states.
pub(crate) fn compare(said: &Said) -> Verdict {
    let digits: Vec<u32> = said.number.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 12 || said.number.ends_with(UNKNOWN_END) {
        return Verdict::Unknown;
    }
    let listed = PEOPLE.iter().find(|(number, ..)| *number == said.number);
    let registered = match listed {
        Some((.., birth_date, _)) => (*birth_date).to_owned(),
        None => made_birth_date(&digits, said.birth_date),
    };
    let mut mismatch = Vec::new();
    if listed.is_some_and(|(_, name, ..)| spelling(name) != spelling(said.name)) {
        mismatch.push("FULL_NAME");
    }
    // As far as both know it.
    if !registered.starts_with(said.birth_date) && !said.birth_date.starts_with(&registered) {
        mismatch.push("BIRTH_DATE");
    }
    if !mismatch.is_empty() {
        return Verdict::Mismatch(mismatch);
    }
    let place = digits[11] as usize;
    Verdict::Match(Entry {
        sex: if digits[3].is_multiple_of(2) { "1" } else { "2" },
        birth_date: registered,
        residence: listed.map_or(PLACES[place % PLACES.len()], |(.., residence)| residence),
        household: vec![RELATIVES[place % RELATIVES.len()], RELATIVES[(place + 1) % RELATIVES.len()]],
    })
}

/// The whole date that was said when its year is the number's; else a day of the number's year.
fn made_birth_date(digits: &[u32], said: &str) -> String {
    let year = 1900 + digits[3] / 2 * 100 + digits[4] * 10 + digits[5];
    if said.len() == 8 && said.starts_with(&year.to_string()) {
        return said.to_owned();
    }
    let month = match said.get(4..6) {
        Some(month) if said.starts_with(&year.to_string()) => month.to_owned(),
        _ => format!("{:02}", digits[10] + 1),
    };
    format!("{year}{month}{:02}", digits[11] + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said<'a>(number: &'a str, name: &'a str, birth_date: &'a str) -> Said<'a> {
        Said { number, name, birth_date }
    }

    #[test]
    fn people_of_the_list_are_compared_as_registered() {
        for (number, name, birth_date, expected) in [
            ("064185001234", "NGUYỄN THỊ HOÀ", "19850312", None),
            ("064185001234", "Nguyễn Thị Hòa", "1985", None),
            ("064072003456", "Siu Y Thơm", "19720815", None),
            ("052078004321", "Trần Văn Hùng", "19780902", Some(vec!["FULL_NAME"])),
            ("052078004321", "Trần Văn Hùng", "19780903", Some(vec!["FULL_NAME", "BIRTH_DATE"])),
            ("064185001234", "Nguyễn Thị Hòa", "1986", Some(vec!["BIRTH_DATE"])),
        ] {
            match (compare(&said(number, name, birth_date)), expected) {
                (Verdict::Match(_), None) => {}
                (Verdict::Mismatch(fields), Some(expected)) => assert_eq!(fields, expected, "{number} {name}"),
                (other, _) => panic!("{number} {name}: {other:?}"),
            }
        }
    }

    #[test]
    fn any_other_number_is_somebody_and_always_the_same() {
        let first = compare(&said("064190000123", "Rơ Châm H'Lan", "1990"));
        assert_eq!(first, compare(&said("064190000123", "Rơ Châm H'Lan", "1990")));
        let Verdict::Match(entry) = first else { panic!("a match") };
        assert_eq!((entry.sex, entry.birth_date.as_str()), ("2", "19900304"));
        let Verdict::Match(entry) = compare(&said("064190000123", "Ai", "19900715")) else { panic!("a match") };
        assert_eq!(entry.birth_date, "19900715", "a whole date of the right year is believed");
        assert_eq!(compare(&said("064190000123", "Ai", "19910715")), Verdict::Mismatch(vec!["BIRTH_DATE"]));
        for number in ["064190000000", "", "12", "06419000012x"] {
            assert_eq!(compare(&said(number, "Ai", "1990")), Verdict::Unknown, "{number}");
        }
    }
}
