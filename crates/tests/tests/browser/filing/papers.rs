//! The files that people bring: good ones, and ones that are no papers.

use std::path::PathBuf;
use tempfile::TempDir;

/// How large the scan is.
pub(super) const SCAN_BYTES: usize = 20_000_000;

/// A folder with the files of one citizen.
pub(super) struct Papers {
    folder: TempDir,
}

impl Papers {
    pub(super) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// One byte, which is no kind of paper.
    pub(super) fn one_byte(&self) -> PathBuf {
        self.file("to-khai.pdf", b"a")
    }

    /// A Windows program under the name of a paper.
    pub(super) fn program(&self) -> PathBuf {
        let mut bytes = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff\x00\x00".to_vec();
        bytes.resize(4096, 0);
        self.file("giay-chung-sinh.pdf", &bytes)
    }

    /// A scan of 20 MB.
    pub(super) fn scan(&self) -> PathBuf {
        let mut bytes = small_pdf("Giay chung sinh");
        bytes.resize(SCAN_BYTES, b' ');
        self.file("Giấy chứng sinh.pdf", &bytes)
    }

    /// A small paper under any name.
    pub(super) fn small(&self, name: &str) -> PathBuf {
        self.file(name, &small_pdf("Giay to"))
    }

    /// What the officer gives back.
    pub(super) fn result(&self) -> (PathBuf, Vec<u8>) {
        let bytes = small_pdf("Giay khai sinh");
        (self.file("Giấy khai sinh.pdf", &bytes), bytes)
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    }
}

fn small_pdf(title: &str) -> Vec<u8> {
    format!(
        "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
         3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\n4 0 obj<</Title({title})>>endobj\n\
         trailer<</Root 1 0 R/Info 4 0 R>>\n%%EOF\n"
    )
    .into_bytes()
}
