//! Questions and answers between the filer of a dossier and its agency: beside the log, read marks and a notice without content.

use domain::codes::DossierCode;
use domain::dossier::{Actor, Dossier, MAX_REMARKS, Remark, RemarkRefusal, Sentence, Side, may_remark};
use domain::ids::{DossierId, MessageId, RemarkId};
use domain::policy::{Act, DossierFilter, Resource, Viewer, may, visible_dossiers};
use storage::{StorageError, dossiers, remarks};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::{News, tell_filer};

/// The most dossiers that are marked as having something to read.
const MARKED: u32 = 500;

/// How long the same words of the same person count as sent once, in milliseconds.
const REPEAT_MILLIS: i64 = 60 * 60_000;

/// Why a remark was not written.
#[derive(Debug, thiserror::Error)]
pub enum RemarkError {
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[source] RemarkRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for RemarkError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

/// On which side of dossiers somebody stands.
fn side_of(viewer: &Viewer) -> Side {
    match viewer {
        Viewer::Officer { .. } => Side::Desk,
        Viewer::Anonymous | Viewer::TrackingSecretHolder(_) | Viewer::Citizen(_) | Viewer::Representative(_) => {
            Side::Filer
        }
    }
}

/// What was written about the dossier, the oldest first. Whoever may answer has read it now: that side's mark goes.
///
/// # Errors
/// Not found for those who may not see the dossier.
pub async fn list_remarks(app: &App, ctx: &Ctx, code: &DossierCode) -> Result<(Dossier, Vec<Remark>), UsecaseError> {
    let (code, viewer) = (code.clone(), ctx.viewer.clone());
    let (dossier, list) = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::ReadDossier, &Resource::from(&dossier))?;
                let list = remarks::list(tx, dossier.id, MAX_REMARKS as u32).await?;
                Ok::<_, UsecaseError>((dossier, list))
            })
        })
        .await?;
    let side = side_of(&ctx.viewer);
    let latest = list.iter().rev().find(|remark| remark.side != side).map(|remark| remark.written_at);
    let answers = may(&ctx.viewer, Act::WriteRemark, &Resource::from(&dossier)).is_ok();
    if let Some(latest) = latest.filter(|_| answers) {
        let id = dossier.id;
        app.db()
            .write(move |tx| {
                Box::pin(async move { Ok::<_, UsecaseError>(remarks::note_read(tx, id, side, latest).await?) })
            })
            .await?;
    }
    Ok((dossier, list))
}

/// Writes to the other side; `seen` is how many remarks the writer had before them, so that a second press writes nothing.
/// Nor do the same words in the same hour, as long as nobody has answered.
///
/// # Errors
/// When nobody works on the dossier, or too much was written already.
pub async fn write_remark(
    app: &App,
    ctx: &Ctx,
    code: &DossierCode,
    words: Sentence,
    seen: usize,
) -> Result<(), RemarkError> {
    let side = side_of(&ctx.viewer);
    let (writer_id, writer_name) = match &ctx.actor {
        Actor::Account { id, name } | Actor::Representative { id, name, .. } | Actor::Program { id, name, .. } => {
            (id.to_string(), name.clone())
        }
        Actor::Officer { id, name } => (id.to_string(), name.clone()),
        Actor::System => return Err(UsecaseError::SignInFirst.into()),
    };
    let id = RemarkId::from_bytes(ctx.random());
    let mut remark = Remark { id, side, writer_id, writer_name, words, written_at: ctx.now };
    let message = MessageId::from_bytes(ctx.random());
    let (code, viewer, now, work_app) = (code.clone(), ctx.viewer.clone(), ctx.now, app.clone());
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let dossier = dossiers::find_by_code(tx, &code).await?.ok_or(UsecaseError::NotFound)?;
                may(&viewer, Act::WriteRemark, &Resource::from(&dossier)).map_err(UsecaseError::from)?;
                let list = remarks::list(tx, dossier.id, MAX_REMARKS as u32).await?;
                // Whoever goes back and sends again has a form that has seen the first.
                let is_young = |earlier: &&Remark| now.as_millis() - earlier.written_at.as_millis() < REPEAT_MILLIS;
                let unanswered = list.iter().rev().take_while(|earlier| earlier.side == side).filter(is_young);
                let is_repeated = list.iter().skip(seen).chain(unanswered).any(|earlier| {
                    earlier.side == side && earlier.writer_id == remark.writer_id && earlier.words == remark.words
                });
                if is_repeated {
                    return Ok(());
                }
                may_remark(&dossier, &list, side).map_err(RemarkError::Refused)?;
                // Each is later than the one before, so that those of one moment keep their order.
                remark.written_at = list.last().map_or(now, |last| now.max(last.written_at.plus_millis(1)));
                remarks::insert(tx, &dossier, &remark).await?;
                // One notice for several remarks that the filer has not read yet is enough.
                let is_first = list.last().is_none_or(|last| last.side == Side::Filer);
                if side == Side::Desk && is_first {
                    tell_filer(tx, &work_app, &dossier, News::Remark, message, now).await?;
                }
                Ok(())
            })
        })
        .await
}

/// Remarks as they are handed out to whoever takes their data along.
pub(crate) fn remarks_json(list: &[Remark]) -> serde_json::Value {
    let one = |remark: &Remark| {
        serde_json::json!({
            "at": remark.written_at,
            "side": remark.side.as_str(),
            "name": remark.writer_name,
            "text": remark.words.as_str(),
        })
    };
    list.iter().map(one).collect()
}

/// The dossiers in which the viewer's side has something to read, the latest first.
///
/// # Errors
/// When the database cannot answer.
pub async fn find_unread(app: &App, ctx: &Ctx) -> Result<Vec<DossierId>, UsecaseError> {
    let filter = visible_dossiers(&ctx.viewer);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let mut found = Vec::new();
                match filter {
                    DossierFilter::OfAccount(account) => {
                        found = remarks::list_unread_of_account(tx, account, MARKED).await?;
                    }
                    DossierFilter::OfAgencies(scopes) => {
                        let mut agencies: Vec<_> = scopes.into_iter().map(|scope| scope.agency).collect();
                        agencies.sort_unstable();
                        agencies.dedup();
                        for agency in agencies {
                            found.extend(remarks::list_unread_of_agency(tx, &agency, MARKED).await?);
                        }
                    }
                    DossierFilter::Nothing | DossierFilter::One(_) => {}
                }
                Ok(found)
            })
        })
        .await
}
