//! Reading one dossier, with what happened to it, by those who may.

use domain::codes::DossierCode;
use domain::dossier::{Dossier, Recorded};
use domain::ids::DossierId;
use domain::policy::{Act, Resource, may};
use domain::registers::RegisterQuestion;
use domain::store::StoreItem;
use storage::{dossiers, register_questions, store_items};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// The most questions to registers that are shown of a dossier.
const MOST_QUESTIONS: u32 = 20;

/// A dossier with its log of acts, oldest first.
#[derive(Clone, Debug)]
pub struct DossierWithLog {
    /// The dossier as it stands.
    pub dossier: Dossier,
    /// What happened to it.
    pub log: Vec<Recorded>,
    /// What was kept out of it in its owner's store.
    pub kept: Vec<StoreItem>,
    /// What registers were asked for it, the latest first.
    pub questions: Vec<RegisterQuestion>,
}

/// The filed dossier of this code; not found for those who may not see it.
pub async fn view_dossier(app: &App, ctx: &Ctx, code: &DossierCode) -> Result<DossierWithLog, UsecaseError> {
    let (code, viewer) = (code.clone(), ctx.viewer.clone());
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadDossier, &Resource::from(&dossier))?;
                let log = dossiers::list_events(tx, dossier.id).await?;
                let kept = store_items::list_of_dossier(tx, dossier.id).await?;
                let questions = register_questions::list_of_dossier(tx, dossier.id, MOST_QUESTIONS).await?;
                Ok(DossierWithLog { dossier, log, kept, questions })
            })
        })
        .await
}

/// The dossier of this id, draft or filed; `None` when there is none.
pub(crate) async fn find_by_id(app: &App, ctx: &Ctx, id: DossierId) -> Result<Option<Dossier>, UsecaseError> {
    let viewer = ctx.viewer.clone();
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(dossier) = dossiers::find(tx, id).await? else { return Ok(None) };
                may(&viewer, Act::ReadDossier, &Resource::from(&dossier))?;
                Ok::<_, UsecaseError>(Some(dossier))
            })
        })
        .await
}

/// The filer's own draft, or the filed dossier that it became.
pub async fn find_draft(app: &App, ctx: &Ctx, id: DossierId) -> Result<Dossier, UsecaseError> {
    find_by_id(app, ctx, id).await?.ok_or(UsecaseError::NotFound)
}
