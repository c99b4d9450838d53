//! A program files a draft, with a key of its own: asked again with the same key, it is told the same, secret included.

use domain::dossier::Dossier;
use domain::ids::{DossierId, Hash};
use domain::policy::{Act, Resource, may};
use storage::{dossiers, filing_keys};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::submit_dossier::submit_dossier;

/// How long a key is known, in milliseconds: whoever lost the answer asks again soon.
pub(crate) const FILING_KEY_MILLIS: i64 = 24 * 60 * 60_000;

/// Why a draft was not filed for this key.
#[derive(Debug, thiserror::Error)]
pub enum FileOnceError {
    /// It was filed before, with another key or without one.
    #[error("the draft was filed before, not with this key")]
    FiledOtherwise(Box<Dossier>),
    /// The rules do not allow it.
    #[error(transparent)]
    Act(#[from] ActError),
}

impl From<UsecaseError> for FileOnceError {
    fn from(error: UsecaseError) -> Self {
        Self::Act(error.into())
    }
}

/// Files the draft for this key of this program.
///
/// # Errors
/// When something is missing, the draft has another version than the one that was `seen`, or was filed before and not with
/// this key.
pub async fn file_once(
    app: &App,
    ctx: &Ctx,
    program: &str,
    key: &str,
    draft: DossierId,
    seen: Option<u64>,
) -> Result<Dossier, FileOnceError> {
    let digest = Hash::of(format!("{program}\0{key}").as_bytes());
    let (viewer, now) = (ctx.viewer.clone(), ctx.now);
    let filed_otherwise = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find(tx, draft).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::FileDossier, &Resource::from(&dossier))?;
                if dossier.is_draft() {
                    filing_keys::insert(tx, draft, digest, now).await?;
                    return Ok(None);
                }
                let is_known = filing_keys::is_known(tx, draft, digest, now.plus_millis(-FILING_KEY_MILLIS)).await?;
                Ok::<_, UsecaseError>((!is_known).then_some(dossier))
            })
        })
        .await?;
    if let Some(dossier) = filed_otherwise {
        return Err(FileOnceError::FiledOtherwise(Box::new(dossier)));
    }
    Ok(submit_dossier(app, ctx, draft, seen).await?)
}
