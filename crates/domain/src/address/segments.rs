//! A line cut into its parts: «12 Lê Lợi», «phường Diên Hồng», «tỉnh Gia Lai», each with the word for its kind taken off.

use crate::area::AreaKind;
use crate::text::fold;
use unicode_normalization::UnicodeNormalization;

/// A part of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Segment<'l> {
    /// Where it begins in the line, in bytes, with the word for its kind.
    pub(super) start: usize,
    /// Where it ends.
    pub(super) end: usize,
    /// What it says it is.
    pub(super) kind: Option<AreaKind>,
    /// The name, without the word for its kind; may be empty.
    pub(super) name: &'l str,
}

/// The longest line that is read; what stands before is left out.
const LONGEST: usize = 2_000;
/// The most words of a line that are looked at, from the end.
const MOST_WORDS: usize = 60;

/// How a line is cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// At commas.
    Commas,
    /// At commas, and before words for a kind of area with a name after them.
    Kinds,
    /// The same where the name itself looks like such a word: «phuong quan thanh».
    KindsInNames,
}

/// The ways in the order in which they are tried.
pub(super) const CUTS: [Cut; 3] = [Cut::Commas, Cut::Kinds, Cut::KindsInNames];

/// Words for kinds of areas; whoever writes without marks writes all of them so.
const TWO_WORDS: [(&str, &str, AreaKind); 4] = [
    ("thành", "phố", AreaKind::ThanhPho),
    ("thị", "xã", AreaKind::ThiXa),
    ("thị", "trấn", AreaKind::ThiTran),
    ("đặc", "khu", AreaKind::DacKhu),
];
const ONE_WORD: [(&str, AreaKind); 14] = [
    ("tỉnh", AreaKind::Tinh),
    ("quận", AreaKind::Quan),
    ("huyện", AreaKind::Huyen),
    ("phường", AreaKind::Phuong),
    ("xã", AreaKind::Xa),
    ("tp", AreaKind::ThanhPho),
    ("tx", AreaKind::ThiXa),
    ("tt", AreaKind::ThiTran),
    ("đk", AreaKind::DacKhu),
    ("t", AreaKind::Tinh),
    ("q", AreaKind::Quan),
    ("h", AreaKind::Huyen),
    ("p", AreaKind::Phuong),
    ("x", AreaKind::Xa),
];

/// A word with its place.
#[derive(Clone, Debug)]
struct Word<'l> {
    start: usize,
    end: usize,
    text: &'l str,
    /// In small letters.
    lower: String,
    /// Without marks.
    folded: String,
    /// Whether a comma stands between it and the word before.
    after_comma: bool,
}

impl Word<'_> {
    /// Whether it is this word, with all of its marks or with none: «phường» and «phuong», but not «Phương».
    fn is(&self, word: &str) -> bool {
        self.lower == word || (self.lower == self.folded && self.folded == fold(word))
    }
}

/// The parts of a line from left to right. «Việt Nam» at its end is left out.
pub(super) fn segments(line: &str, cut: Cut) -> Vec<Segment<'_>> {
    let words = words(line);
    // Where parts begin: the number of their first word.
    let mut begins: Vec<usize> = Vec::new();
    for place in 0..words.len() {
        let is_first = place == 0 || words[place].after_comma;
        let part = begins.last().copied().unwrap_or(0);
        let begins_part = match cut {
            Cut::Commas => false,
            Cut::Kinds => begins_part(&words, part, place, |rest| kind_at(rest).is_none()),
            Cut::KindsInNames => begins_part(&words, part, place, |_| true),
        };
        if is_first || begins_part {
            begins.push(place);
        }
    }
    let ends = begins.iter().skip(1).copied().chain([words.len()]);
    let mut parts: Vec<Segment<'_>> = begins.iter().zip(ends).map(|(from, to)| part(line, &words[*from..to])).collect();
    if parts.len() > 1 && parts.last().is_some_and(|last| last.kind.is_none() && fold(last.name) == "viet nam") {
        parts.pop();
    }
    parts
}

/// Whether a new part begins here within what no comma divides: a word for a kind with a name after it, unless it is the
/// name itself («Phường Phường Đúc», «xã Thượng Quận thị xã Kinh Môn»).
fn begins_part(words: &[Word<'_>], part: usize, place: usize, is_name: impl Fn(&[Word<'_>]) -> bool) -> bool {
    let Some((_, length)) = kind_at(&words[place..]) else { return false };
    let rest = &words[place + length..];
    let named = rest.first().is_some_and(|next| !next.after_comma) && is_name(rest);
    let is_of_part = kind_at(&words[part..]).is_some_and(|(_, length)| place <= part + length);
    named && !is_of_part
}

