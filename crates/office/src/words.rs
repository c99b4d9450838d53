//! States of dossiers in officers' words.

use domain::dossier::Status;
use web::i18n::TextKey;
use web::view::parts::Tone;

/// The name of a state and its colour.
pub(crate) fn status_words(status: Status) -> (TextKey, Tone) {
    match status {
        Status::Draft => (TextKey("status-draft"), Tone::Neutral),
        Status::Filed => (TextKey("status-filed"), Tone::Attention),
        Status::Accepted => (TextKey("status-accepted"), Tone::Active),
        Status::Refused => (TextKey("status-refused"), Tone::Bad),
        Status::Finished => (TextKey("status-finished"), Tone::Good),
        Status::Returned => (TextKey("status-returned"), Tone::Neutral),
    }
}
