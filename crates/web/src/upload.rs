//! Reading a form with files: the fields first, then the files, streamed to where the application keeps them.

mod look;

use std::io;

use axum::extract::multipart::{Field, MultipartError};
use axum::extract::{DefaultBodyLimit, FromRequest, FromRequestParts, Multipart, Request};
use axum::http::StatusCode;
use domain::dossier::DossierRefusal;
use futures_util::StreamExt;
use usecases::file_kind::FileKindError;
use usecases::{ActError, AttachError, ReceivedFile, receive_file};

use crate::errors::WebError;
use crate::fields::Fields;
use crate::form::MOST_FORM_BYTES;
use crate::i18n::Texts;
use crate::portal::Portal;
use crate::visitor::Visitor;

pub use look::Looked;

/// The most files that one form brings; a dossier takes fewer.
const MOST_FILES_AT_ONCE: usize = 100;

/// A form with files that are still on their way.
pub struct UploadForm {
    /// Who sent it.
    pub visitor: Visitor,
    multipart: Multipart,
}

/// What a form for several files brought.
pub struct Uploads {
    /// The fields that came before, between and after the files.
    pub fields: Fields,
    /// The files that were chosen, by the names of their fields.
    pub files: Vec<UploadedFile>,
}

/// One file that was chosen.
pub struct UploadedFile {
    /// The name of the field.
    pub field: String,
    /// The file, or why it was not taken.
    pub file: Result<ReceivedFile, AttachError>,
}

/// What a form for one file brought.
pub struct Upload {
    /// The fields that came before and after the file.
    pub fields: Fields,
    /// The file, or why it was not taken; `None` when no file was chosen.
    pub file: Option<Result<ReceivedFile, AttachError>>,
}

impl FromRequest<Portal> for UploadForm {
    type Rejection = WebError;

    async fn from_request(request: Request, portal: &Portal) -> Result<Self, WebError> {
        let (mut parts, body) = request.into_parts();
        let visitor = Visitor::from_request_parts(&mut parts, portal).await?;
        let request = Request::from_parts(parts, body);
        let multipart = Multipart::from_request(request, portal).await.map_err(|_| WebError::Unreadable)?;
        Ok(Self { visitor, multipart })
    }
}

impl UploadForm {
    /// Reads a form for one file to its end; of several files the first is taken.
    pub async fn read(self, portal: &Portal) -> Result<(Visitor, Upload), WebError> {
        let (visitor, Uploads { fields, files }) = self.read_all(portal).await?;
        let file = files.into_iter().next().map(|uploaded| uploaded.file);
        Ok((visitor, Upload { fields, file }))
    }

    /// Reads the form to its end. The session's token must come before the files, so that a stranger's bytes are not kept.
    pub async fn read_all(mut self, portal: &Portal) -> Result<(Visitor, Uploads), WebError> {
        let mut fields = Fields::default();
        let mut files = Vec::new();
        while let Some(mut field) = self.multipart.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            match field.file_name().map(str::to_owned) {
                Some(file_name) => {
                    self.visitor.check_form(&fields)?;
                    let received = receive(portal, field).await;
                    // A field in which nothing was chosen comes without a name.
                    if !file_name.is_empty() && files.len() < MOST_FILES_AT_ONCE {
                        let file = received.map(|incoming| ReceivedFile { file_name, incoming });
                        files.push(UploadedFile { field: name, file });
                    }
                }
                None => {
                    let value = read_text(&mut field).await?;
                    fields.push(name, value);
                }
            }
        }
        self.visitor.check_form(&fields)?;
        Ok((self.visitor, Uploads { fields, files }))
    }
}

async fn receive(portal: &Portal, field: Field<'_>) -> Result<usecases::Incoming, AttachError> {
    let bytes = field.map(|piece| piece.map_err(io::Error::other));
    receive_file(portal.app(), Box::pin(bytes)).await
}

async fn read_text(field: &mut Field<'_>) -> Result<String, WebError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(unreadable)? {
        if bytes.len() + piece.len() > MOST_FORM_BYTES {
            return Err(WebError::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    String::from_utf8(bytes).map_err(|_| WebError::Unreadable)
}

fn unreadable(error: MultipartError) -> WebError {
    match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => WebError::TooLarge,
        _ => WebError::Unreadable,
    }
}

/// The limit for routes that take this many of the largest files: each file's own limit is enforced while it is streamed,
/// this one ends the rest.
pub fn body_limit(portal: &Portal, files: usize) -> DefaultBodyLimit {
    let file = usize::try_from(portal.app().settings().upload_limit_bytes).unwrap_or(usize::MAX);
    DefaultBodyLimit::max(file.saturating_mul(files).saturating_add(1 << 20))
}

/// The sentence for a file that was not taken; faults of ours go on as such.
pub fn refusal_sentence(error: &AttachError, t: &'static Texts) -> Result<String, WebError> {
    Ok(match error {
        AttachError::Kind(FileKindError::Empty) => t.m("attach-empty").to_owned(),
        AttachError::Kind(FileKindError::Program) => t.m("attach-program").to_owned(),
        AttachError::Kind(FileKindError::Other) => t.m("attach-kind").to_owned(),
        AttachError::TooLarge { limit_bytes } => {
            t.f("attach-too-large", [("limit", crate::view::format::size(*limit_bytes).into())])
        }
        AttachError::CutOff => t.m("attach-cut-off").to_owned(),
        AttachError::Act(ActError::Refused(DossierRefusal::TooManyFiles { max })) => {
            t.f("attach-too-many", [("max", (*max).into())])
        }
        AttachError::Act(ActError::Refused(DossierRefusal::EmptyFile)) => t.m("attach-empty").to_owned(),
        AttachError::Act(ActError::Refused(_)) => return Err(WebError::Conflict),
        AttachError::Act(ActError::Usecase(_)) => return Err(WebError::Unavailable),
    })
}
