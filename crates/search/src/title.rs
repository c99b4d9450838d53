//! Titles of procedures as they are compared with queries.

use std::ops::Range;

use crate::vocabulary::{Vocabulary, WordId};
use crate::words::words;

/// Words that hundreds of titles begin with: they say nothing.
const STOCK: [&str; 2] = ["thu", "tuc"];

/// A title, cut into words.
#[derive(Debug)]
pub(crate) struct Title {
    pub(crate) words: Vec<WordId>,
    /// Each word with its fingerprint, in order for look-up.
    pub(crate) marked: Vec<(WordId, u32)>,
    /// Parts between semicolons, often acts of their own; what stands in brackets is in none.
    pub(crate) clauses: Vec<Clause>,
    pub(crate) whole: Clause,
}

/// A part of a title.
#[derive(Debug)]
pub(crate) struct Clause {
    pub(crate) range: Range<usize>,
    /// Its words in the order of their identifiers, each once.
    pub(crate) distinct: Vec<WordId>,
    /// What these weigh.
    pub(crate) weight: f32,
}

impl Title {
    pub(crate) fn new(name: &str, vocabulary: &mut Vocabulary) -> Self {
        let mut title =
            Self { words: Vec::new(), marked: Vec::new(), clauses: Vec::new(), whole: Clause::new(&[], 0..0) };
        let mut depth = 0_u32;
        for (part, mark) in parts(name) {
            let mut found = words(part);
            let is_stock = found.iter().zip(STOCK).all(|(word, stock)| word.plain == stock);
            if found.len() > STOCK.len() && is_stock && title.words.is_empty() {
                found.drain(..STOCK.len());
            }
            let start = title.words.len();
            for word in &found {
                let id = vocabulary.add(&word.plain);
                title.words.push(id);
                title.marked.push((id, word.marked));
            }
            if title.words.len() > start && depth == 0 {
                title.clauses.push(Clause::new(&title.words, start..title.words.len()));
            }
            match mark {
                Some('(') => depth += 1,
                Some(')') => depth = depth.saturating_sub(1),
                _ => {}
            }
        }
        title.marked.sort_unstable();
        title.marked.dedup();
        title.whole = Clause::new(&title.words, 0..title.words.len());
        title
    }

    /// Sums up what its words weigh, once that is known.
    pub(crate) fn weigh(&mut self, weights: &[f32]) {
        for clause in self.clauses.iter_mut().chain([&mut self.whole]) {
            clause.weight = clause.distinct.iter().map(|word| weights[*word as usize]).sum();
        }
    }

    /// Whether it has the word with these marks.
    pub(crate) fn has_marked(&self, word: WordId, marked: u32) -> bool {
        self.marked.binary_search(&(word, marked)).is_ok()
    }
}

impl Clause {
    fn new(words: &[WordId], range: Range<usize>) -> Self {
        let mut distinct = words[range.clone()].to_vec();
        distinct.sort_unstable();
        distinct.dedup();
        Self { range, distinct, weight: 0.0 }
    }
}

/// The parts of a title between semicolons and brackets, each with the mark behind it.
fn parts(name: &str) -> impl Iterator<Item = (&str, Option<char>)> {
    let marks = [';', '(', ')'];
    name.split_inclusive(marks).map(move |part| {
        let mark = part.chars().next_back().filter(|mark| marks.contains(mark));
        (part.trim_end_matches(marks), mark)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_cut_into_clauses_without_what_stands_in_brackets() {
        let mut vocabulary = Vocabulary::default();
        let title = Title::new("Thủ tục tách thửa; hợp thửa đất (cấp huyện; cấp xã)", &mut vocabulary);
        let spell = |words: &[WordId]| -> String {
            words.iter().map(|word| vocabulary.word(*word)).collect::<Vec<_>>().join(" ")
        };
        let clauses: Vec<String> =
            title.clauses.iter().map(|clause| spell(&title.words[clause.range.clone()])).collect();
        assert_eq!(clauses, ["tach thua", "hop thua dat"]);
        assert_eq!(spell(&title.words), "tach thua hop thua dat cap huyen cap xa");
        assert_eq!(title.whole.distinct.len(), 7);
    }
}
