//! Acting for somebody else: the session stands for the principal as long as the representation is in force.

use domain::account::Account;
use domain::ids::{AccountId, RepresentationId, SessionHash};
use domain::policy::{Acting, Viewer};
use domain::representation::Standing;
use domain::time::Instant;
use storage::{Tx, accounts, representations as rows, sessions};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::register_account::hex;
use crate::sessions::{ActingPerson, SignedInAccount, hash_of, is_active};

/// Lets the session act by this representation and answers its new token; the old one opens nothing from then on, so that
/// no form of before is sent in another's name.
///
/// # Errors
/// [`UsecaseError::NotFound`] when it is not the person's, or not in force.
pub async fn start_acting(app: &App, ctx: &Ctx, token: &str, id: RepresentationId) -> Result<String, UsecaseError> {
    let person = person_of(ctx)?;
    let now = ctx.now;
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let account = accounts::find(tx, person).await?.ok_or(UsecaseError::NotFound)?;
                find_acting(tx, &account, id, now).await
            })
        })
        .await?;
    // Every later request looks again whether it is in force.
    found.ok_or(UsecaseError::NotFound)?;
    rotate(app, ctx, token, person, Some(id)).await
}

/// Lets the session stand for its own holder again; answers its new token.
pub async fn stop_acting(app: &App, ctx: &Ctx, token: &str) -> Result<String, UsecaseError> {
    let person = person_of(ctx)?;
    rotate(app, ctx, token, person, None).await
}

async fn rotate(
    app: &App,
    ctx: &Ctx,
    token: &str,
    person: AccountId,
    representation: Option<RepresentationId>,
) -> Result<String, UsecaseError> {
    let old = hash_of(token).ok_or(UsecaseError::SignInFirst)?;
    let fresh = hex(&ctx.random::<32>());
    let new = SessionHash::of_token(fresh.as_bytes());
    let rotated = app
        .db()
        .write(move |tx| {
            Box::pin(
                async move { Ok::<_, UsecaseError>(sessions::rotate(tx, old, new, person, representation).await?) },
            )
        })
        .await?;
    if rotated { Ok(fresh) } else { Err(UsecaseError::NotFound) }
}

/// Notes that a session no longer acts, once its person was told that the representation has ended.
pub async fn forget_acting(app: &App, ctx: &Ctx, token: &str) -> Result<(), UsecaseError> {
    let Some(hash) = hash_of(token) else { return Ok(()) };
    let now = ctx.now;
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let found = sessions::find(tx, hash, now).await?.and_then(|session| session.representation);
                match found {
                    Some(id) => Ok(sessions::stop_acting(tx, hash, id).await?),
                    None => Ok::<_, UsecaseError>(()),
                }
            })
        })
        .await
}

/// Whom a signed-in person's session stands for: the principal while the representation is in force, else the person.
pub(crate) async fn stand_for(
    tx: &mut Tx<'_>,
    person: Account,
    representation: Option<RepresentationId>,
    now: Instant,
) -> Result<SignedInAccount, UsecaseError> {
    let Some(id) = representation else { return Ok(person.into()) };
    if let Some((principal, acting)) = find_acting(tx, &person, id, now).await? {
        let acting = ActingPerson { acting, name: person.name.to_string() };
        return Ok(SignedInAccount { acting: Some(acting), ..principal.into() });
    }
    let ended = rows::find(tx, id).await?;
    let name = ended.as_ref().and_then(|ended| ended.principal()).map(|party| party.name.to_string());
    Ok(SignedInAccount { acting_ended: Some(name.unwrap_or_default()), ..person.into() })
}

/// The principal and what the person may do for it now.
pub(super) async fn find_acting(
    tx: &mut Tx<'_>,
    person: &Account,
    id: RepresentationId,
    now: Instant,
) -> Result<Option<(Account, Acting)>, UsecaseError> {
    let today = now.day();
    let Some(found) = rows::find(tx, id).await? else { return Ok(None) };
    let is_theirs = found.representative.as_ref().is_some_and(|party| party.id == person.id);
    let Some(principal) = found.principal().filter(|_| is_theirs && found.standing(today) == Standing::InForce) else {
        return Ok(None);
    };
    let Some(account) = accounts::find(tx, principal.id).await?.filter(is_active) else { return Ok(None) };
    let acting = Acting {
        representation: id,
        person: person.id,
        principal: account.id,
        rights: found.rights(today),
        until: found.until(),
    };
    Ok(Some((account, acting)))
}

/// The person who is signed in, whomever they act for at the moment.
pub(super) fn person_of(ctx: &Ctx) -> Result<AccountId, UsecaseError> {
    match &ctx.viewer {
        Viewer::Citizen(id) => Ok(*id),
        Viewer::Representative(acting) => Ok(acting.person),
        _ => Err(UsecaseError::SignInFirst),
    }
}
