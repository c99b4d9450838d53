//! Cutting text into words, and the forms of a word that are compared.

use domain::text::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A word as it is compared: without marks, and as a fingerprint with them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    /// Folded, with a final `y` after a consonant written `i`: «ky» and «ki» are one syllable in two spellings.
    pub(crate) plain: String,
    /// The same for every placement of the tone mark; see [`Word::has_marks`].
    pub(crate) marked: u32,
    /// Whether it was written with a mark, so that `marked` says something.
    pub(crate) has_marks: bool,
}

/// The words of a text: runs of letters and digits.
pub(crate) fn words(text: &str) -> Vec<Word> {
    let is_part = |character: char| character.is_alphanumeric() || is_combining_mark(character);
    text.split(|character| !is_part(character)).filter(|part| !part.is_empty()).map(word).collect()
}

fn word(text: &str) -> Word {
    let plain = one_spelling(fold(text));
    let (marked, has_marks) = fingerprint(text);
    Word { plain, marked, has_marks }
}

/// Writes a final `y` after a consonant (or `qu`) as `i`.
pub(crate) fn one_spelling(mut plain: String) -> String {
    if let Some(stem) = plain.strip_suffix('y')
        && (stem.ends_with("qu") || stem.ends_with(|letter: char| letter.is_ascii_alphabetic() && !is_vowel(letter)))
    {
        plain.pop();
        plain.push('i');
    }
    plain
}

/// A hash (FNV-1a) of the letters and, apart from their places, the marks.
fn fingerprint(text: &str) -> (u32, bool) {
    let mut letters = String::with_capacity(text.len());
    let mut marks: Vec<char> = Vec::new();
    let mut has_marks = false;
    for character in text.chars().flat_map(char::to_lowercase).nfd() {
        if is_combining_mark(character) {
            marks.push(character);
        } else {
            has_marks |= character == 'đ';
            letters.push(character);
        }
    }
    has_marks |= !marks.is_empty();
    marks.sort_unstable();
    let mut hash = 0x811c_9dc5_u32;
    let letters = one_spelling(letters);
    for character in letters.chars().chain(marks) {
        hash = (hash ^ u32::from(character)).wrapping_mul(0x0100_0193);
    }
    (hash, has_marks)
}

pub(crate) fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// The syllable that raw Telex keystrokes stand for, without marks: `ddaats` is `dat`, `kys` is `ki`.
///
/// Nothing when the word holds no such keystroke; the caller checks that the outcome is a word.
pub(crate) fn without_telex(plain: &str) -> Option<String> {
    let mut letters: Vec<char> = Vec::with_capacity(plain.len());
    let mut seen_vowel = false;
    for letter in plain.chars() {
        let is_double = matches!(letter, 'a' | 'e' | 'o' | 'd') && letters.last() == Some(&letter);
        let is_tone = seen_vowel && matches!(letter, 's' | 'f' | 'r' | 'x' | 'j');
        if is_double || is_tone || letter == 'w' {
            continue;
        }
        seen_vowel |= is_vowel(letter);
        letters.push(letter);
    }
    let outcome: String = letters.into_iter().collect();
    (outcome != plain && !outcome.is_empty()).then(|| one_spelling(outcome))
}

/// The syllable that raw VNI keystrokes stand for: `d9at61` is `dat`.
pub(crate) fn without_vni(plain: &str) -> Option<String> {
    if !plain.starts_with(|letter: char| letter.is_ascii_alphabetic()) {
        return None;
    }
    let outcome: String = plain.chars().filter(|letter| !letter.is_ascii_digit()).collect();
    (outcome != plain).then(|| one_spelling(outcome))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.plain).collect()
    }

    #[test]
    fn text_is_cut_into_plain_words() {
        let cases = [
            ("Thủ tục đăng ký khai sinh", "thu tuc dang ki khai sinh"),
            ("  Cấp III/cấp IV (công trình) ", "cap iii cap iv cong trinh"),
            ("Ủy quyền, quý, huyện, tay", "uy quyen qui huyen tay"),
            ("H’Lan 2.000635", "h lan 2 000635"),
            ("", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(plain(text).join(" "), expected, "{text}");
        }
    }

    #[test]
    fn both_placements_of_a_tone_mark_and_both_unicode_forms_are_one_word() {
        let same = [("hoà", "hòa"), ("thuỷ", "thủy"), ("lý", "lí"), ("hộ", "ho\u{323}\u{302}"), ("ĐẤT", "đất")];
        for (left, right) in same {
            assert_eq!(word(left), word(right), "{left} {right}");
        }
        for (left, right) in [("hộ", "hổ"), ("đất", "dat"), ("hợp", "hộp")] {
            assert_ne!(word(left).marked, word(right).marked, "{left} {right}");
        }
        assert!(word("đi").has_marks && !word("sinh").has_marks);
    }

    #[test]
    fn raw_keystrokes_become_syllables() {
        let telex = [("ddaats", "dat"), ("kys", "ki"), ("keets", "ket"), ("hoon", "hon"), ("dduwowngf", "duong")];
        for (typed, expected) in telex {
            assert_eq!(without_telex(typed).as_deref(), Some(expected), "{typed}");
        }
        assert_eq!(without_telex("khai"), None);
        assert_eq!(without_vni("d9at61").as_deref(), Some("dat"));
        assert_eq!(without_vni("123"), None);
    }
}
