//! A form as it is shown: the values that the person entered and the errors beside their fields.

use crate::i18n::Texts;

/// The state of a form, the field `form` of a template that shows one.
///
/// A handler fills it from the request, adds an error for each field that it refuses, and shows the page again with
/// status 422: nothing that was entered is lost.
#[derive(Clone, Debug, Default)]
pub struct FormView {
    values: Vec<(String, String)>,
    errors: Vec<FieldError>,
    offers: Vec<Offer>,
    /// Where the form goes, when its addresses can be completed.
    places_at: Option<String>,
}

/// Answers offered under a field, each taken by its button.
#[derive(Clone, Debug)]
pub struct Offer {
    /// The field's name.
    pub field: String,
    /// What they are.
    pub text: String,
    /// The answers; none when there is only something to say.
    pub choices: Vec<Choice>,
}

/// One error, shown in the summary and beside its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldError {
    /// The field's name, which is also the `id` to which the summary links.
    pub field: String,
    /// The sentence that the person reads: what is wrong and what to do.
    pub text: String,
}

impl FormView {
    /// A form with nothing entered.
    pub fn new() -> FormView {
        FormView::default()
    }

    /// The form with a value in a field; fields of several values are given once for each.
    pub fn with(mut self, field: &str, value: impl Into<String>) -> FormView {
        self.set(field, value);
        self
    }

    /// Puts a value in a field, beside those that it has.
    pub fn set(&mut self, field: &str, value: impl Into<String>) {
        self.values.push((field.to_owned(), value.into()));
    }

    /// Refuses a field, with the sentence to show. Only the first refusal of a field is kept.
    pub fn refuse(&mut self, field: &str, text: impl Into<String>) {
        if self.error(field).is_none() {
            self.errors.push(FieldError { field: field.to_owned(), text: text.into() });
        }
    }

    /// The first value of a field, empty when it has none.
    pub fn value(&self, field: &str) -> &str {
        self.values.iter().find(|(name, _)| name == field).map_or("", |(_, value)| value)
    }

    /// The value of one part of a field of several boxes: the `day` of `birth_date`, sent as `birth_date.day`.
    pub fn value_of(&self, field: &str, part: &str) -> &str {
        let is_part = |name: &str| name.strip_prefix(field).and_then(|rest| rest.strip_prefix('.')) == Some(part);
        self.values.iter().find(|(name, _)| is_part(name)).map_or("", |(_, value)| value)
    }

    /// Whether a field of choices holds this value.
    pub fn has(&self, field: &str, value: &str) -> bool {
        self.values.iter().any(|(name, held)| name == field && held == value)
    }

    /// The error of a field.
    pub fn error(&self, field: &str) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.text.as_str())
    }

    /// Offers answers under a field; only the first offer is kept.
    pub fn offer(&mut self, offer: Offer) {
        if self.offer_of(&offer.field).is_none() {
            self.offers.push(offer);
        }
    }

    /// What is offered under a field.
    pub fn offer_of(&self, field: &str) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.field == field)
    }

    /// Lets addresses be completed by buttons that send the form to this address.
    pub fn completes_addresses(&mut self, action: impl Into<String>) {
        self.places_at = Some(action.into());
    }

    /// Where the buttons beside an address send the form; none where addresses are not completed.
    pub fn places_at(&self) -> Option<&str> {
        self.places_at.as_deref()
    }

    /// The form without what was refused, for a page that is not finished.
    pub fn without_errors(mut self) -> FormView {
        self.errors.clear();
        self
    }

    /// All errors, in the order in which they were found; find them in the order of the page.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether nothing was refused.
    pub fn is_valid(&self) -> bool {
        self.errors.is_empty()
    }

    /// What a page's title starts with when something was refused, so that a screen reader says it first.
    pub fn title_prefix<'t>(&self, t: &'t Texts) -> &'t str {
        if self.is_valid() { "" } else { t.m("form-error-title-prefix") }
    }

    /// The ids that describe a field, for `aria-describedby`: its hint, its error, or both.
    pub fn described_by(&self, field: &str, has_hint: bool) -> String {
        match (has_hint, self.error(field).is_some()) {
            (true, true) => format!("{field}-hint {field}-error"),
            (true, false) => format!("{field}-hint"),
            (false, true) => format!("{field}-error"),
            (false, false) => String::new(),
        }
    }
}

/// One possible answer of radios, checkboxes or a select.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// What the person reads.
    pub text: String,
    /// An explanation under the answer; empty for none.
    pub hint: String,
}

impl Choice {
    /// An answer without an explanation.
    pub fn new(value: impl Into<String>, text: impl Into<String>) -> Choice {
        Choice { value: value.into(), text: text.into(), hint: String::new() }
    }

    /// The answer with an explanation under it.
    pub fn with_hint(mut self, hint: impl Into<String>) -> Choice {
        self.hint = hint.into();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_field_keeps_its_value_and_its_first_error() {
        let mut form = FormView::new().with("phone", "09x").with("days", "mon").with("days", "tue");
        form.refuse("phone", "Số điện thoại chỉ gồm chữ số");
        form.refuse("phone", "Khác");
        assert_eq!(form.value("phone"), "09x");
        assert_eq!(form.error("phone"), Some("Số điện thoại chỉ gồm chữ số"));
        assert!(form.has("days", "tue") && !form.has("days", "sun"));
        assert_eq!(form.described_by("phone", true), "phone-hint phone-error");
        assert!(!form.is_valid());
    }
}
