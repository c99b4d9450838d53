//! The shapes of the ten digits as strokes of a pen, several ways to write some of them.

/// A stroke through its points, in a box 100 wide and 140 high.
pub(super) enum Stroke {
    /// Straight from point to point.
    Straight(&'static [(f32, f32)]),
    /// Curved smoothly through the points.
    Curved(&'static [(f32, f32)]),
    /// Curved, and back to where it began.
    Closed(&'static [(f32, f32)]),
}

use Stroke::{Closed, Curved, Straight};

/// The ways to write each digit; a stroke is read in a line better than in a column.
#[rustfmt::skip]
pub(super) const SHAPES: [&[&[Stroke]]; 10] = [
    &[&[Closed(&[(50.0, 0.0), (85.0, 22.0), (95.0, 70.0), (85.0, 118.0), (50.0, 140.0), (15.0, 118.0),
        (5.0, 70.0), (15.0, 22.0)])]],
    &[
        &[Straight(&[(18.0, 34.0), (54.0, 2.0), (54.0, 140.0)])],
        &[Straight(&[(20.0, 32.0), (52.0, 2.0), (52.0, 138.0)]), Straight(&[(18.0, 138.0), (86.0, 138.0)])],
    ],
    &[
        &[
            Curved(&[(8.0, 36.0), (20.0, 10.0), (50.0, 0.0), (82.0, 13.0), (88.0, 42.0), (72.0, 76.0),
                (40.0, 108.0), (8.0, 138.0)]),
            Straight(&[(8.0, 138.0), (94.0, 138.0)]),
        ],
        &[
            Curved(&[(10.0, 34.0), (26.0, 6.0), (58.0, 0.0), (86.0, 18.0), (86.0, 50.0), (60.0, 88.0),
                (12.0, 136.0)]),
            Curved(&[(12.0, 136.0), (36.0, 126.0), (62.0, 138.0), (96.0, 132.0)]),
        ],
    ],
    &[
        &[
            Curved(&[(10.0, 20.0), (46.0, 0.0), (82.0, 14.0), (84.0, 46.0), (64.0, 63.0), (38.0, 66.0)]),
            Curved(&[(38.0, 66.0), (72.0, 70.0), (93.0, 98.0), (80.0, 128.0), (44.0, 140.0), (6.0, 120.0)]),
        ],
        &[
            Straight(&[(12.0, 2.0), (86.0, 2.0), (46.0, 56.0)]),
            Curved(&[(46.0, 56.0), (82.0, 70.0), (94.0, 102.0), (74.0, 132.0), (38.0, 140.0), (6.0, 122.0)]),
        ],
    ],
    &[
        &[Straight(&[(70.0, 140.0), (70.0, 0.0), (4.0, 96.0), (98.0, 96.0)])],
        &[Straight(&[(30.0, 0.0), (8.0, 86.0), (98.0, 86.0)]), Straight(&[(70.0, 44.0), (70.0, 140.0)])],
    ],
    &[&[
        Straight(&[(88.0, 2.0), (22.0, 2.0), (15.0, 62.0)]),
        Curved(&[(15.0, 62.0), (48.0, 50.0), (82.0, 64.0), (94.0, 96.0), (78.0, 128.0), (42.0, 140.0), (6.0, 124.0)]),
    ]],
    &[
        &[Curved(&[
            (84.0, 8.0), (48.0, 22.0), (20.0, 60.0), (8.0, 100.0), (26.0, 132.0), (54.0, 140.0),
            (84.0, 126.0), (92.0, 98.0), (78.0, 72.0), (50.0, 64.0), (22.0, 78.0), (9.0, 104.0),
        ])],
        &[Curved(&[
            (86.0, 18.0), (62.0, 1.0), (30.0, 14.0), (9.0, 62.0), (14.0, 114.0), (46.0, 140.0), (82.0, 126.0),
            (92.0, 96.0), (76.0, 68.0), (46.0, 62.0), (12.0, 88.0),
        ])],
    ],
    // Always with its bar: without it a bent seven looks like a one.
    &[&[Straight(&[(4.0, 2.0), (96.0, 2.0), (38.0, 140.0)]), Straight(&[(26.0, 70.0), (88.0, 70.0)])]],
    &[&[
        Closed(&[(50.0, 0.0), (80.0, 12.0), (84.0, 36.0), (50.0, 64.0), (16.0, 36.0), (20.0, 12.0)]),
        Closed(&[(50.0, 64.0), (88.0, 88.0), (90.0, 120.0), (50.0, 140.0), (10.0, 120.0), (12.0, 88.0)]),
    ]],
    &[
        &[Curved(&[
            (16.0, 132.0), (52.0, 118.0), (80.0, 80.0), (92.0, 40.0), (74.0, 8.0), (46.0, 0.0), (16.0, 14.0),
            (8.0, 42.0), (22.0, 68.0), (50.0, 76.0), (78.0, 62.0), (91.0, 36.0),
        ])],
        &[
            Closed(&[(50.0, 0.0), (84.0, 14.0), (90.0, 42.0), (74.0, 68.0), (46.0, 74.0), (16.0, 60.0),
                (10.0, 30.0), (24.0, 6.0)]),
            Curved(&[(90.0, 42.0), (90.0, 80.0), (78.0, 116.0), (60.0, 140.0)]),
        ],
    ],
];

impl Stroke {
    /// The points of the stroke, close enough to be joined by straight lines.
    pub(super) fn flatten(&self) -> Vec<(f32, f32)> {
        match self {
            Straight(points) => {
                points.windows(2).flat_map(|pair| between(pair[0], pair[1])).chain(points.last().copied()).collect()
            }
            Curved(points) => {
                smooth(points, |at| points[at.clamp(0, points.len() as isize - 1) as usize], points.len() - 1)
            }
            Closed(points) => smooth(points, |at| points[at.rem_euclid(points.len() as isize) as usize], points.len()),
        }
    }
}

/// How many pieces a stretch between two points is cut into; a straight one too, for it may be bent afterwards.
const PIECES: usize = 6;

fn between(from: (f32, f32), to: (f32, f32)) -> impl Iterator<Item = (f32, f32)> {
    (0..PIECES).map(move |step| {
        let t = step as f32 / PIECES as f32;
        (from.0 + (to.0 - from.0) * t, from.1 + (to.1 - from.1) * t)
    })
}

/// A curve through the points (Catmull and Rom's), `stretches` of them long; `point` knows what comes before the first and
/// after the last.
fn smooth(points: &[(f32, f32)], point: impl Fn(isize) -> (f32, f32), stretches: usize) -> Vec<(f32, f32)> {
    let mut flat = Vec::with_capacity(stretches * PIECES + 1);
    for stretch in 0..stretches as isize {
        let [a, b, c, d] = [-1, 0, 1, 2].map(|offset| point(stretch + offset));
        for step in 0..PIECES {
            let t = step as f32 / PIECES as f32;
            flat.push((spline([a.0, b.0, c.0, d.0], t), spline([a.1, b.1, c.1, d.1], t)));
        }
    }
    flat.push(if stretches == points.len() { points[0] } else { points[points.len() - 1] });
    flat
}

fn spline([a, b, c, d]: [f32; 4], t: f32) -> f32 {
    0.5 * (2.0 * b + (c - a) * t + (2.0 * a - 5.0 * b + 4.0 * c - d) * t * t + (3.0 * (b - c) + d - a) * t * t * t)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_digit_stays_within_its_box() {
        for (digit, shapes) in SHAPES.iter().enumerate() {
            assert!(!shapes.is_empty());
            for (x, y) in shapes.iter().flat_map(|strokes| strokes.iter()).flat_map(Stroke::flatten) {
                assert!((-4.0..=104.0).contains(&x) && (-6.0..=146.0).contains(&y), "{digit}: {x} {y}");
            }
        }
    }
}
