//! Passkeys (WebAuthn): adding one, and signing in with one instead of number, password and code.

use domain::ids::CeremonyId;
use storage::ceremonies::{self, CeremonyPurpose};
use storage::passkeys::{self, StoredPasskey};
use storage::{Holder, Tx, accounts, officers};
use webauthn_rs::prelude::{
    CreationChallengeResponse, DiscoverableAuthentication, Passkey, PasskeyRegistration, PublicKeyCredential,
    RegisterPublicKeyCredential, Uuid,
};

use super::change::{FactorNotice, check_password};
use super::{SecondFactorError, begin, holder_of};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits;
use crate::sessions::{self, Browser};
use crate::sign_in::sign_out;

/// The longest name of a passkey, in characters.
const NAME_MAX: usize = 60;
/// The longest answer of a key that is read, in bytes.
const ANSWER_MAX: usize = 20_000;

/// A begun step with what the page's script hands to the browser.
#[derive(Clone)]
pub struct PasskeyPage {
    /// The step.
    pub id: CeremonyId,
    /// `PublicKeyCredentialCreationOptions` or `…RequestOptions` as JSON.
    pub options: String,
}

/// What is remembered between the question to a key and its answer.
#[derive(serde::Serialize, serde::Deserialize)]
struct Asked<S> {
    options: serde_json::Value,
    state: S,
}

/// Begins to add a passkey to the viewer, after the password was checked.
pub async fn begin_passkey(
    app: &App,
    ctx: &Ctx,
    client: &str,
    password: &str,
) -> Result<CeremonyId, SecondFactorError> {
    let holder = check_password(app, ctx, client, password).await?;
    let party = app.relying_party().ok_or(UsecaseError::NotFound)?.clone();
    let (id, now) = (CeremonyId::from_bytes(ctx.random()), ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let (login, name) = names_of(tx, holder).await?;
                let own = passkeys::list(tx, holder).await?;
                let known = own.iter().filter_map(|stored| serde_json::from_str::<Passkey>(&stored.credential).ok());
                let known = known.map(|passkey| passkey.cred_id().clone()).collect();
                let user = Uuid::from_bytes(*holder.as_bytes());
                let begun = party.webauthn().start_passkey_registration(user, &login, &name, Some(known));
                let (options, state) = begun.map_err(refused)?;
                let asked = Asked { options: discoverable(options)?, state };
                begin(tx, id, CeremonyPurpose::AddPasskey, Some(holder), &serde_json::to_string(&asked)?, now).await
            })
        })
        .await?;
    Ok(id)
}

/// The step that adds a passkey to the viewer, for its page.
pub async fn find_passkey_page(app: &App, ctx: &Ctx, id: CeremonyId) -> Result<Option<PasskeyPage>, UsecaseError> {
    let (viewer, now) = (holder_of(ctx)?, ctx.now);
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(
                async move { Ok::<_, UsecaseError>(ceremonies::find(tx, id, CeremonyPurpose::AddPasskey, now).await?) },
            )
        })
        .await?;
    let Some(found) = found.filter(|found| found.holder == Some(viewer)) else { return Ok(None) };
    let asked: Asked<serde_json::Value> = serde_json::from_str(&found.state)?;
    Ok(Some(PasskeyPage { id, options: asked.options.to_string() }))
}

/// The key's answer adds it to the viewer under a name of theirs.
pub async fn finish_passkey(
    app: &App,
    ctx: &Ctx,
    id: CeremonyId,
    name: &str,
    answer: &str,
) -> Result<(), SecondFactorError> {
    let (viewer, now) = (holder_of(ctx)?, ctx.now);
    let party = app.relying_party().ok_or(UsecaseError::NotFound)?.clone();
    let answer = read::<RegisterPublicKeyCredential>(answer)?;
    let name: String = name.chars().take(NAME_MAX).collect();
    let notice = FactorNotice::draw(
        app,
        ctx,
        "mot khoa truy cap vua duoc them vao tai khoan",
        "Một khóa truy cập vừa được thêm vào tài khoản",
    );
    let written = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = ceremonies::find(tx, id, CeremonyPurpose::AddPasskey, now).await?;
                let Some(found) = found.filter(|found| found.holder == Some(viewer)) else {
                    return Ok(Err(SecondFactorError::Unknown));
                };
                // A question is asked once, whatever is answered.
                if !ceremonies::delete(tx, id).await? {
                    return Ok(Err(SecondFactorError::Unknown));
                }
                let asked: Asked<PasskeyRegistration> = serde_json::from_str(&found.state)?;
                let Ok(passkey) = party.webauthn().finish_passkey_registration(&answer, &asked.state) else {
                    return Ok(Err(SecondFactorError::Wrong));
                };
                let stored = StoredPasskey {
                    id: id_text(passkey.cred_id()),
                    holder: viewer,
                    name,
                    credential: serde_json::to_string(&passkey)?,
                    created_at: now,
                    used_at: None,
                };
                passkeys::insert(tx, &stored).await?;
                notice.tell(tx, viewer, now).await?;
                Ok::<_, UsecaseError>(Ok(()))
            })
        })
        .await;
    match written {
        Err(UsecaseError::Storage(error)) if error.is_constraint(passkeys::PASSKEY_TAKEN) => {
            Err(SecondFactorError::Taken)
        }
        written => written?,
    }
}

