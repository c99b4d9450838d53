//! The QR code that leads from the paper to the look-up page, as an SVG picture.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};

use crate::DocumentError;

/// Draws an address as a QR code, without the free edge of four modules that the standard asks for: the templates leave it.
///
/// Fails when the address is too long for one.
pub(crate) fn draw(address: &str) -> Result<Vec<u8>, DocumentError> {
    qr_picture(address).map(String::into_bytes)
}

/// An address as a QR code for a page: SVG, without the free edge of four modules that the standard asks for.
///
/// # Errors
/// When the address is too long for one.
pub fn qr_picture(address: &str) -> Result<String, DocumentError> {
    // Level M: a fold or a thumb on the paper does not spoil it.
    let code = QRBuilder::new(address)
        .ecl(ECL::M)
        .build()
        .map_err(|_| DocumentError::AddressTooLong { length: address.len() })?;
    let mut path = String::new();
    for row in 0..code.size {
        let dark: Vec<bool> = code[row].iter().map(|module| module.value()).collect();
        for (column, length) in runs(&dark) {
            // A hair higher than a module, so that no viewer shows white seams between the rows.
            write!(path, "M{column} {row}h{length}v1.02h-{length}z").expect("a String takes every text");
        }
    }
    let side = code.size;
    Ok(format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"><path fill="#000" d="{path}"/></svg>"##
    ))
}

/// The stretches of dark modules in a row: where each begins and how long it is.
fn runs(dark: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (column, _) in dark.iter().enumerate().filter(|(_, dark)| **dark) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == column => *length += 1,
            _ => runs.push((column, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_modules_side_by_side_are_one_run() {
        assert_eq!(runs(&[true, true, false, true, false]), [(0, 2), (3, 1)]);
        assert_eq!(runs(&[false, false]), []);
        assert_eq!(runs(&[]), []);
    }

    #[test]
    fn an_address_that_is_too_long_is_refused() {
        assert!(draw("https://dichvucong.gialai.gov.vn/tra-cuu?ma-ho-so=H21.58-261122-0001").is_ok());
        assert!(matches!(draw(&"a".repeat(3_000)), Err(DocumentError::AddressTooLong { length: 3_000 })));
    }
}
