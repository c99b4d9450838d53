//! `/api/openapi.json`: the description of this door, made from the code itself.

use axum::extract::State;
use axum::response::Response;
use usecases::programs::authorization_servers;
use utoipa::openapi::security::{OpenIdConnect, SecurityScheme};
use utoipa::openapi::{OpenApi as Document, Server};
use utoipa::{IntoResponses, OpenApi};
use web::portal::{Portal, Role};

use crate::json::public;
use crate::problem::Problem;
use crate::{agencies, dossiers, drafts, form, metadata, procedures, tracking};

/// What every portal has.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Một Cửa",
        description = "Procedures, agencies, and filing for people who have let a program act for them. Instants are \
            milliseconds UTC. Problems are told in the language of `Accept-Language`: `vi` or `en`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    paths(show, procedures::list, procedures::show, form::show, agencies::list, agencies::show),
    components(schemas(Problem)),
    tags(
        (name = "catalogue", description = "Procedures and agencies, for everybody"),
        (name = "description", description = "This document")
    )
)]
struct Catalogue;

/// What a province has beside it.
#[derive(OpenApi)]
#[openapi(
    paths(
        metadata::show, tracking::look_up,
        drafts::start, drafts::list, drafts::show, drafts::change, drafts::delete, drafts::obstacles, drafts::submit,
        drafts::abilities, drafts::create, drafts::tell, drafts::append, drafts::forget, drafts::download, drafts::remove,
        dossiers::list, dossiers::show, dossiers::receipt, dossiers::download, dossiers::result
    ),
    tags(
        (name = "tokens", description = "How a program comes by a token: the person agrees at the OpenID provider that the \
            security scheme names, asked with the scopes `openid dossiers` and the `resource` of the metadata (RFC 8707), \
            by the code flow with PKCE (S256). A token lasts minutes; with `offline_access` it is refreshed"),
        (name = "drafts", description = "Dossiers before they are filed"),
        (name = "files", description = "Files of drafts, in pieces (tus 1.0)"),
        (name = "dossiers", description = "Filed dossiers of the person")
    )
)]
struct Filing;

/// Why a program is not let in, or nobody at this moment.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum Refusals {
    /// No token, or one that opens nothing here: over, for another portal, no access token, of somebody without account.
    #[response(status = 401, content_type = "application/problem+json",
        headers(("WWW-Authenticate" = String, description = "How to come by one (RFC 6750, RFC 9728)")))]
    NoToken(Problem),
    /// The token does not hold the scope.
    #[response(status = 403, content_type = "application/problem+json")]
    OtherScope(Problem),
    /// Too many wrong tokens from one place, or too many changes.
    #[response(status = 429, content_type = "application/problem+json",
        headers(("Retry-After" = String, description = "The seconds to wait")))]
    TooMany(Problem),
    /// A part that this needs is down.
    #[response(status = 503, content_type = "application/problem+json")]
    Unavailable(Problem),
}

/// Why a draft is not shown.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum DraftRefusals {
    /// There is no such thing, or the person may not know of it.
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(Problem),
    /// The draft has become the dossier whose `code` is told.
    #[response(status = 410, content_type = "application/problem+json")]
    Filed(Problem),
}

/// Why a dossier is not shown.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum DossierRefusals {
    /// There is no such thing, or the person may not know of it.
    #[response(status = 404, content_type = "application/problem+json")]
    Unknown(Problem),
}

/// Why a body is not taken.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum BodyRefusals {
    /// It is no JSON object, or names something twice.
    #[response(status = 400, content_type = "application/problem+json")]
    NotJson(Problem),
    /// It is too large.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// It is of another type than `application/json`.
    #[response(status = 415, content_type = "application/problem+json")]
    OtherType(Problem),
    /// Parts of it are wrong: `errors` has each with its place.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
}

/// Why a query is not answered.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum QueryRefusals {
    /// A parameter is wrong: `errors` has each by its name.
    #[response(status = 422, content_type = "application/problem+json")]
    Invalid(Problem),
}

/// Why a change is not made.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum VersionRefusals {
    /// The draft was changed since it was seen.
    #[response(status = 412, content_type = "application/problem+json",
        headers(("ETag" = String, description = "The version that it has")))]
    Changed(Problem),
    /// `If-Match` is missing.
    #[response(status = 428, content_type = "application/problem+json")]
    NotSeen(Problem),
}

/// Why a file, or a piece of it, is not taken, in the words of tus 1.0.
#[derive(IntoResponses)]
#[allow(dead_code, reason = "describes answers for OpenAPI")]
pub(crate) enum UploadRefusals {
    /// A header is missing or cannot be read, or the connection was cut.
    #[response(status = 400, content_type = "application/problem+json")]
    Misread(Problem),
    /// The piece does not begin where the last one ended.
    #[response(status = 409, content_type = "application/problem+json")]
    OtherOffset(Problem),
    /// Another version of tus.
    #[response(status = 412, content_type = "application/problem+json")]
    OtherVersion(Problem),
    /// The file is too large, or the piece goes beyond its end.
    #[response(status = 413, content_type = "application/problem+json")]
    TooLarge(Problem),
    /// The body is no piece.
    #[response(status = 415, content_type = "application/problem+json")]
    NoPiece(Problem),
    /// The file is not of a kind that is taken, is empty, or the draft is full.
    #[response(status = 422, content_type = "application/problem+json")]
    NotTaken(Problem),
    /// Somebody else sends it at this moment.
    #[response(status = 423, content_type = "application/problem+json")]
    Busy(Problem),
    /// The piece does not fit its checksum.
    #[response(status = 460, content_type = "application/problem+json")]
    Checksum(Problem),
}

/// Shows this document.
#[utoipa::path(get, path = "/api/openapi.json", operation_id = "showDescription", tag = "description",
    responses((status = 200, description = "OpenAPI 3.1", body = Object)))]
pub(crate) async fn show(State(portal): State<Portal>) -> Response {
    public(&document(&portal))
}

/// The document of this portal.
fn document(portal: &Portal) -> Document {
    let mut document = of_role(portal.settings().role);
    document.servers = Some(vec![Server::new(portal.app().settings().public_url.clone())]);
    if let Some(issuer) = authorization_servers(portal.app()).first()
        && let Some(components) = document.components.as_mut()
    {
        let discovery = issuer.at(oidc::provider::DISCOVERY_PATH);
        let words = "The person agrees at this provider, asked with the scopes `openid dossiers` and the `resource` of \
            `showResourceMetadata`";
        let scheme = OpenIdConnect::with_description(discovery, words.to_owned());
        components.add_security_scheme("account", SecurityScheme::OpenIdConnect(scheme));
    }
    document
}

fn of_role(role: Role) -> Document {
    let mut document = Catalogue::openapi();
    if role == Role::Province {
        document.merge(Filing::openapi());
    }
    document
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_description_is_openapi_3_1_and_names_each_operation_once() {
        let description = serde_json::to_value(of_role(Role::Province)).expect("serializes");
        assert!(description["openapi"].as_str().expect("a version").starts_with("3.1"));
        assert!(description["paths"]["/api/openapi.json"].is_object());
        let paths = description["paths"].as_object().expect("paths");
        let operations = paths.values().flat_map(|path| path.as_object().expect("operations").values());
        let mut ids: Vec<&str> = operations.filter_map(|operation| operation["operationId"].as_str()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert!(count > 20 && ids.len() == count, "{ids:?}");
    }
}
