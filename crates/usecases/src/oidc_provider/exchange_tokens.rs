//! A client exchanges a code, or a refresh token, for tokens.

use domain::account::{Account, AccountStatus};
use domain::ids::{Hash, OidcGrantId};
use domain::time::Instant;
use oidc::provider::{
    ACCESS_TOKEN_SECONDS, AccessToken, ClientId, CodeGrant, Consequence, Exchange, GrantRefusal, IdToken,
    REFRESH_TOKEN_SECONDS, RESOURCE_TOKEN_SECONDS, RefreshGrant, TokenError, TokenErrorCode, TokenRequest,
    TokenResponse,
};
use oidc::{Address, CodeChallenge, Params, Scope, Scopes, Secret};
use storage::oidc_grants::Grant;
use storage::oidc_tokens::{Token, TokenKind};
use storage::{Tx, accounts, oidc_codes, oidc_grants, oidc_tokens};

use super::{claims, digest_of, find_client, keys, moment, provider};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;

/// What the token endpoint answers.
#[derive(Clone)]
pub struct TokenAnswer {
    /// The status.
    pub status: u16,
    /// The header `WWW-Authenticate`, when the client has not proved who it is.
    pub challenge: Option<&'static str>,
    /// The body, as JSON.
    pub body: String,
}

impl From<TokenError> for TokenAnswer {
    fn from(error: TokenError) -> Self {
        Self { status: error.status(), challenge: error.challenge(), body: error.to_json() }
    }
}

/// Answers a request for tokens, made of the header `Authorization` and a form.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider. What is wrong with the request is an answer.
pub async fn exchange_tokens(
    app: &App,
    ctx: &Ctx,
    authorization: Option<&str>,
    form: &str,
) -> Result<TokenAnswer, UsecaseError> {
    let issuer = provider(app)?.issuer();
    let Ok(form) = Params::parse(form) else {
        let error = TokenError { code: TokenErrorCode::InvalidRequest, description: "more than anybody needs" };
        return Ok(error.into());
    };
    let request = match TokenRequest::read(authorization, &form) {
        Ok(request) => request,
        Err(error) => return Ok(error.into()),
    };
    let ring = keys::ring(app, ctx.now).await?;
    let fresh =
        Fresh { access: Secret::from_random(ctx.random()), refresh: Secret::from_random(ctx.random()), now: ctx.now };
    let (own_access, refresh) = (fresh.access.clone(), fresh.refresh.clone());
    // A refusal commits too: a code that was tried is used up, and one that comes twice ends its sign-in.
    let given = app.db().write(move |tx| Box::pin(async move { fresh.give(tx, request).await })).await?;
    let given = match given {
        Ok(given) => given,
        Err(error) => return Ok(error.into()),
    };
    let key = ring.current(moment(ctx.now)).ok_or(UsecaseError::Broken("a key always signs"))?;
    let (access, expires_in) = match given.resource() {
        None => (own_access, ACCESS_TOKEN_SECONDS),
        Some(resource) => {
            let token = AccessToken {
                issuer,
                resource,
                subject: &claims::subject(&given.account),
                client: &given.client,
                client_name: &given.client_name,
                scopes: &given.scopes,
                id: &own_access,
            };
            (Secret::of(token.sign(key, moment(ctx.now))?), RESOURCE_TOKEN_SECONDS)
        }
    };
    let id_token = IdToken {
        issuer,
        client: &given.client,
        subject: &claims::subject(&given.account),
        nonce: given.grant.nonce.as_deref().filter(|_| given.is_first),
        signed_in_at: moment(given.grant.signed_in_at),
        assurance: claims::assurance(given.account.assurance),
        session: &given.grant.session_name,
        access_token: &access,
    };
    let id_token = id_token.sign(key, moment(ctx.now))?;
    let refresh_token = given.scopes.contains(Scope::OfflineAccess).then_some(&refresh);
    let response =
        TokenResponse { access_token: &access, expires_in, refresh_token, id_token: &id_token, scopes: &given.scopes };
    Ok(TokenAnswer { status: 200, challenge: None, body: response.to_json() })
}

/// Tokens that nobody has yet.
struct Fresh {
    access: Secret,
    refresh: Secret,
    now: Instant,
}

struct Given {
    client: ClientId,
    client_name: String,
    account: Account,
    grant: Grant,
    scopes: Scopes,
    /// The code was exchanged, which happens once.
    is_first: bool,
}

impl Given {
    /// The portal at which the access token opens something; none when it opens claims here.
    fn resource(&self) -> Option<&str> {
        self.grant.resource.as_deref().filter(|_| self.scopes.contains(Scope::Dossiers))
    }
}

type Outcome<T> = Result<Result<T, TokenError>, UsecaseError>;

