//! What nobody changes any more: told some days before, then deleted and told again.

use domain::dossier::Dossier;
use domain::ids::{Hash, MessageId};
use domain::time::Instant;
use storage::audit::AuditActor;
use storage::dossiers::{self, IdleDraft};
use storage::{Tx, accounts, messages};

use super::delete::delete;
use super::{DAY_MILLIS, expires_at};
use crate::app::App;
use crate::errors::UsecaseError;
use crate::letters::{DraftNews, Letter, about_draft, send};

/// How many drafts are looked at in one round; the next round is an hour later.
const AT_ONCE: u32 = 500;

/// Tells the filers of drafts that will expire soon, once for each time that a draft is left alone; how many were told.
///
/// # Errors
/// When the database cannot answer.
pub(crate) async fn remind_of_drafts(app: &App, now: Instant) -> Result<u64, UsecaseError> {
    let rules = app.content().rules.drafts;
    let last_change = |days: u32| now.plus_millis(-i64::from(days) * DAY_MILLIS);
    let (from, before) = (last_change(rules.keep_days), last_change(rules.keep_days.saturating_sub(rules.remind_days)));
    let mut told = 0;
    for idle in list(app, from, before).await? {
        let letter = about_draft(app, &idle.draft, DraftNews::ExpiresAt(expires_at(app, idle.changed_at)))?;
        let id = message_id("remind", &idle);
        told +=
            app.db().write(move |tx| Box::pin(async move { tell(tx, &idle.draft, &letter, id, now).await })).await?;
    }
    Ok(told)
}

/// Deletes the drafts that nobody has changed for too long, and tells their filers; how many there were.
///
/// # Errors
/// When the database cannot answer.
pub(crate) async fn expire_drafts(app: &App, now: Instant) -> Result<u64, UsecaseError> {
    let keep_millis = i64::from(app.content().rules.drafts.keep_days) * DAY_MILLIS;
    let before = now.plus_millis(-keep_millis);
    let mut expired = 0;
    for idle in list(app, Instant::from_millis(i64::MIN), before).await? {
        let letter = about_draft(app, &idle.draft, DraftNews::Expired)?;
        let id = message_id("expire", &idle);
        let deleted = app
            .db()
            .write(move |tx| {
                Box::pin(async move {
                    delete(tx, &idle.draft, "expire_draft", AuditActor::System, None, now).await?;
                    tell(tx, &idle.draft, &letter, id, now).await
                })
            })
            .await;
        match deleted {
            Ok(_) => expired += 1,
            // Changed, filed or deleted at this very moment: the next round sees.
            Err(UsecaseError::Conflict) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(expired)
}

async fn list(app: &App, from: Instant, before: Instant) -> Result<Vec<IdleDraft>, UsecaseError> {
    app.db()
        .read(move |tx| Box::pin(async move { Ok(dossiers::list_idle_drafts(tx, from, before, AT_ONCE).await?) }))
        .await
}

/// Writes to the filer unless this very letter was written already; how many were written.
async fn tell(
    tx: &mut Tx<'_>,
    draft: &Dossier,
    letter: &Letter,
    id: MessageId,
    now: Instant,
) -> Result<u64, UsecaseError> {
    let Some(filer) = accounts::find(tx, draft.filer).await? else { return Ok(0) };
    let Some(email) = filer.email.as_ref().filter(|_| can_be_told(&filer)) else { return Ok(0) };
    if messages::find(tx, id).await?.is_some() {
        return Ok(0);
    }
    // Without the dossier, which will be gone.
    send(tx, id, email, letter, None, now).await?;
    Ok(1)
}

/// Whether somebody can still read letters to this account.
fn can_be_told(filer: &domain::account::Account) -> bool {
    filer.status == domain::account::AccountStatus::Active
}

/// The same letter about the same state of a draft has the same identifier: jobs have no randomness of their own.
fn message_id(what: &str, idle: &IdleDraft) -> MessageId {
    let digest = Hash::of(format!("{what} {} {}", idle.draft.id, idle.draft.last_hash).as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest.as_bytes()[..16]);
    MessageId::from_bytes(bytes)
}
