//! The subscriptions that the carrier knows, and how it compares what somebody says with what is registered.

use unicode_normalization::UnicodeNormalization;

use crate::recipient::canonical;

/// Numbers with this beginning belong to nobody.
pub(crate) const UNKNOWN_PREFIX: &str = "0999";

/// A subscription as it was registered.
pub(crate) struct Subscriber {
    pub(crate) phone: &'static str,
    pub(crate) name: &'static str,
    pub(crate) id_kind: &'static str,
    pub(crate) id_number: &'static str,
    /// `1985-03-12`, `1972-08` or `1969`: as far as it is known.
    pub(crate) birth_date: &'static str,
    /// What it shows, for the page.
    pub(crate) remark: &'static str,
}

/// Invented people, none of whom lives.
pub(crate) const SUBSCRIBERS: [Subscriber; 4] = [
    Subscriber {
        phone: "0912345678",
        name: "Nguyễn Thị Hòa",
        id_kind: "CCCD",
        id_number: "064185001234",
        birth_date: "1985-03-12",
        remark: "Khai đúng như trên thì khớp. Viết “Hoà” hay “Hòa”, chữ hoa hay chữ thường đều được.",
    },
    Subscriber {
        phone: "0935111222",
        name: "Trần Văn Hưng",
        id_kind: "CCCD",
        id_number: "052078004321",
        birth_date: "1978-09-02",
        remark: "Chủ thuê bao tên là Trần Văn Hùng, nhà mạng ghi khác một dấu: khai “Hùng” thì không khớp họ tên.",
    },
    Subscriber {
        phone: "0978222333",
        name: "Rơ Châm H'Lan",
        id_kind: "CMND",
        id_number: "230456789",
        birth_date: "1969",
        remark: "Đăng ký bằng CMND cũ, chỉ có năm sinh: khai số CCCD 064169002345 thì không khớp số giấy tờ.",
    },
    Subscriber {
        phone: "0905333444",
        name: "Siu Y Thơm",
        id_kind: "CCCD",
        id_number: "064072003456",
        birth_date: "1972-08",
        remark: "Chỉ có tháng và năm sinh.",
    },
];

/// What somebody says about themselves.
pub(crate) struct Claim<'a> {
    pub(crate) phone: &'a str,
    pub(crate) id_kind: &'a str,
    pub(crate) id_number: &'a str,
    pub(crate) name: &'a str,
    pub(crate) birth_date: &'a str,
}

/// What the carrier makes of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Match,
    Mismatch(Vec<&'static str>),
    NotFound,
}

/// Compares a claim with the register. A mobile number that is not in the list matches whatever is claimed, so that
/// visitors of the demonstration can use their own.
pub(crate) fn compare(claim: &Claim) -> Verdict {
    let phone = canonical(claim.phone);
    let is_mobile =
        phone.len() == 11 && phone.starts_with("84") && matches!(phone.as_bytes()[2], b'3' | b'5' | b'7' | b'8' | b'9');
    if !is_mobile || phone.starts_with(&canonical(UNKNOWN_PREFIX)) {
        return Verdict::NotFound;
    }
    let Some(subscriber) = SUBSCRIBERS.iter().find(|known| canonical(known.phone) == phone) else {
        return Verdict::Match;
    };
    // Who does not know the identity number learns nothing about name and birth date.
    if (subscriber.id_kind, subscriber.id_number) != (claim.id_kind, claim.id_number) {
        return Verdict::Mismatch(vec!["ID_NUMBER"]);
    }
    let mut mismatch = Vec::new();
    if spelling(subscriber.name) != spelling(claim.name) {
        mismatch.push("FULL_NAME");
    }
    if subscriber.birth_date != claim.birth_date {
        mismatch.push("BIRTH_DATE");
    }
    match mismatch.is_empty() {
        true => Verdict::Match,
        false => Verdict::Mismatch(mismatch),
    }
}

