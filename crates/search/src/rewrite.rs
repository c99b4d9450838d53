//! Everyday words: each query is also asked with the words that the catalogue uses.

use std::collections::{HashMap, HashSet};

use crate::repair::QueryWord;
use crate::vocabulary::{Vocabulary, WordId};
use crate::words::{Word, words};

/// So many ways to put a query are tried.
const MOST_VARIANTS: usize = 4;

/// What people say, for the catalogue's words.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    synonyms: Vec<(String, String)>,
    ignored: Vec<String>,
    fillers: Vec<String>,
}

impl Lexicon {
    /// Pairs of what is typed and what it means.
    ///
    /// They are matched with and without marks, the longest first.
    pub fn new<'a>(synonyms: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let owned = |(typed, means): (&str, &str)| (typed.to_owned(), means.to_owned());
        Self { synonyms: synonyms.into_iter().map(owned).collect(), ..Self::default() }
    }

    /// With phrases that say nothing about what is looked for («cách làm»).
    #[must_use]
    pub fn with_ignored<'a>(mut self, phrases: impl IntoIterator<Item = &'a str>) -> Self {
        self.ignored = phrases.into_iter().map(str::to_owned).collect();
        self
    }

    /// With small words that may stand between the words of a phrase («cho», «người»).
    #[must_use]
    pub fn with_fillers<'a>(mut self, words: impl IntoIterator<Item = &'a str>) -> Self {
        self.fillers = words.into_iter().map(str::to_owned).collect();
        self
    }
}

/// The lexicon in words of the vocabulary.
#[derive(Debug, Default)]
pub(crate) struct Rewriter {
    phrases: HashMap<Vec<WordId>, Vec<Phrase>>,
    longest: usize,
    fillers: HashSet<WordId>,
}

/// A phrase that may be typed, and what it means; nothing when it is to be ignored.
#[derive(Debug)]
struct Phrase {
    marked: Vec<u32>,
    meanings: Vec<Vec<QueryWord>>,
}

impl Rewriter {
    /// Adds the words of the lexicon to the vocabulary, so that they are not taken for slips.
    pub(crate) fn new(lexicon: &Lexicon, vocabulary: &mut Vocabulary) -> Self {
        let mut rewriter = Self::default();
        for (typed, means) in &lexicon.synonyms {
            let meaning = words(means)
                .iter()
                .map(|word| QueryWord {
                    id: Some(vocabulary.add(&word.plain)),
                    marked: Some(word.marked),
                    has_marks: word.has_marks,
                })
                .collect();
            rewriter.phrase(&words(typed), vocabulary).meanings.push(meaning);
        }
        for typed in &lexicon.ignored {
            rewriter.phrase(&words(typed), vocabulary);
        }
        let fillers = lexicon.fillers.iter().flat_map(|filler| words(filler));
        rewriter.fillers = fillers.map(|word| vocabulary.add(&word.plain)).collect();
        rewriter
    }

    fn phrase(&mut self, typed: &[Word], vocabulary: &mut Vocabulary) -> &mut Phrase {
        let ids: Vec<WordId> = typed.iter().map(|word| vocabulary.add(&word.plain)).collect();
        vocabulary.note(&ids, 1);
        self.longest = self.longest.max(ids.len());
        let marked: Vec<u32> = typed.iter().map(|word| word.marked).collect();
        let phrases = self.phrases.entry(ids).or_default();
        let place = phrases.iter().position(|phrase| phrase.marked == marked).unwrap_or_else(|| {
            phrases.push(Phrase { marked, meanings: Vec::new() });
            phrases.len() - 1
        });
        &mut phrases[place]
    }

    /// The small words that may stand between others.
    pub(crate) fn fillers(&self) -> impl Iterator<Item = &WordId> {
        self.fillers.iter()
    }

    /// The query as it is, without what says nothing, and with everyday words replaced.
    pub(crate) fn variants(&self, query: &[QueryWord]) -> Vec<Vec<QueryWord>> {
        let mut variants = self.replaced(query).unwrap_or_else(|| vec![query.to_vec()]);
        let is_filler = |word: &QueryWord| word.id.is_some_and(|id| self.fillers.contains(&id));
        if query.iter().any(is_filler) {
            // Phrases that only show once the small words between are gone.
            let bare: Vec<QueryWord> = query.iter().filter(|word| !is_filler(word)).copied().collect();
            for variant in self.replaced(&bare).unwrap_or_default() {
                if !variants.iter().any(|known| same_words(known, &variant)) {
                    variants.push(variant);
                }
            }
        }
        variants.truncate(MOST_VARIANTS);
        variants
    }

