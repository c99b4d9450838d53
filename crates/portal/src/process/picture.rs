//! The picture of a process: boxes and lines in pixels, for an SVG that scales to the width of the page.

use procedures::{Drawing, Line, Place, ShapeKind, Task};
use web::answers::words;
use web::i18n::Texts;
use web::view::parts::StepState;

/// The width of a box.
const BOX: usize = 200;
/// Between two columns.
const BETWEEN: usize = 28;
/// Left of the first column, where lines pass that go around steps.
const LANE: usize = 28;
/// The height of a line of a box, and of the words beside a line.
const BOX_LINE: usize = 19;
const WORDS_LINE: usize = 15;
/// Above and below the words of a box.
const PADDING: usize = 11;
/// Between two rows when no words stand there.
const GAP: usize = 30;
/// The radius of a start and an end.
const DOT: usize = 9;
/// How many characters go into a box, beside a line to the right, and to the left.
const BOX_LETTERS: usize = 23;
const RIGHT_LETTERS: usize = 17;
const LEFT_LETTERS: usize = 14;

/// The whole picture.
pub(crate) struct Picture {
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) boxes: Vec<PictureBox>,
    pub(crate) lines: Vec<PictureLine>,
}

/// A step, a question, the start or an end.
pub(crate) struct PictureBox {
    /// Its part of a class name.
    pub(crate) class: &'static str,
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) width: usize,
    pub(crate) height: usize,
    pub(crate) text: Vec<PictureText>,
}

/// One line of words.
pub(crate) struct PictureText {
    pub(crate) x: usize,
    pub(crate) y: usize,
    pub(crate) words: String,
}

/// A line with an arrow.
pub(crate) struct PictureLine {
    pub(crate) is_taken: bool,
    /// `x,y x,y …`
    pub(crate) points: String,
    /// The arrow at its end.
    pub(crate) arrow: String,
    pub(crate) text: Vec<PictureText>,
}

impl PictureBox {
    /// Round ones are the start and the end.
    pub(crate) fn is_dot(&self) -> bool {
        self.text.is_empty()
    }

    /// A question has pointed sides.
    pub(crate) fn outline(&self) -> String {
        let (left, right, top, bottom) = (self.x, self.x + self.width, self.y, self.y + self.height);
        let middle = self.y + self.height / 2;
        format!(
            "{left},{middle} {},{top} {},{top} {right},{middle} {},{bottom} {},{bottom}",
            left + 14,
            right - 14,
            right - 14,
            left + 14
        )
    }
}

impl Picture {
    /// The picture of a drawing; `state` tells how far a step is.
    pub(crate) fn of(drawing: &Drawing<'_>, state: &dyn Fn(&Task) -> StepState, t: &Texts) -> Self {
        let rows = Rows::of(drawing, t);
        let columns = drawing.shapes.iter().map(|shape| shape.place.column).max().unwrap_or(0) + 1;
        let boxes = drawing.shapes.iter().map(|shape| {
            let class = match shape.kind {
                _ if !shape.is_taken => "aside",
                ShapeKind::Start => "done",
                ShapeKind::Gateway(_) => "question",
                ShapeKind::End => "to-come",
                ShapeKind::Step(task) => state(task).class(),
            };
            let class =
                if matches!(shape.kind, ShapeKind::Gateway(_)) && !shape.is_taken { "question-aside" } else { class };
            rows.shape(shape.kind, shape.place, class, t)
        });
        Self {
            width: LANE + columns * (BOX + BETWEEN),
            height: rows.bottom(),
            boxes: boxes.collect(),
            lines: drawing.lines.iter().map(|line| rows.line(line, t)).collect(),
        }
    }
}

/// Where rows begin and how high they are.
struct Rows {
    tops: Vec<usize>,
    heights: Vec<usize>,
}

impl Rows {
    fn of(drawing: &Drawing<'_>, t: &Texts) -> Self {
        let count = drawing.shapes.iter().map(|shape| shape.place.row).max().unwrap_or(0) + 1;
        let (mut heights, mut gaps) = (vec![0; count], vec![GAP; count]);
        for shape in &drawing.shapes {
            let height = &mut heights[shape.place.row];
            *height = (*height).max(height_of(shape.kind, t));
        }
        for line in &drawing.lines {
            let gap = &mut gaps[line.from.row];
            *gap = (*gap).max(GAP + title_of(line, t).len() * WORDS_LINE);
        }
        let mut tops = Vec::with_capacity(count);
        let mut top = GAP / 2;
        for (height, gap) in heights.iter().zip(&gaps) {
            tops.push(top);
            top += height + gap;
        }
        Self { tops, heights }
    }

