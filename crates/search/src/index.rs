//! The index: titles by their words and pairs of words, and the search over them.

use std::cmp::Reverse;
use std::collections::HashMap;

use crate::codes;
use crate::repair::{QueryWord, repair};
use crate::rewrite::{Lexicon, Rewriter};
use crate::score::{self, Asked, Matched, Total};
use crate::title::Title;
use crate::vocabulary::{Vocabulary, WordId};
use crate::words::words;

/// Longer queries are cut: nobody types more words on purpose.
const MOST_CHARACTERS: usize = 200;
const MOST_WORDS: usize = 24;
/// So much of a query at least is in every answer.
const LEAST_COVERAGE: f32 = 0.5;
/// Unless nothing has that much.
const LAST_RESORT: f32 = 0.2;
/// What a word of the field's name is worth beside a word of the title.
const FIELD: f32 = 0.4;
/// What of a word's weight is for its marks, when it was typed with them.
const MARKED: f32 = 0.5;
/// In longer queries the words tell each other apart.
const MARKS_MATTER: usize = 8;
/// A title that is nearly all in the query is an answer even to a long one («đăng ký tạm trú cho người thuê nhà»).
const WHOLE_TITLE: f32 = 0.9;
/// What of its weight a small word keeps.
const FILLER: f32 = 0.3;
/// What a word weighs that no title has.
const UNKNOWN_WEIGHT: f32 = 4.0;
/// So many of the best are looked at closely for each one that is asked for.
const CLOSER_LOOK: usize = 40;

/// What is to be found.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The procedure's code.
    pub code: &'a str,
    /// Its title.
    pub name: &'a str,
    /// The name of its field.
    pub field: &'a str,
    /// From 0 to 1: what is asked for more often comes first among titles that answer alike.
    pub prior: f32,
}

/// An answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The place of the entry among those that the index was built from.
    pub entry: u32,
    /// How well it answers; only good for comparing the answers of one query.
    pub score: f32,
}

/// An index of titles in memory.
#[derive(Debug)]
pub struct Index {
    codes: Vec<String>,
    titles: Vec<Title>,
    priors: Vec<f32>,
    vocabulary: Vocabulary,
    rewriter: Rewriter,
    /// What each word weighs: the rarer the more.
    weights: Vec<f32>,
    in_titles: Vec<Vec<u32>>,
    /// The same by fingerprints of words with their marks.
    marked_in_titles: HashMap<u32, Vec<u32>>,
    in_fields: Vec<Vec<u32>>,
    pairs: HashMap<(WordId, WordId), Vec<u32>>,
}

