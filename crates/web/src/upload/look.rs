//! Reading a form whose files are only looked at: one is read, the others are hashed as they come, and none is kept.

use axum::extract::multipart::Field;
use usecases::receipts::{ComingFile, GivenFile};

use super::{MOST_FILES_AT_ONCE, UploadForm, read_text, unreadable};
use crate::errors::WebError;
use crate::fields::Fields;
use crate::visitor::Visitor;

/// What a form brought whose files are not kept.
pub struct Looked {
    /// The fields that are no files.
    pub fields: Fields,
    /// The file that was to be read, cut off after its most bytes; empty when none was chosen.
    pub read: Vec<u8>,
    /// The others, by what they are called and their bytes' digest.
    pub hashed: Vec<GivenFile>,
}

impl UploadForm {
    /// Reads the form to its end: the file of the field `name` up to so many bytes, of all others the digest.
    ///
    /// # Errors
    /// When the form is another session's, cut off, or larger than the address takes.
    pub async fn look(mut self, name: &str, most_bytes: usize) -> Result<(Visitor, Looked), WebError> {
        let mut looked = Looked { fields: Fields::default(), read: Vec::new(), hashed: Vec::new() };
        while let Some(mut field) = self.multipart.next_field().await.map_err(unreadable)? {
            let field_name = field.name().unwrap_or_default().to_owned();
            let Some(file_name) = field.file_name().map(str::to_owned) else {
                let value = read_text(&mut field).await?;
                looked.fields.push(field_name, value);
                continue;
            };
            self.visitor.check_form(&looked.fields)?;
            if field_name == name {
                looked.read = read_file(&mut field, most_bytes).await?;
            } else {
                let file = hash_file(&mut field, file_name).await?;
                if let Some(file) = file.filter(|_| looked.hashed.len() < MOST_FILES_AT_ONCE) {
                    looked.hashed.push(file);
                }
            }
        }
        self.visitor.check_form(&looked.fields)?;
        Ok((self.visitor, looked))
    }
}

async fn read_file(field: &mut Field<'_>, most_bytes: usize) -> Result<Vec<u8>, WebError> {
    let mut bytes = Vec::new();
    while let Some(piece) = field.chunk().await.map_err(unreadable)? {
        let room = most_bytes.saturating_sub(bytes.len());
        bytes.extend_from_slice(&piece[..piece.len().min(room)]);
    }
    Ok(bytes)
}

/// The file; nothing when none was chosen, since such a field comes without a name.
async fn hash_file(field: &mut Field<'_>, name: String) -> Result<Option<GivenFile>, WebError> {
    let is_chosen = !name.is_empty();
    let mut coming = ComingFile::new(name);
    while let Some(piece) = field.chunk().await.map_err(unreadable)? {
        coming.take(&piece);
    }
    Ok(is_chosen.then(|| coming.finish()))
}
