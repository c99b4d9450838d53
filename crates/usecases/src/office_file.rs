//! What a ZIP archive is by the names in its directory: a Word document, an Excel workbook, either with programs in it, or
//! something else.
//!
//! Office programs write their parts in different orders, so the beginning of a file does not tell: the directory at its end
//! does (PKWARE APPNOTE 6.3.10, 4.3.12 and 4.3.16; ECMA-376, part 2).

/// How much of the end of an archive is looked at: a directory of some thousands of names.
pub(crate) const TAIL: u64 = 512 << 10;

/// The end of the directory, and one entry of it.
const END: &[u8] = b"PK\x05\x06";
const ENTRY: &[u8] = b"PK\x01\x02";

/// What an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Archive {
    /// A Word document.
    Document,
    /// An Excel workbook.
    Workbook,
    /// Either of them with macros: a program.
    Program,
}

/// Whether a file begins as an archive does.
pub(crate) fn is_archive(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04")
}

/// What the archive with this end is; `None` for all others, also those whose directory cannot be read.
pub(crate) fn archive(tail: &[u8]) -> Option<Archive> {
    let names = names(tail)?;
    let has = |wanted: &[u8]| names.contains(&wanted);
    if names.iter().any(|name| name.to_ascii_lowercase().ends_with(b"vbaproject.bin")) {
        return Some(Archive::Program);
    }
    if !has(b"[Content_Types].xml") {
        return None;
    }
    match (has(b"word/document.xml"), has(b"xl/workbook.xml")) {
        (true, false) => Some(Archive::Document),
        (false, true) => Some(Archive::Workbook),
        _ => None,
    }
}

/// The names in the directory.
fn names(tail: &[u8]) -> Option<Vec<&[u8]>> {
    // After the end stands at most a remark of 64 KiB.
    let end = tail.windows(END.len()).rposition(|window| window == END)?;
    bytes::<22>(tail, end)?;
    let size = usize::try_from(u32::from_le_bytes(bytes(tail, end.checked_add(12)?)?)).ok()?;
    let mut at = end.checked_sub(size)?;
    let mut names = Vec::new();
    while at < end {
        if tail.get(at..at.checked_add(ENTRY.len())?)? != ENTRY {
            return None;
        }
        let [name, extra, remark] = [28, 30, 32].map(|place| bytes(tail, at + place).map(u16::from_le_bytes));
        let (name, extra, remark) = (usize::from(name?), usize::from(extra?), usize::from(remark?));
        let begin = at.checked_add(46)?;
        names.push(tail.get(begin..begin.checked_add(name)?)?);
        at = begin + name + extra + remark;
    }
    Some(names)
}

fn bytes<const N: usize>(tail: &[u8], at: usize) -> Option<[u8; N]> {
    tail.get(at..at.checked_add(N)?)?.try_into().ok()
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// An archive of empty files with these names.
    pub(crate) fn zip(names: &[&str]) -> Vec<u8> {
        let (mut files, mut directory) = (Vec::new(), Vec::new());
        for name in names {
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            let at = u32::try_from(files.len()).unwrap().to_le_bytes();
            files.extend([b"PK\x03\x04", &[20, 0][..], &[0; 20], &length, &[0; 2], name.as_bytes()].concat());
            let head = [ENTRY, &[20, 0, 20, 0][..], &[0; 20], &length, &[0; 12], &at, name.as_bytes()].concat();
            directory.extend(head);
        }
        let size = u32::try_from(directory.len()).unwrap().to_le_bytes();
        let at = u32::try_from(files.len()).unwrap().to_le_bytes();
        let count = u16::try_from(names.len()).unwrap().to_le_bytes();
        [files, directory, [END, &[0; 4][..], &count, &count, &size, &at, &[0; 2]].concat()].concat()
    }

    /// As LibreOffice orders a document's parts.
    pub(crate) const DOCUMENT: [&str; 5] =
        ["_rels/.rels", "docProps/core.xml", "docProps/app.xml", "word/document.xml", "[Content_Types].xml"];

    #[test]
    fn archives_are_told_by_their_directory_in_any_order() {
        let cases: [(&[&str], Option<Archive>); 7] = [
            (&DOCUMENT, Some(Archive::Document)),
            (&["[Content_Types].xml", "_rels/.rels", "word/document.xml"], Some(Archive::Document)),
            (&["xl/workbook.xml", "[Content_Types].xml"], Some(Archive::Workbook)),
            (&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"], Some(Archive::Program)),
            (&["[Content_Types].xml", "ppt/presentation.xml"], None),
            (&["word/document.xml", "ảnh.jpg"], None),
            (&[], None),
        ];
        for (names, expected) in cases {
            assert_eq!(archive(&zip(names)), expected, "{names:?}");
        }
    }

    #[test]
    fn broken_directories_are_no_archives_and_no_crash() {
        let whole = zip(&DOCUMENT);
        for length in 0..whole.len() {
            assert_eq!(archive(&whole[..length]), None, "cut at {length}");
        }
        for at in 0..whole.len() {
            for value in [0, 1, 0x7f, 0xff] {
                let mut changed = whole.clone();
                changed[at] = value;
                let _ = archive(&changed);
            }
        }
    }
}
