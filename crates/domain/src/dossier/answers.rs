//! The answers to an electronic form as a dossier keeps them: what changed, and whether somebody else was there meanwhile.

use super::command::DossierRefusal;
use super::event::Event;
use super::state::Dossier;
use crate::canonical::canonical;
use crate::ids::Hash;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The most answers of a dossier: far above the longest form.
pub const MAX_ANSWERS: usize = 2_000;
/// The most bytes that all answers of a dossier take as JSON.
pub const MAX_ANSWER_BYTES: usize = 400_000;

/// What stands at these paths, as one hash: two people who have seen the same get the same.
pub fn answers_digest<'p>(answers: &BTreeMap<String, Value>, paths: impl Iterator<Item = &'p str>) -> Hash {
    let seen: BTreeMap<&str, &Value> = paths.filter_map(|path| Some((path, answers.get(path)?))).collect();
    Hash::of(canonical(&json!(seen)).as_bytes())
}

pub(super) fn give_answers(
    dossier: &Dossier,
    form_version: &str,
    answers: &BTreeMap<String, Value>,
    seen: Option<Hash>,
) -> Result<Vec<Event>, DossierRefusal> {
    let changes: BTreeMap<String, Value> = answers
        .iter()
        .filter(|(path, answer)| dossier.answers.get(*path).unwrap_or(&Value::Null) != *answer)
        .map(|(path, answer)| (path.clone(), answer.clone()))
        .collect();
    if changes.is_empty() && dossier.form_version.as_deref() == Some(form_version) {
        return Ok(Vec::new());
    }
    let present = answers_digest(&dossier.answers, answers.keys().map(String::as_str));
    if seen.is_some_and(|seen| seen != present) {
        return Err(DossierRefusal::AnswersChanged);
    }
    let mut after = dossier.answers.clone();
    apply(&mut after, &changes);
    if !fits(&after) {
        return Err(DossierRefusal::TooManyAnswers);
    }
    Ok(vec![Event::AnswersGiven { form_version: form_version.to_owned(), changes }])
}

/// Whether a dossier holds so many answers, and such long ones.
pub(super) fn fits(answers: &BTreeMap<String, Value>) -> bool {
    answers.len() <= MAX_ANSWERS && canonical(&json!(answers)).len() <= MAX_ANSWER_BYTES
}

/// Puts changes over answers; null takes one back.
pub(super) fn apply(answers: &mut BTreeMap<String, Value>, changes: &BTreeMap<String, Value>) {
    for (path, answer) in changes {
        if answer.is_null() {
            answers.remove(path);
        } else {
            answers.insert(path.clone(), answer.clone());
        }
    }
}
