//! Where news of a dossier go, for the page that says so.

use domain::codes::{DossierCode, Recipient};
use domain::policy::{Act, Resource, may};
use storage::{accounts, dossiers};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::news_recipient;

/// The confirmed mailbox or telephone to which news of this dossier go; `None` when its filer has neither.
///
/// # Errors
/// Not found for those who may not see the dossier.
pub async fn find_news_recipient(app: &App, ctx: &Ctx, code: &DossierCode) -> Result<Option<Recipient>, UsecaseError> {
    let (code, viewer) = (code.clone(), ctx.viewer.clone());
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadDossier, &Resource::from(&dossier))?;
                let filer = accounts::find(tx, dossier.filer).await?;
                Ok(filer.as_ref().and_then(news_recipient))
            })
        })
        .await
}
