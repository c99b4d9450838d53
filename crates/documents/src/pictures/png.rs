//! The dots of a PNG, row by row, on white where it is transparent.

use std::io::{BufRead, Seek, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;
use png::{ColorType, Decoder, DecodingError, Reader, Transformations};

use super::{Colour, Shape, Unfit};

/// A PNG whose rows are still to be read.
pub(super) struct Rows<R: BufRead + Seek> {
    reader: Reader<R>,
    shape: Shape,
    /// How many bytes each dot has as it is read: grey or colours, and perhaps how much of it is seen.
    channels: usize,
}

impl<R: BufRead + Seek> Rows<R> {
    /// Reads up to the dots. Pictures whose rows do not come in their order would have to be whole in memory: they are refused.
    pub(super) fn begin(picture: R) -> Result<Self, Unfit> {
        let mut decoder = Decoder::new(picture);
        decoder.set_transformations(Transformations::normalize_to_color8());
        let reader = decoder.read_info().map_err(unfit)?;
        if reader.info().interlaced || reader.info().animation_control.is_some() {
            return Err(Unfit::Unreadable);
        }
        let (channels, colour) = match reader.output_color_type().0 {
            ColorType::Grayscale => (1, Colour::Grey),
            ColorType::GrayscaleAlpha => (2, Colour::Grey),
            ColorType::Rgb => (3, Colour::Rgb),
            ColorType::Rgba => (4, Colour::Rgb),
            ColorType::Indexed => return Err(Unfit::Unreadable),
        };
        let info = reader.info();
        let shape = Shape { width: info.width, height: info.height, colour, orientation: 1 };
        Ok(Self { reader, shape, channels })
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.shape
    }

    /// Writes the dots, compressed.
    pub(super) fn copy_to(&mut self, out: impl Write) -> Result<(), Unfit> {
        let mut packed = ZlibEncoder::new(out, Compression::default());
        let mut seen = Vec::new();
        while let Some(row) = self.reader.next_row().map_err(unfit)? {
            match self.channels {
                2 | 4 => {
                    seen.clear();
                    for dot in row.data().chunks_exact(self.channels) {
                        let (dot, alpha) = dot.split_at(self.channels - 1);
                        seen.extend(dot.iter().map(|value| on_white(*value, alpha[0])));
                    }
                    packed.write_all(&seen)?;
                }
                _ => packed.write_all(row.data())?,
            }
        }
        packed.finish()?;
        Ok(())
    }
}

fn on_white(value: u8, alpha: u8) -> u8 {
    let (value, alpha) = (u16::from(value), u16::from(alpha));
    // A weighted mean of two bytes is a byte.
    ((value * alpha + 255 * (255 - alpha)) / 255) as u8
}

fn unfit(error: DecodingError) -> Unfit {
    match error {
        DecodingError::IoError(error) => error.into(),
        _ => Unfit::Unreadable,
    }
}
