//! What people entered, as one JSON value whose leaves become the fields of a receipt.

use crate::dossier::{Actor, Attachment, Dossier};
use serde_json::{Value, json};

/// Everything that was entered for this dossier, as it was filed by this person. A part that dossiers get later joins here.
///
/// Names of files are among it, since people put their own into them.
pub fn entered(filed: &Dossier, filer: &Actor) -> Value {
    let named = |file: &Attachment| match &file.citation {
        Some(citation) => json!({ "name": file.file_name, "from_store": citation.item }),
        None => json!({ "name": file.file_name }),
    };
    let names: Vec<Value> = filed.attachments.iter().map(named).collect();
    json!({
        "owner": filed.owner,
        "answers": filed.answers,
        "delivery": filed.delivery,
        "filer": filer_of(filer),
        "files": names,
    })
}

fn filer_of(actor: &Actor) -> Value {
    match actor {
        Actor::System => Value::Null,
        Actor::Account { name, .. } | Actor::Officer { name, .. } => json!({ "name": name }),
        Actor::Program { name, program_name, .. } => json!({ "name": name, "through": program_name }),
        Actor::Representative { name, principal_name, .. } => json!({ "name": name, "acts_for": principal_name }),
    }
}
