//! The languages in which pages are written.

use http::HeaderMap;
use http::header::ACCEPT_LANGUAGE;

/// A language of the pages; Vietnamese first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

impl Locale {
    /// Every language, in the order of the language switch.
    pub const ALL: [Locale; 2] = [Locale::Vi, Locale::En];

    /// The code of the language in HTML, in addresses and in file names: `vi`, `en`.
    pub fn code(self) -> &'static str {
        match self {
            Locale::Vi => "vi",
            Locale::En => "en",
        }
    }

    /// The language's own name for itself.
    pub fn own_name(self) -> &'static str {
        match self {
            Locale::Vi => "Tiếng Việt",
            Locale::En => "English",
        }
    }

    /// The language of a code; `None` for one that we have no texts in.
    pub fn parse(code: &str) -> Option<Locale> {
        Locale::ALL.into_iter().find(|locale| locale.code() == code)
    }

    /// The language that a program asks for in its headers, else Vietnamese.
    pub fn accepted(headers: &HeaderMap) -> Locale {
        let header = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
        Locale::from_accept_language(header.unwrap_or_default())
    }

    /// The first language of an `Accept-Language` header in which we have texts, else Vietnamese.
    ///
    /// Browsers list the languages by preference, so the weights need not be read.
    pub fn from_accept_language(header: &str) -> Locale {
        let codes = header.split(',').map(|part| part.split([';', '-']).next().unwrap_or_default().trim());
        codes.filter_map(Locale::parse).next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_of_the_browser_is_taken() {
        let cases = [
            ("vi-VN,vi;q=0.9,en;q=0.8", Locale::Vi),
            ("en-GB,en;q=0.9,vi;q=0.8", Locale::En),
            ("fr-FR, en;q=0.5", Locale::En),
            ("fr", Locale::Vi),
            ("", Locale::Vi),
        ];
        for (header, locale) in cases {
            assert_eq!(Locale::from_accept_language(header), locale, "{header}");
        }
    }
}
