//! The filer withdraws a dossier (rút hồ sơ): possible until there is a result, and nothing follows.

use domain::dossier::{Command, Dossier, DossierRefusal, Sentence};
use domain::ids::DossierId;
use domain::policy::Act;

use crate::act::{Order, Step, act};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::{ActError, UsecaseError};
use crate::letters::News;
use crate::view_dossier::find_by_id;

/// Withdraws the dossier; one that is withdrawn already is returned as it is.
///
/// # Errors
/// When there is a result, or the dossier was refused.
pub async fn withdraw_dossier(app: &App, ctx: &Ctx, id: DossierId, reason: Sentence) -> Result<Dossier, ActError> {
    let command = Order::Ready(Command::Withdraw { reason });
    match act(app, ctx, id, Step { act: Act::WithdrawDossier, command, news: Some(News::Withdrawn) }).await {
        Err(ActError::Refused(DossierRefusal::AlreadyWithdrawn)) => {
            Ok(find_by_id(app, ctx, id).await?.ok_or(UsecaseError::NotFound)?)
        }
        result => result,
    }
}
