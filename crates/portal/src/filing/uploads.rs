//! A file for a component in pieces (R55, tus 1.0): what has arrived is kept, and after a cut the rest follows.

use std::io;

use axum::extract::{Path, Request, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::response::Response;
use domain::dossier::Dossier;
use domain::ids::UploadId;
use futures_util::TryStreamExt;
use usecases::uploads::{
    NewUpload, Piece, Progress, UploadError, begin_upload, find_upload, receive_piece, remove_upload,
};
use usecases::{ActError, AttachError};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::tus::{self, TusError};
use web::upload::refusal_sentence;
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
    let new = match new_upload(&portal, &visitor, &dossier, request.headers()) {
        Ok(new) => new,
        Err(error) => return Ok(misread(error, t)),
    };
    let begun = match begin_upload(portal.app(), &visitor.ctx, dossier.id, new).await {
        Ok(begun) => begun,
        Err(error) => return refusal(error, t),
    };
    let place = format!("{}/{}", address(&dossier, PLACE), begun.id);
    let begun = if tus::is_piece(request.headers()) {
        match receive(&portal, visitor, &dossier, begun.id, 0, request).await? {
            Ok(progress) => progress,
            Err(error) => return refusal(error, t),
        }
    } else {
        begun
    };
    let mut response = tus::tell(StatusCode::CREATED, &begun);
    let place = HeaderValue::from_str(&place).map_err(WebError::internal)?;
    response.headers_mut().insert(LOCATION, place);
    Ok(response)
}

/// How far a file has come.
pub(super) async fn tell(
    State(portal): State<Portal>,
    Path((procedure, draft, upload)): Path<(String, String, String)>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    if let Err(error) = tus::check_version(&headers) {
        return Ok(misread(error, visitor.texts()));
    }
    let Found::Draft(dossier) = find(&portal, &visitor, &procedure, &draft).await? else {
        return refusal(UploadError::Filed, visitor.texts());
    };
    match find_upload(portal.app(), &visitor.ctx, dossier.id, id_of(&upload)?).await {
        Ok(progress) => Ok(tus::tell_all(&progress)),
        Err(error) => refusal(error, visitor.texts()),
    }
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
    let (id, t) = (id_of(&upload)?, visitor.texts());
    let offset = tus::check_kind(request.headers()).and_then(|()| tus::offset(request.headers()));
    let offset = match offset {
        Ok(offset) => offset,
        Err(error) => return Ok(misread(error, t)),
    };
    match receive(&portal, visitor, &dossier, id, offset, request).await? {
        Ok(progress) => Ok(tus::tell(StatusCode::NO_CONTENT, &progress)),
        Err(error) => refusal(error, t),
    }
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
    match remove_upload(portal.app(), &visitor.ctx, dossier.id, id_of(&upload)?).await {
        Ok(()) => Ok(tus::answer(StatusCode::NO_CONTENT)),
        Err(error) => refusal(error, visitor.texts()),
    }
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
            Ok(misread(TusError::Header("X-HTTP-Method-Override"), visitor.texts()))
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
        return Ok(Err(misread(error, visitor.texts())));
    }
    match found {
        Found::Draft(dossier) => Ok(Ok(*dossier)),
        Found::Filed(_) => refusal(UploadError::Filed, visitor.texts()).map(Err),
    }
}

fn new_upload(
    portal: &Portal,
    visitor: &Visitor,
    dossier: &Dossier,
    headers: &HeaderMap,
) -> Result<NewUpload, TusError> {
    let size = tus::length(headers)?;
    let metadata = tus::metadata(headers)?;
    let slot = find_slot(portal, visitor, dossier, metadata.value("component"));
    let component = slot.ok_or(TusError::Header("Upload-Metadata"))?.component();
    Ok(NewUpload { component, file_name: metadata.value("filename").to_owned(), metadata: metadata.raw, size })
}

async fn receive(
    portal: &Portal,
    visitor: Visitor,
    dossier: &Dossier,
    id: UploadId,
    offset: u64,
    request: Request,
) -> Result<Result<Progress, UploadError>, WebError> {
    let checksum = match tus::checksum(request.headers()) {
        Ok(checksum) => checksum,
        Err(_) => return Err(WebError::Unreadable),
    };
    let bytes = request.into_body().into_data_stream().map_err(io::Error::other);
    let piece = Piece { offset, checksum, bytes };
    Ok(receive_piece(portal.app().clone(), visitor.ctx, dossier.id, id, piece).await)
}

fn id_of(upload: &str) -> Result<UploadId, WebError> {
    UploadId::parse(upload).map_err(|_| WebError::NotFound)
}

/// The answer to a request that cannot be read.
fn misread(error: TusError, t: &'static Texts) -> Response {
    tus::refuse(error.status(), t.m("attach-misread"))
}

/// The answer for a file or a piece that is not taken; faults of ours go on as such.
fn refusal(error: UploadError, t: &'static Texts) -> Result<Response, WebError> {
    // Checksum Mismatch, of tus itself.
    let mismatch = StatusCode::from_u16(460).unwrap_or(StatusCode::BAD_REQUEST);
    let (status, sentence) = match &error {
        UploadError::Unknown => (StatusCode::NOT_FOUND, t.m("attach-unknown").to_owned()),
        UploadError::Filed => (StatusCode::GONE, t.m("attach-filed").to_owned()),
        UploadError::TooManyOpen { most } => {
            (StatusCode::TOO_MANY_REQUESTS, t.f("attach-too-many-open", [("max", (*most).into())]))
        }
        UploadError::Busy => (StatusCode::LOCKED, t.m("attach-busy").to_owned()),
        UploadError::OtherOffset { .. } => (StatusCode::CONFLICT, t.m("attach-other-offset").to_owned()),
        UploadError::BeyondEnd => (StatusCode::PAYLOAD_TOO_LARGE, t.m("attach-beyond-end").to_owned()),
        UploadError::Checksum => (mismatch, t.m("attach-cut-off").to_owned()),
        UploadError::Attach(AttachError::Act(ActError::Usecase(_))) => return Err(fault(error)),
        UploadError::Attach(attach) => {
            let status = match attach {
                AttachError::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
                AttachError::CutOff => StatusCode::BAD_REQUEST,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, refusal_sentence(attach, t)?)
        }
    };
    Ok(tus::refuse(status, &sentence))
}

fn fault(error: UploadError) -> WebError {
    match error {
        UploadError::Attach(AttachError::Act(ActError::Usecase(error))) => error.into(),
        other => WebError::internal(other),
    }
}
