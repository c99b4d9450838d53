//! Where the content comes from: embedded in the program, or a folder on disk.

use std::borrow::Cow;
use std::io::{self, Read};
use std::path::PathBuf;

use serde::de::DeserializeOwned;

use crate::error::{ContentError, line_at, refuse};

/// The embedded files, by path under `content/`.
macro_rules! embed {
    ($($path:literal),+ $(,)?) => {
        pub(crate) const EMBEDDED: &[(&str, &[u8])] = &[
            $(($path, include_bytes!(concat!("../../../content/", $path)))),+
        ];
    };
}

embed! {
    "VERSION",
    "areas/commune_mapping.csv.br",
    "areas/communes_new.csv.br",
    "areas/communes_old.csv.br",
    "areas/districts_old.csv.br",
    "areas/provinces_new.csv",
    "areas/provinces_old.csv",
    "calendar/estimated.csv",
    "calendar/holidays.csv",
    "gia-lai/agencies.csv",
    "gia-lai/assignment.toml",
    "gia-lai/contacts.csv",
    "gia-lai/rules.toml",
    "national/applicant_kinds.csv",
    "national/catalogue.csv.br",
    "national/fields.csv",
    "national/issuers.csv",
    "national/legal_documents.csv.br",
    "national/levels_2022.csv",
    "national/procedures.jsonl.br",
    "passwords/common.txt.br",
    "passwords/vietnamese.txt",
    "registers.toml",
    "search/synonyms.toml",
}

// The files of `content/procedures/`, listed when the crate is built.
include!(concat!(env!("OUT_DIR"), "/procedures.rs"));

/// The source of the content's files.
pub(crate) enum Files {
    Embedded,
    Folder(PathBuf),
}

impl Files {
    /// The text of a file, decompressed when its name ends in `.br`.
    pub(crate) fn text(&self, path: &str) -> Result<String, ContentError> {
        let bytes = self.bytes(path)?;
        let bytes = match path.ends_with(".br") {
            true => decompress(&bytes).map_err(|cause| unreadable(path, cause))?,
            false => bytes.into_owned(),
        };
        String::from_utf8(bytes).map_err(|error| {
            let good = error.utf8_error().valid_up_to();
            let line = 1 + error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count();
            refuse(path, line, "bytes that are not UTF-8")
        })
    }

    /// A TOML file; keys that the type doesn't know are refused.
    pub(crate) fn toml<T: DeserializeOwned>(&self, path: &str) -> Result<T, ContentError> {
        let text = self.text(path)?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |span| line_at(&text, span.start));
            refuse(path, line, error.message())
        })
    }

    /// The folders of procedures, by their names.
    pub(crate) fn procedures(&self) -> Result<Vec<String>, ContentError> {
        match self.folders("procedures") {
            none if none.is_empty() => Err(unreadable("procedures", io::ErrorKind::NotFound.into())),
            names => Ok(names),
        }
    }

    /// The names of the folders in a folder, in order; none when it is not there.
    pub(crate) fn folders(&self, path: &str) -> Vec<String> {
        let mut names = self.names_in(path, true);
        names.sort();
        names.dedup();
        names
    }

    /// The paths of the samples of a procedure, in order.
    pub(crate) fn samples(&self, procedure: &str) -> Vec<String> {
        self.files_in(&format!("procedures/{procedure}/samples"))
    }

    /// The paths of the files directly in a folder, in order; none when it is not there.
    pub(crate) fn files_in(&self, folder: &str) -> Vec<String> {
        let mut paths: Vec<String> =
            self.names_in(folder, false).into_iter().map(|name| format!("{folder}/{name}")).collect();
        paths.sort();
        paths
    }

    /// Whether a file is there.
    pub(crate) fn has(&self, path: &str) -> bool {
        match self {
            Self::Embedded => embedded().any(|(name, _)| *name == path),
            Self::Folder(folder) => folder.join(path).is_file(),
        }
    }

    /// The names of the folders, or of the files, directly in a folder.
    fn names_in(&self, path: &str, wants_folders: bool) -> Vec<String> {
        match self {
            Self::Embedded => embedded()
                .filter_map(|(name, _)| {
                    let inside = name.strip_prefix(path)?.strip_prefix('/')?;
                    match (inside.split_once('/'), wants_folders) {
                        (Some((folder, _)), true) => Some(folder.to_owned()),
                        (None, false) => Some(inside.to_owned()),
                        _ => None,
                    }
                })
                .collect(),
            Self::Folder(folder) => {
                let entries = std::fs::read_dir(folder.join(path)).into_iter().flatten().flatten();
                entries
                    .filter(|entry| entry.path().is_dir() == wants_folders)
                    .map(|entry| entry.file_name().to_string_lossy().into_owned())
                    .collect()
            }
        }
    }

    fn bytes(&self, path: &str) -> Result<Cow<'static, [u8]>, ContentError> {
        match self {
            Self::Embedded => embedded()
                .find(|(name, _)| *name == path)
                .map(|(_, bytes)| Cow::Borrowed(*bytes))
                .ok_or_else(|| unreadable(path, io::ErrorKind::NotFound.into())),
            Self::Folder(folder) => match std::fs::read(folder.join(path)) {
                Ok(bytes) => Ok(Cow::Owned(bytes)),
                Err(cause) => Err(unreadable(path, cause)),
            },
        }
    }
}

fn embedded() -> impl Iterator<Item = &'static (&'static str, &'static [u8])> {
    EMBEDDED.iter().chain(PROCEDURES)
}

fn decompress(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // Text of this kind shrinks to a tenth and less; the buffer is trimmed because it stays.
    let mut text = Vec::with_capacity(bytes.len() * 24);
    brotli::Decompressor::new(bytes, 64 * 1024).read_to_end(&mut text)?;
    text.shrink_to_fit();
    Ok(text)
}

fn unreadable(path: &str, cause: io::Error) -> ContentError {
    ContentError::Unreadable { file: path.to_owned(), cause }
}
