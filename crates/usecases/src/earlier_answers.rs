//! What the same owner answered in the last dossier of the same procedure, offered again and never filled in silently (R8).

use std::collections::BTreeMap;

use domain::codes::DossierCode;
use domain::dossier::Dossier;
use domain::policy::{Act, Resource, may};
use domain::time::Instant;
use forms::{Kind, Question};
use serde_json::Value;
use storage::dossiers;

use crate::answer_form::{filed_version, version_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// How many of the latest filed dossiers are looked at for one of the same owner.
const LATEST: u32 = 10;

/// The answers of an earlier dossier that can be used again.
#[derive(Clone, Debug, PartialEq)]
pub struct EarlierAnswers {
    /// That dossier's code.
    pub code: DossierCode,
    /// When it was filed.
    pub filed_at: Instant,
    /// By path, as far as the form of today asks for them and says that they last.
    pub answers: BTreeMap<String, Value>,
}

/// The answers of the last dossier that this account has filed for the same owner under the same procedure; none when
/// there is no such dossier, or nothing of it lasts.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_earlier_answers(
    app: &App,
    ctx: &Ctx,
    draft: &Dossier,
) -> Result<Option<EarlierAnswers>, UsecaseError> {
    let Some(number) = draft.owner.as_ref().and_then(|owner| owner.number.clone()) else { return Ok(None) };
    let Some(version) = version_of(app, draft, ctx.now.day()) else { return Ok(None) };
    if !version.form.fields.iter().any(|field| field.is_reusable) {
        return Ok(None);
    }
    let (filer, procedure) = (draft.filer, draft.procedure.code.clone());
    let latest = app
        .db()
        .read(move |tx| {
            Box::pin(
                async move { Ok::<_, UsecaseError>(dossiers::list_filed_like(tx, filer, &procedure, LATEST).await?) },
            )
        })
        .await?;
    let is_owners = |earlier: &Dossier| earlier.owner.as_ref().and_then(|owner| owner.number.as_ref()) == Some(&number);
    let Some(earlier) = latest.into_iter().find(is_owners) else { return Ok(None) };
    may(&ctx.viewer, Act::ReadDossier, &Resource::from(&earlier))?;
    let (Some(before), Some(code), Some(filed_at)) =
        (filed_version(app, &earlier), earlier.code.clone(), earlier.filed_at)
    else {
        return Ok(None);
    };
    let asked = before.form.asked(&earlier.answers);
    let lasting = version.form.fields.iter().filter(|field| field.is_reusable);
    let answers: BTreeMap<String, Value> = lasting
        .filter_map(|field| {
            let answer = asked.answer(&field.path).filter(|answer| is_offered(field, answer))?;
            Some((field.path.clone(), answer.clone()))
        })
        .collect();
    Ok(Some(EarlierAnswers { code, filed_at, answers }).filter(|earlier| !earlier.answers.is_empty()))
}

/// Whether the question still offers this answer.
fn is_offered(field: &Question, answer: &Value) -> bool {
    match &field.kind {
        Kind::One(choices) => choices.iter().any(|choice| answer == choice.value.as_str()),
        _ => true,
    }
}
