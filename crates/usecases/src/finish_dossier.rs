//! The officer finishes a dossier with the file of its result.

use domain::dossier::{Command, Dossier};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::attach_file::{AttachError, ComponentRef, ReceivedFile, keep_file};
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;
use crate::sessions::SignedInOfficer;
use crate::view_dossier::find_by_id;

/// The name under which a result stands among the files.
const RESULT: &str = "Kết quả giải quyết";

/// Keeps the file and records that the dossier is finished; without a file the note says what the result is.
pub async fn finish_dossier(
    app: &App,
    ctx: &Ctx,
    officer: &SignedInOfficer,
    id: DossierId,
    file: Option<ReceivedFile>,
    note: Option<String>,
) -> Result<Dossier, AttachError> {
    // The policy is asked before the file is kept, and again by the act itself.
    find_by_id(app, ctx, id).await.map_err(ActError::from)?.ok_or(ActError::Usecase(UsecaseError::NotFound))?;
    let component = ComponentRef { code: None, name: RESULT.into() };
    let results = match file {
        Some(file) => vec![keep_file(ctx, component, file).await?],
        None => Vec::new(),
    };
    let command = Order::Ready(Command::Finish { results, note, officer: officer.reference() });
    Ok(act(app, ctx, id, Step { act: Act::FinishDossier, command, news: Some(News::Finished) }).await?)
}
