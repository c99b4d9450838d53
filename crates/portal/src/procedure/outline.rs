//! Running text of the national database as paragraphs, numbered steps and lists: only the breaks change, never a word.

use std::fmt::Write as _;

/// A text in lines, each with its place in the structure.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Outline<'a>(pub(crate) Vec<Line<'a>>);

/// One line of an outline.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line<'a> {
    /// What it is.
    pub(crate) kind: LineKind,
    /// `Bước 1:` of a step, empty for all else.
    pub(crate) label: &'a str,
    /// The words, in pieces that the source had broken in the middle of a sentence.
    pub(crate) pieces: Vec<&'a str>,
}

/// What a line is, told by how it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LineKind {
    /// `* Lưu ý:`
    Heading,
    /// `Bước 1: …`, with its number.
    Step(u32),
    /// `- …` is 1, `+ …` is 2, `++ …` is 3.
    Item(u8),
    /// Anything else.
    Paragraph,
}

/// A longer line is broken at the end of a sentence, so that no page is only one paragraph.
const LONG: usize = 2_400;

impl<'a> Line<'a> {
    /// How many bytes of words it has.
    pub(crate) fn len(&self) -> usize {
        self.label.len() + self.pieces.iter().map(|piece| piece.len() + 1).sum::<usize>()
    }

    fn ends_open(&self) -> bool {
        self.pieces
            .last()
            .and_then(|piece| piece.chars().next_back())
            .is_some_and(|end| end.is_alphanumeric() || end == ',')
    }

    fn ends_with_colon(&self) -> bool {
        self.pieces.last().is_some_and(|piece| piece.ends_with(':'))
    }

    fn write_words(&self, html: &mut String) {
        for (place, piece) in self.pieces.iter().enumerate() {
            if place > 0 {
                html.push(' ');
            }
            escape_into(html, piece);
        }
    }
}

impl<'a> Outline<'a> {
    /// Reads a text.
    pub(crate) fn parse(text: &'a str) -> Self {
        let mut outline = Self::default();
        outline.add(text);
        outline
    }

    /// Adds the lines of another text.
    pub(crate) fn add(&mut self, text: &'a str) {
        let mut is_first = true;
        for written in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
            match self.0.last_mut() {
                Some(last) if !is_first && continues(last, written) => last.pieces.push(written),
                _ => split_markers(written, |line| self.add_line(line)),
            }
            is_first = false;
        }
    }

    fn add_line(&mut self, text: &'a str) {
        let (kind, label, words) = classify(text);
        if words.is_empty() && label.is_empty() {
            return;
        }
        let (first, mut rest) = split_long(words);
        let pieces = if first.is_empty() { Vec::new() } else { vec![first] };
        self.0.push(Line { kind, label, pieces });
        while !rest.is_empty() {
            let (sentence, after) = split_long(rest);
            self.0.push(Line { kind: LineKind::Paragraph, label: "", pieces: vec![sentence] });
            rest = after;
        }
    }
}

/// Whether the source broke a sentence here: no mark, a small letter, and an open end before it.
fn continues(last: &Line<'_>, written: &str) -> bool {
    let starts_small = written.chars().next().is_some_and(char::is_lowercase);
    starts_small && !is_lettered(written) && last.ends_open()
}

/// `a) …`, `đ. …`, `ii) …`, `b1) …`: a point of a list, not the rest of a sentence.
fn is_lettered(text: &str) -> bool {
    let label = text.split([' ', '\u{a0}']).next().unwrap_or_default();
    label.ends_with([')', '.']) && label.chars().count() <= 6
}

/// Breaks a line before `Bước n` and `- ` where they follow the end of a sentence.
fn split_markers<'a>(line: &'a str, mut each: impl FnMut(&'a str)) {
    let mut start = 0;
    let marks = line.bytes().enumerate().filter(|(_, byte)| matches!(byte, b'.' | b';' | b':'));
    for (place, _) in marks {
        let after = line[place + 1..].trim_start_matches([' ', '\u{a0}']);
        let gap = line.len() - after.len();
        if gap > place + 1 && begins_with_marker(after) && !is_step_label(&line[start..=place]) {
            each(line[start..gap].trim_end());
            start = gap;
        }
    }
    each(&line[start..]);
}

