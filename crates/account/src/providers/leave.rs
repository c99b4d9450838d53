//! The visitor has chosen a provider and is sent there.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::login_providers::{Leaving, StartError, start_provider_sign_in};
use usecases::sessions::SignedIn;
use web::cookies::find_cookie;
use web::errors::{WebError, chain};
use web::fields::Fields;
use web::i18n::TextKey;
use web::portal::Portal;
use web::visitor::Visitor;

use super::arrive::failed;
use super::{cookie_name, with_cookie};
use crate::sign_in::back_of;

/// Whoever comes from the nation's portal, signed in there (R50), is signed in here by it; whoever says no chooses for
/// themselves on the sign-in page.
pub(super) async fn handed_over(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, WebError> {
    let provider = portal.app().single_sign_on().login_providers.first().map(|provider| provider.id.clone());
    match provider.filter(|_| !matches!(visitor.signed_in, Some(SignedIn::Account(_)))) {
        Some(provider) => leave(&portal, &visitor, &provider, &headers, &uri).await,
        None => Ok(Redirect::to(back_of(&uri).as_deref().unwrap_or("/")).into_response()),
    }
}

pub(super) async fn to_provider(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(provider): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, WebError> {
    leave(&portal, &visitor, &provider, &headers, &uri).await
}

async fn leave(
    portal: &Portal,
    visitor: &Visitor,
    provider: &str,
    headers: &HeaderMap,
    uri: &Uri,
) -> Result<Response, WebError> {
    let (back, cookie) = (back_of(uri), find_cookie(headers, cookie_name(portal)));
    let (way_back, language, client) = (back.as_deref(), visitor.locale.code(), visitor.client.as_str());
    let anew = Fields::of_query(uri.query()).text("moi") == "1";
    let leaving = Leaving { way_back, cookie, language, client, anew };
    match start_provider_sign_in(portal.app(), &visitor.ctx, provider, leaving).await {
        Ok(departure) => {
            let response = Redirect::to(&departure.address).into_response();
            Ok(with_cookie(portal, response, &departure.cookie))
        }
        Err(StartError::Unknown) => Err(WebError::NotFound),
        Err(StartError::Provider(error)) => {
            tracing::warn!(provider, error = %chain(&error), "A provider cannot be asked");
            failed(portal, visitor, StatusCode::SERVICE_UNAVAILABLE, TextKey("sso-failed-unreachable"))
        }
        Err(StartError::Usecase(error)) => Err(error.into()),
    }
}
