//! What the holder of an account has let clients know, and taking it back.

use domain::ids::AccountId;
use domain::policy::Viewer;
use domain::time::Instant;
use oidc::Scopes;
use storage::{oidc_consents, oidc_grants};

use super::{find_client, find_resource, provider};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// What a client may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnConsent {
    /// Its name in the protocol.
    pub client: String,
    /// Its name in Vietnamese.
    pub client_name: String,
    /// The same in English.
    pub client_name_en: String,
    /// What it may know.
    pub scopes: Scopes,
    /// The portals at which it may act for its holder, each in Vietnamese and in English.
    pub resources: Vec<(String, String)>,
    /// Since when.
    pub given_at: Instant,
}

/// What the viewer has agreed to, the latest first.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider.
pub async fn list_own_consents(app: &App, ctx: &Ctx) -> Result<Vec<OwnConsent>, UsecaseError> {
    provider(app)?;
    let id = own(ctx)?;
    app.db()
        .read(move |tx| {
            Box::pin(async move {
                let mut consents = Vec::new();
                for consent in oidc_consents::list_of_account(tx, id).await? {
                    let client = find_client(tx, &consent.client).await?;
                    let mut resources = Vec::new();
                    for resource in consent.resources.split_whitespace() {
                        let portal = find_resource(tx, resource).await?;
                        let names = portal.map(|portal| (portal.name, portal.name_en));
                        resources.push(names.unwrap_or_else(|| (resource.to_owned(), resource.to_owned())));
                    }
                    let name = |name: Option<&String>| name.unwrap_or(&consent.client).clone();
                    consents.push(OwnConsent {
                        client_name: name(client.as_ref().map(|client| &client.name)),
                        client_name_en: name(client.as_ref().map(|client| &client.name_en)),
                        scopes: Scopes::from(consent.scopes),
                        resources,
                        given_at: consent.given_at,
                        client: consent.client,
                    });
                }
                Ok(consents)
            })
        })
        .await
}

/// Takes back what the viewer has agreed to for this client: what it was given opens nothing any more, and it asks before
/// it is given anything again. Nothing happens when there is no such consent.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider.
pub async fn withdraw_consent(app: &App, ctx: &Ctx, client: &str) -> Result<(), UsecaseError> {
    provider(app)?;
    let (id, client, now) = (own(ctx)?, client.to_owned(), ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                oidc_consents::delete(tx, id, &client).await?;
                Ok(oidc_grants::end_of_client(tx, id, &client, now).await?)
            })
        })
        .await
}

fn own(ctx: &Ctx) -> Result<AccountId, UsecaseError> {
    match ctx.viewer {
        Viewer::Citizen(id) => Ok(id),
        _ => Err(UsecaseError::SignInFirst),
    }
}
