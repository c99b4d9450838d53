//! What a file is by its content, whatever its name says, and the name under which it is kept.

use crate::office_file::{Archive, archive, is_archive};

/// The kinds of file that a dossier may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// Portable Document Format.
    Pdf,
    /// JPEG picture.
    Jpeg,
    /// PNG picture.
    Png,
    /// HEIC picture, as telephones take it.
    Heic,
    /// TIFF picture, as scanners make it.
    Tiff,
    /// Word document.
    Docx,
    /// Excel workbook.
    Xlsx,
}

/// Why a file is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileKindError {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It is a program.
    #[error("the file is a program")]
    Program,
    /// It is none of the kinds that are taken.
    #[error("the file is of no kind that is taken")]
    Other,
}

impl FileKind {
    /// Every kind, in the order in which people are told of them.
    pub const ALL: [Self; 7] = [Self::Pdf, Self::Jpeg, Self::Png, Self::Heic, Self::Tiff, Self::Docx, Self::Xlsx];

    /// Tells the kind from the first bytes (8 kB are enough) and, for office documents, the last ones.
    pub(crate) fn of(head: &[u8], tail: &[u8]) -> Result<Self, FileKindError> {
        if !is_archive(head) {
            return Self::of_head(head);
        }
        match archive(tail) {
            Some(Archive::Document) => Ok(Self::Docx),
            Some(Archive::Workbook) => Ok(Self::Xlsx),
            Some(Archive::Program) => Err(FileKindError::Program),
            None => Err(FileKindError::Other),
        }
    }

    /// Refuses what its first bytes tell to be of no kind that is taken; an archive may still be an office document.
    pub(crate) fn check_head(head: &[u8]) -> Result<(), FileKindError> {
        if is_archive(head) { Ok(()) } else { Self::of_head(head).map(drop) }
    }

    fn of_head(head: &[u8]) -> Result<Self, FileKindError> {
        if head.is_empty() {
            return Err(FileKindError::Empty);
        }
        let Some(found) = infer::get(head) else { return Err(FileKindError::Other) };
        if found.matcher_type() == infer::MatcherType::App {
            return Err(FileKindError::Program);
        }
        Self::ALL.into_iter().find(|kind| kind.media_type() == found.mime_type()).ok_or(FileKindError::Other)
    }

    /// The media type under which it is handed out.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Heic => "image/heif",
            Self::Tiff => "image/tiff",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The endings that names of this kind have; the first is given to a name that has none of them.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Png => &["png"],
            Self::Heic => &["heic", "heif"],
            Self::Tiff => &["tif", "tiff"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
        }
    }

    /// The name under which the file is kept: without folders and control characters, at most 120 characters, with an
    /// ending that tells the truth.
    pub fn name(self, given: &str) -> String {
        let last = given.rsplit(['/', '\\']).next().unwrap_or_default();
        let clean: String = last.chars().filter(|c| !c.is_control() && !is_invisible(*c)).take(110).collect();
        let clean = clean.trim().trim_matches('.').trim();
        let stem = if clean.is_empty() { "tep" } else { clean };
        let ending = stem.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
        match ending {
            Some(ending) if self.endings().contains(&ending.as_str()) => stem.to_owned(),
            _ => format!("{stem}.{}", self.endings()[0]),
        }
    }
}

/// Characters that turn the direction of a line or take no place, with which a name can pretend to be another.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_content() {
        let elf = [&b"\x7fELF\x02\x01\x01"[..], &[0; 64]].concat();
        let cases: [(&[u8], Result<FileKind, FileKindError>); 7] = [
            (b"%PDF-1.7\n", Ok(FileKind::Pdf)),
            (b"\xff\xd8\xff\xe0\x00\x10JFIF", Ok(FileKind::Jpeg)),
            (b"\x89PNG\r\n\x1a\n", Ok(FileKind::Png)),
            (b"MZ\x90\x00\x03\x00\x00\x00", Err(FileKindError::Program)),
            (&elf, Err(FileKindError::Program)),
            (b"a", Err(FileKindError::Other)),
            (b"", Err(FileKindError::Empty)),
        ];
        for (head, expected) in cases {
            assert_eq!(FileKind::of(head, head), expected, "{head:?}");
        }
    }

    #[test]
    fn office_documents_are_told_from_other_archives() {
        use crate::office_file::tests::{DOCUMENT, zip};
        let workbook = zip(&["[Content_Types].xml", "xl/workbook.xml"]);
        let cases = [
            (zip(&DOCUMENT), Ok(FileKind::Docx)),
            (workbook, Ok(FileKind::Xlsx)),
            (zip(&["ảnh.jpg"]), Err(FileKindError::Other)),
            (zip(&["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"]), Err(FileKindError::Program)),
        ];
        for (file, expected) in cases {
            assert_eq!(FileKind::of(&file, &file), expected);
            assert_eq!(FileKind::check_head(&file), Ok(()), "its end tells, which may still be on its way");
        }
        assert_eq!(FileKind::check_head(b"chu"), Err(FileKindError::Other));
    }

    #[test]
    fn photographs_of_telephones_are_taken_as_they_are() {
        let heic = [&b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"[..], &[0; 64]].concat();
        assert_eq!(FileKind::of(&heic, &heic), Ok(FileKind::Heic));
    }

    #[test]
    fn names_lose_folders_and_lies() {
        let cases = [
            ("giấy chứng sinh.pdf", "giấy chứng sinh.pdf"),
            ("C:\\fakepath\\a.PDF", "a.PDF"),
            ("../../etc/passwd", "passwd.pdf"),
            ("bia.exe", "bia.exe.pdf"),
            ("", "tep.pdf"),
            ("a\u{202e}fdp.exe", "afdp.exe.pdf"),
            ("\u{0}\n..", "tep.pdf"),
        ];
        for (given, expected) in cases {
            assert_eq!(FileKind::Pdf.name(given), expected, "{given:?}");
        }
        assert!(FileKind::Pdf.name(&"ư".repeat(5000)).chars().count() <= 120);
    }
}
