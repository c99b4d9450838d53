//! Vietnamese alphabetical order, for lists of names, agencies and fields (domain.md §2.3).

use unicode_normalization::UnicodeNormalization;

/// What texts are ordered by: first the letters (a ă â b c d đ e ê …), then the tones (ngang, huyền, hỏi, ngã, sắc,
/// nặng), then capitals after small letters.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SortKey {
    letters: Vec<u32>,
    tones: Vec<u8>,
    capitals: Vec<bool>,
}

/// The key of a text; spaces at its ends and doubled ones don't count.
pub fn sort_key(text: &str) -> SortKey {
    let mut key = SortKey { letters: Vec::new(), tones: Vec::new(), capitals: Vec::new() };
    for character in text.split_whitespace().collect::<Vec<_>>().join(" ").nfd() {
        if let Some(tone) = tone(character) {
            if let Some(last) = key.tones.last_mut() {
                *last = tone;
            }
        } else if let Some(variant) = variant(character) {
            if let Some(last) = key.letters.last_mut() {
                *last += variant;
            }
        } else {
            for lower in character.to_lowercase() {
                key.letters.push(letter(lower));
                key.tones.push(0);
                key.capitals.push(character.is_uppercase());
            }
        }
    }
    key
}

/// Where a letter stands; four places each leave room for its marked forms.
fn letter(character: char) -> u32 {
    match character {
        'đ' => u32::from('d') * 4 + 1,
        other => u32::from(other) * 4,
    }
}

/// Breve, circumflex and horn make other letters: ă before â, ô before ơ.
fn variant(mark: char) -> Option<u32> {
    match mark {
        '\u{306}' => Some(1),
        '\u{302}' => Some(2),
        '\u{31B}' => Some(3),
        _ => None,
    }
}

/// The place of a tone mark; no mark is 0.
fn tone(mark: char) -> Option<u8> {
    match mark {
        '\u{300}' => Some(1),
        '\u{309}' => Some(2),
        '\u{303}' => Some(3),
        '\u{301}' => Some(4),
        '\u{323}' => Some(5),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_come_before_tones_and_tones_in_their_order() {
        let expected = [
            "an",
            "An",
            "Anh",
            "Ăn",
            "Ân",
            "Ấp 2",
            "Ba",
            "Bà",
            "Bả",
            "Bã",
            "Bá",
            "Bạ",
            "Bà Rịa",
            "Dân",
            "Đak Đoa",
            "Ea",
            "Êa",
            "Hoa",
            "Hoà",
            "Ia Grai",
            "Ô Môn",
            "Ơn",
            "Ùn",
            "Ư",
        ];
        let mut sorted: Vec<&str> = expected.iter().rev().copied().collect();
        sorted.sort_by_key(|text| sort_key(text));
        assert_eq!(sorted, expected);
    }

    #[test]
    fn both_unicode_forms_and_loose_spaces_are_the_same() {
        assert_eq!(sort_key("Ấp  2 "), sort_key("A\u{302}\u{301}p 2"));
    }
}
