//! Codes on paper for the day when the telephone is lost.

use domain::account::{BACKUP_CODES, BackupCode};
use domain::ids::Hash;
use domain::time::Instant;
use storage::{Holder, Tx, authenticators, backup_codes};

use super::SecondFactorError;
use super::change::{FactorNotice, check_password};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// Gives the viewer new codes, which nobody sees again; those before no longer work.
pub async fn renew_backup_codes(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
) -> Result<Vec<BackupCode>, SecondFactorError> {
    let holder = check_password(app, ctx, client, password).await?;
    let (now, codes) = (ctx.now, draw_codes(ctx));
    let notice = FactorNotice::draw(
        app,
        ctx,
        "ma du phong cua tai khoan vua duoc cap lai",
        "Mã dự phòng của tài khoản vừa được cấp lại",
    );
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                // Without an app the codes would open nothing.
                if authenticators::find(tx, holder).await?.is_none() {
                    return Ok(Err(SecondFactorError::Unknown));
                }
                store_codes(tx, holder, &codes, now).await?;
                notice.tell(tx, holder, now).await?;
                Ok::<_, UsecaseError>(Ok(codes))
            })
        })
        .await?
}

pub(super) fn draw_codes(ctx: &Ctx) -> Vec<BackupCode> {
    (0..BACKUP_CODES).map(|_| BackupCode::draw(ctx.random())).collect()
}

pub(super) async fn store_codes(
    tx: &mut Tx<'_>,
    holder: Holder,
    codes: &[BackupCode],
    now: Instant,
) -> Result<(), UsecaseError> {
    let digests: Vec<Hash> = codes.iter().map(|code| code.digest(holder.as_bytes())).collect();
    Ok(backup_codes::replace(tx, holder, &digests, now).await?)
}

/// Whether the code is one of the holder's; it is used up.
pub(super) async fn takes_backup_code(tx: &mut Tx<'_>, holder: Holder, typed: &str) -> Result<bool, UsecaseError> {
    match BackupCode::parse(typed) {
        Some(code) => Ok(backup_codes::take(tx, holder, code.digest(holder.as_bytes())).await?),
        None => Ok(false),
    }
}
