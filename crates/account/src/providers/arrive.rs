//! The visitor comes back from a provider.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use usecases::login_providers::{Arrival, FinishError, Returned, finish_provider_sign_in};
use web::cookies::find_cookie;
use web::errors::{WebError, chain};
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::view::page::Page;
use web::visitor::Visitor;

use super::cookie_name;
use crate::answer::{html_with, redirect_signed_in};
use crate::sign_in::leading_on;

#[derive(Template)]
#[template(path = "account/providers/failed.html")]
struct FailedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    reason: TextKey,
}

pub(super) async fn from_provider(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(provider): Path<String>,
    headers: HeaderMap,
    uri: Uri,
) -> Result<Response, WebError> {
    let returned = Returned {
        provider: &provider,
        query: uri.query().unwrap_or_default(),
        cookie: find_cookie(&headers, cookie_name(&portal)),
        previous_token: visitor.session_token(),
        device: &visitor.device,
    };
    let error = match finish_provider_sign_in(portal.app(), &visitor.ctx, returned).await {
        Ok(Arrival::SignedIn { token, way_back }) => {
            return Ok(redirect_signed_in(&portal, &visitor, &token, way_back.as_deref().unwrap_or("/")));
        }
        Ok(Arrival::ProveAccount { id }) => {
            return Ok(Redirect::to(&format!("/dang-nhap/lien-ket/{id}")).into_response());
        }
        Err(FinishError::Usecase(error)) => return Err(error.into()),
        Err(error) => error,
    };
    let (status, reason) = match &error {
        FinishError::Declined { way_back } => {
            return Ok(Redirect::to(&leading_on("/dang-nhap", way_back.as_deref())).into_response());
        }
        FinishError::Unknown => (StatusCode::BAD_REQUEST, TextKey("sso-failed-unknown")),
        FinishError::TooLittle => (StatusCode::FORBIDDEN, TextKey("sso-failed-too-little")),
        FinishError::NotOffered => (StatusCode::FORBIDDEN, TextKey("sso-failed-not-offered")),
        FinishError::Unconfirmed => (StatusCode::FORBIDDEN, TextKey("sso-failed-unconfirmed")),
        FinishError::NotUsable => (StatusCode::FORBIDDEN, TextKey("sso-failed-not-usable")),
        FinishError::Provider(_) | FinishError::Usecase(_) => (StatusCode::BAD_GATEWAY, TextKey("sso-failed-provider")),
    };
    if matches!(error, FinishError::Provider(_)) {
        tracing::warn!(provider, error = %chain(&error), "A provider is not believed");
    }
    failed(&portal, &visitor, status, reason)
}

/// Says why nobody was signed in, and what to do.
pub(super) fn failed(
    portal: &Portal,
    visitor: &Visitor,
    status: StatusCode,
    reason: TextKey,
) -> Result<Response, WebError> {
    html_with(status, &FailedPage { page: visitor.page(portal), t: visitor.texts(), reason })
}
