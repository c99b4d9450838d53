//! A client wishes that the person be signed out here too. Unless it can show whose session it is, the person is asked.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use oidc::provider::LogoutError;
use usecases::oidc_provider::{Agreed, SignOutStep, sign_out_for_client};
use web::errors::WebError;
use web::form::Form;
use web::i18n::{Locale, TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use super::authorize::address_of_form;
use super::query;
use crate::answer::{html_with, without_session};
use crate::moving_on::lead_on;

#[derive(Template)]
#[template(path = "account/oidc/sign_out.html")]
struct SignOutPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    client: Option<String>,
    action: String,
}

#[derive(Template)]
#[template(path = "account/oidc/sign_out_refused.html")]
struct RefusedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    reason: TextKey,
}

pub(super) async fn begin(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let token = visitor.session_token();
    let step = sign_out_for_client(portal.app(), &visitor.ctx, query(&uri), token, Agreed::NotYet).await?;
    match step {
        SignOutStep::Done { destination } => {
            let address = destination.unwrap_or_else(|| "/dang-xuat".to_owned());
            Ok(without_session(&portal, Redirect::to(&address).into_response()))
        }
        SignOutStep::Ask { client, query } => {
            let client = client.map(|(name, name_en)| match visitor.locale {
                Locale::Vi => name,
                Locale::En => name_en,
            });
            let action = format!("/oidc/dang-xuat?{query}");
            html(&SignOutPage { page: visitor.page(&portal), t: visitor.texts(), client, action })
        }
        SignOutStep::Refused(error) => refuse(&portal, &visitor, error),
    }
}

/// A wish may also come as a form of another site; nothing is done with it but to open the same as a page.
pub(super) async fn take_post(body: String) -> Result<Response, WebError> {
    Ok(Redirect::to(&address_of_form(super::ENDPOINTS.end_session, &body)?).into_response())
}

/// The person has pressed the button.
pub(super) async fn agree(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let token = visitor.session_token();
    match sign_out_for_client(portal.app(), &visitor.ctx, query(&uri), token, Agreed::Yes).await? {
        SignOutStep::Done { destination: Some(address) } => {
            Ok(without_session(&portal, lead_on(&portal, &visitor, &address)?))
        }
        SignOutStep::Done { destination: None } | SignOutStep::Ask { .. } => {
            Ok(without_session(&portal, Redirect::to("/dang-xuat").into_response()))
        }
        SignOutStep::Refused(error) => refuse(&portal, &visitor, error),
    }
}

fn refuse(portal: &Portal, visitor: &Visitor, error: LogoutError) -> Result<Response, WebError> {
    let reason = match error {
        LogoutError::Malformed => TextKey("sso-refused-malformed"),
        LogoutError::OtherClient => TextKey("sso-refused-client"),
        LogoutError::UnknownRedirect => TextKey("sso-refused-address"),
    };
    html_with(StatusCode::BAD_REQUEST, &RefusedPage { page: visitor.page(portal), t: visitor.texts(), reason })
}
