//! Items of the personal store and questions to registers in words: what they are called, who vouches for them, what came.

use domain::registers::{RegisterAnswer, RegisterDifference, RegisterQuestion};
use domain::store::{Citation, NotCitable, Origin, Standing, StoreItem};
use usecases::store::VoidCitation;

use crate::answers::words;
use crate::i18n::{TextKey, Texts};
use crate::portal::Portal;
use crate::view::parts::Tone;

/// What an item is called in the language of the page.
pub fn item_title(portal: &Portal, item: &StoreItem, t: &Texts) -> String {
    let registers = &portal.app().content().whole_procedures.registers;
    let document = item.facts.kind.as_deref().and_then(|kind| registers.document(kind));
    document.map_or_else(|| item.facts.title.clone(), |document| words(&document.title, t).to_owned())
}

/// Who vouches for a file that was cited from the store, and since when.
pub fn citation_words(citation: &Citation, t: &Texts) -> String {
    let args = [("agency", citation.agency.name.as_str().into()), ("day", citation.kept_on.vietnamese().into())];
    match citation.origin {
        Origin::Checked => t.f("store-cited-checked", args),
        Origin::Result => t.f("store-cited-result", args),
    }
}

/// That a cited paper holds no longer, and what to do.
pub fn void_citation_words(cited: &VoidCitation, t: &Texts) -> String {
    let what = [("what", cited.component_name.as_str().into())];
    match cited.why {
        NotCitable::Superseded => t.f("review-cited-superseded", what),
        NotCitable::Expired | NotCitable::OtherKind => t.f("review-cited-expired", what),
    }
}

/// Who checked an item or gave it as a result, and when.
pub fn checked_words(item: &StoreItem, t: &Texts) -> String {
    let args = [
        ("officer", item.officer.name.as_str().into()),
        ("agency", item.agency.name.as_str().into()),
        ("day", item.kept_at.day().vietnamese().into()),
    ];
    match item.origin {
        Origin::Checked => t.f("store-checked-by", args),
        Origin::Result => t.f("store-result-of", args),
    }
}

/// How an item stands, with its colour.
pub fn standing_words(standing: Standing) -> (TextKey, Tone) {
    match standing {
        Standing::Valid => (TextKey("store-valid"), Tone::Good),
        Standing::Expired => (TextKey("store-expired"), Tone::Neutral),
        Standing::Superseded => (TextKey("store-superseded"), Tone::Neutral),
    }
}

/// What is registered otherwise than it was said.
pub fn difference_words(difference: RegisterDifference, t: &Texts) -> &str {
    t.m(match difference {
        RegisterDifference::Name => "population-name",
        RegisterDifference::BirthDate => "population-birth-date",
    })
}

/// What kind of answer came, with what differs.
pub fn answer_words(question: &RegisterQuestion, t: &'static Texts) -> String {
    match question.answer {
        RegisterAnswer::Match => t.m("population-answer-match").to_owned(),
        RegisterAnswer::Unknown => t.m("population-answer-unknown").to_owned(),
        RegisterAnswer::NoAnswer => t.m("population-answer-none").to_owned(),
        RegisterAnswer::Mismatch => {
            let what: Vec<&str> = question.differs.iter().map(|differs| difference_words(*differs, t)).collect();
            t.f("population-answer-mismatch", [("what", what.join(", ").into())])
        }
    }
}
