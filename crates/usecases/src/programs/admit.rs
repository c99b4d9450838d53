//! A program brings an access token: the portal finds out whose it is, without asking anybody while it knows the keys.

use domain::account::AccountStatus;
use domain::dossier::Actor;
use domain::policy::Viewer;
use domain::time::Instant;
use oidc::client::{AccessTokenError, ExpectedAccess, VerifiedAccess, read_access_token};
use oidc::jose::JwsError;
use oidc::provider::{BearerError, bearer_token};
use oidc::{Issuer, Scope};
use storage::{accounts, linked_identities};

use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::limits::{check_program, check_wrong_token, count_wrong_token};
use crate::login_providers::{LoginProvider, moment};
use crate::sessions::SignedInAccount;

/// A program that acts for the holder of an account.
#[derive(Clone, Debug)]
pub struct AdmittedProgram {
    /// The account here.
    pub account: SignedInAccount,
    /// The program, as the provider names it.
    pub program: String,
    /// The program's name, as people know it.
    pub program_name: String,
}

/// Why a program is not let in.
#[derive(Debug, thiserror::Error)]
pub enum AdmitError {
    /// No token, or one that is not presented in the header.
    #[error(transparent)]
    Bearer(#[from] BearerError),
    /// The token opens nothing here: it is over, for another portal, or no access token at all.
    #[error("the token opens nothing here")]
    Token(#[source] AccessTokenError),
    /// The person has not let the program do this.
    #[error("the token does not hold the scope")]
    Scope,
    /// The person has no account here that belongs to the one at the provider, or it cannot be used.
    #[error("the person has no account here")]
    NoAccount,
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl AdmittedProgram {
    /// Who the policy sees: the person, with no more and no fewer rights.
    pub fn viewer(&self) -> Viewer {
        Viewer::Citizen(self.account.id)
    }

    /// Who the log of acts names.
    pub fn actor(&self) -> Actor {
        Actor::Program {
            id: self.account.id,
            name: self.account.name.clone(),
            program: self.program.clone(),
            program_name: self.program_name.clone(),
        }
    }
}

/// The providers whose access tokens the portal takes.
pub fn authorization_servers(app: &App) -> Vec<Issuer> {
    let trusted = app.single_sign_on().login_providers.iter().filter(|provider| provider.admits_programs);
    trusted.map(|provider| provider.registration.issuer.clone()).collect()
}

/// Whose token stands in the header `Authorization`. Wrong ones are counted by the place from which they come.
///
/// # Errors
/// When it opens nothing here.
pub async fn admit_program(
    app: &App,
    ctx: &Ctx,
    place: &str,
    authorization: Option<&str>,
) -> Result<AdmittedProgram, AdmitError> {
    let token = bearer_token(authorization)?;
    let now = ctx.now;
    let key = place.to_owned();
    app.db().read(move |tx| Box::pin(async move { check_wrong_token(tx, &key, now).await })).await?;
    let admitted = judge(app, now, token).await;
    if let Err(AdmitError::Token(_)) = &admitted {
        count_wrong_token(app, ctx, place).await?;
    }
    admitted
}

/// Counts one thing that the program changes for this person.
///
/// # Errors
/// [`UsecaseError::TooMany`] when there were too many.
pub async fn count_change(app: &App, ctx: &Ctx, admitted: &AdmittedProgram) -> Result<(), UsecaseError> {
    check_program(app, ctx, &admitted.program, admitted.account.id).await
}

async fn judge(app: &App, now: Instant, token: &str) -> Result<AdmittedProgram, AdmitError> {
    let (issuer, access) = verify(app, now, token).await?;
    if !access.scopes.contains(Scope::Dossiers) {
        return Err(AdmitError::Scope);
    }
    let VerifiedAccess { subject, client, client_name, .. } = access;
    let account = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let linked = linked_identities::find(tx, issuer.as_str(), &subject).await?;
                let Some(id) = linked else { return Ok(None) };
                Ok::<_, UsecaseError>(accounts::find(tx, id).await?)
            })
        })
        .await?;
    let account = account.filter(|account| account.status == AccountStatus::Active).ok_or(AdmitError::NoAccount)?;
    Ok(AdmittedProgram { account: account.into(), program: client.to_string(), program_name: client_name })
}

/// By the keys of each provider that may let programs in; usually there is one.
async fn verify(app: &App, now: Instant, token: &str) -> Result<(Issuer, VerifiedAccess), AdmitError> {
    let mut refused = AccessTokenError::Token(JwsError::UnknownKey);
    for provider in app.single_sign_on().login_providers.iter().filter(|provider| provider.admits_programs) {
        match verify_by(app, provider, now, token).await? {
            Ok(access) => return Ok((provider.registration.issuer.clone(), access)),
            Err(AccessTokenError::Token(JwsError::UnknownKey)) => {}
            Err(error) => refused = error,
        }
    }
    Err(AdmitError::Token(refused))
}

async fn verify_by(
    app: &App,
    provider: &LoginProvider,
    now: Instant,
    token: &str,
) -> Result<Result<VerifiedAccess, AccessTokenError>, UsecaseError> {
    let expected = ExpectedAccess {
        issuer: &provider.registration.issuer,
        resource: &app.settings().public_url,
        algorithms: &provider.registration.algorithms,
        now: moment(now),
    };
    let known = provider.ask(app, now).await.map_err(|_| UsecaseError::Unavailable)?;
    match read_access_token(token, &known.keys, &expected) {
        // The provider may have changed its keys since it was asked.
        Err(AccessTokenError::Token(JwsError::UnknownKey)) => {
            let Some(fresh) = provider.ask_keys_again(app, now).await else {
                return Ok(Err(AccessTokenError::Token(JwsError::UnknownKey)));
            };
            Ok(read_access_token(token, &fresh.keys, &expected))
        }
        read => Ok(read),
    }
}
