//! Reading what the page of a supplement brought, and showing it again.

use std::collections::BTreeMap;

use domain::dossier::{Dossier, Sentence, SentenceError, Subject, Supplement};
use domain::text::TextError;
use forms::{read_entered, write_entered};
use serde_json::Value;
use usecases::{ActError, AttachError, filed_version, supply_file};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::Texts;
use web::portal::Portal;
use web::upload::{UploadedFile, refusal_sentence};
use web::view::form::FormView;
use web::visitor::Visitor;

use super::asked::{file_field, standing_answers, words_field};
use crate::filing::Boxes;

/// What was given for the named items.
pub(super) struct Given {
    /// Answers to questions, by path; null where the answer is the old one.
    pub(super) answers: BTreeMap<String, Value>,
    /// Words by item; none where there are none.
    pub(super) explanations: BTreeMap<u32, Option<Sentence>>,
}

/// Keeps one file for its item, or says beside the box why it is not taken.
pub(super) async fn keep(
    portal: &Portal,
    visitor: &Visitor,
    dossier: &Dossier,
    uploaded: UploadedFile,
    form: &mut FormView,
) -> Result<(), WebError> {
    let count = dossier.open_supplement().map_or(0, |open| open.request.items().len());
    let places = 0..u32::try_from(count).unwrap_or(0);
    let place = places.into_iter().find(|place| file_field(*place) == uploaded.field).ok_or(WebError::NotFound)?;
    let kept = match uploaded.file {
        Ok(file) => supply_file(portal.app(), &visitor.ctx, dossier, place, file).await,
        Err(error) => Err(error),
    };
    match kept {
        Ok(_) => Ok(()),
        Err(AttachError::Act(ActError::Usecase(error))) => Err(error.into()),
        Err(error) => {
            form.refuse(&uploaded.field, refusal_sentence(&error, visitor.texts())?);
            Ok(())
        }
    }
}

/// What the boxes say.
pub(super) fn given(
    portal: &Portal,
    dossier: &Dossier,
    fields: &Fields,
    t: &'static Texts,
    form: &mut FormView,
) -> Given {
    let mut given = Given { answers: BTreeMap::new(), explanations: BTreeMap::new() };
    let Some(open) = dossier.open_supplement() else { return given };
    let own = filed_version(portal.app(), dossier);
    for (place, item) in (0..).zip(open.request.items()) {
        if let Subject::Question { path, .. } = &item.subject
            && let Some(field) = own.and_then(|own| own.form.field(path))
        {
            let entered = read_entered(field, &Boxes(fields)).unwrap_or(Value::Null);
            // The old answer, sent again unchanged, answers nothing.
            let is_new = dossier.answers.get(path) != Some(&entered);
            given.answers.insert(path.clone(), if is_new { entered } else { Value::Null });
        }
        let name = words_field(place);
        let Some(text) = fields.find(&name) else { continue };
        match Sentence::parse(text) {
            Ok(words) => {
                given.explanations.insert(place, Some(words));
            }
            Err(SentenceError::Empty) => {
                given.explanations.insert(place, None);
            }
            Err(error) => {
                form.set(&name, text.chars().filter(|c| !c.is_control() || *c == '\n').take(5_000).collect::<String>());
                form.refuse(&name, refused_words(error, "supplement-words-missing", t));
            }
        }
    }
    given
}

/// Why words are not taken; `missing` is the key for none at all.
pub(crate) fn refused_words(error: SentenceError, missing: &'static str, t: &Texts) -> String {
    match error {
        SentenceError::Empty => t.m(missing).to_owned(),
        SentenceError::Text(TextError::ControlCharacter) => t.m("input-control-character").to_owned(),
        SentenceError::Text(TextError::TooLong { max }) => {
            t.f("input-too-long", [("what", t.m("input-a-text").into()), ("max", max.into())])
        }
    }
}

/// Puts into the boxes what has been given, or what was filed; what was just refused stays.
pub(super) fn fill_in(portal: &Portal, dossier: &Dossier, open: &Supplement, form: &mut FormView) {
    if let Some(own) = filed_version(portal.app(), dossier) {
        for (path, answer) in standing_answers(dossier, open) {
            let Some(field) = own.form.field(&path) else { continue };
            for (name, value) in write_entered(field, &answer) {
                form.set(&name, value);
            }
        }
    }
    for (place, words) in &open.explanations {
        let name = words_field(*place);
        if form.value(&name).is_empty() {
            form.set(&name, words.as_str());
        }
    }
}
