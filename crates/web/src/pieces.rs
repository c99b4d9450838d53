//! Files in pieces (tus 1.0) for a draft whose sender is known already: begin, go on, ask, take back, and the answers.

use std::io;

use axum::extract::Request;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::Response;
use domain::ids::{DossierId, UploadId};
use futures_util::TryStreamExt;
use usecases::uploads::{
    NewUpload, Piece, Progress, UploadError, begin_upload, find_upload, receive_piece, remove_upload,
};
use usecases::{ActError, App, AttachError, ComponentRef, Ctx};

use crate::errors::WebError;
use crate::i18n::Texts;
use crate::tus::{self, TusError};
use crate::upload::refusal_sentence;

/// What the headers say of a file that is about to come; `component` finds what it is for by the sender's word.
///
/// # Errors
/// When a header is missing or cannot be read, or the file is for nothing that is asked for.
pub fn read_new(
    headers: &HeaderMap,
    component: impl FnOnce(&str) -> Option<ComponentRef>,
) -> Result<NewUpload, TusError> {
    let size = tus::length(headers)?;
    let metadata = tus::metadata(headers)?;
    let component = component(metadata.value("component")).ok_or(TusError::Header("Upload-Metadata"))?;
    Ok(NewUpload { component, file_name: metadata.value("filename").to_owned(), metadata: metadata.raw, size })
}

/// A file begins to come to a draft, perhaps with its first piece; `place` is the address under which it is found.
///
/// # Errors
/// What is no answer of tus.
pub async fn create(
    app: &App,
    ctx: Ctx,
    t: &'static Texts,
    (draft, place): (DossierId, &str),
    new: NewUpload,
    request: Request,
) -> Result<Response, WebError> {
    let begun = match begin_upload(app, &ctx, draft, new).await {
        Ok(begun) => begun,
        Err(error) => return refusal(error, t),
    };
    let place = format!("{place}/{}", begun.id);
    let begun = if tus::is_piece(request.headers()) {
        match receive(app, ctx, draft, begun.id, 0, request).await? {
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
///
/// # Errors
/// What is no answer of tus.
pub async fn tell(
    app: &App,
    ctx: &Ctx,
    t: &'static Texts,
    draft: DossierId,
    upload: &str,
) -> Result<Response, WebError> {
    match find_upload(app, ctx, draft, id_of(upload)?).await {
        Ok(progress) => Ok(tus::tell_all(&progress)),
        Err(error) => refusal(error, t),
    }
}

/// The next piece.
///
/// # Errors
/// What is no answer of tus.
pub async fn append(
    app: &App,
    ctx: Ctx,
    t: &'static Texts,
    draft: DossierId,
    upload: &str,
    request: Request,
) -> Result<Response, WebError> {
    let id = id_of(upload)?;
    let offset = tus::check_kind(request.headers()).and_then(|()| tus::offset(request.headers()));
    let offset = match offset {
        Ok(offset) => offset,
        Err(error) => return Ok(misread(error, t)),
    };
    match receive(app, ctx, draft, id, offset, request).await? {
        Ok(progress) => Ok(tus::tell(StatusCode::NO_CONTENT, &progress)),
        Err(error) => refusal(error, t),
    }
}

/// The sender does not want to send it any more.
///
/// # Errors
/// What is no answer of tus.
pub async fn remove(
    app: &App,
    ctx: &Ctx,
    t: &'static Texts,
    draft: DossierId,
    upload: &str,
) -> Result<Response, WebError> {
    match remove_upload(app, ctx, draft, id_of(upload)?).await {
        Ok(()) => Ok(tus::answer(StatusCode::NO_CONTENT)),
        Err(error) => refusal(error, t),
    }
}

async fn receive(
    app: &App,
    ctx: Ctx,
    draft: DossierId,
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
    Ok(receive_piece(app.clone(), ctx, draft, id, piece).await)
}

fn id_of(upload: &str) -> Result<UploadId, WebError> {
    UploadId::parse(upload).map_err(|_| WebError::NotFound)
}

/// The answer to a request that cannot be read.
pub fn misread(error: TusError, t: &'static Texts) -> Response {
    tus::refuse(error.status(), t.m("attach-misread"))
}

/// The answer for a file or a piece that is not taken; faults of ours go on as such.
///
/// # Errors
/// What is no answer of tus.
pub fn refusal(error: UploadError, t: &'static Texts) -> Result<Response, WebError> {
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
