//! Somebody comes from a client: they sign in, are asked in plain words what the client may know, and go back.

use askama::Template;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use oidc::provider::ShownError;
use oidc::{Scope, Scopes};
use usecases::oidc_provider::{AuthorizeStep, ConsentAnswer, ConsentQuestion, authorize};
use web::errors::WebError;
use web::form::Form;
use web::i18n::{Locale, TextKey, Texts};
use web::links::encode;
use web::portal::Portal;
use web::shell::html;
use web::view::page::Page;
use web::visitor::Visitor;

use super::query;
use crate::answer::html_with;
use crate::moving_on::lead_on;

const RESUME: &str = "/oidc/tiep";

#[derive(Template)]
#[template(path = "account/oidc/consent.html")]
struct ConsentPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    client: &'a str,
    /// What the client would know, in plain words.
    told: Vec<String>,
    /// Where it would act for the person; empty when it would act nowhere.
    acts_at: &'a str,
    action: String,
}

#[derive(Template)]
#[template(path = "account/oidc/refused.html")]
struct RefusedPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    reason: TextKey,
}

/// A client's request, as its link or redirect brings it.
pub(super) async fn begin(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let step = authorize(portal.app(), &visitor.ctx, query(&uri), visitor.session_token(), None).await?;
    match step {
        AuthorizeStep::Leave(address) => Ok(Redirect::to(&address).into_response()),
        other => show(&portal, &visitor, other),
    }
}

/// OpenID Connect Core, 3.1.2.1: a request may also come as a form. It comes from another site, so nothing is done with it
/// but to open the same as a page.
pub(super) async fn take_post(body: String) -> Result<Response, WebError> {
    Ok(Redirect::to(&address_of_form(super::ENDPOINTS.authorization, &body)?).into_response())
}

/// The person comes back from signing in.
pub(super) async fn resume(State(portal): State<Portal>, visitor: Visitor, uri: Uri) -> Result<Response, WebError> {
    let step = authorize(portal.app(), &visitor.ctx, query(&uri), visitor.session_token(), None).await?;
    show(&portal, &visitor, step)
}

/// The person has answered.
pub(super) async fn answer(
    State(portal): State<Portal>,
    uri: Uri,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let answer = match fields.text("answer") {
        "agree" => Some(ConsentAnswer::Agreed),
        "refuse" => Some(ConsentAnswer::Refused),
        _ => None,
    };
    let step = authorize(portal.app(), &visitor.ctx, query(&uri), visitor.session_token(), answer).await?;
    show(&portal, &visitor, step)
}

/// The address that asks the same as a form did.
pub(super) fn address_of_form(path: &str, body: &str) -> Result<String, WebError> {
    let params = oidc::Params::parse(body).map_err(|_| WebError::TooLarge)?;
    Ok(format!("{path}?{}", params.encoded_without(&[])))
}

fn show(portal: &Portal, visitor: &Visitor, step: AuthorizeStep) -> Result<Response, WebError> {
    match step {
        AuthorizeStep::Leave(address) => lead_on(portal, visitor, &address),
        AuthorizeStep::SignIn { query, is_anew } => {
            // Who is signed in would be sent straight back from the page of providers.
            let door = if is_anew { "/dang-nhap/cong-dvcqg" } else { "/dang-nhap" };
            let back = encode(&format!("{RESUME}?{query}"));
            Ok(Redirect::to(&format!("{door}?tiep={back}")).into_response())
        }
        AuthorizeStep::Ask(question) => html(&consent_page(portal, visitor, &question)),
        AuthorizeStep::Refused(error) => {
            let reason = match error {
                ShownError::Malformed => TextKey("sso-refused-malformed"),
                ShownError::UnknownClient => TextKey("sso-refused-client"),
                ShownError::UnknownRedirect => TextKey("sso-refused-address"),
            };
            let page = RefusedPage { page: visitor.page(portal), t: visitor.texts(), reason };
            html_with(StatusCode::BAD_REQUEST, &page)
        }
    }
}

fn consent_page<'a>(portal: &'a Portal, visitor: &'a Visitor, question: &'a ConsentQuestion) -> ConsentPage<'a> {
    let t = visitor.texts();
    let acts_at = question.resource.as_ref().map(|names| in_language(names, visitor.locale)).unwrap_or_default();
    ConsentPage {
        page: visitor.page(portal),
        t,
        client: match visitor.locale {
            Locale::Vi => &question.client_name,
            Locale::En => &question.client_name_en,
        },
        told: told(&question.scopes, acts_at, t),
        acts_at,
        action: format!("{RESUME}?{}", question.query),
    }
}

/// A portal's name in the language of the page.
pub(super) fn in_language((name, name_en): &(String, String), locale: Locale) -> &str {
    match locale {
        Locale::Vi => name,
        Locale::En => name_en,
    }
}

/// What a client would know, and what it would do at these portals, as people read it.
pub(super) fn told(scopes: &Scopes, portals: &str, t: &Texts) -> Vec<String> {
    let words = scopes.iter().map(|scope| match scope {
        Scope::Dossiers => t.f("sso-scope-dossiers", [("portal", portals.into())]),
        other => t.k(known(other)).to_owned(),
    });
    words.collect()
}

fn known(scope: Scope) -> TextKey {
    match scope {
        Scope::OpenId => TextKey("sso-scope-openid"),
        Scope::Profile => TextKey("sso-scope-profile"),
        Scope::Email => TextKey("sso-scope-email"),
        Scope::Phone => TextKey("sso-scope-phone"),
        Scope::Vn => TextKey("sso-scope-vn"),
        Scope::Dossiers => TextKey("sso-scope-dossiers"),
        Scope::OfflineAccess => TextKey("sso-scope-offline"),
    }
}
