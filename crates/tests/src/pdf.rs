//! Reading the documents that the portal hands out.

use std::io::Write;
use std::process::{Command, Stdio};

/// The text of a PDF, in one line.
pub fn pdf_text(bytes: &[u8]) -> String {
    assert!(bytes.starts_with(b"%PDF-"), "no PDF: {:?}", String::from_utf8_lossy(&bytes[..bytes.len().min(200)]));
    let piped = Command::new("pdftotext").args(["-", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut reader = piped.unwrap();
    reader.stdin.take().unwrap().write_all(bytes).unwrap();
    let output = reader.wait_with_output().unwrap();
    assert!(output.status.success(), "pdftotext cannot read it");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect::<Vec<_>>().join(" ")
}