fn begins_with_marker(text: &str) -> bool {
    if step_label(text).is_some_and(|(_, label)| label.ends_with([':', '.'])) {
        return true;
    }
    let rest = text.strip_prefix("- ").or_else(|| text.strip_prefix("+ "));
    rest.and_then(|rest| rest.trim_start().chars().next()).is_some_and(char::is_uppercase)
}

fn is_step_label(text: &str) -> bool {
    step_label(text.trim_start_matches(['-', '+', '*', ' '])).is_some_and(|(_, label)| label.len() == text.trim().len())
}

fn classify(text: &str) -> (LineKind, &str, &str) {
    let bare = text.trim_start_matches(['-', '+', '*', '–', '•', ' ', '\u{a0}']);
    if let Some((number, label)) = step_label(bare) {
        return (LineKind::Step(number), label, bare[label.len()..].trim_start());
    }
    let mark = text.chars().next().unwrap_or(' ');
    let rest = text.trim_start_matches(mark).trim_start();
    match mark {
        // `-5 độ` and `- 5 độ` differ; a list always has the space or a letter.
        '-' | '–' | '•' | '●' if !rest.starts_with(|c: char| c.is_ascii_digit()) || text.starts_with("- ") => {
            (LineKind::Item(1), "", rest)
        }
        '+' => {
            let count = text.chars().take_while(|c| *c == '+').count();
            (LineKind::Item(u8::try_from(count + 1).unwrap_or(4).min(4)), "", rest.trim_start_matches(')').trim_start())
        }
        '*' if rest.chars().count() <= 120 => (LineKind::Heading, "", rest),
        '*' => (LineKind::Paragraph, "", rest),
        _ => (LineKind::Paragraph, "", text),
    }
}

