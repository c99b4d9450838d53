//! A client reads what a person has agreed that it may know.

use domain::account::AccountStatus;
use oidc::Scopes;
use oidc::provider::{BearerError, bearer_token};
use storage::oidc_tokens::TokenKind;
use storage::{accounts, oidc_grants, oidc_tokens};

use super::{claims, digest_of, provider};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// Why no claims are given.
#[derive(Debug, thiserror::Error)]
pub enum ClaimsError {
    /// The access token opens nothing.
    #[error(transparent)]
    Bearer(#[from] BearerError),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

/// The claims that the access token in the header `Authorization` opens, as JSON.
///
/// # Errors
/// When it opens nothing.
pub async fn read_claims(app: &App, ctx: &Ctx, authorization: Option<&str>) -> Result<String, ClaimsError> {
    provider(app)?;
    let digest = digest_of(bearer_token(authorization)?);
    let now = ctx.now;
    let claims = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let token = oidc_tokens::find(tx, TokenKind::Access, digest).await?;
                let Some(token) = token.filter(|token| token.expires_at > now) else { return Ok(None) };
                let grant = oidc_grants::find(tx, token.grant).await?;
                let Some(grant) = grant.filter(|grant| grant.ended_at.is_none()) else { return Ok(None) };
                let account = accounts::find(tx, grant.account).await?;
                let Some(account) = account.filter(|account| account.status == AccountStatus::Active) else {
                    return Ok(None);
                };
                let person = claims::person(tx, account).await?;
                Ok::<_, UsecaseError>(Some(person.claims(&Scopes::from(token.scopes))))
            })
        })
        .await?;
    let claims = claims.ok_or(BearerError::Invalid)?;
    Ok(serde_json::Value::Object(claims).to_string())
}
