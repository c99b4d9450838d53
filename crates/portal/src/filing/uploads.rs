//! A file for a component in pieces (R55, tus 1.0): what has arrived is kept, and after a cut the rest follows.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, Method};
use axum::response::Response;
use domain::dossier::Dossier;
use usecases::uploads::UploadError;
use web::errors::WebError;
use web::pieces;
use web::portal::Portal;
use web::tus::{self, TusError};
use web::visitor::Visitor;

use super::files::find_slot;
use super::{Found, address, find};

/// Where a draft takes files in pieces.
pub(super) const PLACE: &str = "tai-len";

/// What is spoken here; whoever asks need not be signed in.
pub(super) async fn abilities(State(portal): State<Portal>) -> Response {
    tus::abilities(portal.app().settings().upload_limit_bytes)
}

/// A file begins to come, perhaps with its first piece.
pub(super) async fn create(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, WebError> {
    let dossier = match checked(&portal, &visitor, request.headers(), &procedure, &draft).await? {
        Ok(dossier) => dossier,
        Err(refused) => return Ok(refused),
    };
    let t = visitor.texts();
    let slot = |component: &str| find_slot(&portal, &visitor, &dossier, component).map(|slot| slot.component());
    let new = match pieces::read_new(request.headers(), slot) {
        Ok(new) => new,
        Err(error) => return Ok(pieces::misread(error, t)),
    };
    let place = address(&dossier, PLACE);
    pieces::create(portal.app(), visitor.ctx, t, (dossier.id, &place), new, request).await
}

/// How far a file has come.
pub(super) async fn tell(
    State(portal): State<Portal>,
    Path((procedure, draft, upload)): Path<(String, String, String)>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let t = visitor.texts();
    if let Err(error) = tus::check_version(&headers) {
        return Ok(pieces::misread(error, t));
    }
    let Found::Draft(dossier) = find(&portal, &visitor, &procedure, &draft).await? else {
        return pieces::refusal(UploadError::Filed, t);
    };
    pieces::tell(portal.app(), &visitor.ctx, t, dossier.id, &upload).await
}

/// The next piece.
pub(super) async fn append(
    State(portal): State<Portal>,
    Path((procedure, draft, upload)): Path<(String, String, String)>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, WebError> {
    let dossier = match checked(&portal, &visitor, request.headers(), &procedure, &draft).await? {
        Ok(dossier) => dossier,
        Err(refused) => return Ok(refused),
    };
    let t = visitor.texts();
    pieces::append(portal.app(), visitor.ctx, t, dossier.id, &upload, request).await
}

/// The person does not want to send it any more.
pub(super) async fn remove(
    State(portal): State<Portal>,
    Path((procedure, draft, upload)): Path<(String, String, String)>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    let dossier = match checked(&portal, &visitor, &headers, &procedure, &draft).await? {
        Ok(dossier) => dossier,
        Err(refused) => return Ok(refused),
    };
    pieces::remove(portal.app(), &visitor.ctx, visitor.texts(), dossier.id, &upload).await
}

/// A post that stands for another method, from senders whose network lets nothing else through.
pub(super) async fn overridden(
    state: State<Portal>,
    path: Path<(String, String, String)>,
    visitor: Visitor,
    request: Request,
) -> Result<Response, WebError> {
    match tus::meant_method(request.headers()) {
        Some(Method::PATCH) => append(state, path, visitor, request).await,
        Some(Method::DELETE) => remove(state, path, visitor, request.headers().clone()).await,
        Some(Method::HEAD) => tell(state, path, visitor, request.headers().clone()).await,
        _ => {
            visitor.account()?;
            Ok(pieces::misread(TusError::Header("X-HTTP-Method-Override"), visitor.texts()))
        }
    }
}

/// The draft that is changed, once the request is one of tus, of this session, and of somebody who may; else the answer.
async fn checked(
    portal: &Portal,
    visitor: &Visitor,
    headers: &HeaderMap,
    procedure: &str,
    draft: &str,
) -> Result<Result<Dossier, Response>, WebError> {
    visitor.account()?;
    visitor.check_script(headers)?;
    let found = find(portal, visitor, procedure, draft).await?;
    if let Err(error) = tus::check_version(headers) {
        return Ok(Err(pieces::misread(error, visitor.texts())));
    }
    match found {
        Found::Draft(dossier) => Ok(Ok(*dossier)),
        Found::Filed(_) => pieces::refusal(UploadError::Filed, visitor.texts()).map(Err),
    }
}
