//! States of dossiers and roles in officers' words.

use domain::dossier::{Defect, Status};
use domain::policy::Role;
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

/// The name of a role.
pub(crate) fn role_words(role: Role) -> TextKey {
    match role {
        Role::Reception => TextKey("role-reception"),
        Role::Processing => TextKey("role-processing"),
        Role::DivisionHead => TextKey("role-division-head"),
        Role::Leader => TextKey("role-leader"),
        Role::Clerk => TextKey("role-clerk"),
        Role::Finance => TextKey("role-finance"),
        Role::ProcedureControl => TextKey("role-procedure-control"),
        Role::TechnicalAdmin => TextKey("role-technical-admin"),
        Role::Inspector => TextKey("role-inspector"),
        Role::Administrator => TextKey("role-administrator"),
    }
}