/// One spelling for a name: no difference between cases, kinds of apostrophes, numbers of spaces, and the two places in a
/// syllable where a tone is written.
pub(crate) fn spelling(name: &str) -> Vec<(String, Vec<char>)> {
    name.split_whitespace().map(syllable).collect()
}

fn syllable(word: &str) -> (String, Vec<char>) {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let apart: Vec<char> = word.to_lowercase().nfd().collect();
    let (tones, letters): (Vec<char>, Vec<char>) = apart.into_iter().partition(is_tone);
    let letters = letters.into_iter().map(|c| match c {
        '‘' | '’' | 'ʼ' | '`' => '\'',
        other => other,
    });
    (letters.collect(), tones)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOA: Claim<'static> = Claim {
        phone: "84912345678",
        id_kind: "CCCD",
        id_number: "064185001234",
        name: "Nguyễn Thị Hòa",
        birth_date: "1985-03-12",
    };

    #[test]
    fn what_is_registered_matches_in_every_spelling() {
        for subscriber in &SUBSCRIBERS {
            let Subscriber { phone, id_kind, id_number, name, birth_date, .. } = *subscriber;
            assert_eq!(compare(&Claim { phone, id_kind, id_number, name, birth_date }), Verdict::Match, "{phone}");
        }
        for name in ["NGUYỄN THỊ HOÀ", " nguyễn  thị hòa ", "Nguye\u{302}\u{303}n Thi\u{323} Ho\u{300}a"] {
            assert_eq!(compare(&Claim { name, ..HOA }), Verdict::Match, "{name}");
        }
        assert_eq!(compare(&Claim { phone: "0912 345 678", ..HOA }), Verdict::Match);
        assert_eq!(spelling("H’Lan"), spelling("h'lan"));
    }

    #[test]
    fn what_differs_is_named_without_the_registered_value() {
        let differs = |claim: Claim| match compare(&claim) {
            Verdict::Mismatch(fields) => fields.join(" "),
            other => panic!("{other:?}"),
        };
        for name in ["Nguyễn Thị Hoa", "Nguyễn Thị Hóa", "Nguyen Thi Hoa", "Nguyễn Hòa", ""] {
            assert_eq!(differs(Claim { name, ..HOA }), "FULL_NAME", "{name}");
        }
        assert_eq!(differs(Claim { birth_date: "1985", ..HOA }), "BIRTH_DATE");
        assert_eq!(differs(Claim { name: "A", birth_date: "1985-03-13", ..HOA }), "FULL_NAME BIRTH_DATE");
        // A stranger who tries out names and dates without the number is told nothing about them.
        assert_eq!(differs(Claim { id_number: "064185001235", ..HOA }), "ID_NUMBER");
        assert_eq!(differs(Claim { id_number: "064185001235", name: "A", birth_date: "1900", ..HOA }), "ID_NUMBER");
    }

    #[test]
    fn the_three_who_are_told_to_correct_something() {
        let hung = Claim {
            phone: "84935111222",
            id_kind: "CCCD",
            id_number: "052078004321",
            name: "Trần Văn Hùng",
            birth_date: "1978-09-02",
        };
        assert_eq!(compare(&hung), Verdict::Mismatch(vec!["FULL_NAME"]));
        let lan = Claim {
            phone: "84978222333",
            id_kind: "CCCD",
            id_number: "064169002345",
            name: "Rơ Châm H'Lan",
            birth_date: "1969",
        };
        assert_eq!(compare(&lan), Verdict::Mismatch(vec!["ID_NUMBER"]));
        for phone in ["84999000001", "0999 123 456", "842693844789", "84123456789", "8491234567", "", "an@example.vn"] {
            assert_eq!(compare(&Claim { phone, ..HOA }), Verdict::NotFound, "{phone}");
        }
    }

    #[test]
    fn a_number_that_is_not_in_the_list_matches() {
        assert_eq!(compare(&Claim { phone: "84355000111", name: "Bất kỳ", ..HOA }), Verdict::Match);
    }
}