impl Index {
    /// Builds the index; entries are known by their place from then on.
    pub fn build<'a>(entries: impl IntoIterator<Item = Entry<'a>>, lexicon: &Lexicon) -> Self {
        let mut vocabulary = Vocabulary::default();
        let mut codes = Vec::new();
        let mut titles: Vec<Title> = Vec::new();
        let mut fields: Vec<Vec<WordId>> = Vec::new();
        let mut priors = Vec::new();
        for entry in entries {
            codes.push(entry.code.to_owned());
            priors.push(entry.prior);
            titles.push(Title::new(entry.name, &mut vocabulary));
            fields.push(words(entry.field).iter().map(|word| vocabulary.add(&word.plain)).collect());
        }
        let rewriter = Rewriter::new(lexicon, &mut vocabulary);
        for (title, field) in titles.iter().zip(&fields) {
            vocabulary.note(&title.words, 1);
            vocabulary.note(field, 1);
        }
        vocabulary.finish();
        let mut index = Self {
            in_titles: vec![Vec::new(); vocabulary.len()],
            marked_in_titles: HashMap::new(),
            in_fields: vec![Vec::new(); vocabulary.len()],
            pairs: HashMap::new(),
            weights: Vec::new(),
            codes,
            titles,
            priors,
            vocabulary,
            rewriter,
        };
        index.post(&fields);
        index
    }

    fn post(&mut self, fields: &[Vec<WordId>]) {
        for (entry, (title, field)) in (0_u32..).zip(self.titles.iter().zip(fields)) {
            for word in &title.words {
                push_new(&mut self.in_titles[*word as usize], entry);
            }
            for (_, marked) in &title.marked {
                push_new(self.marked_in_titles.entry(*marked).or_default(), entry);
            }
            for pair in title.words.windows(2) {
                push_new(self.pairs.entry((pair[0], pair[1])).or_default(), entry);
            }
            for word in field.iter().filter(|word| !title.words.contains(word)) {
                push_new(&mut self.in_fields[*word as usize], entry);
            }
        }
        let all = as_f32(self.titles.len());
        let weight = |entries: &Vec<u32>| (1.0 + all / (1.0 + as_f32(entries.len()))).ln();
        self.weights = self.in_titles.iter().map(weight).collect();
        for filler in self.rewriter.fillers() {
            self.weights[*filler as usize] *= FILLER;
        }
        for title in &mut self.titles {
            title.weigh(&self.weights);
        }
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.titles.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.titles.is_empty()
    }

    /// The best answers among the entries that pass the filter, the best first.
    ///
    /// An empty query has none: the caller lists by an order of its own.
    pub fn search(&self, query: &str, limit: usize, filter: impl Fn(u32) -> bool) -> Vec<Hit> {
        let query: String = query.chars().take(MOST_CHARACTERS).collect();
        if let Some(code) = codes::code_in(&query) {
            let hits = self.find_code(&code, limit, &filter);
            if !hits.is_empty() {
                return hits;
            }
        }
        let mut typed = words(&query);
        typed.truncate(MOST_WORDS);
        if typed.is_empty() || limit == 0 {
            return Vec::new();
        }
        let variants = self.rewriter.variants(&repair(&self.vocabulary, &typed));
        let mut best: HashMap<u32, f32> = HashMap::new();
        let mut found = vec![Matched::default(); self.titles.len()];
        for coverage in [LEAST_COVERAGE, LAST_RESORT] {
            for variant in &variants {
                for hit in self.answers(variant, coverage, limit, &filter, &mut found) {
                    let score = best.entry(hit.entry).or_insert(hit.score);
                    *score = score.max(hit.score);
                }
            }
            if !best.is_empty() {
                break;
            }
        }
        let hits = best.into_iter().map(|(entry, score)| Hit { entry, score }).collect();
        self.sorted(hits, limit)
    }

    fn find_code(&self, code: &str, limit: usize, filter: &impl Fn(u32) -> bool) -> Vec<Hit> {
        let rated = (0_u32..).zip(&self.codes).filter_map(|(entry, found)| {
            codes::rate(found, code).filter(|_| filter(entry)).map(|score| Hit { entry, score })
        });
        let hits = rated
            .map(|hit| Hit { score: score::with_prior(hit.score, self.priors[hit.entry as usize]), ..hit })
            .collect();
        self.sorted(hits, limit)
    }

    /// The answers to one way of putting the query. `found` is all zero before and after.
    fn answers(
        &self,
        query: &[QueryWord],
        least_coverage: f32,
        limit: usize,
        filter: &impl Fn(u32) -> bool,
        found: &mut [Matched],
    ) -> Vec<Hit> {
        let mut touched: Vec<u32> = Vec::new();
        let total = self.match_words(query, least_coverage, found, &mut touched);
        let mut hits: Vec<Hit> = touched
            .iter()
            .filter(|entry| {
                let place = **entry as usize;
                let matched = found[place];
                let is_answer = matched.coverage(total) >= least_coverage
                    || matched.title >= WHOLE_TITLE * self.titles[place].whole.weight;
                is_answer && filter(**entry)
            })
            .map(|entry| {
                let place = *entry as usize;
                let score = score::with_prior(found[place].draft(total, &self.titles[place]), self.priors[place]);
                Hit { entry: *entry, score }
            })
            .collect();
        for entry in touched {
            found[entry as usize] = Matched::default();
        }
        let closer = limit.saturating_add(CLOSER_LOOK);
        if hits.len() > closer {
            hits.select_nth_unstable_by(closer, |left, right| right.score.total_cmp(&left.score));
            hits.truncate(closer);
        }
        let asked = Asked::new(query);
        for hit in &mut hits {
            let place = hit.entry as usize;
            hit.score +=
                score::with_prior(score::finish(&asked, &self.titles[place], total, &self.weights), self.priors[place]);
        }
        hits
    }

    /// Notes what of the query each title has. The rarest words come first: once those still to come can't make an
    /// answer of a title by themselves, only titles that have one of the rarer words are looked at.
    fn match_words(
        &self,
        query: &[QueryWord],
        least_coverage: f32,
        found: &mut [Matched],
        touched: &mut Vec<u32>,
    ) -> Total {
        let weight_of = |word: &QueryWord| word.id.map_or(UNKNOWN_WEIGHT, |id| self.weights[id as usize]);
        let mut asked: Vec<&QueryWord> = Vec::with_capacity(query.len());
        for word in query {
            if word.id.is_none() || !asked.iter().any(|known| known.id == word.id) {
                asked.push(word);
            }
        }
        asked.sort_by(|left, right| weight_of(right).total_cmp(&weight_of(left)));
        let mut total = Total { words: asked.iter().map(|word| weight_of(word)).sum(), pairs: 0.0 };
        let mut to_come = total.words;
        for word in asked {
            let Some(id) = word.id else { continue };
            let marked = word.marked.filter(|_| query.len() <= MARKS_MATTER);
            let marked = marked.filter(|marked| self.marked_in_titles.contains_key(marked));
            if to_come >= least_coverage * total.words {
                self.match_word(id, marked, found, touched);
            } else {
                self.match_word_of_candidates(id, marked, found);
            }
            to_come -= weight_of(word);
        }
        for pair in query.windows(2) {
            let Some((first, second)) = pair[0].id.zip(pair[1].id) else {
                continue;
            };
            let weight = f32::midpoint(self.weights[first as usize], self.weights[second as usize]);
            total.pairs += weight;
            for entry in self.pairs.get(&(first, second)).map(Vec::as_slice).unwrap_or_default() {
                found[*entry as usize].add_to_candidate(0.0, 0.0, weight);
            }
        }
        total
    }

    fn match_word(&self, id: WordId, marked: Option<u32>, found: &mut [Matched], touched: &mut Vec<u32>) {
        let weight = self.weights[id as usize];
        let plain = if marked.is_some() { (1.0 - MARKED) * weight } else { weight };
        for entry in &self.in_titles[id as usize] {
            touch(*entry, found, touched).title += plain;
        }
        let with_marks = marked.and_then(|marked| self.marked_in_titles.get(&marked));
        for entry in with_marks.map(Vec::as_slice).unwrap_or_default() {
            touch(*entry, found, touched).title += MARKED * weight;
        }
        for entry in &self.in_fields[id as usize] {
            touch(*entry, found, touched).field += FIELD * weight;
        }
    }

    /// As [`Self::match_word`], but no title becomes a candidate by this word.
    fn match_word_of_candidates(&self, id: WordId, marked: Option<u32>, found: &mut [Matched]) {
        let weight = self.weights[id as usize];
        let plain = if marked.is_some() { (1.0 - MARKED) * weight } else { weight };
        let with_marks = marked.and_then(|marked| self.marked_in_titles.get(&marked));
        for entry in &self.in_titles[id as usize] {
            found[*entry as usize].add_to_candidate(plain, 0.0, 0.0);
        }
        for entry in with_marks.map(Vec::as_slice).unwrap_or_default() {
            found[*entry as usize].add_to_candidate(MARKED * weight, 0.0, 0.0);
        }
        for entry in &self.in_fields[id as usize] {
            found[*entry as usize].add_to_candidate(0.0, FIELD * weight, 0.0);
        }
    }

    /// The best first; among equals the shorter title, then the older code.
    fn sorted(&self, mut hits: Vec<Hit>, limit: usize) -> Vec<Hit> {
        hits.sort_by(|left, right| {
            let length = |hit: &Hit| self.titles[hit.entry as usize].words.len();
            right
                .score
                .total_cmp(&left.score)
                .then_with(|| (length(left), left.entry).cmp(&(length(right), right.entry)))
        });
        hits.truncate(limit);
        hits
    }

    /// The words that a query is read as, most likely first, for those who tend the list of everyday words.
    pub fn explain(&self, query: &str) -> Vec<String> {
        let variants = self.rewriter.variants(&repair(&self.vocabulary, &words(query)));
        let spell = |word: &QueryWord| word.id.map_or("?", |id| self.vocabulary.word(id));
        let mut explained: Vec<String> =
            variants.iter().map(|variant| variant.iter().map(spell).collect::<Vec<_>>().join(" ")).collect();
        explained.sort_by_key(|text| Reverse(text.len()));
        explained
    }
}

fn touch<'a>(entry: u32, found: &'a mut [Matched], touched: &mut Vec<u32>) -> &'a mut Matched {
    let matched = &mut found[entry as usize];
    if !matched.is_touched() {
        touched.push(entry);
    }
    matched
}

fn push_new(entries: &mut Vec<u32>, entry: u32) {
    if entries.last() != Some(&entry) {
        entries.push(entry);
    }
}

#[allow(clippy::cast_precision_loss, reason = "a catalogue has far fewer than 2^24 titles")]
fn as_f32(count: usize) -> f32 {
    count as f32
}
