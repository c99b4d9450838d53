//! An app that shows a code every 30 seconds (TOTP, RFC 6238): adding it, and judging its codes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::BackupCode;
use domain::ids::CeremonyId;
use domain::time::Instant;
use storage::authenticators::{self, StoredAuthenticator};
use storage::ceremonies::{self, CeremonyPurpose};
use storage::{Holder, Tx};
use totp_rs::{Builder, Totp};

use super::backup_codes::{draw_codes, store_codes};
use super::change::{FactorNotice, check_password};
use super::{MOST_TRIES, SecondFactorError, begin, holder_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::{self, Browser};

/// Under this name secrets are sealed.
const SEAL: &str = "authenticator";

/// What an app needs to be told.
#[derive(Clone)]
pub struct NewAuthenticator {
    /// Its address, which an app on the same device opens.
    pub address: String,
    /// Its address as a QR code: SVG, without the free edge that the standard asks for.
    pub picture: String,
    /// The secret in groups of four, for typing.
    pub secret: String,
    /// Whether the holder must have one before they get in.
    pub is_first: bool,
}

/// Begins to add an authenticator to the viewer, after the password was checked.
pub async fn begin_authenticator(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
) -> Result<CeremonyId, SecondFactorError> {
    let holder = check_password(app, ctx, client, password).await?;
    let (id, state) = draw(app, ctx)?;
    let now = ctx.now;
    app.db()
        .write(move |tx| Box::pin(begin_owned(tx, id, CeremonyPurpose::AddAuthenticator, holder, state, now)))
        .await?;
    Ok(id)
}

/// A fresh step with a fresh secret.
pub(super) fn draw(app: &App, ctx: &Ctx) -> Result<(CeremonyId, String), UsecaseError> {
    let secret = ctx.random::<20>();
    let state = URL_SAFE_NO_PAD.encode(app.vault().seal(SEAL, &secret)?);
    Ok((CeremonyId::from_bytes(ctx.random()), state))
}

pub(super) async fn begin_owned(
    tx: &mut Tx<'_>,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    holder: Holder,
    state: String,
    now: Instant,
) -> Result<(), UsecaseError> {
    begin(tx, id, purpose, Some(holder), &state, now).await
}

/// What the page shows that adds an authenticator; nothing when there is no such step.
pub async fn find_new_authenticator(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
) -> Result<Option<NewAuthenticator>, UsecaseError> {
    let now = ctx.now;
    let viewer = holder_of(ctx).ok();
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let added = ceremonies::find(tx, id, CeremonyPurpose::AddAuthenticator, now).await?;
                let added = added.filter(|found| found.holder == viewer);
                let first = ceremonies::find(tx, id, CeremonyPurpose::FirstAuthenticator, now).await?;
                let Some(found) = added.or(first) else { return Ok(None) };
                let Some(holder) = found.holder else { return Ok(None) };
                let name = match holder {
                    Holder::Account(id) => storage::accounts::find(tx, id).await?.map(|found| found.login.to_string()),
                    Holder::Officer(id) => storage::officers::find(tx, id).await?.map(|found| found.login_name),
                };
                Ok::<_, UsecaseError>(Some((found, name.unwrap_or_default())))
            })
        })
        .await?;
    let Some((found, name)) = found else { return Ok(None) };
    let is_first = found.purpose == CeremonyPurpose::FirstAuthenticator;
    let Some(totp) = secret_of(app, &found.state).and_then(|secret| totp(app, &name, &secret)) else { return Ok(None) };
    let secret: Vec<char> = totp.secret().to_base32().chars().collect();
    let groups: Vec<String> = secret.chunks(4).map(|group| group.iter().collect()).collect();
    let address = totp.to_url().map_err(|_| UsecaseError::Broken("an authenticator has a name"))?;
    let picture = documents::qr_picture(&address)?;
    Ok(Some(NewAuthenticator { address, picture, secret: groups.join(" "), is_first }))
}

/// The first code of the app adds it to the viewer. Returns the backup codes, which nobody sees again; the other sessions of
/// the holder go on.
pub async fn finish_authenticator(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
    code: &str,
) -> Result<Vec<BackupCode>, SecondFactorError> {
    let viewer = holder_of(ctx)?;
    let (_, codes) = finish(app, ctx, id, CeremonyPurpose::AddAuthenticator, code, Some(viewer)).await?;
    Ok(codes)
}