/// Asks whichever key the visitor has.
pub async fn begin_passkey_sign_in(app: &App, ctx: &Ctx, client: &str) -> Result<PasskeyPage, UsecaseError> {
    limits::check_passkey_question(app, ctx, client).await?;
    let party = app.relying_party().ok_or(UsecaseError::NotFound)?;
    let (question, state) = party.webauthn().start_discoverable_authentication().map_err(refused)?;
    let options = public_key_of(serde_json::to_value(&question)?)?;
    let page = PasskeyPage { id: CeremonyId::from_bytes(ctx.random()), options: options.to_string() };
    let (id, now, state) = (page.id, ctx.now, serde_json::to_string(&state)?);
    app.db()
        .write(move |tx| {
            Box::pin(async move { begin(tx, id, CeremonyPurpose::PasskeySignIn, None, &state, now).await })
        })
        .await?;
    Ok(page)
}

/// What the browser brings to sign in with a passkey.
#[derive(Clone, Copy)]
pub struct PasskeySignIn<'a> {
    /// The step.
    pub id: CeremonyId,
    /// The key's answer as JSON.
    pub answer: &'a str,
    /// Officers sign in at their own door.
    pub is_officer: bool,
    /// The session that the browser has already; it ends when the new one begins.
    pub previous_token: Option<&'a str>,
    /// The browser.
    pub browser: Browser<'a>,
}

/// The key's answer opens a session; returns its token. A key that checks its holder (a finger, a face, a PIN) is two
/// factors in one, so no code follows.
pub async fn finish_passkey_sign_in(
    app: &App,
    ctx: &Ctx,
    input: PasskeySignIn<'_>,
) -> Result<String, SecondFactorError> {
    let (id, now, is_officer) = (input.id, ctx.now, input.is_officer);
    let party = app.relying_party().ok_or(UsecaseError::NotFound)?.clone();
    let answer = read::<PublicKeyCredential>(input.answer)?;
    let judged = app
        .db()
        .write(move |tx| {
            Box::pin(async move {
                let found = ceremonies::find(tx, id, CeremonyPurpose::PasskeySignIn, now).await?;
                let Some(found) = found else { return Ok(Err(SecondFactorError::Unknown)) };
                if !ceremonies::delete(tx, id).await? {
                    return Ok(Err(SecondFactorError::Unknown));
                }
                let state: DiscoverableAuthentication = serde_json::from_str(&found.state)?;
                let Ok((user, credential)) = party.webauthn().identify_discoverable_authentication(&answer) else {
                    return Ok(Err(SecondFactorError::Wrong));
                };
                let stored = passkeys::find(tx, &id_text(credential)).await?;
                let Some(stored) = stored.filter(|stored| stored.holder.as_bytes() == user.as_bytes()) else {
                    return Ok(Err(SecondFactorError::Wrong));
                };
                if stored.holder.officer().is_some() != is_officer || !may_sign_in(tx, stored.holder).await? {
                    return Ok(Err(SecondFactorError::Wrong));
                }
                let mut passkey: Passkey = serde_json::from_str(&stored.credential)?;
                let checked = party.webauthn().finish_discoverable_authentication_v2(&answer, state, &passkey);
                let Ok(result) = checked else { return Ok(Err(SecondFactorError::Wrong)) };
                passkey.update_credential(&result);
                passkeys::note_use(tx, &stored.id, &serde_json::to_string(&passkey)?, now).await?;
                Ok::<_, UsecaseError>(Ok(stored.holder))
            })
        })
        .await?;
    let token = sessions::open(app, ctx, judged?, None, input.browser).await?;
    if let Some(previous) = input.previous_token {
        sign_out(app, ctx, previous).await?;
    }
    Ok(token)
}

async fn may_sign_in(tx: &mut Tx<'_>, holder: Holder) -> Result<bool, UsecaseError> {
    Ok(match holder {
        Holder::Account(id) => accounts::find(tx, id).await?.is_some_and(|account| sessions::is_active(&account)),
        Holder::Officer(id) => officers::find(tx, id).await?.is_some_and(|officer| officer.is_active),
    })
}

/// What a key shows beside itself: the name to sign in with, and the holder's name.
async fn names_of(tx: &mut Tx<'_>, holder: Holder) -> Result<(String, String), UsecaseError> {
    Ok(match holder {
        Holder::Account(id) => {
            let account = accounts::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
            (account.login.to_string(), account.name.to_string())
        }
        Holder::Officer(id) => {
            let officer = officers::find(tx, id).await?.ok_or(UsecaseError::NotFound)?;
            (officer.login_name, officer.name)
        }
    })
}

/// The options of a key that is found without a number being typed first.
fn discoverable(options: CreationChallengeResponse) -> Result<serde_json::Value, UsecaseError> {
    let mut options = public_key_of(serde_json::to_value(&options)?)?;
    let selection = options
        .get_mut("authenticatorSelection")
        .and_then(serde_json::Value::as_object_mut)
        .ok_or(UsecaseError::Broken("the options of a passkey say which keys fit"))?;
    selection.insert("residentKey".to_owned(), "required".into());
    selection.insert("requireResidentKey".to_owned(), true.into());
    Ok(options)
}

fn public_key_of(mut options: serde_json::Value) -> Result<serde_json::Value, UsecaseError> {
    Ok(options.get_mut("publicKey").ok_or(UsecaseError::Broken("a question to a key is about public keys"))?.take())
}

fn read<T: serde::de::DeserializeOwned>(answer: &str) -> Result<T, SecondFactorError> {
    if answer.len() > ANSWER_MAX {
        return Err(SecondFactorError::Wrong);
    }
    serde_json::from_str(answer).map_err(|_| SecondFactorError::Wrong)
}

fn id_text(credential: impl AsRef<[u8]>) -> String {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(credential)
}

fn refused(error: webauthn_rs::prelude::WebauthnError) -> UsecaseError {
    tracing::error!(%error, "Passkeys cannot be asked for");
    UsecaseError::Broken("a question to a key can be asked")
}
