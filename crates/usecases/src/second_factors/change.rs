//! What every change of somebody's ways to sign in begins and ends with: the password before, a notice after.

use domain::account::composed_password;
use domain::time::Instant;
use storage::{Holder, Tx, accounts, authenticators, backup_codes, officers, passkeys};

use super::{SecondFactorError, holder_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::letters::Notice;
use crate::limits;

/// Whether something was removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SecondFactorChange {
    /// It was there, and is gone.
    Removed,
    /// It was gone already.
    Nothing,
    /// It is the officer's last way to prove who they are, and officers must have one.
    LastOne,
}

/// Removes one of the viewer's passkeys, after the password was checked.
pub async fn remove_passkey(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
    id: &str,
) -> Result<SecondFactorChange, SecondFactorError> {
    let holder = check_password(app, ctx, client, password).await?;
    let (id, now) = (id.to_owned(), ctx.now);
    let must_keep_one = holder.officer().is_some() && app.settings().officers_need_second_factor;
    let notice = FactorNotice::draw(
        app,
        ctx,
        "mot khoa truy cap vua bi go khoi tai khoan",
        "Một khóa truy cập vừa bị gỡ khỏi tài khoản",
    );
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let own = passkeys::list(tx, holder).await?;
                if !own.iter().any(|stored| stored.id == id) {
                    return Ok(SecondFactorChange::Nothing);
                }
                if must_keep_one && own.len() == 1 && authenticators::find(tx, holder).await?.is_none() {
                    return Ok(SecondFactorChange::LastOne);
                }
                passkeys::delete(tx, &id, holder).await?;
                notice.tell(tx, holder, now).await?;
                Ok::<_, SecondFactorError>(SecondFactorChange::Removed)
            })
        })
        .await
}

/// Removes the viewer's authenticator and backup codes, after the password was checked.
pub async fn remove_authenticator(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
) -> Result<SecondFactorChange, SecondFactorError> {
    let holder = check_password(app, ctx, client, password).await?;
    let now = ctx.now;
    let must_keep_one = holder.officer().is_some() && app.settings().officers_need_second_factor;
    let notice = FactorNotice::draw(
        app,
        ctx,
        "ung dung xac thuc vua bi go khoi tai khoan",
        "Ứng dụng xác thực vừa bị gỡ khỏi tài khoản",
    );
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                if must_keep_one && passkeys::list(tx, holder).await?.is_empty() {
                    return Ok(SecondFactorChange::LastOne);
                }
                if !authenticators::delete(tx, holder).await? {
                    return Ok(SecondFactorChange::Nothing);
                }
                backup_codes::delete_all(tx, holder).await?;
                notice.tell(tx, holder, now).await?;
                Ok::<_, SecondFactorError>(SecondFactorChange::Removed)
            })
        })
        .await
}

/// The viewer, when the password is theirs. Tries are counted as those of signing in are.
pub(super) async fn check_password(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
) -> Result<Holder, SecondFactorError> {
    let holder = holder_of(ctx)?;
    let who: String = holder.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    let tried = limits::check_sign_in(app, ctx, client, &who).await?;
    let stored = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                Ok::<_, UsecaseError>(match holder {
                    Holder::Account(id) => match accounts::find(tx, id).await? {
                        Some(account) => {
                            accounts::find_by_login(tx, &account.login).await?.and_then(|found| found.password_hash)
                        }
                        None => None,
                    },
                    Holder::Officer(id) => officers::find(tx, id).await?.map(|found| found.password_hash),
                })
            })
        })
        .await?;
    let fits =
        app.passwords().verify(&composed_password(password), stored.as_deref()).await.map_err(UsecaseError::from)?;
    if !fits {
        return Err(SecondFactorError::WrongPassword);
    }
    app.db().write(move |tx| Box::pin(async move { tried.forgive(tx).await })).await?;
    Ok(holder)
}

/// Tells a holder that their ways to sign in have changed.
pub(super) struct FactorNotice(Notice);

impl FactorNotice {
    pub(super) fn draw(app: &App, ctx: &Ctx, plain: &str, fact: &str) -> Self {
        Self(Notice::draw(app, ctx, plain, fact))
    }

    /// Officers have no addresses of their own here: what they change stands in the log.
    pub(super) async fn tell(self, tx: &mut Tx<'_>, holder: Holder, now: Instant) -> Result<(), UsecaseError> {
        let Holder::Account(id) = holder else {
            tracing::info!("An officer's ways to sign in were changed");
            return Ok(());
        };
        match accounts::find(tx, id).await? {
            Some(account) => self.0.tell(tx, &account, now).await,
            None => Ok(()),
        }
    }
}
