//! The job that tells a client that a session has ended (OpenID Connect Back-Channel Logout).

use domain::ids::OidcGrantId;
use domain::time::Instant;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderValue};
use http::{Method, Request};
use oidc::Secret;
use oidc::provider::{ClientId, LogoutToken};
use storage::oidc_grants;

use super::{find_client, keys, moment, provider};
use crate::app::App;
use crate::errors::UsecaseError;
use crate::jobs::Outcome;

pub(crate) const KIND: &str = "tell_client";

pub(crate) async fn run(app: &App, payload: &str, now: Instant) -> Outcome {
    let Ok(grant) = OidcGrantId::parse(payload) else { return Outcome::Fail("the payload is no sign-in".into()) };
    let request = match request(app, grant, now).await {
        Ok(Some(request)) => request,
        // The client is gone, or no longer wants to be told.
        Ok(None) => return Outcome::Done,
        Err(error) => return Outcome::Retry(error.to_string()),
    };
    match app.single_sign_on().fetcher.fetch(request).await {
        // OpenID Connect Back-Channel Logout, 2.8: 200; some answer 204.
        Ok(answer) if answer.status().is_success() => Outcome::Done,
        Ok(answer) if answer.status() == 400 => Outcome::Fail("the client does not believe the token".into()),
        Ok(answer) => Outcome::Retry(format!("the client answers with status {}", answer.status().as_u16())),
        Err(error) => Outcome::Retry(error.to_string()),
    }
}

async fn request(app: &App, grant: OidcGrantId, now: Instant) -> Result<Option<Request<Vec<u8>>>, UsecaseError> {
    let found = app
        .db()
        .read(move |tx| {
            Box::pin(async move {
                let Some(grant) = oidc_grants::find(tx, grant).await? else { return Ok(None) };
                let client = find_client(tx, &grant.client).await?;
                Ok::<_, UsecaseError>(client.and_then(|client| client.backchannel_logout_uri).map(|to| (grant, to)))
            })
        })
        .await?;
    let Some((grant, address)) = found else { return Ok(None) };
    let ring = keys::ring(app, now).await?;
    let key = ring.current(moment(now)).ok_or(UsecaseError::Broken("a key always signs"))?;
    let token = LogoutToken {
        issuer: provider(app)?.issuer(),
        client: &ClientId::parse(&grant.client).map_err(|_| UsecaseError::Broken("a sign-in has its client"))?,
        subject: &grant.account.to_string(),
        session: &grant.session_name,
        id: &Secret::of(format!("{}-{}", grant.id, moment(now).as_seconds())),
    };
    let body = format!("logout_token={}", token.sign(key, moment(now))?);
    let mut request = Request::new(body.into_bytes());
    *request.method_mut() = Method::POST;
    *request.uri_mut() =
        address.as_str().parse().map_err(|_| UsecaseError::Broken("an address is one to both libraries"))?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    Ok(Some(request))
}
