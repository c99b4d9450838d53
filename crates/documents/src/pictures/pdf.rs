//! A PDF of pages with one picture each (ISO 32000-1), written from its beginning to its end without going back.

use std::io::{self, Write};

use super::{Colour, Shape};

/// A4 in points of 1/72 inch, upright.
const A4: (f64, f64) = (595.28, 841.89);
/// What stays white round a picture.
const MARGIN: f64 = 18.0;
/// The numbers of the objects that are written last: the root, and the list of pages.
const CATALOGUE: usize = 1;
const PAGES: usize = 2;

/// A PDF that is being written.
pub(super) struct Pdf<W> {
    out: W,
    position: u64,
    /// Where each object begins, by its number less one.
    objects: Vec<u64>,
    pages: Vec<usize>,
    stream_began: u64,
}

/// A picture in its place on a page.
pub(super) struct Placed {
    image: usize,
    page: (f64, f64),
    matrix: [f64; 6],
}

impl Placed {
    /// As large as the page allows, in the middle, upright; a page as broad or high as the picture.
    pub(super) fn of(shape: &Shape, image: usize) -> Self {
        let (width, height) = (f64::from(shape.width), f64::from(shape.height));
        let lies_down = shape.orientation >= 5;
        let (width, height) = if lies_down { (height, width) } else { (width, height) };
        let page = if width > height { (A4.1, A4.0) } else { A4 };
        let scale = ((page.0 - 2.0 * MARGIN) / width).min((page.1 - 2.0 * MARGIN) / height);
        let (w, h) = (width * scale, height * scale);
        let (x, y) = ((page.0 - w) / 2.0, (page.1 - h) / 2.0);
        // Exif 2.32, 4.6.4: where the first row and the first column are seen.
        let matrix = match shape.orientation {
            2 => [-w, 0.0, 0.0, h, x + w, y],
            3 => [-w, 0.0, 0.0, -h, x + w, y + h],
            4 => [w, 0.0, 0.0, -h, x, y + h],
            5 => [0.0, -h, -w, 0.0, x + w, y + h],
            6 => [0.0, -h, w, 0.0, x, y + h],
            7 => [0.0, h, w, 0.0, x, y],
            8 => [0.0, h, -w, 0.0, x + w, y],
            _ => [w, 0.0, 0.0, h, x, y],
        };
        Self { image, page, matrix }
    }
}

impl<W: Write> Pdf<W> {
    pub(super) fn begin(out: W) -> io::Result<Self> {
        let mut pdf = Self { out, position: 0, objects: vec![0; PAGES], pages: Vec::new(), stream_began: 0 };
        // Four bytes beyond ASCII tell programs that copy files that this one is no text.
        pdf.write_all(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")?;
        Ok(pdf)
    }

    /// Begins a picture, whose bytes are written next; its length is told after it when it is not known before.
    pub(super) fn begin_image(&mut self, shape: &Shape, filter: &str, length: Option<u64>) -> io::Result<usize> {
        let image = self.number();
        let length_number = self.number();
        self.begin_object(image)?;
        let (space, decode) = match shape.colour {
            Colour::Grey => ("DeviceGray", ""),
            Colour::Rgb => ("DeviceRGB", ""),
            Colour::InvertedInks => ("DeviceCMYK", " /Decode [1 0 1 0 1 0 1 0]"),
        };
        let length = length.map_or_else(|| format!("{length_number} 0 R"), |length| length.to_string());
        let Shape { width, height, .. } = shape;
        write!(
            self,
            "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /{space} \
             /BitsPerComponent 8{decode} /Filter /{filter} /Length {length} >>\nstream\n"
        )?;
        self.stream_began = self.position;
        Ok(image)
    }

    /// Ends the picture that was begun last.
    pub(super) fn end_image(&mut self, image: usize) -> io::Result<()> {
        let length = self.position - self.stream_began;
        self.write_all(b"\nendstream\nendobj\n")?;
        self.begin_object(image + 1)?;
        write!(self, "{length}\nendobj\n")
    }

    /// A page with this picture.
    pub(super) fn page(&mut self, placed: &Placed) -> io::Result<()> {
        let [a, b, c, d, e, f] = placed.matrix;
        let content = format!("q {a:.2} {b:.2} {c:.2} {d:.2} {e:.2} {f:.2} cm /P Do Q");
        let content_number = self.number();
        self.begin_object(content_number)?;
        write!(self, "<< /Length {} >>\nstream\n{content}\nendstream\nendobj\n", content.len())?;
        let page = self.number();
        self.begin_object(page)?;
        let ((width, height), image) = (placed.page, placed.image);
        write!(
            self,
            "<< /Type /Page /Parent {PAGES} 0 R /MediaBox [0 0 {width:.2} {height:.2}] \
             /Resources << /XObject << /P {image} 0 R >> >> /Contents {content_number} 0 R >>\nendobj\n"
        )?;
        self.pages.push(page);
        Ok(())
    }

    /// Writes what only the end can know: the list of pages, the root, and where everything is.
    pub(super) fn end(mut self) -> io::Result<()> {
        let kids: Vec<String> = self.pages.iter().map(|page| format!("{page} 0 R")).collect();
        self.begin_object(PAGES)?;
        write!(self, "<< /Type /Pages /Count {} /Kids [{}] >>\nendobj\n", kids.len(), kids.join(" "))?;
        self.begin_object(CATALOGUE)?;
        write!(self, "<< /Type /Catalog /Pages {PAGES} 0 R >>\nendobj\n")?;
        let (places, table) = (std::mem::take(&mut self.objects), self.position);
        write!(self, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1)?;
        for place in &places {
            writeln!(self, "{place:010} 00000 n ")?;
        }
        let count = places.len() + 1;
        write!(self, "trailer\n<< /Size {count} /Root {CATALOGUE} 0 R >>\nstartxref\n{table}\n%%EOF\n")?;
        self.flush()
    }

    fn number(&mut self) -> usize {
        self.objects.push(0);
        self.objects.len()
    }

    fn begin_object(&mut self, number: usize) -> io::Result<()> {
        self.objects[number - 1] = self.position;
        writeln!(self, "{number} 0 obj")
    }
}

impl<W: Write> Write for Pdf<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.out.write(bytes)?;
        self.position += count as u64;
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
