//! What people entered, as one JSON value whose leaves become the fields of a receipt.

use crate::canonical::has_plain_numbers;
use crate::dossier::{Actor, Dossier};
use serde_json::{Value, json};

/// Everything that was entered for this dossier, as it was filed by this person. A part that dossiers get later joins here.
///
/// Names of files are among it, since people put their own into them.
pub fn entered(filed: &Dossier, filer: &Actor) -> Value {
    let names: Vec<Value> = filed.attachments.iter().map(|file| json!({ "name": file.file_name })).collect();
    json!({
        "owner": filed.owner,
        "answers": plain(&json!(filed.answers)),
        "delivery": filed.delivery,
        "filer": filer_of(filer),
        "files": names,
    })
}

/// The same with every number that is not whole as its text: programs do not agree about how to write such numbers.
fn plain(value: &Value) -> Value {
    match value {
        Value::Number(number) if !has_plain_numbers(value) => json!(number.to_string()),
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(members) => members.iter().map(|(name, member)| (name.clone(), plain(member))).collect(),
        other => other.clone(),
    }
}

fn filer_of(actor: &Actor) -> Value {
    match actor {
        Actor::System => Value::Null,
        Actor::Account { name, .. } | Actor::Officer { name, .. } => json!({ "name": name }),
        Actor::Representative { name, principal_name, .. } => json!({ "name": name, "acts_for": principal_name }),
    }
}
