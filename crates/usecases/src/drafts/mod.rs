//! Drafts come to an end: their filer deletes them, or nobody changes them for so long that they expire.

mod delete;
mod expire;
pub(crate) mod forget_file;

pub use delete::delete_draft;
pub(crate) use expire::{expire_drafts, remind_of_drafts};

use domain::ids::DossierId;
use domain::policy::{DossierFilter, visible_dossiers};
use domain::time::Instant;
use storage::dossiers;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

const DAY_MILLIS: i64 = 24 * 60 * 60_000;
/// The most drafts of one account whose last changes are looked up.
const MOST_DRAFTS: u32 = 500;

/// When a draft expires that was changed last at this moment, and is not changed any more.
pub fn expires_at(app: &App, changed_at: Instant) -> Instant {
    changed_at.plus_millis(i64::from(app.content().rules.drafts.keep_days) * DAY_MILLIS)
}

/// When the viewer's drafts were changed last.
///
/// # Errors
/// When the database cannot answer.
pub async fn list_latest_changes(app: &App, ctx: &Ctx) -> Result<Vec<(DossierId, Instant)>, UsecaseError> {
    let DossierFilter::OfAccount(account) = visible_dossiers(&ctx.viewer) else { return Ok(Vec::new()) };
    app.db()
        .read(move |tx| Box::pin(async move { Ok(dossiers::list_latest_changes(tx, account, MOST_DRAFTS).await?) }))
        .await
}
