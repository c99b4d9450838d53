//! What a reader's program finds in a PDF: its words, its metadata.

use std::process::Command;

/// The words of a PDF in reading order, each stretch of white space one space.
pub(crate) fn words(pdf: &[u8]) -> String {
    pdftotext(&["-raw"], pdf).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// How many pages a PDF has.
pub(crate) fn pages(pdf: &[u8]) -> usize {
    pdftotext(&["-bbox"], pdf).matches("<page ").count()
}

/// The left edge of the leftmost word and the right edge of the rightmost, in points.
pub(crate) fn text_edges(pdf: &[u8]) -> (f64, f64) {
    let boxes = pdftotext(&["-bbox"], pdf);
    let edges = |name: &str| -> Vec<f64> {
        boxes
            .lines()
            .filter(|line| line.contains("<word "))
            .filter_map(|line| line.split(name).nth(1))
            .filter_map(|rest| rest.trim_start_matches("=\"").split('"').next())
            .map(|edge| edge.parse().expect("pdftotext writes edges as numbers"))
            .collect()
    };
    (edges("xMin").into_iter().fold(f64::MAX, f64::min), edges("xMax").into_iter().fold(f64::MIN, f64::max))
}

fn pdftotext(arguments: &[&str], pdf: &[u8]) -> String {
    let directory = tempfile::tempdir().expect("a temporary directory can be made");
    let path = directory.path().join("document.pdf");
    std::fs::write(&path, pdf).expect("the directory is ours");
    let output = Command::new("pdftotext")
        .args(arguments)
        .args(["-enc", "UTF-8"])
        .arg(&path)
        .arg("-")
        .output()
        .expect("Debian's poppler-utils is installed: `cargo xtask test` brings it");
    assert!(output.status.success(), "pdftotext cannot read the document");
    String::from_utf8(output.stdout).expect("pdftotext was asked for UTF-8")
}

/// The XMP metadata, which stand in the file as plain text.
pub(crate) fn metadata(pdf: &[u8]) -> String {
    let text = String::from_utf8_lossy(pdf);
    let start = text.find("<?xpacket begin").expect("PDF/A has XMP metadata, not compressed");
    let end = text.find("<?xpacket end").expect("XMP metadata end");
    text[start..end].to_owned()
}
