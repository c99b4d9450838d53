//! Owner and delivery as programs send them, read by the same rules as the fields of the pages.

use domain::dossier::{Delivery, Owner};
use domain::time::Day;
use serde_json::Value;
use usecases::sessions::SignedInAccount;
use web::fields::Fields;
use web::filing::{read_delivery, read_owner};
use web::i18n::{TextKey, Texts};
use web::view::form::FormView;

use crate::strict::{Faults, Reader};

/// Names of programs and the fields of the page that stand for them.
const OWNER: [(&str, &str); 7] = [
    ("relation_to_filer", "relation"),
    ("kind", "kind"),
    ("full_name", "full_name"),
    ("number", "number"),
    ("phone", "phone"),
    ("email", "email"),
    ("address", "address"),
];
const DELIVERY: [(&str, &str); 4] =
    [("way", "way"), ("name", "post_name"), ("phone", "post_phone"), ("address", "post_address")];
/// Words of programs and the words of the page that stand for them.
const WORDS: [(&str, &str); 6] = [
    ("self_owner", "self"),
    ("on_behalf", "behalf"),
    ("by_mandate", "mandate"),
    ("at_desk", "desk"),
    ("by_post", "post"),
    ("online", "online"),
];

/// The owner; nothing when something is wrong, which is among the faults then.
pub(super) fn owner_of(
    reader: Reader,
    account: &SignedInAccount,
    t: &'static Texts,
    today: Day,
    faults: &mut Faults,
) -> Option<Owner> {
    let place = reader.place("birth_date");
    let mut reader = reader;
    let mut fields = Fields::default();
    read_birth_date(&mut reader, &mut fields, faults, &place);
    let names = read_fields(reader, &OWNER, &mut fields, faults);
    let (owner, form) = read_owner(&fields, account, t, today);
    tell(&form, &names, &place, faults);
    owner
}

/// The way to receive the result; nothing when something is wrong.
pub(super) fn delivery_of(reader: Reader, t: &'static Texts, faults: &mut Faults) -> Option<Delivery> {
    let mut fields = Fields::default();
    let names = read_fields(reader, &DELIVERY, &mut fields, faults);
    let (delivery, form) = read_delivery(&fields, t);
    tell(&form, &names, "", faults);
    delivery
}

/// The fields of the page with the places at which they stand.
fn read_fields(
    reader: Reader,
    known: &[(&'static str, &'static str)],
    fields: &mut Fields,
    faults: &mut Faults,
) -> Vec<(&'static str, String)> {
    let mut reader = reader;
    let mut places = Vec::new();
    for (name, field) in known {
        places.push((*field, reader.place(name)));
        let Some(text) = reader.text(name, faults) else { continue };
        let is_word = matches!(*field, "relation" | "way");
        let word = WORDS.iter().find(|(word, _)| is_word && *word == text).map(|(_, word)| (*word).to_owned());
        // A word of the page is none of programs.
        let text = word.unwrap_or(if is_word { String::new() } else { text });
        fields.push((*field).to_owned(), text);
    }
    reader.end(faults);
    places
}

/// `YYYY-MM-DD`, `YYYY-MM` or `YYYY`, in the three boxes of the page.
fn read_birth_date(reader: &mut Reader, fields: &mut Fields, faults: &mut Faults, place: &str) {
    match reader.take("birth_date") {
        None | Some(Value::Null) => {}
        Some(Value::String(text)) => {
            let parts = text.split('-');
            for (name, part) in ["year", "month", "day"].into_iter().zip(parts) {
                fields.push(format!("birth_date.{name}"), part.to_owned());
            }
            if text.split('-').count() > 3 {
                faults.refuse(place.to_owned(), TextKey("input-birth-date-wrong"));
            }
        }
        Some(_) => faults.refuse(place.to_owned(), TextKey("api-fault-text")),
    }
}

/// What the rules of the page refuse, at the places of the body.
fn tell(form: &FormView, places: &[(&'static str, String)], birth_date: &str, faults: &mut Faults) {
    for error in form.errors() {
        let place = places.iter().find(|(field, _)| *field == error.field).map(|(_, place)| place.as_str());
        faults.refuse_with(place.unwrap_or(birth_date).to_owned(), error.text.clone());
    }
}
