//! What a JPEG says of itself before its dots: size, colours, and how the camera was held (ITU-T T.81, Exif 2.32).

use std::io::{Read, Seek, SeekFrom};

use super::{Colour, Shape, Unfit};

/// The most segments before the picture itself.
const MOST_SEGMENTS: usize = 500;
/// So much of a note by the camera is read: how it was held stands near its beginning.
const MOST_NOTE: u64 = 64 << 10;

/// Reads up to the picture.
pub(super) fn shape(jpeg: &mut (impl Read + Seek)) -> Result<Shape, Unfit> {
    jpeg.seek(SeekFrom::Start(2))?;
    let mut orientation = 1;
    for _ in 0..MOST_SEGMENTS {
        let marker = marker(jpeg)?;
        if matches!(marker, 0x01 | 0xd0..=0xd8) {
            continue;
        }
        let length = u64::from(u16::from_be_bytes(bytes(jpeg)?));
        let rest = length.checked_sub(2).ok_or(Unfit::Unreadable)?;
        match marker {
            // Frames that every reader of PDF knows: baseline, extended, progressive, coded by Huffman.
            0xc0..=0xc2 => return frame(jpeg, orientation),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xd9 | 0xda => return Err(Unfit::Unreadable),
            0xe1 => {
                let mut note = Vec::new();
                let read = rest.min(MOST_NOTE);
                jpeg.by_ref().take(read).read_to_end(&mut note)?;
                skip(jpeg, rest - read)?;
                if let Some(found) = note.strip_prefix(b"Exif\0\0").and_then(held) {
                    orientation = found;
                }
            }
            _ => skip(jpeg, rest)?,
        }
    }
    Err(Unfit::Unreadable)
}

fn frame(jpeg: &mut impl Read, orientation: u8) -> Result<Shape, Unfit> {
    let [precision, h1, h0, w1, w0, components] = bytes(jpeg)?;
    let colour = match (precision, components) {
        (8, 1) => Colour::Grey,
        (8, 3) => Colour::Rgb,
        (8, 4) => Colour::InvertedInks,
        _ => return Err(Unfit::Unreadable),
    };
    let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
    Ok(Shape { width: width.into(), height: height.into(), colour, orientation })
}

/// The next marker; before it may stand any number of fillers.
fn marker(jpeg: &mut impl Read) -> Result<u8, Unfit> {
    let [0xff] = bytes(jpeg)? else { return Err(Unfit::Unreadable) };
    for _ in 0..16 {
        match bytes(jpeg)? {
            [0xff] => {}
            [marker] => return Ok(marker),
        }
    }
    Err(Unfit::Unreadable)
}

/// How the camera was held: tag 0x0112 of the first list of a TIFF note.
fn held(note: &[u8]) -> Option<u8> {
    let is_little = match note.get(..4)? {
        b"II*\0" => true,
        b"MM\0*" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let pair = note.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(pair) } else { u16::from_be_bytes(pair) })
    };
    let four: [u8; 4] = note.get(4..8)?.try_into().ok()?;
    let list = if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) };
    let list = usize::try_from(list).ok()?;
    let count = usize::from(short(list)?);
    (0..count).find_map(|index| {
        let entry = list.checked_add(2 + 12 * index)?;
        let value = (short(entry)? == 0x0112).then(|| short(entry.checked_add(8)?)).flatten()?;
        u8::try_from(value).ok().filter(|held| (1..=8).contains(held))
    })
}

fn bytes<const N: usize>(jpeg: &mut impl Read) -> Result<[u8; N], Unfit> {
    let mut bytes = [0; N];
    jpeg.read_exact(&mut bytes)?;
    Ok(bytes)
}

fn skip(jpeg: &mut impl Seek, count: u64) -> Result<(), Unfit> {
    jpeg.seek_relative(i64::try_from(count).map_err(|_| Unfit::Unreadable)?)?;
    Ok(())
}
