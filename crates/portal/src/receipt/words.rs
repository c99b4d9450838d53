//! Fields and digests of receipts as people read them.

use domain::codes::{PhoneNumber, ProcedureCode};
use domain::ids::Hash;
use domain::partial_date::PartialDate;
use domain::receipt::OpenedField;
use domain::time::Instant;
use forms::{Form, Question};
use serde_json::Value;
use web::answers::{answer_words, words};
use web::i18n::{TextKey, Texts};
use web::portal::Portal;

/// The words for the fields of a receipt: those of every dossier, and those of its procedure's form.
pub(super) struct FieldWords<'a> {
    t: &'a Texts,
    form: Option<&'a Form>,
}

impl<'a> FieldWords<'a> {
    /// The words for receipts of this procedure, in the version that was filed.
    pub(super) fn of(portal: &'a Portal, procedure: &str, version: Option<&str>, t: &'a Texts) -> Self {
        let code = ProcedureCode::parse(procedure).ok();
        let own = code.zip(version).and_then(|(code, version)| portal.app().content().version_named(&code, version));
        Self { t, form: own.map(|own| &*own.form) }
    }

    /// The question whose answer stands at this path; none for a part of a table.
    fn question(&self, path: &str) -> Option<&'a Question> {
        self.form?.field(path.strip_prefix("/answers/")?)
    }

    /// What a field is called; one that has no name of its own is called by its path.
    pub(super) fn name(&self, path: &str) -> String {
        if let (Some(form), Some(question)) = (self.form, self.question(path)) {
            let page = form.page_of(question).map(|page| words(&page.title, self.t)).unwrap_or_default();
            return format!("{page}: {}", words(&question.title, self.t));
        }
        field_name(path, self.t)
    }

    /// What was entered, in words where the program has chosen a word for it.
    pub(super) fn value(&self, field: &OpenedField) -> String {
        match self.question(&field.path) {
            Some(question) => answer_words(question, &field.value, self.t),
            None => field_value(field, self.t),
        }
    }
}

fn field_name(path: &str, t: &Texts) -> String {
    let key = match path {
        "/owner/relation_to_filer" => TextKey("owner-relation"),
        "/owner/kind" => TextKey("owner-kind"),
        "/owner/full_name" => TextKey("owner-full-name"),
        "/owner/number" => TextKey("owner-number"),
        "/owner/birth_date" => TextKey("owner-birth-date"),
        "/owner/phone" => TextKey("owner-phone"),
        "/owner/email" => TextKey("owner-email"),
        "/owner/address" => TextKey("owner-address"),
        "/owner/commune" => TextKey("receipt-field-commune"),
        "/delivery/way" => TextKey("delivery-title"),
        "/delivery/name" => TextKey("delivery-post-name"),
        "/delivery/phone" => TextKey("receipt-field-delivery-phone"),
        "/delivery/address" => TextKey("delivery-post-address-title"),
        "/filer" | "/filer/name" => TextKey("receipt-field-filer"),
        "/filer/acts_for" => TextKey("receipt-field-acts-for"),
        "/filer/through" => TextKey("receipt-field-through"),
        "/files" => TextKey("filing-files-title"),
        "/answers" => TextKey("answers-title"),
        _ => return file_place(path).map_or_else(|| path.to_owned(), |n| t.f("receipt-field-file", [("n", n.into())])),
    };
    t.k(key).to_owned()
}

fn field_value(field: &OpenedField, t: &Texts) -> String {
    let key = match (field.path.as_str(), field.value.as_str()) {
        ("/owner/relation_to_filer", Some("self_owner")) => TextKey("owner-relation-self"),
        ("/owner/relation_to_filer", Some("on_behalf")) => TextKey("owner-relation-behalf"),
        ("/owner/relation_to_filer", Some("by_mandate")) => TextKey("owner-relation-mandate"),
        ("/owner/kind", Some("citizen")) => TextKey("owner-kind-citizen"),
        ("/owner/kind", Some("organisation")) => TextKey("owner-kind-organisation"),
        ("/delivery/way", Some("online")) => TextKey("delivery-online"),
        ("/delivery/way", Some("at_desk")) => TextKey("delivery-desk"),
        ("/delivery/way", Some("by_post")) => TextKey("delivery-post"),
        _ => match &field.value {
            Value::Null => TextKey("value-missing"),
            Value::Array(_) | Value::Object(_) => TextKey("receipt-value-empty"),
            Value::Bool(true) => TextKey("receipt-value-yes"),
            Value::Bool(false) => TextKey("receipt-value-no"),
            Value::String(text) if text.is_empty() => TextKey("value-missing"),
            Value::String(text) => return written(&field.path, text),
            Value::Number(number) => return number.to_string(),
        },
    };
    t.k(key).to_owned()
}

/// Days and telephone numbers as people write them.
fn written(path: &str, text: &str) -> String {
    match path {
        "/owner/birth_date" => {
            PartialDate::parse(text).map(|date| date.vietnamese()).unwrap_or_else(|_| text.to_owned())
        }
        "/owner/phone" | "/delivery/phone" => {
            PhoneNumber::parse(text).map(|phone| phone.national()).unwrap_or_else(|_| text.to_owned())
        }
        _ => text.to_owned(),
    }
}

/// The name of the file in this place, from 0, when it is among the fields that are shown.
pub(super) fn file_name(opened: &[OpenedField], place: usize) -> Option<&str> {
    let path = format!("/files/{place}/name");
    opened.iter().find(|field| field.path == path)?.value.as_str()
}

/// The beginning of a digest, to be compared by eye: `9f86 d081 884c 7d65`.
pub(super) fn short(digest: Hash) -> String {
    let hex = digest.to_string();
    [&hex[..4], &hex[4..8], &hex[8..12], &hex[12..16]].join(" ")
}

/// A moment of a manifest as pages write it; one that is none as it stands there.
pub(super) fn moment(text: &str) -> String {
    Instant::parse_iso(text).map_or_else(|| text.to_owned(), |at| at.vietnamese())
}

fn file_place(path: &str) -> Option<u64> {
    let place: u64 = path.strip_prefix("/files/")?.strip_suffix("/name")?.parse().ok()?;
    place.checked_add(1)
}