fn part<'l>(line: &'l str, words: &[Word<'l>]) -> Segment<'l> {
    let (start, end) = match (words.first(), words.last()) {
        (Some(first), Some(last)) => (first.start, last.end),
        _ => (line.len(), line.len()),
    };
    match kind_at(words) {
        Some((kind, length)) if length < words.len() => {
            Segment { start, end, kind: Some(kind), name: &line[words[length].start..end] }
        }
        _ => Segment { start, end, kind: None, name: &line[start..end] },
    }
}

/// The word for a kind of area at the beginning, and of how many words it is made.
fn kind_at(words: &[Word<'_>]) -> Option<(AreaKind, usize)> {
    let first = words.first()?;
    let second = words.get(1).filter(|word| !word.after_comma);
    let two = TWO_WORDS.iter().find(|(one, two, _)| first.is(one) && second.is_some_and(|word| word.is(two)));
    if let Some((_, _, kind)) = two {
        return Some((*kind, 2));
    }
    let (_, one) = ONE_WORD.iter().find(|(name, _)| first.is(name))?;
    // A letter alone is an abbreviation where a name stands after it: «P.3», «X. Ia O»; «H'Lan» is a name.
    let is_letter = first.folded.len() == 1;
    let is_apart =
        words.get(1).is_some_and(|next| next.start > first.end || next.text.starts_with(|c: char| c.is_ascii_digit()));
    (!is_letter || (is_apart && first.text.len() == 1)).then_some((*one, 1))
}

/// The last words of a line: runs without spaces, full stops and brackets; «P3» and «Q1» are two words.
fn words(line: &str) -> Vec<Word<'_>> {
    let mut from = line.len().saturating_sub(LONGEST);
    while !line.is_char_boundary(from) {
        from += 1;
    }
    let mut words: Vec<Word<'_>> = Vec::new();
    let mut after_comma = false;
    let mut start: Option<usize> = None;
    for (at, character) in line.char_indices().skip_while(|(at, _)| *at < from).chain([(line.len(), ' ')]) {
        let is_comma = matches!(character, ',' | ';');
        let is_between = is_comma || character.is_whitespace() || matches!(character, '.' | '(' | ')');
        match (start, is_between) {
            (None, false) => start = Some(at),
            (Some(begin), true) => {
                push(&mut words, line, begin, at, after_comma);
                (start, after_comma) = (None, false);
            }
            _ => {}
        }
        after_comma |= is_comma;
    }
    if words.len() > MOST_WORDS {
        words.drain(..words.len() - MOST_WORDS);
    }
    words
}

fn push<'l>(words: &mut Vec<Word<'l>>, line: &'l str, start: usize, end: usize, after_comma: bool) {
    let text = &line[start..end];
    if !text.contains(char::is_alphanumeric) {
        return;
    }
    let mut characters = text.chars();
    let is_short = matches!(characters.next(), Some('p' | 'P' | 'q' | 'Q'));
    let mut push = |start: usize, end: usize, after_comma: bool| {
        let text = &line[start..end];
        let lower = text.to_lowercase().nfc().collect();
        words.push(Word { start, end, text, lower, folded: fold(text), after_comma });
    };
    match is_short && text.len() > 1 && characters.all(|digit| digit.is_ascii_digit()) {
        true => {
            push(start, start + 1, after_comma);
            push(start + 1, end, false);
        }
        false => push(start, end, after_comma),
    }
}

/// The last word of a part, the last two, and so on: «Pleiku», «Lợi Pleiku», «Lê Lợi Pleiku».
pub(super) fn endings<'l>(line: &'l str, part: &Segment<'l>) -> Vec<Segment<'l>> {
    let inside = words(&line[..part.end]).into_iter().filter(|word| word.start >= part.start);
    let mut endings: Vec<Segment<'l>> = inside
        .map(|word| Segment { start: word.start, end: part.end, kind: None, name: &line[word.start..part.end] })
        .collect();
    endings.reverse();
    endings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(line: &str, cut: Cut) -> Vec<(Option<AreaKind>, &str)> {
        segments(line, cut).into_iter().map(|part| (part.kind, part.name)).collect()
    }

    #[test]
    fn a_line_is_cut_at_commas_and_kinds() {
        use AreaKind::{Huyen, Phuong, Quan, ThanhPho, ThiXa, Tinh, Xa};
        let cases: &[(&str, Cut, &[(Option<AreaKind>, &str)])] = &[
            (
                "Tổ 1, xã Ia O,, huyện Ia Grai",
                Cut::Commas,
                &[(None, "Tổ 1"), (Some(Xa), "Ia O"), (Some(Huyen), "Ia Grai")],
            ),
            (
                "12 Lê Lợi P.3 Q1 TP.HCM",
                Cut::Kinds,
                &[(None, "12 Lê Lợi"), (Some(Phuong), "3"), (Some(Quan), "1"), (Some(ThanhPho), "HCM")],
            ),
            (
                "phường Phường Đúc, thành phố Huế, Việt Nam",
                Cut::Kinds,
                &[(Some(Phuong), "Phường Đúc"), (Some(ThanhPho), "Huế")],
            ),
            ("xã Thượng Quận thị xã Kinh Môn", Cut::Kinds, &[(Some(Xa), "Thượng Quận"), (Some(ThiXa), "Kinh Môn")]),
            ("Xã Tứ Xã tỉnh Phú Thọ", Cut::Kinds, &[(Some(Xa), "Tứ Xã"), (Some(Tinh), "Phú Thọ")]),
            ("", Cut::Kinds, &[]),
            (" , ;, ", Cut::Commas, &[]),
            ("xã", Cut::Kinds, &[(None, "xã")]),
        ];
        for (line, how, expected) in cases {
            assert_eq!(cut(line, *how), *expected, "{line}");
        }
    }
}