    /// The ways to put the query: everything replaced, each phrase replaced alone, everything as typed.
    ///
    /// Nothing when no phrase is known, or all that is there says nothing.
    fn replaced(&self, query: &[QueryWord]) -> Option<Vec<Vec<QueryWord>>> {
        let mut slots: Vec<Vec<Vec<QueryWord>>> = Vec::new();
        let mut place = 0;
        while place < query.len() {
            let (length, choices) = self.choices(&query[place..]);
            slots.push(choices);
            place += length;
        }
        let pick = |choice_of: &dyn Fn(usize) -> usize| -> Vec<QueryWord> {
            let chosen =
                slots.iter().enumerate().map(|(slot, choices)| &choices[choice_of(slot).min(choices.len() - 1)]);
            chosen.flatten().copied().collect()
        };
        // The last choice of a slot is what was typed.
        let typed = usize::MAX;
        let alone = slots
            .iter()
            .enumerate()
            .flat_map(|(slot, choices)| (0..choices.len() - 1).map(move |choice| (slot, choice)));
        let mut variants = vec![pick(&|_| 0), pick(&|_| typed)];
        variants.extend(alone.map(|(only, choice)| pick(&|slot| if slot == only { choice } else { typed })));
        let mut distinct: Vec<Vec<QueryWord>> = Vec::with_capacity(variants.len());
        for variant in variants {
            if !variant.is_empty() && !distinct.iter().any(|known| same_words(known, &variant)) {
                distinct.push(variant);
            }
        }
        let is_changed = distinct.len() > 1 || distinct.first().is_some_and(|only| !same_words(only, query));
        is_changed.then_some(distinct)
    }

    /// What the longest known phrase at the beginning may be replaced by, itself last, and how long it is.
    fn choices(&self, rest: &[QueryWord]) -> (usize, Vec<Vec<QueryWord>>) {
        for length in (1..=self.longest.min(rest.len())).rev() {
            let typed = &rest[..length];
            let Some(ids) = typed.iter().map(|word| word.id).collect::<Option<Vec<WordId>>>() else {
                continue;
            };
            let fitting: Vec<&Phrase> = self
                .phrases
                .get(&ids)
                .into_iter()
                .flatten()
                .filter(|phrase| {
                    typed
                        .iter()
                        .zip(&phrase.marked)
                        .all(|(word, marked)| !word.has_marks || word.marked == Some(*marked))
                })
                .collect();
            if fitting.is_empty() {
                continue;
            }
            let mut choices: Vec<Vec<QueryWord>> =
                fitting.iter().flat_map(|phrase| phrase.meanings.iter().cloned()).collect();
            if choices.is_empty() {
                choices.push(Vec::new());
            } else if !choices.iter().any(|choice| same_words(choice, typed)) {
                choices.push(typed.to_vec());
            }
            return (length, choices);
        }
        (1, vec![rest[..1].to_vec()])
    }
}

fn same_words(left: &[QueryWord], right: &[QueryWord]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(left, right)| left.id == right.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::repair;

    #[test]
    fn everyday_words_are_replaced_and_empty_ones_dropped() {
        let lexicon = Lexicon::new([
            ("cccd", "thẻ căn cước"),
            ("sổ đỏ", "giấy chứng nhận quyền sử dụng đất"),
            ("làm lại", "cấp lại"),
        ])
        .with_ignored(["cách", "ở đâu"])
        .with_fillers(["cho", "người"]);
        let mut vocabulary = Vocabulary::default();
        let rewriter = Rewriter::new(&lexicon, &mut vocabulary);
        vocabulary.finish();
        let cases: &[(&str, &[&str])] = &[
            ("cccd", &["the can cuoc", "cccd"]),
            (
                "cách làm lại cccd ở đâu",
                &["cap lai the can cuoc", "lam lai the can cuoc", "cap lai cccd", "lam lai cccd"],
            ),
            ("so do", &["giay chung nhan quyen su dung dat", "so do"]),
            ("số đo", &["so do"]),
            ("ở đâu", &["o dau"]),
        ];
        for (typed, expected) in cases {
            let query = repair(&vocabulary, &words(typed));
            let mut variants: Vec<String> = rewriter
                .variants(&query)
                .iter()
                .map(|variant| {
                    let words: Vec<&str> =
                        variant.iter().map(|word| word.id.map_or("?", |id| vocabulary.word(id))).collect();
                    words.join(" ")
                })
                .collect();
            let mut expected: Vec<String> = expected.iter().map(|text| (*text).to_owned()).collect();
            variants.sort();
            expected.sort();
            assert_eq!(variants, expected, "{typed}");
        }
    }
}