/// The number and the label `Bước 1:` with which a text begins.
fn step_label(text: &str) -> Option<(u32, &str)> {
    let rest = text.strip_prefix("Bước").or_else(|| text.strip_prefix("BƯỚC"))?;
    let digits = rest.trim_start();
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number = digits[..length].parse().ok().filter(|_| length <= 2)?;
    let after = &digits[length..];
    // `Bước 2.1:` is no step of its own.
    if after.starts_with('.') && after[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let marks = after.len() - after.trim_start_matches([' ', ':', '.', ')', '-', '–', '/']).len();
    let label = &text[..text.len() - after.len() + marks];
    Some((number, label.trim_end()))
}

/// The beginning of a text up to the last sentence that ends within the limit, and the rest.
fn split_long(text: &str) -> (&str, &str) {
    if text.len() <= LONG {
        return (text, "");
    }
    let mut limit = LONG;
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let head = &text[..limit];
    let place = head.rfind(". ").or_else(|| head.rfind("; ")).map(|place| place + 1).or_else(|| head.rfind(' '));
    match place.filter(|place| *place > LONG / 4) {
        Some(place) => (&text[..place], text[place..].trim_start()),
        None => (head, &text[limit..]),
    }
}

/// The lines as HTML: paragraphs, nested lists, and steps that are counted where the source counts them from 1.
pub(crate) fn render(lines: &[Line<'_>]) -> String {
    let words: usize = lines.iter().map(Line::len).sum();
    let mut writer =
        Writer { html: String::with_capacity(words + lines.len() * 16), lists: Vec::new(), in_steps: false };
    let mut steps_left = 0;
    for (place, line) in lines.iter().enumerate() {
        match line.kind {
            LineKind::Heading => {
                writer.close_all();
                writer.paragraph(line, true);
            }
            LineKind::Step(number) => {
                if steps_left == 0 {
                    writer.close_all();
                    steps_left = steps_from(&lines[place..], number);
                }
                if steps_left == 0 {
                    writer.paragraph(line, false);
                } else {
                    steps_left -= 1;
                    writer.step(line);
                }
            }
            LineKind::Item(depth) => writer.item(depth, line),
            LineKind::Paragraph => writer.paragraph(line, false),
        }
    }
    writer.close_all();
    writer.html
}

/// A text that is one sentence or two most of the time: bare then, and as [`render`] has it where it has a structure.
pub(crate) fn render_short(text: &str) -> String {
    let lines = Outline::parse(text).0;
    match lines.as_slice() {
        [line] if matches!(line.kind, LineKind::Paragraph | LineKind::Item(_)) => {
            let mut html = String::with_capacity(line.len());
            line.write_words(&mut html);
            html
        }
        lines => render(lines),
    }
}

/// How many steps count on from here as 1, 2, 3, …; none when they do not begin at 1.
fn steps_from(lines: &[Line<'_>], first: u32) -> u32 {
    if first != 1 {
        return 0;
    }
    let numbers = lines.iter().take_while(|line| line.kind != LineKind::Heading).filter_map(|line| match line.kind {
        LineKind::Step(number) => Some(number),
        _ => None,
    });
    let mut count = 0;
    for number in numbers {
        if number != count + 1 {
            break;
        }
        count = number;
    }
    if count > 1 { count } else { 0 }
}

struct Writer {
    html: String,
    lists: Vec<u8>,
    in_steps: bool,
}

impl Writer {
    fn close_lists(&mut self) {
        for _ in self.lists.drain(..) {
            self.html.push_str("</li></ul>");
        }
    }

    fn close_all(&mut self) {
        self.close_lists();
        if std::mem::take(&mut self.in_steps) {
            self.html.push_str("</li></ol>");
        }
    }

    fn step(&mut self, line: &Line<'_>) {
        self.close_lists();
        let opening = if self.in_steps { "</li>" } else { "<ol class=\"mc-steps\">" };
        self.html.push_str(opening);
        self.in_steps = true;
        // The circle shows the number; the words stay for those who listen, search or copy.
        self.html.push_str("<li><span class=\"mc-hidden\">");
        escape_into(&mut self.html, line.label);
        self.html.push_str("</span> ");
        line.write_words(&mut self.html);
    }

    fn item(&mut self, depth: u8, line: &Line<'_>) {
        while self.lists.last().is_some_and(|open| *open > depth) {
            self.lists.pop();
            self.html.push_str("</li></ul>");
        }
        if self.lists.last() == Some(&depth) {
            self.html.push_str("</li>");
        } else {
            self.lists.push(depth);
            self.html.push_str("<ul>");
        }
        self.html.push_str("<li>");
        line.write_words(&mut self.html);
    }

    fn paragraph(&mut self, line: &Line<'_>, strong: bool) {
        // What announces a list of its own does not belong to the item before it.
        if line.ends_with_colon() {
            self.close_lists();
        }
        self.html.push_str(if strong { "<p><strong>" } else { "<p>" });
        if !line.label.is_empty() {
            let _ = write!(self.html, "<strong>{}</strong> ", Escaped(line.label));
        }
        line.write_words(&mut self.html);
        self.html.push_str(if strong { "</strong></p>" } else { "</p>" });
    }
}

struct Escaped<'a>(&'a str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::with_capacity(self.0.len());
        escape_into(&mut text, self.0);
        f.write_str(&text)
    }
}

fn escape_into(html: &mut String, text: &str) {
    let mut rest = text;
    while let Some(place) = rest.bytes().position(|byte| matches!(byte, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        html.push_str(&rest[..place]);
        html.push_str(match rest.as_bytes()[place] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        });
        rest = &rest[place + 1..];
    }
    html.push_str(rest);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(text: &str) -> String {
        render(&Outline::parse(text).0)
    }

    #[test]
    fn steps_that_count_from_one_become_a_numbered_list() {
        assert_eq!(
            html("- Bước 1: Nộp hồ sơ.\n+ Trực tiếp.\nBước 2. Nhận kết quả."),
            "<ol class=\"mc-steps\"><li><span class=\"mc-hidden\">Bước 1:</span> Nộp hồ sơ.<ul><li>Trực tiếp.</li></ul></li>\
             <li><span class=\"mc-hidden\">Bước 2.</span> Nhận kết quả.</li></ol>"
        );
    }

    #[test]
    fn steps_that_do_not_count_from_one_keep_their_label() {
        assert_eq!(html("Bước 3: Sở trả kết quả."), "<p><strong>Bước 3:</strong> Sở trả kết quả.</p>");
    }

    #[test]
    fn steps_that_start_again_are_another_list() {
        let text = html("Bước 1: a\nBước 2: b\nBước 1: c\nBước 2: d");
        assert_eq!(text.matches("<ol").count(), 2);
        assert_eq!(text.matches("</ol>").count(), 2);
    }

    #[test]
    fn dashes_and_pluses_nest() {
        assert_eq!(
            html("- một\n+ hai\n++ ba\n- bốn"),
            "<ul><li>một<ul><li>hai<ul><li>ba</li></ul></li></ul></li><li>bốn</li></ul>"
        );
    }

    #[test]
    fn a_note_is_a_heading_and_a_broken_sentence_is_one_line() {
        assert_eq!(
            html("- hoàn tất việc sinh tại Trung\nnộp hồ sơ.\n* Lưu ý:\na) điểm a"),
            "<ul><li>hoàn tất việc sinh tại Trung nộp hồ sơ.</li></ul><p><strong>Lưu ý:</strong></p><p>a) điểm a</p>"
        );
    }

    #[test]
    fn marks_inside_a_line_break_it() {
        assert_eq!(
            html("Cơ quan thực hiện: - Kiểm tra tính đầy đủ; - Cấp giấy."),
            "<p>Cơ quan thực hiện:</p><ul><li>Kiểm tra tính đầy đủ;</li><li>Cấp giấy.</li></ul>"
        );
        assert!(html("Bước 1: Nộp hồ sơ. Bước 2: Nhận kết quả.").contains("<li><span class=\"mc-hidden\">Bước 2:"));
        assert_eq!(html("từ 01/7 - 30/9; xem Bước 2 ở trên"), "<p>từ 01/7 - 30/9; xem Bước 2 ở trên</p>");
    }

    #[test]
    fn markup_in_the_source_is_only_text() {
        assert_eq!(html("<b>\"a\" & 'b'</b>"), "<p>&lt;b&gt;&quot;a&quot; &amp; &#39;b&#39;&lt;/b&gt;</p>");
        assert_eq!(html(""), "");
        assert_eq!(html("-\n\n +"), "");
    }

    #[test]
    fn no_word_is_lost() {
        let text = "- Bước 1: Nộp. Nhận\n+) phiếu\n* Ghi chú: xem\n(i) một; - Hai\n-5 độ\nBước 2:\nTrả. ".repeat(80);
        let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
        let outline = Outline::parse(&text);
        let kept: String =
            outline.0.iter().flat_map(|line| std::iter::once(line.label).chain(line.pieces.iter().copied())).collect();
        assert_eq!(letters(&kept), letters(&text));
    }

    #[test]
    fn a_very_long_line_is_broken_at_a_sentence() {
        let text = "Một câu dài vừa phải để thử. ".repeat(300);
        let outline = Outline::parse(&text);
        assert!(outline.0.len() > 3);
        assert!(outline.0.iter().all(|line| line.len() <= LONG + 1 && line.pieces[0].ends_with('.')));
        let unbroken = "ứ".repeat(5_000);
        assert_eq!(Outline::parse(&unbroken).0.iter().map(|line| line.pieces[0].len()).sum::<usize>(), unbroken.len());
    }
}
