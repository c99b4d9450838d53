//! States of dossiers and defects of papers in officers' words.

use domain::dossier::{Defect, Status};
use web::i18n::TextKey;
use web::view::parts::Tone;

/// The name of a state and its colour.
pub(crate) fn status_words(status: Status) -> (TextKey, Tone) {
    match status {
        Status::Draft => (TextKey("status-draft"), Tone::Neutral),
        Status::Filed => (TextKey("status-filed"), Tone::Attention),
        Status::Accepted => (TextKey("status-accepted"), Tone::Active),
        Status::AwaitingSupplement => (TextKey("status-awaiting-supplement"), Tone::Neutral),
        Status::Refused => (TextKey("status-refused"), Tone::Bad),
        Status::Withdrawn => (TextKey("status-withdrawn"), Tone::Neutral),
        Status::Finished => (TextKey("status-finished"), Tone::Good),
        Status::Returned => (TextKey("status-returned"), Tone::Neutral),
    }
}

/// The words for a defect.
pub(crate) fn defect_words(defect: Defect) -> TextKey {
    match defect {
        Defect::Missing => TextKey("defect-missing"),
        Defect::Unreadable => TextKey("defect-unreadable"),
        Defect::Incomplete => TextKey("defect-incomplete"),
        Defect::Wrong => TextKey("defect-wrong"),
        Defect::Expired => TextKey("defect-expired"),
        Defect::Other => TextKey("defect-other"),
    }
}
