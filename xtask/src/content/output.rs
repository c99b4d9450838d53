//! Writing the packed files: compression, versions made of hashes, and replacement in one step.

use std::io::Write;
use std::path::Path;

use brotli::enc::BrotliEncoderParams;
use sha2::{Digest, Sha256};

use super::progress::Progress;
use super::source::ContentError;

/// Best quality, and a window of 16 MB so that procedures far apart help each other.
const QUALITY: i32 = 11;
const WINDOW_BITS: i32 = 24;
/// So much is handed to the compressor between two looks at the progress bar.
const STRIDE: usize = 64 * 1024;

/// A file to be written under `content/`.
pub(crate) struct Packed {
    pub(crate) path: &'static str,
    bytes: Vec<u8>,
    is_compressed: bool,
}

impl Packed {
    pub(crate) fn plain(path: &'static str, bytes: Vec<u8>) -> Self {
        Self { path, bytes, is_compressed: false }
    }

    /// Written with brotli, under its path with `.br` appended.
    pub(crate) fn compressed(path: &'static str, bytes: Vec<u8>) -> Self {
        Self { path, bytes, is_compressed: true }
    }
}

/// What was written.
pub(crate) struct Output {
    pub(crate) version: String,
    pub(crate) bytes: u64,
}

impl Output {
    /// Writes everything and, last, the versions, dated by the newest update of the data.
    pub(crate) fn write(content_dir: &Path, newest_update: &str, packed: &[Packed]) -> Result<Self, ContentError> {
        let mut progress = Progress::new(packed.iter().map(|file| file.bytes.len() as u64).sum());
        let mut bytes = 0;
        for file in packed {
            let (path, content) = if file.is_compressed {
                (format!("{}.br", file.path), compress(&file.bytes, &mut progress))
            } else {
                progress.advance(file.bytes.len());
                (file.path.to_owned(), file.bytes.clone())
            };
            bytes += content.len() as u64;
            replace(content_dir, &path, &content)?;
        }
        progress.finish();
        let version = format!("{newest_update}.{}", hash(packed, ""));
        let versions = format!(
            "content {version}\ncatalogue {newest_update}.{}\ncalendar {}\n",
            hash(packed, "national/"),
            hash(packed, "calendar/"),
        );
        replace(content_dir, "VERSION", versions.as_bytes())?;
        Ok(Self { version, bytes })
    }
}

/// The first 8 hexadecimal digits of the SHA-256 of the files below `folder`, each with its path and length.
fn hash(packed: &[Packed], folder: &str) -> String {
    let mut files: Vec<&Packed> = packed.iter().filter(|file| file.path.starts_with(folder)).collect();
    files.sort_by_key(|file| file.path);
    let mut hasher = Sha256::new();
    for file in files {
        hasher.update(format!("{} {}\n", file.path, file.bytes.len()));
        hasher.update(&file.bytes);
    }
    hasher.finalize()[..4].iter().map(|byte| format!("{byte:02x}")).collect()
}

fn compress(bytes: &[u8], progress: &mut Progress) -> Vec<u8> {
    let parameters = BrotliEncoderParams {
        quality: QUALITY,
        lgwin: WINDOW_BITS,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut compressor = brotli::CompressorWriter::with_params(Vec::new(), STRIDE, &parameters);
    for stride in bytes.chunks(STRIDE) {
        compressor.write_all(stride).expect("writing to memory does not fail");
        progress.advance(stride.len());
    }
    compressor.into_inner()
}

/// Writes beside the file, then renames, so that a broken run leaves the old file whole.
fn replace(content_dir: &Path, path: &str, content: &[u8]) -> Result<(), ContentError> {
    let target = content_dir.join(path);
    let unwritable = |cause| ContentError::Unwritable { file: target.display().to_string(), cause };
    if let Some(folder) = target.parent() {
        std::fs::create_dir_all(folder).map_err(unwritable)?;
    }
    let draft = target.with_extension("draft");
    std::fs::write(&draft, content).map_err(unwritable)?;
    std::fs::rename(&draft, &target).map_err(unwritable)
}
