//! How the due time of a dossier was found: of the result, or before acceptance of the desk's answer.

use domain::deadline::{DueDate, TimeLimit, TimeUnit};
use domain::dossier::{Dossier, Status};

use crate::app::App;

/// What is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueMatter {
    /// The desk's answer to a dossier that was filed.
    Answer,
    /// The result of an accepted one.
    Return,
}

/// A due time with all that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DerivedDue {
    /// What is due.
    pub matter: DueMatter,
    /// When, and how that was found.
    pub due: DueDate,
}

/// The due time of a dossier with its derivation; none when nothing is due, or when the answer's was counted by other
/// rules than today's, which nobody has kept.
pub fn derive_due(app: &App, dossier: &Dossier) -> Option<DerivedDue> {
    if let Some(due) = &dossier.due {
        return Some(DerivedDue { matter: DueMatter::Return, due: due.clone() });
    }
    if dossier.status != Status::Filed {
        return None;
    }
    let supplemented_at = dossier.supplements.iter().rev().find_map(|supplement| supplement.sent_at);
    let limit = TimeLimit::whole(app.content().rules.answer_within_working_hours, TimeUnit::Hour).ok()?;
    let due = app.due(supplemented_at.or(dossier.filed_at)?, limit);
    (dossier.answer_due_at == Some(due.due_at)).then_some(DerivedDue { matter: DueMatter::Answer, due })
}
