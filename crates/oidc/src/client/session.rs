//! The whole way of a sign-in through a provider; how machines are asked is the caller's affair.

use std::error::Error;
use std::future::Future;

use http::header::{ACCEPT, HeaderValue};
use http::{Request, Response};

use super::callback::CallbackError;
use super::exchange::{ExchangeError, read_tokens, token_request};
use super::id_token::{Expected, IdTokenError, VerifiedIdToken, read_id_token};
use super::metadata::{MetadataError, ProviderMetadata};
use super::registration::Registration;
use super::sign_in::Pending;
use super::userinfo::{Claims, UserinfoError, read_userinfo, userinfo_request};
use crate::address::Issuer;
use crate::client::MOST_BYTES;
use crate::jose::{JwkSet, JwsError};
use crate::params::Params;
use crate::secret::Secret;
use crate::time::UnixTime;

/// A provider as it was last heard of. Kept for a while; asked for again when a token is signed by an unknown key.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Where its endpoints are.
    pub metadata: ProviderMetadata,
    /// Its keys.
    pub keys: JwkSet,
}

/// Somebody who has signed in through a provider.
#[derive(Clone, Debug)]
pub struct Identity {
    /// The provider.
    pub issuer: Issuer,
    /// What the signed token says of who it is.
    pub token: VerifiedIdToken,
    /// What the provider says of them.
    pub claims: Claims,
    /// The signed token itself, to be shown when they sign out.
    pub id_token: Secret,
    /// The provider's keys, when they had to be asked for again.
    pub fresh_keys: Option<JwkSet>,
}

/// Why another machine could not be asked.
#[derive(Debug, thiserror::Error)]
pub enum FetchError {
    /// It could not be reached.
    #[error("cannot reach the provider")]
    Unreachable(#[source] Box<dyn Error + Send + Sync>),
    /// It answers something else.
    #[error("the provider answers with status {0}")]
    Status(u16),
    /// Its document is not believed.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// Its keys cannot be read.
    #[error("keys that cannot be read")]
    Keys(#[source] serde_json::Error),
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The answer in the browser is not taken.
    #[error(transparent)]
    Callback(#[from] CallbackError),
    /// The code gave nothing.
    #[error(transparent)]
    Exchange(#[from] ExchangeError),
    /// The ID token is not believed.
    #[error(transparent)]
    IdToken(#[from] IdTokenError),
    /// The claims are not taken.
    #[error(transparent)]
    Userinfo(#[from] UserinfoError),
    /// The provider could not be asked.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Asks a provider about itself. `fetch` sends a request, follows no redirects, and bounds time and size.
///
/// # Errors
/// When it cannot be reached or is not believed.
pub async fn discover<F, A, E>(issuer: &Issuer, fetch: F) -> Result<Provider, FetchError>
where
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let document = get(&ProviderMetadata::address(issuer), &fetch).await?;
    let metadata = ProviderMetadata::read(&document, issuer)?;
    let keys = fetch_keys(&metadata, &fetch).await?;
    Ok(Provider { metadata, keys })
}

/// Asks a provider for its keys again.
///
/// # Errors
/// When it cannot be reached, or answers no keys.
pub async fn fetch_keys<F, A, E>(metadata: &ProviderMetadata, fetch: F) -> Result<JwkSet, FetchError>
where
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let document = get(metadata.jwks.as_str(), &fetch).await?;
    JwkSet::read(&document).map_err(FetchError::Keys)
}

/// Takes the answer that a browser brought back and asks the provider for the rest.
///
/// # Errors
/// The first thing that is not believed; then nobody is signed in.
pub async fn finish<F, A, E>(
    registration: &Registration,
    provider: &Provider,
    pending: &Pending,
    answer: &Params,
    now: UnixTime,
    fetch: F,
) -> Result<Identity, SignInError>
where
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let metadata = &provider.metadata;
    if metadata.issuer != registration.issuer {
        return Err(CallbackError::OtherIssuer.into());
    }
    let code = pending.read_callback(answer, metadata, now)?;
    let response = send(&fetch, token_request(registration, metadata, pending, &code)).await?;
    let tokens = read_tokens(&response)?;
    let expected = Expected {
        issuer: &registration.issuer,
        client_id: &registration.client_id,
        algorithms: &registration.algorithms,
        nonce: &pending.nonce,
        access_token: &tokens.access_token,
        max_age: pending.max_age,
        now,
    };
    let mut fresh_keys = None;
    let token = match read_id_token(tokens.id_token.as_str(), &provider.keys, &expected) {
        Err(IdTokenError::Token(JwsError::UnknownKey)) => {
            let keys = fresh_keys.insert(fetch_keys(metadata, &fetch).await?);
            read_id_token(tokens.id_token.as_str(), keys, &expected)?
        }
        judged => judged?,
    };
    let claims = match userinfo_request(metadata, &tokens.access_token) {
        Some(request) => read_userinfo(&send(&fetch, request).await?, &token.subject)?,
        None => Claims::default(),
    };
    let claims = claims.over(token.claims.clone());
    Ok(Identity { issuer: registration.issuer.clone(), token, claims, id_token: tokens.id_token, fresh_keys })
}

async fn get<F, A, E>(address: &str, fetch: &F) -> Result<Vec<u8>, FetchError>
where
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let mut request = Request::new(Vec::new());
    *request.uri_mut() =
        address.parse().map_err(|error: http::uri::InvalidUri| FetchError::Unreachable(error.into()))?;
    request.headers_mut().insert(ACCEPT, HeaderValue::from_static("application/json"));
    let response = send(fetch, request).await?;
    if response.status() != 200 {
        return Err(FetchError::Status(response.status().as_u16()));
    }
    if response.body().len() > MOST_BYTES {
        return Err(FetchError::Metadata(MetadataError::Malformed(None)));
    }
    Ok(response.into_body())
}

async fn send<F, A, E>(fetch: &F, request: Request<Vec<u8>>) -> Result<Response<Vec<u8>>, FetchError>
where
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Result<Response<Vec<u8>>, E>>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    fetch(request).await.map_err(|error| FetchError::Unreachable(error.into()))
}
