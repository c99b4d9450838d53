//! Sessions end, and the clients that know of them are told.

use domain::ids::{AccountId, SessionHash};
use domain::time::Instant;
use oidc::{Scope, Scopes};
use storage::{Tx, jobs, oidc_grants, sessions};

use super::{find_client, tell_client};
use crate::errors::UsecaseError;

/// Ends a session, and has its clients told; ending one that is gone already is fine.
pub(crate) async fn end_session(tx: &mut Tx<'_>, session: SessionHash, now: Instant) -> Result<(), UsecaseError> {
    let holder = sessions::find(tx, session, now).await?.and_then(|session| session.account);
    sessions::delete(tx, session).await?;
    match holder {
        Some(account) => tell_clients(tx, account, now).await,
        None => Ok(()),
    }
}

/// Has the clients told about sessions of this account that are gone: for every act that ends sessions, after it did.
pub(crate) async fn tell_clients(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<(), UsecaseError> {
    let mut told = Vec::new();
    for grant in oidc_grants::list_untold(tx, account).await? {
        if !oidc_grants::note_told(tx, grant.id, now).await? {
            continue;
        }
        // What was given for the time when the person is away outlives the session.
        if !Scopes::from(grant.scopes).contains(Scope::OfflineAccess) {
            oidc_grants::end(tx, grant.id, now).await?;
        }
        // Who signed in twice in one session is signed out once.
        if told.contains(&grant.session_name) {
            continue;
        }
        let client = find_client(tx, &grant.client).await?;
        if client.is_some_and(|client| client.backchannel_logout_uri.is_some()) {
            jobs::enqueue(tx, tell_client::KIND, &grant.id.to_string(), now).await?;
        }
        told.push(grant.session_name);
    }
    Ok(())
}

/// Ends everything that clients have been given for this account, also for the time when the person is away: somebody else
/// may have known the password.
pub(crate) async fn end_everything(tx: &mut Tx<'_>, account: AccountId, now: Instant) -> Result<(), UsecaseError> {
    tell_clients(tx, account, now).await?;
    Ok(oidc_grants::end_of_account(tx, account, now).await?)
}