/// The first code of the app lets an officer in who has to have one: the token of the session, and the backup codes.
pub async fn add_first_authenticator(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
    code: &str,
    browser: Browser<'_>,
) -> Result<(String, Vec<BackupCode>), SecondFactorError> {
    let (holder, codes) = finish(app, ctx, id, CeremonyPurpose::FirstAuthenticator, code, None).await?;
    let token = sessions::open(app, ctx, holder, None, browser).await?;
    Ok((token, codes))
}

async fn finish(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
    purpose: CeremonyPurpose,
    code: &str,
    viewer: Option<Holder>,
) -> Result<(Holder, Vec<BackupCode>), SecondFactorError> {
    let (now, working, typed) = (ctx.now, app.clone(), digits(code));
    let codes = draw_codes(ctx);
    let notice = FactorNotice::draw(
        app,
        ctx,
        "ung dung xac thuc vua duoc them vao tai khoan",
        "Ứng dụng xác thực vừa được thêm vào tài khoản",
    );
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let found = ceremonies::begin_try(tx, id, purpose, now).await?;
                let found = found.filter(|found| viewer.is_none_or(|viewer| found.holder == Some(viewer)));
                let Some((found, holder)) = found.and_then(|found| found.holder.map(|holder| (found, holder))) else {
                    return Ok(Err(SecondFactorError::Unknown));
                };
                if found.tries > MOST_TRIES {
                    ceremonies::delete(tx, id).await?;
                    return Ok(Err(SecondFactorError::Unknown));
                }
                let secret = secret_of(&working, &found.state).ok_or(UsecaseError::Broken("a sealed secret opens"))?;
                let Some(step) = totp(&working, "", &secret).and_then(|totp| totp.check(&typed, seconds(now))) else {
                    return Ok(Err(SecondFactorError::Wrong));
                };
                ceremonies::delete(tx, id).await?;
                let sealed_secret = working.vault().seal(&name_of(holder), &secret)?;
                let stored = StoredAuthenticator { sealed_secret, last_step: step, created_at: now };
                authenticators::replace(tx, holder, &stored).await?;
                store_codes(tx, holder, &codes, now).await?;
                notice.tell(tx, holder, now).await?;
                Ok::<_, UsecaseError>(Ok((holder, codes)))
            })
        })
        .await?
}

/// Whether the code is the present one of the holder's app, and was not taken before.
pub(super) async fn takes_code(
    tx: &mut Tx<'_>,
    app: &App,
    holder: Holder,
    code: &str,
    now: Instant,
) -> Result<bool, UsecaseError> {
    let Some(stored) = authenticators::find(tx, holder).await? else { return Ok(false) };
    let Some(secret) = app.vault().open(&name_of(holder), &stored.sealed_secret) else {
        tracing::error!("An authenticator's secret cannot be decrypted: the portal has another secret than before");
        return Ok(false);
    };
    let step = totp(app, "", &secret).and_then(|totp| totp.check(&digits(code), seconds(now)));
    match step {
        Some(step) => Ok(authenticators::take(tx, holder, step).await?),
        None => Ok(false),
    }
}

fn totp(app: &App, account: &str, secret: &[u8]) -> Option<Totp> {
    let issuer = app.settings().portal_name.replace(':', " ");
    Builder::new().with_secret(secret.to_vec()).with_issuer(Some(issuer)).with_account_name(account).build().ok()
}

fn secret_of(app: &App, state: &str) -> Option<Vec<u8>> {
    app.vault().open(SEAL, &URL_SAFE_NO_PAD.decode(state).ok()?)
}

/// The holder's name in the seal: a secret that is copied to another row opens nothing there.
fn name_of(holder: Holder) -> String {
    let id: String = holder.as_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{SEAL} {id}")
}

/// A code as it is typed may have spaces.
fn digits(code: &str) -> String {
    code.chars().filter(|character| !character.is_whitespace()).take(20).collect()
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.as_millis() / 1000).unwrap_or_default()
}
