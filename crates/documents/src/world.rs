//! What the typesetter may read while it sets one document: the templates, the fonts, the document's data; nothing else.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

use crate::DocumentError;
use crate::fonts::Fonts;

/// Which document is set; its template is a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Template {
    Receipt,
    AcceptanceSlip,
    SupplementSlip,
    RefusalSlip,
    Letter,
}

impl Template {
    pub(crate) fn file_name(self) -> &'static str {
        match self {
            Self::Receipt => "receipt.typ",
            Self::AcceptanceSlip => "acceptance_slip.typ",
            Self::SupplementSlip => "supplement_slip.typ",
            Self::RefusalSlip => "refusal_slip.typ",
            Self::Letter => "letter.typ",
        }
    }
}

static DATA_FILE: LazyLock<FileId> = LazyLock::new(|| file("data.json"));
static QR_FILE: LazyLock<FileId> = LazyLock::new(|| file("qr.svg"));
static CHECK_QR_FILE: LazyLock<FileId> = LazyLock::new(|| file("check-qr.svg"));

/// What all documents share: built once.
pub(crate) struct Shared {
    library: LazyHash<Library>,
    pub(crate) fonts: Fonts,
    sources: Vec<Source>,
}

impl Shared {
    pub(crate) fn load() -> Result<Self, DocumentError> {
        let sources = [
            ("common.typ", include_str!("../../../templates/documents/common.typ")),
            (Template::Receipt.file_name(), include_str!("../../../templates/documents/receipt.typ")),
            (Template::AcceptanceSlip.file_name(), include_str!("../../../templates/documents/acceptance_slip.typ")),
            (Template::SupplementSlip.file_name(), include_str!("../../../templates/documents/supplement_slip.typ")),
            (Template::Letter.file_name(), include_str!("../../../templates/documents/letter.typ")),
            (Template::RefusalSlip.file_name(), include_str!("../../../templates/documents/refusal_slip.typ")),
        ];
        Ok(Self {
            library: LazyHash::new(Library::default()),
            fonts: Fonts::load()?,
            sources: sources.into_iter().map(|(name, text)| Source::new(file(name), text.to_owned())).collect(),
        })
    }
}

/// The world of one document.
pub(crate) struct DocumentWorld<'a> {
    shared: &'a Shared,
    main: FileId,
    data: Bytes,
    qr_code: Option<Bytes>,
    check_qr_code: Option<Bytes>,
}

impl<'a> DocumentWorld<'a> {
    pub(crate) fn new(shared: &'a Shared, template: Template, data: Vec<u8>) -> Self {
        Self { shared, main: file(template.file_name()), data: Bytes::new(data), qr_code: None, check_qr_code: None }
    }

    /// With the pictures that lead to the page of the dossier, and to the one that checks the document.
    pub(crate) fn with_pictures(mut self, qr_code: Option<Vec<u8>>, check_qr_code: Option<Vec<u8>>) -> Self {
        (self.qr_code, self.check_qr_code) = (qr_code.map(Bytes::new), check_qr_code.map(Bytes::new));
        self
    }
}

impl World for DocumentWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.shared.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.shared.fonts.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shared.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        match id {
            id if id == *DATA_FILE => Ok(self.data.clone()),
            id if id == *QR_FILE => self.qr_code.clone().ok_or(FileError::AccessDenied),
            id if id == *CHECK_QR_FILE => self.check_qr_code.clone().ok_or(FileError::AccessDenied),
            _ => Err(FileError::AccessDenied),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.shared.fonts.get(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn file(name: &'static str) -> FileId {
    let path = VirtualPath::new(name).expect("a plain file name is a path");
    RootedPath::new(VirtualRoot::Project, path).intern()
}
