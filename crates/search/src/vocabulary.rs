//! The words that titles use: how often, beside which others, and what lies within one slip of them.

use std::collections::HashMap;

/// A word of the vocabulary.
pub(crate) type WordId = u32;

/// The longest run of letters that is one Vietnamese syllable («nghiêng»).
pub(crate) const LONGEST_SYLLABLE: usize = 7;

#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: HashMap<String, WordId>,
    words: Vec<String>,
    counts: Vec<u32>,
    pairs: HashMap<(WordId, WordId), u32>,
    /// Each word, and each word with one letter left out, to the words it may stand for.
    near: HashMap<String, Vec<WordId>>,
    /// Identifiers in the order of their words, for completions.
    sorted: Vec<WordId>,
}

impl Vocabulary {
    /// The word's identifier; it becomes a word if it was none.
    pub(crate) fn add(&mut self, word: &str) -> WordId {
        if let Some(id) = self.ids.get(word) {
            return *id;
        }
        let id = WordId::try_from(self.words.len()).expect("titles have fewer than four billion words");
        self.ids.insert(word.to_owned(), id);
        self.words.push(word.to_owned());
        self.counts.push(0);
        id
    }

    /// Notes that words stand in this order in a text, as often as `weight` says.
    pub(crate) fn note(&mut self, words: &[WordId], weight: u32) {
        for id in words {
            self.counts[*id as usize] += weight;
        }
        for pair in words.windows(2) {
            *self.pairs.entry((pair[0], pair[1])).or_default() += weight;
        }
    }

    /// Prepares the look-up of misspelt and unfinished words, once all are added.
    pub(crate) fn finish(&mut self) {
        self.sorted = (0..).take(self.words.len()).collect();
        self.sorted.sort_unstable_by(|left, right| self.words[*left as usize].cmp(&self.words[*right as usize]));
        for (id, word) in (0..).zip(&self.words) {
            if word.bytes().any(|byte| byte.is_ascii_digit()) {
                continue;
            }
            self.near.entry(word.clone()).or_default().push(id);
            for shorter in shortened(word) {
                let words = self.near.entry(shorter).or_default();
                if !words.contains(&id) {
                    words.push(id);
                }
            }
        }
    }

    pub(crate) fn id(&self, word: &str) -> Option<WordId> {
        self.ids.get(word).copied()
    }

    pub(crate) fn word(&self, id: WordId) -> &str {
        &self.words[id as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// How often the word stands in texts.
    pub(crate) fn count(&self, id: WordId) -> u32 {
        self.counts[id as usize]
    }

    /// How often the second word follows the first.
    pub(crate) fn pair_count(&self, first: WordId, second: WordId) -> u32 {
        self.pairs.get(&(first, second)).copied().unwrap_or(0)
    }

    /// The words within one slip: a letter left out, put in, exchanged, or swapped with its neighbour.
    pub(crate) fn near(&self, word: &str) -> Vec<WordId> {
        let mut found: Vec<WordId> = Vec::new();
        let mut consider = |key: &str| {
            for id in self.near.get(key).map(Vec::as_slice).unwrap_or_default() {
                if !found.contains(id) && is_one_slip(word, &self.words[*id as usize]) {
                    found.push(*id);
                }
            }
        };
        consider(word);
        for shorter in shortened(word) {
            consider(&shorter);
        }
        found
    }

    /// The words that begin so.
    pub(crate) fn completions<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = WordId> + 'a {
        let from = self.sorted.partition_point(|id| self.word(*id) < beginning);
        self.sorted[from..].iter().copied().take_while(move |id| self.word(*id).starts_with(beginning))
    }
}

/// The word with each one of its letters left out.
fn shortened(word: &str) -> impl Iterator<Item = String> {
    let is_short = word.len() < 3;
    word.char_indices().filter(move |_| !is_short).map(|(at, letter)| {
        let mut shorter = String::with_capacity(word.len());
        shorter.push_str(&word[..at]);
        shorter.push_str(&word[at + letter.len_utf8()..]);
        shorter
    })
}

/// Whether the slip between two words of one slip is a neighbouring key or two letters swapped.
pub(crate) fn is_likely_slip(typed: &str, meant: &str) -> bool {
    let mut differing = typed.bytes().zip(meant.bytes()).filter(|(left, right)| left != right);
    if typed.len() != meant.len() {
        return false;
    }
    match (differing.next(), differing.next()) {
        (Some((left, right)), None) => are_neighbours(left, right),
        (Some((a, b)), Some((c, d))) => a == d && b == c,
        (None, _) => false,
    }
}

fn are_neighbours(left: u8, right: u8) -> bool {
    ["qwertyuiop", "asdfghjkl", "zxcvbnm"].iter().any(|row| {
        let place = |key: u8| row.bytes().position(|found| found == key);
        place(left).zip(place(right)).is_some_and(|(left, right)| left.abs_diff(right) == 1)
    })
}

fn is_one_slip(typed: &str, meant: &str) -> bool {
    let (typed, meant) = (typed.as_bytes(), meant.as_bytes());
    let start = typed.iter().zip(meant).take_while(|(left, right)| left == right).count();
    let (typed, meant) = (&typed[start..], &meant[start..]);
    let end = typed.iter().rev().zip(meant.iter().rev()).take_while(|(left, right)| left == right).count();
    let (typed, meant) = (&typed[..typed.len() - end], &meant[..meant.len() - end]);
    match (typed, meant) {
        ([], [_]) | ([_], [] | [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(text: &str) -> Vocabulary {
        let mut vocabulary = Vocabulary::default();
        let ids: Vec<WordId> = text.split(' ').map(|word| vocabulary.add(word)).collect();
        vocabulary.note(&ids, 1);
        vocabulary.finish();
        vocabulary
    }

    #[test]
    fn words_within_one_slip_are_found() {
        let vocabulary = vocabulary("dang ki khai sinh ket hon");
        let cases = [
            ("dag", "dang"),
            ("dangg", "dang"),
            ("dsng", "dang"),
            ("dagn", "dang"),
            ("sihn", "sinh"),
            ("kht", "ket"),
            ("honn", "hon"),
        ];
        for (typed, meant) in cases {
            let found: Vec<&str> = vocabulary.near(typed).into_iter().map(|id| vocabulary.word(id)).collect();
            assert!(found.contains(&meant), "{typed}: {found:?}");
        }
        assert!(vocabulary.near("sihnn").is_empty(), "two slips are too many");
    }

    #[test]
    fn beginnings_are_completed_and_pairs_counted() {
        let vocabulary = vocabulary("khai sinh khai tu khai sinh");
        let completed: Vec<&str> = vocabulary.completions("s").map(|id| vocabulary.word(id)).collect();
        assert_eq!(completed, ["sinh"]);
        let (khai, sinh) = (vocabulary.id("khai").unwrap(), vocabulary.id("sinh").unwrap());
        assert_eq!((vocabulary.pair_count(khai, sinh), vocabulary.pair_count(sinh, sinh)), (2, 0));
        assert_eq!(vocabulary.count(khai), 3);
    }
}
