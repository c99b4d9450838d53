//! A client sends somebody to sign in here: they sign in, agree, and go back with a code.
//!
//! Nothing is stored until there is a code. What the person comes back with from the sign-in page is the request itself,
//! with the moment at which it first came and a mark by which both are known again as our own.

use std::collections::BTreeSet;

use domain::account::AccountStatus;
use domain::ids::{Hash, OidcGrantId, SessionHash};
use domain::time::Instant;
use oidc::provider::{
    AuthorizationRequest, AuthorizeError, Circumstances, Consent, ErrorCode, GRANT_SECONDS, Hint, Next,
    RegisteredClient, Session, ShownError, decide, presented_client,
};
use oidc::{Issuer, Params, Scope, Scopes, Secret};
use storage::oidc_codes::Code;
use storage::oidc_grants::Grant;
use storage::{Tx, accounts, oidc_codes, oidc_consents, oidc_grants, sessions};

use super::{OidcProvider, claims, digest_of, find_client, find_resource, keys, moment, provider};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::hash_of;

/// The parameters that we add: when the request first came, and the mark.
const ASKED_AT: &str = "luc";
const MARK: &str = "dau";
/// How long a request may take from its first coming to its end, in seconds.
const PATIENCE_SECONDS: i64 = 60 * 60;
/// How long a sign-in is remembered that gives no refresh tokens, in seconds: longer than any session lasts.
const KEPT_SECONDS: i64 = 2 * 24 * 60 * 60;

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuthorizeStep {
    /// The person reads why nothing happens.
    Refused(ShownError),
    /// The browser goes to this address of the client.
    Leave(String),
    /// The person signs in and comes back with this query.
    SignIn {
        /// The request, marked.
        query: String,
        /// They are signed in and must sign in anew.
        is_anew: bool,
    },
    /// The person is asked.
    Ask(ConsentQuestion),
}

/// What the person is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsentQuestion {
    /// The client's name in Vietnamese.
    pub client_name: String,
    /// The same in English.
    pub client_name_en: String,
    /// What it would know.
    pub scopes: Scopes,
    /// The portal at which it would act for the person, in Vietnamese and in English; none when it would act nowhere.
    pub resource: Option<(String, String)>,
    /// The request, marked; the answer comes with it.
    pub query: String,
}

/// What the person says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConsentAnswer {
    /// The client may know it.
    Agreed,
    /// It may not.
    Refused,
}

/// Judges a request; with an answer when the person was asked.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider.
pub async fn authorize(
    app: &App,
    ctx: &Ctx,
    query: &str,
    session_token: Option<&str>,
    answer: Option<ConsentAnswer>,
) -> Result<AuthorizeStep, UsecaseError> {
    let provider = provider(app)?;
    let Ok(params) = Params::parse(query) else { return Ok(AuthorizeStep::Refused(ShownError::Malformed)) };
    let client = match presented_client(&params) {
        Ok(client) => client,
        Err(error) => return Ok(AuthorizeStep::Refused(error)),
    };
    let asked_at = asked_at(provider, &params, ctx.now);
    let work = Work {
        app: app.clone(),
        query: marked(provider, &params, asked_at),
        keys: keys::ring(app, ctx.now).await?.published(moment(ctx.now)),
        params,
        asked_at,
        session: session_token.and_then(hash_of),
        answer,
        code: Secret::from_random(ctx.random()),
        grant: OidcGrantId::from_bytes(ctx.random()),
        now: ctx.now,
    };
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let Some(client) = find_client(tx, client.as_str()).await? else {
                    return Ok(AuthorizeStep::Refused(ShownError::UnknownClient));
                };
                work.judge(tx, &client).await
            })
        })
        .await
}

struct Work {
    app: App,
    params: Params,
    query: String,
    keys: oidc::jose::JwkSet,
    asked_at: Instant,
    session: Option<SessionHash>,
    answer: Option<ConsentAnswer>,
    code: Secret,
    grant: OidcGrantId,
    now: Instant,
}

struct SignedIn {
    account: domain::account::Account,
    session: SessionHash,
    at: Instant,
}

