//! How well a title answers a query.

use crate::repair::QueryWord;
use crate::title::{Clause, Title};
use crate::vocabulary::WordId;

/// The shares of the parts of a score. Coverage weighs most: a title that lacks a word of the query is another matter.
const COVERAGE: f32 = 0.60;
const ORDER: f32 = 0.22;
const DENSITY: f32 = 0.18;
const PHRASE: f32 = 0.05;
const START: f32 = 0.05;
const WHOLE: f32 = 0.10;
const INSIDE: f32 = 0.10;
/// Whoever types so many words in the order of a title means that title, however rarely it is asked for.
const TYPED_OFF_WORDS: usize = 8;
const TYPED_OFF: f32 = 0.5;
const MARKS: f32 = 0.10;
/// The share of a score that an entry has only as far as it is asked for.
const PRIOR: f32 = 0.3;

/// A score in the light of how likely the entry is what is meant.
pub(crate) fn with_prior(score: f32, prior: f32) -> f32 {
    score * (1.0 - PRIOR + PRIOR * prior)
}

/// What was found of a query in a title, before the words' places and marks are looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Matched {
    /// Weight of the query's words in the title.
    pub(crate) title: f32,
    /// Weight of those that only the field's name has, already lessened.
    pub(crate) field: f32,
    /// Weight of the query's pairs that stand together in the title.
    pub(crate) pairs: f32,
}

/// What a query weighs.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Total {
    pub(crate) words: f32,
    pub(crate) pairs: f32,
}

impl Matched {
    /// Whether anything of the query was found.
    pub(crate) fn is_touched(self) -> bool {
        self.title > 0.0 || self.field > 0.0
    }

    /// Adds to what was found, if anything was found before.
    pub(crate) fn add_to_candidate(&mut self, title: f32, field: f32, pairs: f32) {
        // Without a branch: which titles are candidates is hard to foretell.
        let factor = f32::from(u8::from(self.is_touched()));
        self.title += factor * title;
        self.field += factor * field;
        self.pairs += factor * pairs;
    }

    /// The share of the query that was found.
    pub(crate) fn coverage(self, total: Total) -> f32 {
        (self.title + self.field) / total.words
    }

    /// The score without a look at places and marks.
    pub(crate) fn draft(self, total: Total, title: &Title) -> f32 {
        let coverage = self.coverage(total);
        let order = if total.pairs > 0.0 { self.pairs / total.pairs } else { coverage };
        let density = self.title / title.whole.weight.max(0.1);
        COVERAGE * coverage + ORDER * order + DENSITY * density
    }
}

/// A query that titles are held against, word by word.
pub(crate) struct Asked<'a> {
    words: &'a [QueryWord],
    /// Its known words in the order of their identifiers, each once.
    distinct: Vec<WordId>,
    /// How many of its words have marks to agree with.
    typed_marks: usize,
}

impl<'a> Asked<'a> {
    pub(crate) fn new(words: &'a [QueryWord]) -> Self {
        let mut distinct: Vec<WordId> = words.iter().filter_map(|word| word.id).collect();
        distinct.sort_unstable();
        distinct.dedup();
        let typed_marks = words.iter().filter(|word| word.marked.is_some()).count();
        Self { words, distinct, typed_marks }
    }
}

/// What places and marks add: a whole phrase beats scattered words, a title that begins so beats one that goes on so,
/// a clause that says little else beats a long sentence, a title that stands whole in a long query is likely what is
/// meant, and marks that agree beat marks that don't.
pub(crate) fn finish(asked: &Asked<'_>, title: &Title, total: Total, weights: &[f32]) -> f32 {
    let query = asked.words;
    let mut bonus = 0.0;
    if let Some(at) = find_phrase(query, &title.words) {
        bonus += PHRASE;
        if at == 0 {
            bonus += START;
            if query.len() >= TYPED_OFF_WORDS {
                bonus += TYPED_OFF;
            }
        }
        if title.clauses.first().is_some_and(|clause| clause.range == (at..at + query.len())) {
            bonus += WHOLE;
        }
    }
    if find_title(query, title) {
        bonus += INSIDE;
    }
    let clauses = title.clauses.iter().map(|clause| closeness(asked, clause, total, weights));
    let closest = clauses.fold(0.0, f32::max);
    bonus += DENSITY * (closest - closeness(asked, &title.whole, total, weights)).max(0.0);
    if asked.typed_marks > 0 {
        let agrees =
            |word: &&QueryWord| word.id.zip(word.marked).is_some_and(|(id, marked)| title.has_marked(id, marked));
        bonus += MARKS * share(query.iter().filter(agrees).count(), asked.typed_marks);
    }
    bonus
}

/// How much of the query the clause holds, and how little else.
fn closeness(asked: &Asked<'_>, clause: &Clause, total: Total, weights: &[f32]) -> f32 {
    let held = asked.distinct.iter().filter(|word| clause.distinct.binary_search(word).is_ok());
    let held: f32 = held.map(|word| weights[*word as usize]).sum();
    if held > 0.0 { (held / clause.weight) * (held / total.words) } else { 0.0 }
}

fn find_phrase(query: &[QueryWord], words: &[WordId]) -> Option<usize> {
    if query.is_empty() || query.len() > words.len() {
        return None;
    }
    words.windows(query.len()).position(|window| window.iter().zip(query).all(|(word, asked)| asked.id == Some(*word)))
}

/// Whether the title's first clause stands in the query as it is.
fn find_title(query: &[QueryWord], title: &Title) -> bool {
    let Some(clause) = title.clauses.first().filter(|clause| clause.range.len() > 1) else {
        return false;
    };
    let words = &title.words[clause.range.clone()];
    query.windows(words.len()).any(|window| window.iter().zip(words).all(|(asked, word)| asked.id == Some(*word)))
}

#[allow(clippy::cast_precision_loss, reason = "queries have few words")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}
