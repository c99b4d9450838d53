//! The picture of a captcha: digits of differing shape, size, slant and weight, bent together, with lines and specks through
//! them, so that no digit can be cut out and compared; dark on white, so that people read it.

use std::f32::consts::TAU;

use png::{BitDepth, ColorType, Compression, Encoder, EncodingError, Filter};

use super::chance::Chance;
use super::glyphs::SHAPES;

/// Size in pixels; pages show it at two thirds of that, sharp enough for a telephone.
pub(super) const WIDTH: usize = 450;
pub(super) const HEIGHT: usize = 144;

/// The PNG of these digits; the same for the same seed.
pub(super) fn draw(digits: &[u8], seed: u64) -> Result<Vec<u8>, EncodingError> {
    let mut chance = Chance::new(seed);
    let mut sheet = Sheet { ink: vec![0.0; WIDTH * HEIGHT] };
    let bend = Bend::new(&mut chance);
    for line in lines_of_digits(digits, &mut chance) {
        let points: Vec<_> = line.points.iter().map(|point| bend.apply(*point)).collect();
        sheet.stroke(&points, line.radius, Pen::Ink);
    }
    // Two dark lines join the digits, thin enough to be told from them; a white one cuts through.
    for (radius, pen) in [(1.7, Pen::Ink), (2.2, Pen::Ink), (1.3, Pen::White)] {
        sheet.stroke(&crossing_line(&mut chance), radius, pen);
    }
    for _ in 0..20 {
        let at = (chance.between(0.0, WIDTH as f32), chance.between(0.0, HEIGHT as f32));
        let next = (at.0 + chance.between(-9.0, 9.0), at.1 + chance.between(-9.0, 9.0));
        let pen = if chance.below(3) == 0 { Pen::White } else { Pen::Ink };
        sheet.stroke(&[at, next], chance.between(1.0, 2.0), pen);
    }
    sheet.encode()
}

struct Line {
    points: Vec<(f32, f32)>,
    radius: f32,
}

/// The strokes of all digits in their places, not bent yet.
fn lines_of_digits(digits: &[u8], chance: &mut Chance) -> Vec<Line> {
    // So close that neighbours touch now and then; where the row starts differs too.
    let place = chance.between(60.0, 66.0);
    let left = chance.between(22.0, WIDTH as f32 - 22.0 - place * digits.len() as f32);
    let mut lines = Vec::new();
    for (number, digit) in digits.iter().enumerate() {
        let shapes = SHAPES[usize::from(*digit % 10)];
        let strokes = shapes[chance.below(shapes.len())];
        let (turn, slant) = (chance.between(-0.22, 0.22), chance.between(-0.2, 0.2));
        let (wide, high) = (chance.between(0.46, 0.6), chance.between(0.52, 0.68));
        let middle = (
            left + place * (number as f32 + 0.5) + chance.between(-4.0, 4.0),
            HEIGHT as f32 / 2.0 + chance.between(-9.0, 9.0),
        );
        let radius = chance.between(4.2, 5.8);
        let (sin, cos) = turn.sin_cos();
        for stroke in strokes {
            let put = |(x, y): (f32, f32)| {
                let (x, y) = ((x - 50.0) * wide, (y - 70.0) * high);
                let x = x - y * slant;
                (middle.0 + x * cos - y * sin, middle.1 + x * sin + y * cos)
            };
            lines.push(Line { points: stroke.flatten().into_iter().map(put).collect(), radius });
        }
    }
    lines
}

/// A wavy line from edge to edge.
fn crossing_line(chance: &mut Chance) -> Vec<(f32, f32)> {
    let (start, end) = (chance.between(30.0, 114.0), chance.between(30.0, 114.0));
    let (height, length, phase) = (chance.between(8.0, 18.0), chance.between(130.0, 260.0), chance.between(0.0, TAU));
    let steps = 48;
    let point = |step| {
        let t = step as f32 / steps as f32;
        let x = t * WIDTH as f32;
        (x, start + (end - start) * t + height * (x / length * TAU + phase).sin())
    };
    (0..=steps).map(point).collect()
}

/// Bends the sheet like a flag in the wind.
struct Bend {
    sideways: (f32, f32, f32),
    upwards: (f32, f32, f32),
}

