//! Several photographs of paper as one PDF, a page each, written as they are read: none is ever whole in memory.
//!
//! A JPEG is taken as it is, turned as its Exif note says; a PNG is compressed anew, on white where it is transparent.

mod jpeg;
mod pdf;
mod png;

use std::io::{self, BufRead, Seek, SeekFrom, Write};

use pdf::{Pdf, Placed};

/// The most dots of one picture: more than any camera makes, and a stop for files that only pretend.
const MOST_DOTS: u64 = 120_000_000;

/// Why pictures could not be made one PDF.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    /// One of them is no picture that can be taken.
    #[error("picture {number} cannot be taken")]
    Unreadable {
        /// Which one, from 1 on.
        number: usize,
    },
    /// Reading or writing failed.
    #[error("pictures could not be read or the PDF not written")]
    Io(#[from] io::Error),
}

/// What a picture is, before its dots are read.
struct Shape {
    width: u32,
    height: u32,
    colour: Colour,
    /// How it must be turned, as Exif counts: 1 is upright.
    orientation: u8,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Colour {
    Grey,
    Rgb,
    /// Four inks, which cameras never and some programs do write, upside down.
    InvertedInks,
}

/// Why one picture is not taken, before it has a number.
enum Unfit {
    Unreadable,
    Io(io::Error),
}

impl From<io::Error> for Unfit {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData => Self::Unreadable,
            _ => Self::Io(error),
        }
    }
}

/// Writes a PDF with a page for each picture, in their order.
///
/// # Errors
/// [`PictureError::Unreadable`] for what is neither JPEG nor PNG, or not as a PDF can show it.
pub fn write_pictures<R: BufRead + Seek>(
    out: impl Write,
    pictures: impl IntoIterator<Item = io::Result<R>>,
) -> Result<(), PictureError> {
    let mut pdf = Pdf::begin(out)?;
    for (index, picture) in pictures.into_iter().enumerate() {
        add(&mut pdf, picture?).map_err(|unfit| match unfit {
            Unfit::Unreadable => PictureError::Unreadable { number: index + 1 },
            Unfit::Io(error) => PictureError::Io(error),
        })?;
    }
    Ok(pdf.end()?)
}

fn add<R: BufRead + Seek>(pdf: &mut Pdf<impl Write>, mut picture: R) -> Result<(), Unfit> {
    let head = picture.fill_buf()?;
    if head.starts_with(b"\xff\xd8") {
        let shape = jpeg::shape(&mut picture)?;
        check(&shape)?;
        let length = picture.seek(SeekFrom::End(0))?;
        picture.rewind()?;
        let image = pdf.begin_image(&shape, "DCTDecode", Some(length))?;
        io::copy(&mut picture, pdf)?;
        pdf.end_image(image)?;
        return Ok(pdf.page(&Placed::of(&shape, image))?);
    }
    let mut rows = png::Rows::begin(picture)?;
    check(rows.shape())?;
    let image = pdf.begin_image(rows.shape(), "FlateDecode", None)?;
    rows.copy_to(&mut *pdf)?;
    pdf.end_image(image)?;
    Ok(pdf.page(&Placed::of(rows.shape(), image))?)
}

fn check(shape: &Shape) -> Result<(), Unfit> {
    let dots = u64::from(shape.width) * u64::from(shape.height);
    if (1..=MOST_DOTS).contains(&dots) { Ok(()) } else { Err(Unfit::Unreadable) }
}
