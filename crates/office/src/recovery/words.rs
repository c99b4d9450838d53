//! States of recoveries, papers, and what happened, in words.

use domain::account::recovery::{PaperKind, RecoveryEvent, RecoveryStatus, Stopper};
use web::i18n::{TextKey, Texts};
use web::view::parts::Tone;

/// The name of a state and its colour.
pub(super) fn status_words(status: RecoveryStatus) -> (TextKey, Tone) {
    match status {
        RecoveryStatus::Proving => (TextKey("desk-status-proving"), Tone::Attention),
        RecoveryStatus::Opened => (TextKey("desk-status-opened"), Tone::Attention),
        RecoveryStatus::Waiting => (TextKey("desk-status-waiting"), Tone::Active),
        RecoveryStatus::Applied => (TextKey("desk-status-applied"), Tone::Good),
        RecoveryStatus::Stopped => (TextKey("desk-status-stopped"), Tone::Bad),
        RecoveryStatus::Lapsed => (TextKey("desk-status-lapsed"), Tone::Neutral),
        RecoveryStatus::Void => (TextKey("desk-status-void"), Tone::Neutral),
    }
}

/// The name of a kind of paper.
pub(super) fn paper_words(kind: PaperKind) -> TextKey {
    match kind {
        PaperKind::IdentityCard => TextKey("desk-paper-card"),
        PaperKind::OldIdentityCard => TextKey("desk-paper-old-card"),
        PaperKind::Passport => TextKey("desk-paper-passport"),
    }
}

/// What happened, and who did it; nobody when time did.
pub(super) fn event_words<'a>(event: &'a RecoveryEvent, t: &'static Texts) -> (&'static str, &'a str) {
    match event {
        RecoveryEvent::Opened { recovery } => (t.m("desk-event-opened"), &recovery.opened_by.name),
        RecoveryEvent::ContactProved { by, .. } => (t.m("desk-event-proved"), &by.name),
        RecoveryEvent::Confirmed { by, .. } => (t.m("desk-event-confirmed"), &by.name),
        RecoveryEvent::Stopped { stopper: Stopper::Officer { officer } } => (t.m("desk-event-stopped"), &officer.name),
        RecoveryEvent::Stopped { stopper: Stopper::Holder } => (t.m("desk-event-stopped-holder"), ""),
        RecoveryEvent::Stopped { stopper: Stopper::OldContact } => (t.m("desk-event-stopped-contact"), ""),
        RecoveryEvent::Applied => (t.m("desk-event-applied"), ""),
        RecoveryEvent::Lapsed => (t.m("desk-event-lapsed"), ""),
        RecoveryEvent::Voided { .. } => (t.m("desk-event-voided"), ""),
    }
}
