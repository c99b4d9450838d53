//! Reading entered fields into the domain's values, with a sentence beside each field that cannot be read.

use domain::codes::{
    EmailAddress, LoginName, LoginNameError, NameError, OrganisationName, PartyName, PersonName, PhoneNumber,
};
use domain::partial_date::PartialDate;
use domain::text::{TextError, clean_line};

use crate::fields::Fields;
use crate::i18n::Texts;
use crate::view::form::FormView;

/// The fields of one submitted form on their way to values; every refusal is kept beside its field.
pub struct Input<'a> {
    fields: &'a Fields,
    form: FormView,
    t: &'static Texts,
}

impl<'a> Input<'a> {
    /// Takes the named fields over, so that the page can show them again as they were entered.
    pub fn new(fields: &'a Fields, t: &'static Texts, names: &[&str]) -> Self {
        let mut form = FormView::new();
        for name in names {
            for value in fields.all(name) {
                form.set(name, shown(value));
            }
        }
        Self { fields, form, t }
    }

    /// Refuses a field with the text of this key.
    pub fn refuse(&mut self, field: &str, key: &'static str) {
        self.form.refuse(field, self.t.m(key).to_owned());
    }

    /// Refuses a field with a finished sentence.
    pub fn refuse_with(&mut self, field: &str, sentence: String) {
        self.form.refuse(field, sentence);
    }

    /// The form with what was entered and what was refused.
    pub fn into_form(self) -> FormView {
        self.form
    }

    /// What was entered, without surrounding white space.
    pub fn text(&self, field: &str) -> &'a str {
        self.fields.text(field)
    }

    /// One of the answers offered; `missing` says what to choose.
    pub fn choice<T: Copy>(&mut self, field: &str, answers: &[(&str, T)], missing: &'static str) -> Option<T> {
        let given = self.fields.text(field);
        let found = answers.iter().find(|(word, _)| *word == given).map(|(_, answer)| *answer);
        if found.is_none() {
            self.refuse(field, missing);
        }
        found
    }

    /// A person's name; `missing` says whose.
    pub fn person_name(&mut self, field: &str, missing: &'static str) -> Option<PartyName> {
        let text = self.fields.text(field);
        self.named(field, PersonName::parse(text).map(|_| ()), text, missing)
    }

    /// An organisation's name; `missing` says whose.
    pub fn organisation_name(&mut self, field: &str, missing: &'static str) -> Option<PartyName> {
        let text = self.fields.text(field);
        self.named(field, OrganisationName::parse(text).map(|_| ()), text, missing)
    }

    fn named(
        &mut self,
        field: &str,
        checked: Result<(), NameError>,
        text: &str,
        missing: &'static str,
    ) -> Option<PartyName> {
        match checked.and_then(|()| PartyName::parse(text)) {
            Ok(name) => return Some(name),
            Err(NameError::Empty) => self.refuse(field, missing),
            Err(NameError::TooLong { max }) => self.too_long(field, max),
            Err(NameError::WrongCharacter) => self.refuse(field, "input-name-character"),
        }
        None
    }

    /// An identity or tax number.
    pub fn login_name(&mut self, field: &str) -> Option<LoginName> {
        let text = self.fields.text(field);
        if text.is_empty() {
            self.refuse(field, "input-number-missing");
            return None;
        }
        match LoginName::parse(text) {
            Ok(number) => return Some(number),
            Err(LoginNameError::WrongLength) => self.refuse(field, "input-number-length"),
            Err(LoginNameError::NotDigits) => self.refuse(field, "input-number-digits"),
            Err(LoginNameError::UnknownPlace) => self.refuse(field, "input-number-place"),
            Err(LoginNameError::WrongCheckDigit) => self.refuse(field, "input-number-check"),
        }
        None
    }

    /// A telephone number.
    pub fn phone(&mut self, field: &str) -> Option<PhoneNumber> {
        let text = self.fields.text(field);
        if text.is_empty() {
            self.refuse(field, "input-phone-missing");
            return None;
        }
        let phone = PhoneNumber::parse(text).ok();
        if phone.is_none() {
            self.refuse(field, "input-phone-wrong");
        }
        phone
    }

    /// An e-mail address that must be given.
    pub fn email(&mut self, field: &str) -> Option<EmailAddress> {
        if self.fields.text(field).is_empty() {
            self.refuse(field, "input-email-missing");
        }
        self.optional_email(field)
    }

    /// An e-mail address, or nothing.
    pub fn optional_email(&mut self, field: &str) -> Option<EmailAddress> {
        let text = self.fields.text(field);
        if text.is_empty() {
            return None;
        }
        let email = EmailAddress::parse(text).ok();
        if email.is_none() {
            self.refuse(field, "input-email-wrong");
        }
        email
    }

    /// A birth date in three boxes (`name.day`, `name.month`, `name.year`), of which the day or both may be empty.
    pub fn birth_date(&mut self, field: &str, today: domain::time::Day) -> Option<PartialDate> {
        let [day, month, year] = ["day", "month", "year"].map(|part| self.fields.text(&format!("{field}.{part}")));
        for (part, value) in [("day", day), ("month", month), ("year", year)] {
            self.form.set(&format!("{field}.{part}"), shown(value));
        }
        let written = [day, month, year].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        if written.is_empty() {
            return None;
        }
        // A day without a month would be read as a month.
        let whole = day.is_empty() || !month.is_empty();
        match PartialDate::parse(&written).ok().filter(|_| whole) {
            Some(date) if date.earliest() <= today && date.year() >= 1870 => Some(date),
            _ => {
                self.refuse(field, "input-birth-date-wrong");
                None
            }
        }
    }

    /// One line of text that must be given.
    pub fn line(&mut self, field: &str, max: usize, missing: &'static str) -> Option<String> {
        let text = self.fields.text(field);
        if text.is_empty() {
            self.refuse(field, missing);
            return None;
        }
        match clean_line(text, max) {
            Ok(line) if line.is_empty() => self.refuse(field, missing),
            Ok(line) => return Some(line),
            Err(TextError::TooLong { max }) => self.too_long(field, max),
            Err(TextError::ControlCharacter) => self.refuse(field, "input-control-character"),
        }
        None
    }

    fn too_long(&mut self, field: &str, max: usize) {
        let what = self.t.m(what_is(field));
        let text = self.t.f("input-too-long", [("what", what.into()), ("max", max.into())]);
        self.form.refuse(field, text);
    }
}

