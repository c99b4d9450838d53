//! The smallest things that a page of a procedure shows whole: one paper, one way of filing, one line of text.

use domain::catalogue::{Component, LegalDocument};
use web::i18n::{TextKey, Texts};

use crate::procedure::outline::{Line, LineKind, render, render_short};

/// One piece of a part.
#[derive(Clone, Debug)]
pub(crate) enum Piece<'a> {
    /// A heading over the pieces after it, in the words of the source.
    Head(&'a str),
    /// A heading of ours.
    OurHead(TextKey),
    /// A document to hand in.
    Paper(&'a Component),
    /// A way of filing.
    Way(Way),
    /// A fee.
    Fee(FeeRow),
    /// A case with its time.
    Case(&'a str, String),
    /// A sentence of ours.
    Says(String),
    /// A heading of ours over lines that most people need not read: folded away on the first view.
    Fold(TextKey),
    /// A name in a list.
    Item(&'a str),
    /// A name in a list that leads somewhere.
    Link(String, String),
    /// A legal document.
    Law(&'a LegalDocument),
    /// A line of running text.
    Line(Line<'a>),
}

/// A way of filing, or several that are alike.
#[derive(Clone, Debug)]
pub(crate) struct Way {
    /// `Trực tuyến, bưu chính công ích`.
    pub(crate) methods: String,
    /// Its time limit in words.
    pub(crate) time: String,
    /// Its fees in words.
    pub(crate) fees: Vec<String>,
}

/// A fee as it is listed.
#[derive(Clone, Debug)]
pub(crate) struct FeeRow {
    /// Its number, by which the ways of filing speak of it; 0 when it is the only one.
    pub(crate) number: u32,
    /// Phí, lệ phí or giá.
    pub(crate) kind: TextKey,
    /// The amount in words.
    pub(crate) amount: String,
    /// A caution about the amount.
    pub(crate) caution: Option<TextKey>,
    /// The note of the source as HTML; empty for none.
    pub(crate) note: String,
}

impl Piece<'_> {
    /// Roughly how many bytes it adds to a page.
    pub(crate) fn weight(&self) -> usize {
        match self {
            Self::Head(text) | Self::Item(text) => text.len() + 24,
            Self::OurHead(_) | Self::Fold(_) => 60,
            Self::Says(text) => 12 + text.len(),
            Self::Paper(paper) => {
                paper.name.len() + 90 + paper.templates.iter().map(|name| name.len() + 12).sum::<usize>()
            }
            Self::Way(way) => {
                160 + way.methods.len() + way.time.len() + way.fees.iter().map(|fee| fee.len() + 12).sum::<usize>()
            }
            Self::Fee(fee) => 90 + fee.amount.len() + fee.note.len(),
            Self::Case(name, time) => 40 + name.len() + time.len(),
            Self::Link(_, text) => 60 + text.len(),
            Self::Law(law) => 50 + law.number.len() + law.title.len(),
            Self::Line(line) => 16 + line.len(),
        }
    }

    /// Whether it only announces what follows.
    pub(crate) fn is_head(&self) -> bool {
        matches!(
            self,
            Self::Head(_) | Self::OurHead(_) | Self::Fold(_) | Self::Line(Line { kind: LineKind::Heading, .. })
        )
    }
}

/// Pieces of one kind that stand together on a page.
pub(crate) enum Chunk<'p, 'a> {
    /// A heading of the source.
    Head(&'p str),
    /// A heading of ours.
    OurHead(&'p str),
    /// A sentence of ours.
    Says(&'p str),
    /// A heading and the text to fold away under it, as HTML.
    Fold(&'p str, String),
    /// Documents to hand in.
    Papers(Vec<PaperRow<'a>>),
    /// A way of filing.
    Way(&'p Way),
    /// Fees.
    Fees(Vec<&'p FeeRow>),
    /// Cases with their times.
    Cases(Vec<(&'a str, &'p str)>),
    /// Names.
    Items(Vec<&'a str>),
    /// Names that lead somewhere.
    Links(Vec<(&'p str, &'p str)>),
    /// Legal documents.
    Laws(Vec<&'a LegalDocument>),
    /// Running text, as HTML.
    Text(String),
}

/// A document to hand in, as it is listed.
pub(crate) struct PaperRow<'a> {
    /// Its name as HTML: a long one of the source is a text of its own.
    pub(crate) name: String,
    /// `1 bản chính, 1 bản sao`.
    pub(crate) counts: String,
    /// File names of form templates.
    pub(crate) templates: &'a [String],
}

/// Groups neighbours of one kind.
pub(crate) fn chunks<'p, 'a>(pieces: &'p [Piece<'a>], t: &'static Texts) -> Vec<Chunk<'p, 'a>> {
    let mut chunks: Vec<Chunk<'p, 'a>> = Vec::new();
    let mut counts = Counts { t, told: Vec::new() };
    let mut place = 0;
    while place < pieces.len() {
        if let Piece::Line(_) = &pieces[place] {
            let lines: Vec<Line<'a>> = pieces[place..].iter().map_while(line_of).cloned().collect();
            place += lines.len();
            chunks.push(Chunk::Text(render(&lines)));
            continue;
        }
        if let Piece::Fold(key) = &pieces[place] {
            let lines: Vec<Line<'a>> = pieces[place + 1..].iter().map_while(line_of).cloned().collect();
            place += lines.len() + 1;
            chunks.push(Chunk::Fold(t.m(key.0), render(&lines)));
            continue;
        }
        match (&pieces[place], chunks.last_mut()) {
            (Piece::Head(text), _) => chunks.push(Chunk::Head(text)),
            (Piece::OurHead(key), _) => chunks.push(Chunk::OurHead(t.m(key.0))),
            (Piece::Says(text), _) => chunks.push(Chunk::Says(text)),
            (Piece::Way(way), _) => chunks.push(Chunk::Way(way)),
            (Piece::Paper(paper), Some(Chunk::Papers(papers))) => papers.push(counts.row(paper)),
            (Piece::Paper(paper), _) => chunks.push(Chunk::Papers(vec![counts.row(paper)])),
            (Piece::Fee(fee), Some(Chunk::Fees(fees))) => fees.push(fee),
            (Piece::Fee(fee), _) => chunks.push(Chunk::Fees(vec![fee])),
            (Piece::Case(name, time), Some(Chunk::Cases(cases))) => cases.push((name, time)),
            (Piece::Case(name, time), _) => chunks.push(Chunk::Cases(vec![(name, time)])),
            (Piece::Item(name), Some(Chunk::Items(items))) => items.push(name),
            (Piece::Item(name), _) => chunks.push(Chunk::Items(vec![name])),
            (Piece::Link(href, text), Some(Chunk::Links(links))) => links.push((href, text)),
            (Piece::Link(href, text), _) => chunks.push(Chunk::Links(vec![(href, text)])),
            (Piece::Law(law), Some(Chunk::Laws(laws))) => laws.push(law),
            (Piece::Law(law), _) => chunks.push(Chunk::Laws(vec![law])),
            (Piece::Line(_) | Piece::Fold(_), _) => {}
        }
        place += 1;
    }
    chunks
}

fn line_of<'p, 'a>(piece: &'p Piece<'a>) -> Option<&'p Line<'a>> {
    match piece {
        Piece::Line(line) => Some(line),
        _ => None,
    }
}

/// The numbers of originals and copies in words; the same few come again and again.
struct Counts {
    t: &'static Texts,
    told: Vec<((u32, u32), String)>,
}

impl Counts {
    fn row<'a>(&mut self, paper: &'a Component) -> PaperRow<'a> {
        let counts = self.words(paper.originals, paper.copies);
        PaperRow { name: render_short(strip_mark(&paper.name)), counts, templates: &paper.templates }
    }

    fn words(&mut self, originals: u32, copies: u32) -> String {
        let asked = (originals, copies);
        if let Some((_, words)) = self.told.iter().find(|(told, _)| *told == asked) {
            return words.clone();
        }
        let words = counts(originals, copies, self.t);
        self.told.push((asked, words.clone()));
        words
    }
}

fn counts(originals: u32, copies: u32, t: &Texts) -> String {
    let originals = (originals > 0).then(|| t.f("paper-originals", [("n", originals.into())]));
    let copies = (copies > 0).then(|| t.f("paper-copies", [("n", copies.into())]));
    match (originals, copies) {
        (Some(originals), Some(copies)) => format!("{originals}, {copies}"),
        (Some(one), None) | (None, Some(one)) => one,
        (None, None) => String::new(),
    }
}

/// The text without the dash or star that the source put before it.
pub(crate) fn strip_mark(text: &str) -> &str {
    text.trim_start_matches(['-', '+', '*', '•', '–', '●', ' ', '\u{a0}']).trim_end()
}

#[cfg(test)]
mod tests {
    use web::i18n::Locale;

    use super::*;
    use crate::procedure::outline::Outline;

    fn paper(name: &str, originals: u32, copies: u32) -> Component {
        Component { code: String::new(), name: name.to_owned(), originals, copies, templates: Vec::new() }
    }

    #[test]
    fn papers_say_how_many_are_asked_for() {
        let mut words = Counts { t: Texts::of(Locale::Vi), told: Vec::new() };
        for _ in 0..2 {
            assert_eq!(words.words(1, 0), "1 bản chính");
            assert_eq!(words.words(1, 2), "1 bản chính, 2 bản sao");
            assert_eq!(words.words(0, 0), "");
        }
        assert_eq!(words.row(&paper("- Giấy <chứng> sinh; ", 1, 0)).name, "Giấy &lt;chứng&gt; sinh;");
    }

    #[test]
    fn neighbours_of_one_kind_stand_together() {
        let t = Texts::of(Locale::Vi);
        let (first, second) = (paper("a", 1, 0), paper("b", 1, 0));
        let mut pieces = vec![Piece::Head("x"), Piece::Paper(&first), Piece::Paper(&second)];
        pieces.extend(Outline::parse("- một\n- hai").0.into_iter().map(Piece::Line));
        let chunks = chunks(&pieces, t);
        assert!(matches!(&chunks[..], [Chunk::Head("x"), Chunk::Papers(papers), Chunk::Text(_)] if papers.len() == 2));
    }
}