    fn bottom(&self) -> usize {
        self.tops.last().zip(self.heights.last()).map_or(0, |(top, height)| top + height + GAP / 2)
    }

    fn shape(&self, kind: ShapeKind<'_>, place: Place, class: &'static str, t: &Texts) -> PictureBox {
        let height = height_of(kind, t);
        let y = self.tops[place.row] + (self.heights[place.row] - height) / 2;
        let (width, x) = match kind {
            ShapeKind::Start | ShapeKind::End => (2 * DOT, center(place) - DOT),
            ShapeKind::Step(_) | ShapeKind::Gateway(_) => (BOX, center(place) - BOX / 2),
        };
        let lines = title_lines(kind, t).into_iter().enumerate();
        let text = lines.map(|(number, words)| PictureText {
            x: center(place),
            y: y + PADDING + number * BOX_LINE + 14,
            words,
        });
        PictureBox { class, x, y, width, height, text: text.collect() }
    }

    fn line(&self, line: &Line<'_>, t: &Texts) -> PictureLine {
        let (from, to) = (line.from, line.to);
        let (x1, x2) = (center(from), center(to));
        let middle = self.tops[from.row] + self.heights[from.row] / 2;
        let (bottom, top) = (self.tops[from.row] + self.heights[from.row], self.tops[to.row]);
        let goes_around = !line.is_taken && from.column == 0 && to.column == 0;
        let title = title_of(line, t);
        let (points, at) = match (from.column, to.column) {
            _ if goes_around => {
                let (left, lane, end) = (x1 - BOX / 2, LANE / 2, top - GAP / 2);
                (
                    vec![(left, middle), (lane, middle), (lane, end), (x2, end), (x2, top)],
                    (lane + 6, bottom + WORDS_LINE),
                )
            }
            (0, column) if column > 0 => {
                (vec![(x1 + BOX / 2, middle), (x2, middle), (x2, top)], (x2 + 8, bottom + WORDS_LINE))
            }
            (column, 0) if column > 0 => {
                let end = top - GAP / 2;
                (vec![(x1, bottom), (x1, end), (x2, end), (x2, top)], (x1 + 8, bottom + WORDS_LINE))
            }
            _ => (vec![(x1, bottom), (x2, top)], (x1 + 8, bottom + WORDS_LINE)),
        };
        let text = title.into_iter().enumerate();
        PictureLine {
            is_taken: line.is_taken,
            points: points.iter().map(|(x, y)| format!("{x},{y}")).collect::<Vec<_>>().join(" "),
            arrow: format!("{},{} {},{} {x2},{top}", x2 - 5, top - 8, x2 + 5, top - 8),
            text: text.map(|(number, words)| PictureText { x: at.0, y: at.1 + number * WORDS_LINE, words }).collect(),
        }
    }
}

fn center(place: Place) -> usize {
    LANE + place.column * (BOX + BETWEEN) + BOX / 2
}

fn title_lines(kind: ShapeKind<'_>, t: &Texts) -> Vec<String> {
    match kind {
        ShapeKind::Step(task) => wrap(words(&task.title, t), BOX_LETTERS),
        ShapeKind::Gateway(title) => wrap(words(title, t), BOX_LETTERS - 4),
        ShapeKind::Start | ShapeKind::End => Vec::new(),
    }
}

fn height_of(kind: ShapeKind<'_>, t: &Texts) -> usize {
    match title_lines(kind, t).len() {
        0 => 2 * DOT,
        lines => 2 * PADDING + lines * BOX_LINE,
    }
}

/// The words beside a line.
fn title_of(line: &Line<'_>, t: &Texts) -> Vec<String> {
    let is_left = !line.is_taken && line.from.column == 0 && line.to.column == 0;
    let letters = if is_left { LEFT_LETTERS } else { RIGHT_LETTERS };
    line.title.map(|title| wrap(words(title, t), letters)).unwrap_or_default()
}

/// Words in lines of at most so many characters; a longer word has a line of its own.
fn wrap(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