/// What stands in a field of text, for a sentence in the summary, which is read far from the field.
fn what_is(field: &str) -> &'static str {
    match field {
        "address" | "post_address" => "owner-address",
        "full_name" | "child_name" | "representative_name" | "post_name" | "receiver" => "input-a-name",
        "name" => "factor-passkey-name",
        "login" => "office-login",
        "secret" => "done-secret",
        _ => "input-a-text",
    }
}

/// What is shown again of an entered value: never more than any field takes, and nothing that cannot be seen.
fn shown(value: &str) -> String {
    value.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\r' | '\t')).take(5_000).collect()
}

#[cfg(test)]
mod tests {
    use domain::time::Day;

    use super::*;
    use crate::i18n::Locale;

    fn date(body: &str) -> (Option<PartialDate>, bool) {
        let fields = Fields::parse(body.as_bytes()).expect("decodes");
        let mut input = Input::new(&fields, Texts::of(Locale::Vi), &[]);
        let date = input.birth_date("born", Day::new(2026, 11, 22).expect("a day"));
        (date, input.into_form().is_valid())
    }

    #[test]
    fn birth_dates_may_be_partial_but_not_senseless() {
        assert_eq!(date("born.day=&born.month=&born.year="), (None, true));
        assert_eq!(date("born.year=1975"), (Some(PartialDate::Year(1975)), true));
        assert_eq!(date("born.month=8&born.year=1975"), (Some(PartialDate::Month { year: 1975, month: 8 }), true));
        assert!(matches!(date("born.day=20&born.month=8&born.year=1975"), (Some(PartialDate::Full(_)), true)));
        for wrong in
            ["born.day=20&born.year=1975", "born.day=31&born.month=2&born.year=1990", "born.year=3000", "born.year=75"]
        {
            assert_eq!(date(wrong), (None, false), "{wrong}");
        }
    }

    #[test]
    fn what_is_refused_keeps_what_was_entered() {
        let fields = Fields::parse("ten=&so=12ab&dien-thoai=123&email=a".as_bytes()).expect("decodes");
        let mut input = Input::new(&fields, Texts::of(Locale::Vi), &["ten", "so", "dien-thoai", "email"]);
        assert_eq!(input.person_name("ten", "input-name-missing"), None);
        assert_eq!(input.login_name("so"), None);
        assert_eq!(input.phone("dien-thoai"), None);
        assert_eq!(input.email("email"), None);
        let form = input.into_form();
        assert_eq!(form.errors().len(), 4);
        assert_eq!(form.value("so"), "12ab");
    }
}
