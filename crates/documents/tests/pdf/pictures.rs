//! Photographs become pages of one PDF: in their order, upright, and never by a crash.

use std::io::{self, Cursor};
use std::process::Command;

use documents::{PictureError, write_pictures};
use tempfile::TempDir;

use crate::page;

/// Red, green, blue and white in its corners: above left and right, below left and right.
const JPEG: &[u8] = include_bytes!("pictures/corners.jpg");
const PNG: &[u8] = include_bytes!("pictures/corners.png");

fn pdf(pictures: &[&[u8]]) -> Result<Vec<u8>, PictureError> {
    let mut pdf = Vec::new();
    write_pictures(&mut pdf, pictures.iter().map(|picture| Ok(Cursor::new(*picture))))?;
    Ok(pdf)
}

/// The picture with a note by the camera that says how it was held.
fn held(orientation: u8, is_little: bool) -> Vec<u8> {
    let order = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let mut note = b"Exif\0\0".to_vec();
    note.extend(if is_little { b"II*\0\x08\0\0\0" } else { b"MM\0*\0\0\0\x08" });
    note.extend(order(1));
    note.extend([order(0x0112), order(3)].concat());
    note.extend(if is_little { [1, 0, 0, 0] } else { [0, 0, 0, 1] });
    note.extend(order(u16::from(orientation)));
    note.extend([0; 6]);
    let length = u16::try_from(note.len() + 2).unwrap().to_be_bytes();
    [&JPEG[..2], b"\xff\xe1", &length, &note, &JPEG[2..]].concat()
}

/// What is seen in the corners of the only page: a letter for each colour.
fn corners(pdf: &[u8]) -> String {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, pdf).unwrap();
    let output = Command::new("pdftoppm").args(["-r", "36"]).arg(&path).output();
    let output = output.expect("pdftoppm is installed: `cargo xtask test` installs what is missing");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let picture = output.stdout;
    let mut words = picture.splitn(4, |byte| byte.is_ascii_whitespace());
    let [kind, width, height] = [(); 3].map(|()| String::from_utf8(words.next().unwrap().to_vec()).unwrap());
    assert_eq!(kind, "P6");
    let dots = &words.next().unwrap()[4..];
    let (width, height): (usize, usize) = (width.parse().unwrap(), height.parse().unwrap());
    // The picture fills one side of the page: a little off the middle one is in its quarter.
    let (x, y, off) = (width / 2, height / 2, width.min(height) / 6);
    let seen = [(x - off, y - off), (x + off, y - off), (x - off, y + off), (x + off, y + off)];
    let letter = |(x, y): (usize, usize)| match dots[3 * (y * width + x)..][..3]
        .iter()
        .map(|dot| *dot > 127)
        .collect::<Vec<_>>()[..]
    {
        [true, false, false] => 'R',
        [false, true, false] => 'G',
        [false, false, true] => 'B',
        [true, true, true] => 'W',
        _ => '?',
    };
    seen.into_iter().map(letter).collect()
}

#[test]
fn photographs_stand_upright_however_the_camera_was_held() {
    // Exif 2.32, 4.6.4: where the first row and the first column of the stored picture are seen.
    let cases =
        [(1, "RGBW"), (2, "GRWB"), (3, "WBGR"), (4, "BWRG"), (5, "RBGW"), (6, "BRWG"), (7, "WGBR"), (8, "GWRB")];
    for (orientation, expected) in cases {
        for is_little in [true, false] {
            assert_eq!(corners(&pdf(&[&held(orientation, is_little)]).unwrap()), expected, "held as {orientation}");
        }
    }
    assert_eq!(corners(&pdf(&[JPEG]).unwrap()), "RGBW");
    assert_eq!(corners(&pdf(&[PNG]).unwrap()), "RGBW");
}

#[test]
fn what_is_transparent_is_white() {
    let mut png = Vec::new();
    let mut encoder = png::Encoder::new(&mut png, 2, 2);
    encoder.set_color(png::ColorType::Rgba);
    let dots = [[255, 0, 0, 255], [0, 255, 0, 255], [0, 0, 255, 255], [0, 0, 0, 0]].concat();
    encoder.write_header().unwrap().write_image_data(&dots).unwrap();
    assert_eq!(corners(&pdf(&[&png]).unwrap()), "RGBW");
}

#[test]
fn each_picture_has_a_page_as_high_or_broad_as_it_is() {
    let upright = held(6, true);
    let pdf = pdf(&[JPEG, &upright, PNG]).unwrap();
    assert_eq!(page::pages(&pdf), 3);
    let text = String::from_utf8_lossy(&pdf);
    let boxes: Vec<&str> = text.split("/MediaBox [0 0 ").skip(1).filter_map(|rest| rest.split(']').next()).collect();
    assert_eq!(boxes, ["841.89 595.28", "595.28 841.89", "841.89 595.28"]);
    // The bytes of a photograph are taken as they are.
    assert!(pdf.windows(JPEG.len()).any(|window| window == JPEG));
}

#[test]
fn what_is_no_picture_is_named_by_its_number() {
    let interlaced = {
        let mut broken = PNG.to_vec();
        // The last byte of the header says so; its checksum no longer fits either.
        broken[28] = 1;
        broken
    };
    for wrong in [&b""[..], b"%PDF-1.7\n", b"\xff\xd8\xff\xd9", &JPEG[..20], &interlaced] {
        let refused = pdf(&[JPEG, wrong]);
        assert!(matches!(refused, Err(PictureError::Unreadable { number: 2 })), "{wrong:?}: {refused:?}");
    }
    let gone = write_pictures(io::sink(), [Err::<Cursor<&[u8]>, _>(io::Error::other("gone"))]);
    assert!(matches!(gone, Err(PictureError::Io(_))));
}

#[test]
fn no_bytes_make_it_crash() {
    for picture in [&held(6, false), PNG] {
        for length in 0..picture.len() {
            let _ = pdf(&[&picture[..length]]);
        }
        for at in 0..picture.len() {
            for value in [0, 1, 0x7f, 0xff, !picture[at]] {
                let mut changed = picture.to_vec();
                changed[at] = value;
                let _ = pdf(&[&changed]);
            }
        }
    }
}