impl Fresh {
    async fn give(self, tx: &mut Tx<'_>, request: TokenRequest) -> Outcome<Given> {
        let found = find_client(tx, request.credentials.client.as_str()).await?;
        let (client, client_name) = match request.credentials.prove(found.as_ref()) {
            Ok(client) => (client.id.clone(), client.name.clone()),
            Err(error) => return Ok(Err(error)),
        };
        let is_first = matches!(request.exchange, Exchange::Code { .. });
        let redeemed = match &request.exchange {
            Exchange::Code { code, redirect_uri, verifier } => {
                self.redeem_code(tx, &client, code, redirect_uri, verifier).await?
            }
            Exchange::Refresh { token, scopes } => self.redeem_refresh(tx, &client, token, scopes.as_ref()).await?,
        };
        let (grant, scopes) = match redeemed {
            Ok(redeemed) => redeemed,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let account = accounts::find(tx, grant.account).await?;
        let Some(account) = account.filter(|account| account.status == AccountStatus::Active) else {
            return Ok(Err(GrantRefusal::Revoked.into()));
        };
        if request.resource.is_some() && request.resource != grant.resource {
            return Ok(Err(GrantRefusal::OtherResource.into()));
        }
        let given = Given { client, client_name, account, grant, scopes, is_first };
        let (grant, scopes) = (&given.grant, &given.scopes);
        // What opens something elsewhere is signed, and no row of ours.
        if given.resource().is_none() {
            self.store(tx, grant.id, TokenKind::Access, scopes).await?;
        }
        if scopes.contains(Scope::OfflineAccess) {
            // Refreshed for less, the next refresh token still stands for all that was agreed to.
            self.store(tx, grant.id, TokenKind::Refresh, &Scopes::from(grant.scopes.clone())).await?;
        }
        Ok(Ok(given))
    }

    async fn redeem_code(
        &self,
        tx: &mut Tx<'_>,
        client: &ClientId,
        code: &str,
        redirect_uri: &str,
        verifier: &str,
    ) -> Result<Result<(Grant, Scopes), GrantRefusal>, UsecaseError> {
        let digest = digest_of(code);
        let Some(stored) = oidc_codes::find(tx, digest).await? else { return Ok(Err(GrantRefusal::Unknown)) };
        let grant = find_grant(tx, stored.grant).await?;
        let redeemed = CodeGrant {
            client: client_of(&grant)?,
            redirect_uri: Address::parse(&stored.redirect_uri)
                .map_err(|_| UsecaseError::Broken("a code was sent to an address"))?,
            challenge: CodeChallenge::from_bytes(*stored.challenge.as_bytes()),
            issued_at: moment(stored.issued_at),
            is_used: stored.used_at.is_some(),
        };
        let judged = redeemed.redeem(client, redirect_uri, verifier, moment(self.now));
        let judged = match judged {
            Ok(()) if grant.ended_at.is_some() => Err(GrantRefusal::Revoked),
            // Somebody else may have been quicker since it was read.
            Ok(()) if !oidc_codes::use_up(tx, digest, self.now).await? => Err(GrantRefusal::Reused),
            judged => judged,
        };
        self.follow(tx, grant.id, digest, judged.err(), false).await?;
        let scopes = Scopes::from(grant.scopes.clone());
        Ok(judged.map(|()| (grant, scopes)))
    }

    async fn redeem_refresh(
        &self,
        tx: &mut Tx<'_>,
        client: &ClientId,
        token: &str,
        asked: Option<&Scopes>,
    ) -> Result<Result<(Grant, Scopes), GrantRefusal>, UsecaseError> {
        let digest = digest_of(token);
        let Some(stored) = oidc_tokens::find(tx, TokenKind::Refresh, digest).await? else {
            return Ok(Err(GrantRefusal::Unknown));
        };
        let grant = find_grant(tx, stored.grant).await?;
        let redeemed = RefreshGrant {
            client: client_of(&grant)?,
            scopes: Scopes::from(stored.scopes),
            issued_at: moment(stored.issued_at),
            granted_at: moment(grant.granted_at),
            is_used: stored.used_at.is_some(),
            is_revoked: grant.ended_at.is_some(),
        };
        let judged = match redeemed.redeem(client, asked, moment(self.now)) {
            Ok(_) if !oidc_tokens::use_up(tx, digest, self.now).await? => Err(GrantRefusal::Reused),
            judged => judged,
        };
        self.follow(tx, grant.id, digest, judged.as_ref().err().copied(), true).await?;
        Ok(judged.map(|scopes| (grant, scopes)))
    }

    async fn follow(
        &self,
        tx: &mut Tx<'_>,
        grant: OidcGrantId,
        digest: Hash,
        refusal: Option<GrantRefusal>,
        is_token: bool,
    ) -> Result<(), UsecaseError> {
        match refusal.map(GrantRefusal::consequence) {
            Some(Consequence::UseUp) if is_token => drop(oidc_tokens::use_up(tx, digest, self.now).await?),
            Some(Consequence::UseUp) => drop(oidc_codes::use_up(tx, digest, self.now).await?),
            Some(Consequence::RevokeAll) => {
                tracing::warn!(grant = %grant, "A code or a token of a client came twice: its sign-in has ended");
                oidc_grants::end(tx, grant, self.now).await?;
            }
            Some(Consequence::Nothing) | None => {}
        }
        Ok(())
    }

    async fn store(
        &self,
        tx: &mut Tx<'_>,
        grant: OidcGrantId,
        kind: TokenKind,
        scopes: &Scopes,
    ) -> Result<(), UsecaseError> {
        let (secret, seconds) = match kind {
            TokenKind::Access => (&self.access, ACCESS_TOKEN_SECONDS),
            TokenKind::Refresh => (&self.refresh, REFRESH_TOKEN_SECONDS),
        };
        let token = Token {
            grant,
            scopes: scopes.to_string(),
            issued_at: self.now,
            used_at: None,
            expires_at: self.now.plus_millis(seconds * 1000),
        };
        Ok(oidc_tokens::insert(tx, kind, digest_of(secret.as_str()), &token).await?)
    }
}

async fn find_grant(tx: &mut Tx<'_>, id: OidcGrantId) -> Result<Grant, UsecaseError> {
    oidc_grants::find(tx, id).await?.ok_or(UsecaseError::Broken("a code and a token have their sign-in"))
}

fn client_of(grant: &Grant) -> Result<ClientId, UsecaseError> {
    ClientId::parse(&grant.client).map_err(|_| UsecaseError::Broken("a sign-in has its client"))
}
