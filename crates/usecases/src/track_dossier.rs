//! Looking a dossier up by its code and a secret (R59): the 4 characters printed with it, or the tail of the owner's number.

use domain::codes::DossierCode;
use domain::policy::{Act, Resource, Viewer, may, opens_tracking};
use storage::dossiers;

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::view_dossier::DossierWithLog;

/// Why nothing is shown.
#[derive(Debug, thiserror::Error)]
pub enum TrackError {
    /// Code and secret do not belong together; which of the two is wrong is not told (domain.md §1.8).
    #[error("code and secret do not belong together")]
    Wrong,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// The dossier and its log, for whoever holds the secret.
pub async fn track_dossier(
    app: &App,
    ctx: &Ctx,
    client: &str,
    code: &DossierCode,
    secret: &str,
) -> Result<DossierWithLog, TrackError> {
    let (wanted, given, place, now) = (code.clone(), secret.to_owned(), client.to_owned(), ctx.now);
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                limits::check_track(tx, &place, wanted.as_str(), now).await?;
                let Some(dossier) = dossiers::find_by_code(tx, &wanted).await? else { return Ok(None) };
                if !opens_tracking(&dossier, &given) {
                    return Ok(None);
                }
                may(&Viewer::TrackingSecretHolder(dossier.id), Act::TrackDossier, &Resource::from(&dossier))?;
                let log = dossiers::list_events(tx, dossier.id).await?;
                Ok::<_, UsecaseError>(Some(DossierWithLog { dossier, log, kept: Vec::new(), questions: Vec::new() }))
            })
        })
        .await?;
    match found {
        Some(found) => Ok(found),
        None => {
            limits::count_wrong_secret(app, ctx, client, code.as_str()).await?;
            Err(TrackError::Wrong)
        }
    }
}