impl Bend {
    fn new(chance: &mut Chance) -> Self {
        let mut wave = |height: (f32, f32), length: (f32, f32)| {
            (chance.between(height.0, height.1), chance.between(length.0, length.1), chance.between(0.0, TAU))
        };
        Self { sideways: wave((3.0, 5.5), (80.0, 130.0)), upwards: wave((6.0, 11.0), (110.0, 190.0)) }
    }

    fn apply(&self, (x, y): (f32, f32)) -> (f32, f32) {
        let wave = |(height, length, phase): (f32, f32, f32), at: f32| height * (at / length * TAU + phase).sin();
        (x + wave(self.sideways, y), y + wave(self.upwards, x))
    }
}

#[derive(Clone, Copy)]
enum Pen {
    Ink,
    White,
}

/// How much ink lies on each pixel, from 0 to 1.
struct Sheet {
    ink: Vec<f32>,
}

impl Sheet {
    /// Draws a line with round ends through the points.
    fn stroke(&mut self, points: &[(f32, f32)], radius: f32, pen: Pen) {
        for pair in points.windows(2) {
            self.segment(pair[0], pair[1], radius, pen);
        }
    }

    fn segment(&mut self, from: (f32, f32), to: (f32, f32), radius: f32, pen: Pen) {
        let reach = radius + 1.0;
        let span = |a: f32, b: f32, size: usize| {
            let clamp = |value: f32| value.clamp(0.0, size as f32) as usize;
            clamp(a.min(b) - reach)..clamp(a.max(b) + reach + 1.0)
        };
        let along = (to.0 - from.0, to.1 - from.1);
        let length = (along.0 * along.0 + along.1 * along.1).max(1e-6);
        for y in span(from.1, to.1, HEIGHT) {
            for x in span(from.0, to.0, WIDTH) {
                let at = (x as f32 + 0.5 - from.0, y as f32 + 0.5 - from.1);
                let t = ((at.0 * along.0 + at.1 * along.1) / length).clamp(0.0, 1.0);
                let distance = (at.0 - along.0 * t).hypot(at.1 - along.1 * t);
                let covered = (radius + 0.5 - distance).clamp(0.0, 1.0);
                let ink = &mut self.ink[y * WIDTH + x];
                *ink = match pen {
                    Pen::Ink => ink.max(covered),
                    Pen::White => ink.min(1.0 - covered),
                };
            }
        }
    }

    /// Sixteen greys are enough for smooth edges, and small.
    fn encode(&self) -> Result<Vec<u8>, EncodingError> {
        let grey = |ink: f32| 15 - (ink * 15.0).round() as u8;
        let pixels: Vec<u8> = self.ink.chunks_exact(2).map(|pair| (grey(pair[0]) << 4) | grey(pair[1])).collect();
        let mut bytes = Vec::new();
        let mut encoder = Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
        encoder.set_color(ColorType::Grayscale);
        encoder.set_depth(BitDepth::Four);
        encoder.set_compression(Compression::Balanced);
        // Filters are for photographs: lines on white are smaller and quicker without.
        encoder.set_filter(Filter::NoFilter);
        let mut writer = encoder.write_header()?;
        writer.write_image_data(&pixels)?;
        writer.finish()?;
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_a_small_png_and_the_same_when_asked_again() {
        let picture = draw(&[1, 2, 3, 4, 5, 6], 7).unwrap();
        assert_eq!(picture, draw(&[1, 2, 3, 4, 5, 6], 7).unwrap());
        assert_ne!(picture, draw(&[1, 2, 3, 4, 5, 7], 7).unwrap());
        assert_ne!(picture, draw(&[1, 2, 3, 4, 5, 6], 8).unwrap());
        let reader = png::Decoder::new(std::io::Cursor::new(&picture)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (WIDTH as u32, HEIGHT as u32));
        for seed in 0..20 {
            let size = draw(&[8, 0, 3, 8, 6, 9], seed).unwrap().len();
            assert!((1_000..10_000).contains(&size), "{size} bytes");
        }
    }

    #[test]
    fn digits_stay_on_the_sheet() {
        for seed in 0..200 {
            let mut chance = Chance::new(seed);
            let bend = Bend::new(&mut chance);
            for line in lines_of_digits(&[9, 8, 7, 6, 5, 4], &mut chance) {
                for (x, y) in line.points.into_iter().map(|point| bend.apply(point)) {
                    assert!((4.0..WIDTH as f32 - 4.0).contains(&x), "{seed}: {x} across");
                    assert!((4.0..HEIGHT as f32 - 4.0).contains(&y), "{seed}: {y} down");
                }
            }
        }
    }
}
