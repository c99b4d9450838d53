//! Vietnamese text: cleaning what people type, and folding it so that it can be found without its marks (domain.md §2.3).

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Why a text is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// It has more characters than the field takes.
    #[error("longer than {max} characters")]
    TooLong {
        /// The most that the field takes.
        max: usize,
    },
    /// It holds a character that no one can see or type: NUL, a control character, a reversal of the writing direction.
    #[error("contains a control character")]
    ControlCharacter,
}

/// The text as it is compared in searches: lower case, no tone or vowel marks, `đ` as `d`, single spaces.
///
/// Both placements of a tone mark (`hoà`, `hòa`) and both Unicode forms give the same.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for character in text.nfd().filter(|character| !is_combining_mark(*character)) {
        if character.is_whitespace() {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
            continue;
        }
        match character {
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            // Bahnar and Jrai write ƀ; their typed apostrophes vary.
            'ƀ' | 'Ƀ' => folded.push('b'),
            '‘' | '’' | 'ʼ' | '`' | '´' => folded.push('\''),
            // Lower-casing can itself bring a mark (İ).
            other => folded.extend(other.to_lowercase().filter(|lower| !is_combining_mark(*lower))),
        }
    }
    if folded.ends_with(' ') {
        folded.pop();
    }
    folded
}

/// A single line as it is stored: NFC, trimmed, single spaces. It may be empty.
///
/// # Errors
/// When it is longer than `max` characters or holds a control character.
pub fn clean_line(text: &str, max: usize) -> Result<String, TextError> {
    let mut line = String::new();
    for character in text.nfc() {
        if character.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if is_forbidden(character) {
            return Err(TextError::ControlCharacter);
        } else {
            line.push(character);
        }
    }
    if line.ends_with(' ') {
        line.pop();
    }
    within(line, max)
}

/// A text of several lines as it is stored: NFC, `\n` line ends, trimmed. It may be empty.
///
/// # Errors
/// When it is longer than `max` characters or holds a control character.
pub fn clean_text(text: &str, max: usize) -> Result<String, TextError> {
    let unified = text.replace("\r\n", "\n").replace('\r', "\n");
    let cleaned: String = unified.trim().nfc().collect();
    if cleaned.chars().any(|character| is_forbidden(character) && !matches!(character, '\n' | '\t')) {
        return Err(TextError::ControlCharacter);
    }
    within(cleaned, max)
}

fn within(text: String, max: usize) -> Result<String, TextError> {
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text)
}

/// Control characters, and marks that reverse or hide text (U+202A to U+202E, U+2066 to U+2069, the byte order mark).
fn is_forbidden(character: char) -> bool {
    character.is_control() || matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Digits in groups of three: `1234567` → `1.234.567` with a point.
pub fn group_digits(number: i64, separator: char) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3 + 1);
    if number < 0 {
        text.push('-');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn folding_forgets_marks_case_and_spaces() {
        for (text, folded) in [
            ("Đăng ký khai sinh", "dang ky khai sinh"),
            ("hoà", "hoa"),
            ("hòa", "hoa"),
            ("HOÀ BÌNH", "hoa binh"),
            ("ho\u{61}\u{300}", "hoa"),
            ("Quyền sử dụng đất", "quyen su dung dat"),
            ("ĐẮK  LẮK", "dak lak"),
            (" Rơ\u{306} Châm\u{a0}H’Bia ", "ro cham h'bia"),
            ("Ƀahnar", "bahnar"),
            ("Ưu đãi ỷ lại", "uu dai y lai"),
            ("İstanbul", "istanbul"),
            ("", ""),
            (" \n ", ""),
        ] {
            assert_eq!(fold(text), folded, "{text:?}");
        }
    }

    #[test]
    fn a_line_is_trimmed_composed_and_bounded() {
        assert_eq!(clean_line("  a\r\n b\t c ", 10).unwrap(), "a b c");
        assert_eq!(clean_line("e\u{302}\u{301}", 1).unwrap(), "ế");
        assert_eq!(clean_line("", 10).unwrap(), "");
        assert_eq!(clean_line("abc", 2), Err(TextError::TooLong { max: 2 }));
        for hidden in ["a\0b", "a\u{7}b", "a\u{9f}b", "a\u{202e}b", "a\u{2066}b", "a\u{feff}b"] {
            assert_eq!(clean_line(hidden, 10), Err(TextError::ControlCharacter), "{hidden:?}");
        }
    }

    #[test]
    fn a_text_keeps_its_lines() {
        assert_eq!(clean_text(" một\r\nhai\rba\n\n", 20).unwrap(), "một\nhai\nba");
        assert_eq!(clean_text("a\tb", 10).unwrap(), "a\tb");
        assert_eq!(clean_text("a\0", 10), Err(TextError::ControlCharacter));
        assert_eq!(clean_text("abc", 2), Err(TextError::TooLong { max: 2 }));
    }

    proptest! {
        #[test]
        fn folding_again_changes_nothing(text in "\\PC{0,30}") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }

        #[test]
        fn cleaning_again_changes_nothing(text in any::<String>()) {
            if let Ok(line) = clean_line(&text, 1_000) {
                prop_assert_eq!(clean_line(&line, 1_000).unwrap(), line);
            }
            if let Ok(cleaned) = clean_text(&text, 1_000) {
                prop_assert_eq!(clean_text(&cleaned, 1_000).unwrap(), cleaned);
            }
        }
    }
}
