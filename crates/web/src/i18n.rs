//! The texts of the pages in each language: Fluent files of /translations, embedded, parsed once, never able to fail a page.

mod locale;

use std::borrow::{Borrow, Cow};
use std::collections::HashMap;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::types::FluentValue;
use fluent_bundle::{FluentArgs, FluentResource};

pub use self::locale::Locale;

include!(concat!(env!("OUT_DIR"), "/translations.rs"));

static VIETNAMESE_TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::parse(Locale::Vi, VIETNAMESE));
static ENGLISH_TEXTS: LazyLock<Texts> = LazyLock::new(|| Texts::parse(Locale::En, ENGLISH));

/// The texts of all languages: a handle to what is parsed once in the program.
#[derive(Clone, Copy, Debug, Default)]
pub struct Catalogue;

impl Catalogue {
    /// Parses all files, so that no request waits for it.
    pub fn load() -> Catalogue {
        LazyLock::force(&VIETNAMESE_TEXTS);
        LazyLock::force(&ENGLISH_TEXTS);
        Catalogue
    }

    /// The texts of one language.
    pub fn of(self, locale: Locale) -> &'static Texts {
        Texts::of(locale)
    }
}

/// A key chosen at run time, written `TextKey("status-filed")` so that the test of the texts finds it; read with [`Texts::k`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextKey(pub &'static str);

/// The texts of one language.
pub struct Texts {
    locale: Locale,
    /// Texts without a placeholder, ready to be borrowed.
    plain: HashMap<String, String>,
    bundle: FluentBundle<FluentResource>,
    faults: Vec<String>,
}

impl Texts {
    /// The texts of a language.
    pub fn of(locale: Locale) -> &'static Texts {
        match locale {
            Locale::Vi => &VIETNAMESE_TEXTS,
            Locale::En => &ENGLISH_TEXTS,
        }
    }

    /// The language of these texts.
    pub fn locale(&self) -> Locale {
        self.locale
    }

    /// The message of a key. A missing key is shown as it is and logged.
    pub fn m<'a>(&'a self, key: &'a str) -> &'a str {
        match self.plain.get(key) {
            Some(text) => text,
            None => {
                self.report(key);
                key
            }
        }
    }

    /// The message of a key chosen at run time.
    pub fn k(&self, key: impl Borrow<TextKey>) -> &str {
        self.m(key.borrow().0)
    }

    /// The message of a key, with values put in: `t.f("files-found", &[("n", count.into())])`.
    ///
    /// Whole numbers are grouped as the language does. A missing key is shown as it is and logged.
    pub fn f<'v>(&self, key: &str, values: impl AsRef<[(&'v str, FluentValue<'v>)]>) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            self.report(key);
            return key.to_owned();
        };
        let arguments: FluentArgs<'_> = values.as_ref().iter().map(|(name, value)| (*name, value.clone())).collect();
        let mut faults = Vec::new();
        let text = self.bundle.format_pattern(pattern, Some(&arguments), &mut faults);
        for fault in faults {
            tracing::error!(text.key = key, text.locale = self.locale.code(), "Text {key} is incomplete: {fault}");
        }
        text.into_owned()
    }

    /// What was wrong in the files, for the tests.
    pub fn faults(&self) -> &[String] {
        &self.faults
    }

    fn report(&self, key: &str) {
        tracing::error!(text.key = key, text.locale = self.locale.code(), "No text has the key {key}");
    }

    fn parse(locale: Locale, files: &[(&str, &'static str)]) -> Texts {
        // The tags are constants that parse; an empty list only loses the plural rules.
        let mut bundle = FluentBundle::new_concurrent(locale.code().parse().into_iter().collect());
        // Isolation marks are invisible characters round each value; a person who copies a code would copy them too.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match locale {
            Locale::Vi => |value, _| grouped(value, '.'),
            Locale::En => |value, _| grouped(value, ','),
        }));
        let mut faults = Vec::new();
        let mut keys = Vec::new();
        for (file, source) in files {
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(resource, errors)| {
                faults.extend(errors.iter().map(|error| format!("{}/{file}: {error}", locale.code())));
                resource
            });
            keys.extend(resource.entries().filter_map(|entry| match entry {
                fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.to_owned()),
                _ => None,
            }));
            if let Err(errors) = bundle.add_resource(resource) {
                faults.extend(errors.iter().map(|error| format!("{}/{file}: {error}", locale.code())));
            }
        }
        let plain = keys.into_iter().filter_map(|key| plain_text(&bundle, &key).map(|text| (key, text))).collect();
        for fault in &faults {
            tracing::error!("A translation cannot be read: {fault}");
        }
        Texts { locale, plain, bundle, faults }
    }
}

/// The text of a message that needs no value.
fn plain_text(bundle: &FluentBundle<FluentResource>, key: &str) -> Option<String> {
    let pattern = bundle.get_message(key)?.value()?;
    let mut faults = Vec::new();
    let text: Cow<'_, str> = bundle.format_pattern(pattern, None, &mut faults);
    faults.is_empty().then(|| text.into_owned())
}

fn grouped(value: &FluentValue<'_>, separator: char) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(domain::text::group_digits(number.value as i64, separator))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plain_text_and_a_text_with_values_are_read() {
        let files = [("a.ftl", "hello = Xin chào\nfound = Có { $n } hồ sơ của { $name }\n")];
        let t = Texts::parse(Locale::Vi, &files);
        assert_eq!(t.m("hello"), "Xin chào");
        assert_eq!(t.f("found", &[("n", 1234.into()), ("name", "An".into())]), "Có 1.234 hồ sơ của An");
        assert!(t.faults().is_empty());
    }

    #[test]
    fn english_has_its_plural_and_its_grouping() {
        let t = Texts::parse(Locale::En, &[("a.ftl", "n = { $n ->\n [one] one file\n *[other] { $n } files\n }\n")]);
        assert_eq!(t.f("n", [("n", 1.into())]), "one file");
        assert_eq!(t.f("n", [("n", 2000.into())]), "2,000 files");
    }

    #[test]
    fn a_missing_key_is_shown_and_does_not_fail() {
        let t = Texts::parse(Locale::En, &[("a.ftl", "with = { $n }\n")]);
        assert_eq!(t.m("nothing"), "nothing");
        assert_eq!(t.m("with"), "with");
        assert_eq!(t.f("nothing", []), "nothing");
        assert_eq!(t.f("with", []), "{$n}");
        assert_eq!(t.k(TextKey("nothing-either")), "nothing-either");
    }

    #[test]
    fn a_key_given_twice_is_a_fault() {
        let t = Texts::parse(Locale::En, &[("a.ftl", "x = 1\n"), ("b.ftl", "x = 2\n")]);
        assert_eq!(t.faults().len(), 1);
    }

    #[test]
    fn the_files_of_the_program_have_no_fault() {
        for locale in Locale::ALL {
            assert_eq!(Texts::of(locale).faults(), &[] as &[String]);
        }
    }
}
