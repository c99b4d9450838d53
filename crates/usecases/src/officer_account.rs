//! What officers do with their own account: look at it, change the password, end sessions.

use domain::account::composed_password;
use domain::ids::{OfficerId, SessionHash};
use domain::policy::Viewer;
use storage::audit::{self, AuditActor, AuditLine};
use storage::officers::{self, Officer};
use storage::{officer_sessions, sessions as rows};

use crate::app::App;
use crate::change_account::ChangeError;
use crate::ctx::Ctx;
use crate::enrol_officer::SUBJECT;
use crate::errors::UsecaseError;
use crate::limits;
use crate::sessions::{OpenSession, hash_of};

/// The officer's own account.
#[derive(Clone, Debug)]
pub struct OfficerAccount {
    /// Their name.
    pub name: String,
    /// The name to sign in with.
    pub login: String,
    /// Where they are signed in, the latest used first.
    pub sessions: Vec<OpenSession>,
}

/// The account of the officer who looks.
pub async fn view_officer_account(app: &App, ctx: &Ctx) -> Result<OfficerAccount, UsecaseError> {
    let (id, now) = (officer_of(ctx)?, ctx.now);
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let officer = officers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                let sessions = officer_sessions::list(tx, id, now).await?;
                Ok(OfficerAccount { name: officer.name, login: officer.login_name, sessions })
            })
        })
        .await
}

/// Sets another password; every other session of the officer ends.
pub async fn change_officer_password(
    app: &App,
    ctx: &Ctx,
    client: &str,
    present: &str,
    wanted: &str,
    session: Option<&str>,
) -> Result<(), ChangeError> {
    let id = officer_of(ctx)?;
    let tried = limits::check_sign_in(app, ctx, client, &id.to_string()).await?;
    let officer = app
        .db()
        .read(move |tx| Box::pin(async move { officers::find(tx, id).await?.ok_or(UsecaseError::NotFound) }))
        .await?;
    let stored = Some(officer.password_hash.as_str());
    let fits = app.passwords().verify(&composed_password(present), stored).await.map_err(UsecaseError::from)?;
    if !fits {
        return Err(ChangeError::WrongPassword);
    }
    let password_hash =
        app.passwords().hash(&composed_password(wanted), ctx.random()).await.map_err(UsecaseError::from)?;
    let kept = session.and_then(hash_of);
    let line = AuditLine {
        at: ctx.now,
        actor: AuditActor::Officer(id),
        act: "change_password".to_owned(),
        subject_kind: SUBJECT.to_owned(),
        subject_id: Some(id.to_string()),
        basis: None,
        request_id: Some(ctx.request_id.clone()).filter(|id| !id.is_empty()),
    };
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                tried.forgive(tx).await?;
                let present = officers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
                officers::update(tx, &Officer { password_hash, ..present }).await?;
                match kept {
                    Some(kept) => officer_sessions::delete_others(tx, id, kept).await?,
                    None => rows::delete_of_officer(tx, id).await?,
                }
                Ok::<_, ChangeError>(audit::insert(tx, &line).await?)
            })
        })
        .await
}

/// Ends one session of the officer; one that is gone, or another's, changes nothing.
pub async fn end_officer_session(app: &App, ctx: &Ctx, hash: SessionHash) -> Result<(), UsecaseError> {
    let id = officer_of(ctx)?;
    app.db().write(move |tx| Box::pin(async move { Ok(officer_sessions::delete_one(tx, hash, id).await?) })).await
}

/// Ends all sessions of the officer but the one of this token.
pub async fn end_other_officer_sessions(app: &App, ctx: &Ctx, token: &str) -> Result<(), UsecaseError> {
    let id = officer_of(ctx)?;
    let kept = hash_of(token).ok_or(UsecaseError::SignInFirst)?;
    app.db().write(move |tx| Box::pin(async move { Ok(officer_sessions::delete_others(tx, id, kept).await?) })).await
}

fn officer_of(ctx: &Ctx) -> Result<OfficerId, UsecaseError> {
    match ctx.viewer {
        Viewer::Officer { id, .. } => Ok(id),
        _ => Err(UsecaseError::SignInFirst),
    }
}