impl Work {
    async fn judge(self, tx: &mut Tx<'_>, client: &RegisteredClient) -> Result<AuthorizeStep, UsecaseError> {
        let issuer = provider(&self.app)?.issuer();
        let request = match AuthorizationRequest::read(&self.params, client) {
            Ok(request) => request,
            Err(AuthorizeError::Shown(error)) => return Ok(AuthorizeStep::Refused(error)),
            Err(AuthorizeError::Returned(error)) => return Ok(AuthorizeStep::Leave(error.location(issuer))),
        };
        let resource = match &request.resource {
            Some(resource) => {
                let Some(portal) = find_resource(tx, resource.as_str()).await? else {
                    let error = request.error(ErrorCode::InvalidTarget, "no portal takes tokens as this resource");
                    return Ok(AuthorizeStep::Leave(error.location(issuer)));
                };
                Some((portal.name, portal.name_en))
            }
            None => None,
        };
        let signed_in = self.signed_in(tx).await?;
        if self.answer == Some(ConsentAnswer::Refused) && signed_in.is_some() {
            let error = request.error(ErrorCode::AccessDenied, "the person said no");
            return Ok(AuthorizeStep::Leave(error.location(issuer)));
        }
        let remembered = match &signed_in {
            Some(signed_in) => oidc_consents::find(tx, signed_in.account.id, client.id.as_str()).await?,
            None => None,
        };
        let (remembered, resources) = remembered.unwrap_or_default();
        let remembered = Scopes::from(remembered);
        let asked = request.resource.as_ref().map(Issuer::as_str);
        // What was agreed to for one portal is not agreed to for another.
        let counts = match asked.is_none_or(|asked| resources.split(' ').any(|known| known == asked)) {
            true => remembered.clone(),
            false => remembered.clone().without(Scope::Dossiers),
        };
        let session = signed_in.as_ref().map(|signed_in| Session {
            subject: claims::subject(&signed_in.account),
            signed_in_at: moment(signed_in.at),
            assurance: claims::assurance(signed_in.account.assurance),
        });
        let hint = request.id_token_hint.as_deref().and_then(|token| Hint::read(token, &self.keys, issuer));
        let given = Circumstances {
            session: session.as_ref(),
            consent: match self.answer {
                Some(ConsentAnswer::Agreed) => Consent::GivenNow,
                _ => Consent::Remembered(counts),
            },
            asked_at: moment(self.asked_at),
            hinted_subject: hint.as_ref().map(|hint| hint.subject.as_str()),
            now: moment(self.now),
        };
        Ok(match (decide(&request, client, &given), signed_in) {
            (Next::Return(error), _) => AuthorizeStep::Leave(error.location(issuer)),
            (Next::SignIn, signed_in) => AuthorizeStep::SignIn { query: self.query, is_anew: signed_in.is_some() },
            (Next::AskConsent, _) => AuthorizeStep::Ask(ConsentQuestion {
                client_name: client.name.clone(),
                client_name_en: client.name_en.clone(),
                scopes: request.scopes,
                resource,
                query: self.query,
            }),
            (Next::GiveCode, Some(signed_in)) => {
                if self.answer == Some(ConsentAnswer::Agreed) {
                    let scopes = remembered.with(&request.scopes).to_string();
                    let resources: BTreeSet<&str> = resources.split_whitespace().chain(asked).collect();
                    let resources = resources.into_iter().collect::<Vec<_>>().join(" ");
                    let (account, id) = (signed_in.account.id, client.id.as_str());
                    oidc_consents::upsert(tx, account, id, &scopes, &resources, self.now).await?;
                }
                self.give_code(tx, &request, &signed_in).await?;
                AuthorizeStep::Leave(request.location(issuer, &self.code))
            }
            (Next::GiveCode, None) => return Err(UsecaseError::Broken("a code is given to who is signed in")),
        })
    }

    async fn signed_in(&self, tx: &mut Tx<'_>) -> Result<Option<SignedIn>, UsecaseError> {
        let Some(hash) = self.session else { return Ok(None) };
        let Some(session) = sessions::find(tx, hash, self.now).await? else { return Ok(None) };
        let Some(id) = session.account else { return Ok(None) };
        let account = accounts::find(tx, id).await?.filter(|account| account.status == AccountStatus::Active);
        Ok(account.map(|account| SignedIn { account, session: hash, at: session.created_at }))
    }

    async fn give_code(
        &self,
        tx: &mut Tx<'_>,
        request: &AuthorizationRequest,
        signed_in: &SignedIn,
    ) -> Result<(), UsecaseError> {
        let seconds = if request.scopes.contains(Scope::OfflineAccess) { GRANT_SECONDS } else { KEPT_SECONDS };
        let grant = Grant {
            id: self.grant,
            client: request.client.to_string(),
            account: signed_in.account.id,
            session: signed_in.session,
            session_name: session_name(signed_in.session, request.client.as_str()),
            scopes: request.scopes.to_string(),
            nonce: request.nonce.clone(),
            signed_in_at: signed_in.at,
            granted_at: self.now,
            ended_at: None,
            resource: request.resource.as_ref().map(ToString::to_string),
        };
        oidc_grants::insert(tx, &grant, self.now.plus_millis(seconds * 1000)).await?;
        let code = Code {
            grant: self.grant,
            redirect_uri: request.redirect_uri.to_string(),
            challenge: Hash::from_bytes(*request.challenge.as_bytes()),
            issued_at: self.now,
            used_at: None,
        };
        oidc_codes::insert(tx, digest_of(self.code.as_str()), &code).await?;
        Ok(())
    }
}

/// A session's name for one client: the same every time, no use for anything else, and not to be known again elsewhere.
fn session_name(session: SessionHash, client: &str) -> String {
    let digest = Hash::of(format!("motcua session name\0{session}\0{client}").as_bytes()).to_string();
    digest[..32].to_owned()
}

/// When this request first came: as marked, when the mark is ours and not too old; else now.
fn asked_at(provider: &OidcProvider, params: &Params, now: Instant) -> Instant {
    let given = |name| params.one(name).ok().flatten();
    let (Some(asked_at), Some(mark)) = (given(ASKED_AT), given(MARK)) else { return now };
    let is_ours = provider.installation_key.is_marked(&to_mark(params, asked_at), mark);
    let asked_at = asked_at.parse().map(Instant::from_millis);
    let is_young = |at: &Instant| (0..=PATIENCE_SECONDS * 1000).contains(&(now.as_millis() - at.as_millis()));
    asked_at.ok().filter(|at| is_ours && is_young(at)).unwrap_or(now)
}

fn marked(provider: &OidcProvider, params: &Params, asked_at: Instant) -> String {
    let asked_at = asked_at.as_millis().to_string();
    let mark = provider.installation_key.mark(&to_mark(params, &asked_at));
    format!("{ASKED_AT}={asked_at}&{MARK}={mark}&{}", params.encoded_without(&[ASKED_AT, MARK]))
}

fn to_mark(params: &Params, asked_at: &str) -> String {
    format!("{asked_at}\0{}", params.encoded_without(&[ASKED_AT, MARK]))
}
