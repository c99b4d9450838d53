//! Who calls: a program with a token of somebody who let it act for them, or whoever comes. No cookie is read.

use axum::extract::{FromRequestParts, Path};
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use domain::dossier::Actor;
use domain::policy::Viewer;
use oidc::provider::BearerError;
use serde::de::DeserializeOwned;
use usecases::Ctx;
use usecases::programs::{AdmitError, AdmittedProgram, admit_program, count_change};
use web::errors::WebError;
use web::i18n::{Locale, Texts};
use web::middleware::RequestId;
use web::portal::Portal;
use web::visitor::client_of;

use crate::metadata::METADATA_PATH;
use crate::problem::{self, Refused};

/// What a program must have been allowed.
pub(crate) const SCOPE: &str = "dossiers";

/// The parts of an address; one that cannot be read leads nowhere.
pub(crate) struct Place<T>(pub(crate) T);

impl<T: DeserializeOwned + Send> FromRequestParts<Portal> for Place<T> {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, WebError> {
        let read = Path::<T>::from_request_parts(parts, portal).await;
        read.map(|Path(parts)| Self(parts)).map_err(|_| WebError::NotFound)
    }
}

/// A program that nobody need know.
pub(crate) struct Machine {
    /// Context for the use cases.
    pub(crate) ctx: Ctx,
    /// Where the request came from, for limits only.
    pub(crate) client: String,
    /// The language that it asks for.
    pub(crate) t: &'static Texts,
}

/// A program that acts for the holder of an account.
pub(crate) struct Caller {
    /// Context for the use cases: the person's rights, the program's name.
    pub(crate) ctx: Ctx,
    /// Whom it acts for.
    pub(crate) admitted: AdmittedProgram,
    /// The language that it asks for.
    pub(crate) t: &'static Texts,
}

impl FromRequestParts<Portal> for Machine {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, WebError> {
        Ok(Self {
            ctx: context(parts, portal, Viewer::Anonymous, Actor::System),
            client: client_of(parts, portal),
            t: Texts::of(Locale::accepted(&parts.headers)),
        })
    }
}

impl FromRequestParts<Portal> for Caller {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, portal: &Portal) -> Result<Self, Refused> {
        let Machine { ctx, client, t } = Machine::from_request_parts(parts, portal).await?;
        let header = parts.headers.get(AUTHORIZATION).map(|value| value.to_str().unwrap_or_default());
        let admitted = admit_program(portal.app(), &ctx, &client, header).await;
        let admitted = admitted.map_err(|error| refused(error, portal, t))?;
        let ctx = context(parts, portal, admitted.viewer(), admitted.actor());
        Ok(Self { ctx, admitted, t })
    }
}

impl Caller {
    /// Counts one thing that the program is about to change.
    pub(crate) async fn count_change(&self, portal: &Portal) -> Result<(), Refused> {
        Ok(count_change(portal.app(), &self.ctx, &self.admitted).await?)
    }
}

fn context(parts: &Parts, portal: &Portal, viewer: Viewer, actor: Actor) -> Ctx {
    let request_id = parts.extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    Ctx::new((portal.source().now)(), viewer, actor, request_id, (portal.source().seed)())
}

/// RFC 6750, 3.1, with the place of the metadata (RFC 9728, 5.1): nothing is explained to whoever presented nothing.
fn refused(error: AdmitError, portal: &Portal, t: &Texts) -> Refused {
    let (kind, word) = match error {
        AdmitError::Bearer(BearerError::Missing) => (problem::NO_TOKEN, None),
        AdmitError::Bearer(BearerError::Malformed) => (problem::TOKEN_MISPLACED, Some("invalid_request")),
        AdmitError::Bearer(BearerError::Invalid) | AdmitError::Token(_) => {
            (problem::TOKEN_INVALID, Some("invalid_token"))
        }
        AdmitError::Scope => (problem::TOKEN_SCOPE, Some("insufficient_scope")),
        AdmitError::NoAccount => (problem::NO_ACCOUNT, Some("invalid_token")),
        AdmitError::Usecase(error) => return error.into(),
    };
    let metadata = format!("{}{METADATA_PATH}", portal.app().settings().public_url);
    let error = word.map(|word| format!(", error=\"{word}\"")).unwrap_or_default();
    let challenge = format!("Bearer realm=\"motcua\", scope=\"{SCOPE}\", resource_metadata=\"{metadata}\"{error}");
    kind.refused(t).with_challenge(&challenge)
}
