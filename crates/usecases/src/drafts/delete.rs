//! Deleting a draft with everything in it: what is left is one line that says that it happened, and no personal data.

use domain::dossier::{Dossier, DossierRefusal};
use domain::ids::DossierId;
use domain::policy::{Act, Resource, Viewer, may};
use domain::time::Instant;
use storage::audit::{self, AuditActor, AuditLine};
use storage::{Tx, dossiers};

use super::forget_file;
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};

/// What the audit calls the kind of thing.
const DRAFT: &str = "draft";

/// Deletes the draft as its filer asks. One that is gone already is no error.
///
/// # Errors
/// [`DossierRefusal::AlreadyFiled`] when it has been filed meanwhile: then it stays.
pub async fn delete_draft(app: &App, ctx: &Ctx, id: DossierId) -> Result<(), ActError> {
    let (viewer, now, request) = (ctx.viewer.clone(), ctx.now, ctx.request_id.clone());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(draft) = dossiers::find(tx, id).await? else { return Ok(()) };
                may(&viewer, Act::EditDraft, &Resource::from(&draft))?;
                if let Some(code) = draft.code.clone() {
                    return Err(DossierRefusal::AlreadyFiled(code).into());
                }
                let actor = match viewer {
                    Viewer::Citizen(account) => AuditActor::Account(account),
                    Viewer::Representative(acting) => AuditActor::Account(acting.person),
                    Viewer::Anonymous | Viewer::TrackingSecretHolder(_) | Viewer::Officer { .. } => {
                        AuditActor::Anonymous
                    }
                };
                Ok(delete(tx, &draft, "delete_draft", actor, Some(request), now).await?)
            })
        })
        .await
}

/// Deletes it and notes that; its files are forgotten when nothing else has their contents.
pub(super) async fn delete(
    tx: &mut Tx<'_>,
    draft: &Dossier,
    act: &str,
    actor: AuditActor,
    request_id: Option<String>,
    now: Instant,
) -> Result<(), UsecaseError> {
    for hash in dossiers::delete_draft(tx, draft).await? {
        forget_file::enqueue(tx, hash, forget_file::Stage::First, now).await?;
    }
    let line = AuditLine {
        at: now,
        actor,
        act: act.to_owned(),
        subject_kind: DRAFT.to_owned(),
        subject_id: Some(draft.id.to_string()),
        // What it was for and how long its log was: enough to answer for it, and nobody's data.
        basis: Some(format!("{}, {} events", draft.procedure.code, draft.version)),
        request_id,
    };
    Ok(audit::insert(tx, &line).await?)
}
