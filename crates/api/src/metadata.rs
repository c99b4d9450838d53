//! `/.well-known/oauth-protected-resource`: whose tokens the portal takes, and as whom (RFC 9728).

use axum::extract::State;
use axum::response::Response;
use serde::Serialize;
use usecases::programs::authorization_servers;
use utoipa::ToSchema;
use web::portal::Portal;

use crate::caller::SCOPE;
use crate::json::public;
use crate::problem::{Problem, Refused};

/// Where the metadata is.
pub(crate) const METADATA_PATH: &str = "/.well-known/oauth-protected-resource";

/// How a program comes by a token that opens something here.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "resource": "https://dichvucong.gialai.gov.vn", "resource_name": "Cổng Dịch vụ công tỉnh Gia Lai",
    "authorization_servers": ["https://dichvucong.gov.vn"], "scopes_supported": ["dossiers"],
    "bearer_methods_supported": ["header"], "resource_documentation": "https://dichvucong.gialai.gov.vn/api/openapi.json"
}))]
pub(crate) struct ResourceMetadata {
    /// The value of `resource` in authorization requests (RFC 8707).
    resource: String,
    /// The portal's name.
    resource_name: String,
    /// The OpenID providers that give such tokens, by their issuers.
    authorization_servers: Vec<String>,
    /// What to ask for, beside `openid`.
    scopes_supported: [&'static str; 1],
    /// How tokens are presented.
    bearer_methods_supported: [&'static str; 1],
    /// Where the interface is described.
    resource_documentation: String,
}

/// Tells a program how it comes by a token.
#[utoipa::path(get, path = "/.well-known/oauth-protected-resource", operation_id = "showResourceMetadata", tag = "tokens",
    responses((status = 200, description = "The metadata", body = ResourceMetadata),
        (status = 404, description = "The portal takes no tokens", body = Problem,
            content_type = "application/problem+json")))]
pub(crate) async fn show(State(portal): State<Portal>) -> Result<Response, Refused> {
    let issuers = authorization_servers(portal.app());
    if issuers.is_empty() {
        return Err(web::errors::WebError::NotFound.into());
    }
    let settings = portal.app().settings();
    Ok(public(&ResourceMetadata {
        resource: settings.public_url.clone(),
        resource_name: settings.portal_name.clone(),
        authorization_servers: issuers.iter().map(ToString::to_string).collect(),
        scopes_supported: [SCOPE],
        bearer_methods_supported: ["header"],
        resource_documentation: format!("{}/api/openapi.json", settings.public_url),
    }))
}
