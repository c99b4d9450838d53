//! A client wishes that the person be signed out here too (OpenID Connect RP-Initiated Logout).

use oidc::Params;
use oidc::provider::{LogoutError, LogoutRequest};
use storage::sessions;

use super::{end_session, find_client, keys, moment, provider};
use crate::app::App;
use crate::ctx::Ctx;
use crate::errors::UsecaseError;
use crate::sessions::hash_of;

/// What happens next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignOutStep {
    /// The person reads why nothing happens.
    Refused(LogoutError),
    /// The person is asked: anybody could have sent them here.
    Ask {
        /// The client's name in Vietnamese and in English, when it is known.
        client: Option<(String, String)>,
        /// The wish; the answer comes with it.
        query: String,
    },
    /// Nobody is signed in any more.
    Done {
        /// Where the person goes, when the client has said so.
        destination: Option<String>,
    },
}

/// Judges a client's wish; `agreed` when the person has pressed the button.
///
/// # Errors
/// [`UsecaseError::NotFound`] when the portal is no provider.
pub async fn sign_out_for_client(
    app: &App,
    ctx: &Ctx,
    query: &str,
    session_token: Option<&str>,
    agreed: Agreed,
) -> Result<SignOutStep, UsecaseError> {
    let issuer = provider(app)?.issuer();
    let keys = keys::ring(app, ctx.now).await?.published(moment(ctx.now));
    let params = Params::parse(query).map_err(|_| LogoutError::Malformed);
    let wish = match params.and_then(|params| Ok((LogoutRequest::read(&params, &keys, issuer)?, params))) {
        Ok(wish) => wish,
        Err(error) => return Ok(SignOutStep::Refused(error)),
    };
    let (session, now) = (session_token.and_then(hash_of), ctx.now);
    app.db()
        .write(move |tx| {
            Box::pin(async move {
                let (wish, params) = wish;
                let client = match &wish.client {
                    Some(id) => find_client(tx, id.as_str()).await?,
                    None => None,
                };
                let destination = match wish.destination(client.as_ref()) {
                    Ok(destination) => destination,
                    Err(error) => return Ok(SignOutStep::Refused(error)),
                };
                let Some(hash) = session else { return Ok(SignOutStep::Done { destination }) };
                let signed_in = sessions::find(tx, hash, now).await?.and_then(|session| session.account);
                let Some(account) = signed_in else { return Ok(SignOutStep::Done { destination }) };
                if agreed == Agreed::NotYet && !wish.is_certain(&account.to_string()) {
                    let client = client.map(|client| (client.name, client.name_en));
                    return Ok(SignOutStep::Ask { client, query: params.encoded_without(&[]) });
                }
                end_session(tx, hash, now).await?;
                Ok(SignOutStep::Done { destination })
            })
        })
        .await
}

/// Whether the person has pressed the button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Agreed {
    /// They have just come.
    NotYet,
    /// They have.
    Yes,
}
