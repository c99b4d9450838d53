//! The fonts that every document is set in, embedded in the program.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::DocumentError;

/// The font that sets hashes, and lends the letters that the typeface of the documents lacks.
const FALLBACK: (&str, &[u8]) =
    ("NotoSansMono-Regular.ttf", include_bytes!("../../../assets/fonts/ttf/NotoSansMono-Regular.ttf"));

const TYPEFACE: [(&str, &[u8]); 3] = [
    ("BeVietnamPro-Regular.ttf", include_bytes!("../../../assets/fonts/ttf/BeVietnamPro-Regular.ttf")),
    ("BeVietnamPro-Italic.ttf", include_bytes!("../../../assets/fonts/ttf/BeVietnamPro-Italic.ttf")),
    ("BeVietnamPro-SemiBold.ttf", include_bytes!("../../../assets/fonts/ttf/BeVietnamPro-SemiBold.ttf")),
];

/// The fonts, read once.
pub(crate) struct Fonts {
    /// What the typesetter chooses from.
    pub(crate) book: LazyHash<FontBook>,
    /// In the order of the book; the first is the fallback.
    fonts: Vec<Font>,
}

impl Fonts {
    /// Reads the embedded fonts.
    pub(crate) fn load() -> Result<Self, DocumentError> {
        let mut fonts = Vec::new();
        for (name, data) in [FALLBACK].into_iter().chain(TYPEFACE) {
            fonts.push(Font::new(Bytes::new(data), 0).ok_or(DocumentError::Font { name })?);
        }
        Ok(Self { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }

    /// The font at a place of the book.
    pub(crate) fn get(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    /// Whether a character can be drawn, whatever stands beside it.
    pub(crate) fn draw(&self, character: char) -> bool {
        // A letter and its marks must come from one font. The fallback has every letter and every mark of the typeface, so what the
        // fallback draws can always be drawn.
        self.fonts[0].info().coverage.contains(u32::from(character))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fallback_draws_every_letter_that_the_typeface_draws() {
        let fonts = Fonts::load().expect("the fonts are embedded");
        for font in &fonts.fonts[1..] {
            let missing: String = font
                .info()
                .coverage
                .iter()
                .filter_map(char::from_u32)
                .filter(|character| character.is_alphanumeric() && !fonts.draw(*character))
                .collect();
            assert_eq!(missing, "", "{:?}", font.post_script_name());
        }
    }

    #[test]
    fn the_letters_of_gia_lai_can_be_drawn() {
        let fonts = Fonts::load().expect("the fonts are embedded");
        // Vietnamese, Jrai and Bahnar, the last with the combining breve.
        for character in "ÀảẫậẶằẵ Ệể ỊỏỘỡ Ựữ ỳỵĐđ ČčĔĕĬĭŎŏŬŭÑñƀ\u{306}".chars()
        {
            assert!(fonts.draw(character), "{character}");
        }
    }
}
