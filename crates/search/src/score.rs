//! How well a title answers a query.

use std::ops::Range;

use crate::repair::QueryWord;
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

/// A title as it is compared.
#[derive(Debug)]
pub(crate) struct Title {
    pub(crate) words: Vec<WordId>,
    pub(crate) marked: Vec<u32>,
    /// Where its clauses begin and end: parts between semicolons, often acts of their own; what is in brackets is in none.
    pub(crate) clauses: Vec<Range<usize>>,
    /// What all its distinct words weigh.
    pub(crate) weight: f32,
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
    /// The share of the query that was found.
    pub(crate) fn coverage(self, total: Total) -> f32 {
        (self.title + self.field) / total.words
    }

    /// The score without a look at places and marks.
    pub(crate) fn draft(self, total: Total, title: &Title) -> f32 {
        let coverage = self.coverage(total);
        let order = if total.pairs > 0.0 { self.pairs / total.pairs } else { coverage };
        let density = self.title / title.weight.max(0.1);
        COVERAGE * coverage + ORDER * order + DENSITY * density
    }
}

/// What places and marks add: a whole phrase beats scattered words, a title that begins so beats one that goes on so,
/// a clause that says little else beats a long sentence, a title that stands whole in a long query is likely what is
/// meant, and marks that agree beat marks that don't.
pub(crate) fn finish(query: &[QueryWord], title: &Title, total: Total, weights: &[f32]) -> f32 {
    let mut bonus = 0.0;
    if let Some(at) = find_phrase(query, &title.words) {
        bonus += PHRASE;
        if at == 0 {
            bonus += START;
            if query.len() >= TYPED_OFF_WORDS {
                bonus += TYPED_OFF;
            }
        }
        if title.clauses.first().is_some_and(|clause| *clause == (at..at + query.len())) {
            bonus += WHOLE;
        }
    }
    if find_title(query, title) {
        bonus += INSIDE;
    }
    let clauses = title.clauses.iter().map(|clause| closeness(query, &title.words[clause.clone()], total, weights));
    let closest = clauses.fold(0.0, f32::max);
    bonus += DENSITY * (closest - closeness(query, &title.words, total, weights)).max(0.0);
    let typed_marks = query.iter().filter(|word| word.marked.is_some()).count();
    if typed_marks > 0 {
        let agree = query.iter().filter(|word| has_marked(title, **word)).count();
        bonus += MARKS * share(agree, typed_marks);
    }
    bonus
}

/// How much of the query the words hold, and how little else.
fn closeness(query: &[QueryWord], words: &[WordId], total: Total, weights: &[f32]) -> f32 {
    let (mut all, mut asked) = (0.0, 0.0);
    for (place, word) in words.iter().enumerate() {
        if words[..place].contains(word) {
            continue;
        }
        let weight = weights[*word as usize];
        all += weight;
        if query.iter().any(|found| found.id == Some(*word)) {
            asked += weight;
        }
    }
    if all > 0.0 { (asked / all) * (asked / total.words) } else { 0.0 }
}

fn find_phrase(query: &[QueryWord], words: &[WordId]) -> Option<usize> {
    if query.is_empty() || query.len() > words.len() {
        return None;
    }
    words.windows(query.len()).position(|window| window.iter().zip(query).all(|(word, asked)| asked.id == Some(*word)))
}

/// Whether the title's first clause stands in the query as it is.
fn find_title(query: &[QueryWord], title: &Title) -> bool {
    let Some(clause) = title.clauses.first().filter(|clause| clause.len() > 1) else {
        return false;
    };
    let words = &title.words[clause.clone()];
    query.windows(words.len()).any(|window| window.iter().zip(words).all(|(asked, word)| asked.id == Some(*word)))
}

fn has_marked(title: &Title, asked: QueryWord) -> bool {
    let Some((id, marked)) = asked.id.zip(asked.marked) else {
        return false;
    };
    title.words.iter().zip(&title.marked).any(|(word, found)| *word == id && *found == marked)
}

#[allow(clippy::cast_precision_loss, reason = "queries have few words")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole as f32
}
