//! `/can-bo/ho-so/{code}/du-thao/{name}`: the letters of a dossier's case, as drafts.

use ::procedures::{Letter, LetterKind};
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::Dossier;
use domain::policy::{Act, Resource, may};
use usecases::{draft_letter, letters_of_case};
use web::answers::words;
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::visitor::Visitor;

use crate::dossier::parse;

/// A letter of the case.
pub(crate) struct LetterLine<'a> {
    pub(crate) name: &'a str,
    pub(crate) title: &'a str,
    pub(crate) kind: TextKey,
    /// What the officer fills in.
    pub(crate) blanks: String,
}

/// The letters of the case, when the officer may see their drafts.
pub(crate) fn letter_lines<'a>(
    portal: &'a Portal,
    visitor: &Visitor,
    dossier: &Dossier,
    t: &Texts,
) -> Vec<LetterLine<'a>> {
    if may(&visitor.ctx.viewer, Act::DraftLetter, &Resource::from(dossier)).is_err() {
        return Vec::new();
    }
    let line = |letter: &'a Letter| LetterLine {
        name: &letter.name,
        title: words(&letter.title, t),
        kind: match letter.kind {
            LetterKind::Result => TextKey("office-letter-result"),
            LetterKind::Refusal => TextKey("office-letter-refusal"),
        },
        blanks: letter.blanks.iter().map(|blank| words(&blank.title, t)).collect::<Vec<_>>().join("; "),
    };
    letters_of_case(portal.app(), dossier).into_iter().map(line).collect()
}

pub(crate) async fn draft(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, WebError> {
    visitor.officer()?;
    let code = parse(&code)?;
    let letter = name.strip_suffix(".pdf").ok_or(WebError::NotFound)?;
    let bytes = draft_letter(portal.app(), &visitor.ctx, &code, letter).await?;
    Ok(web::files::made(bytes, "application/pdf", &format!("{code}-du-thao-{name}")))
}
