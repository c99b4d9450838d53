//! Makes any text fit to be set: nothing invisible, nothing that the fonts cannot draw.

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::fonts::Fonts;

/// Stands for a character that the fonts cannot draw.
const REPLACEMENT: char = '\u{FFFD}';

/// How many marks a letter may bear. No alphabet needs more, and the time to set a letter grows with the square of its marks.
const MOST_MARKS: usize = 4;
const FIRST_MARK_TOO_MANY: usize = MOST_MARKS + 1;

/// The longest text that is set whole. PDF/A allows strings of 32,767 bytes, and no field of a dossier is meant to be nearly as long.
const LONGEST_TEXT: usize = 10_000;

/// Cleans every text of a document's data.
///
/// PDF/A forbids glyphs that say "missing": a name with one emoji would leave the filer without a receipt.
pub(crate) fn clean(data: &mut Value, fonts: &Fonts) {
    match data {
        Value::String(text) => *text = clean_text(text, fonts),
        Value::Array(items) => items.iter_mut().for_each(|item| clean(item, fonts)),
        Value::Object(fields) => fields.values_mut().for_each(|field| clean(field, fonts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn clean_text(text: &str, fonts: &Fonts) -> String {
    let mut marks = 0;
    let mut characters = text.nfc().filter_map(|character| {
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        match marks {
            0..=MOST_MARKS => clean_character(character, fonts),
            FIRST_MARK_TOO_MANY => Some(REPLACEMENT),
            _ => None,
        }
    });
    let mut clean: String = characters.by_ref().take(LONGEST_TEXT).collect();
    if characters.next().is_some() {
        clean.push_str(" […]");
    }
    clean
}

fn clean_character(character: char, fonts: &Fonts) -> Option<char> {
    match character {
        '\n' | '\u{A0}' => Some(character),
        '\r' => None,
        // Soft hyphens, joiners, variation selectors, tags: they draw nothing.
        '\u{AD}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{E0000}'..='\u{E0FFF}' => None,
        // Marks that turn the order of letters, with which a file name lies about its ending, are shown.
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}' => Some(REPLACEMENT),
        _ if character.is_whitespace() => Some(' '),
        _ if character.is_control() => Some(REPLACEMENT),
        _ if fonts.draw(character) => Some(character),
        _ => Some(REPLACEMENT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_keeps_what_can_be_drawn_and_shows_what_cannot() {
        let fonts = Fonts::load().expect("the fonts are embedded");
        let cases = [
            ("Rơ Châm H’Nưn", "Rơ Châm H’Nưn"),
            ("Nguye\u{302}\u{303}n", "Nguyễn"),
            ("K\u{306}sor ƀan", "K\u{306}sor ƀan"),
            ("ảnh\u{202E}fdp.exe", "ảnh\u{FFFD}fdp.exe"),
            ("a\u{200B}b\u{AD}c\u{FEFF}", "abc"),
            ("❤\u{FE0F} 👨‍👩", "\u{FFFD} \u{FFFD}\u{FFFD}"),
            ("a\u{323}\u{331}\u{331}\u{331}b\u{331}", "ạ\u{331}\u{331}\u{331}ḇ"),
            (&format!("a{}b", "\u{331}".repeat(10_000)), "a\u{331}\u{331}\u{331}\u{331}\u{FFFD}b"),
            ("a\tb\u{2003}c\r\nd", "a b c\nd"),
            ("\0\u{7}\u{E000}", "\u{FFFD}\u{FFFD}\u{FFFD}"),
            ("السلام", "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}"),
        ];
        for (text, expected) in cases {
            assert_eq!(clean_text(text, &fonts), expected, "{text:?}");
        }
    }

    #[test]
    fn a_text_without_end_is_cut_and_says_so() {
        let fonts = Fonts::load().expect("the fonts are embedded");
        assert_eq!(clean_text(&"ệ".repeat(10_000), &fonts), "ệ".repeat(10_000));
        assert_eq!(clean_text(&"ệ".repeat(10_001), &fonts), format!("{} […]", "ệ".repeat(10_000)));
    }

    #[test]
    fn every_text_of_the_data_is_cleaned_however_deep() {
        let fonts = Fonts::load().expect("the fonts are embedded");
        let mut data = serde_json::json!({ "a": "\u{0}", "b": [{ "c": "\u{0}" }, 7, null, true] });
        clean(&mut data, &fonts);
        assert_eq!(data, serde_json::json!({ "a": "\u{FFFD}", "b": [{ "c": "\u{FFFD}" }, 7, null, true] }));
    }
}
