//! From what was typed to words of the vocabulary: slips, raw keystrokes, missing spaces, unfinished last words.

use crate::vocabulary::{LONGEST_SYLLABLE, Vocabulary, WordId, is_likely_slip};
use crate::words::{Word, one_spelling, without_telex, without_vni};

/// A word of a query.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct QueryWord {
    /// The word it stands for; none when the vocabulary has nothing like it.
    pub(crate) id: Option<WordId>,
    /// Its fingerprint with marks, when it was left as typed in a query that has marks.
    pub(crate) marked: Option<u32>,
    /// Whether it has a mark itself, so that no other marks can be meant.
    pub(crate) has_marks: bool,
}

impl QueryWord {
    fn read_as(id: WordId) -> Self {
        Self { id: Some(id), marked: None, has_marks: false }
    }
}

/// What each way of reading a typed word costs; the pairs that titles know are worth the more the more often they stand.
const AS_TYPED: f32 = 0.0;
const KEYSTROKES: f32 = 0.6;
const SPACES: f32 = 1.0;
const SPACES_AND_LETTERS: f32 = 5.0;
const COMPLETION: f32 = 2.0;
const SLIP: f32 = 3.0;
/// A neighbouring key, or two letters swapped, is the likelier slip by so much.
const LIKELY_SLIP: f32 = 1.0;
const SLIP_IN_WORD: f32 = 5.0;
const UNKNOWN: f32 = 8.0;
const PAIR: f32 = 0.8;

/// Inside a word without spaces: what the rarest syllable costs, a letter alone, a slip, and what a known pair is worth.
const RAREST: f32 = 9.0;
const LONE_LETTER: f32 = 4.0;
const SLIP_IN_SPLIT: f32 = 6.0;
const PAIR_IN_SPLIT: f32 = 1.5;
const SHORTEST_SPLIT: usize = 4;
const LONGEST_SPLIT: usize = 200;
const LONGEST_SPLIT_WITH_SLIPS: usize = 60;

/// More readings of one word than this are not weighed.
const READINGS: usize = 8;

/// One way to read a typed word.
struct Reading {
    words: Vec<QueryWord>,
    cost: f32,
}

/// The best reading of a whole query: cheap ones that also stand together in titles.
pub(crate) fn repair(vocabulary: &Vocabulary, typed: &[Word]) -> Vec<QueryWord> {
    let mut columns: Vec<Vec<Reading>> = Vec::with_capacity(typed.len());
    let has_marks = typed.iter().any(|word| word.has_marks);
    for (place, word) in typed.iter().enumerate() {
        let is_last = place + 1 == typed.len();
        let before = place.checked_sub(1).and_then(|place| vocabulary.id(&typed[place].plain));
        let after = typed.get(place + 1).and_then(|word| vocabulary.id(&word.plain));
        columns.push(readings(vocabulary, word, before, after, has_marks, is_last));
    }
    cheapest_path(vocabulary, columns)
}

fn readings(
    vocabulary: &Vocabulary,
    word: &Word,
    before: Option<WordId>,
    after: Option<WordId>,
    has_marks: bool,
    is_last: bool,
) -> Vec<Reading> {
    let one = |id, cost| Reading { words: vec![QueryWord::read_as(id)], cost };
    let known = vocabulary.id(&word.plain);
    let mut readings = Vec::new();
    if let Some(id) = known {
        let marked = has_marks.then_some(word.marked);
        readings.push(Reading {
            words: vec![QueryWord { id: Some(id), marked, has_marks: word.has_marks }],
            cost: AS_TYPED,
        });
        let fits = before.is_some_and(|before| vocabulary.pair_count(before, id) > 0)
            || after.is_some_and(|after| vocabulary.pair_count(id, after) > 0);
        let is_alone = before.is_none() && after.is_none();
        // A word that was typed with its marks was meant.
        if fits || is_alone || word.has_marks {
            return readings;
        }
    }
    if known.is_none() {
        let raw = [without_telex(&word.plain), without_vni(&word.plain)];
        readings
            .extend(raw.into_iter().flatten().filter_map(|word| vocabulary.id(&word)).map(|id| one(id, KEYSTROKES)));
        readings.extend(split(vocabulary, &word.plain));
    }
    let slip = if known.is_some() { SLIP_IN_WORD } else { SLIP };
    let mut near = vocabulary.near(&word.plain);
    let fitness = |id: &WordId| {
        let pairs = before.map_or(0, |before| vocabulary.pair_count(before, *id))
            + after.map_or(0, |after| vocabulary.pair_count(*id, after));
        std::cmp::Reverse((pairs, vocabulary.count(*id)))
    };
    near.sort_by_key(fitness);
    readings.extend(near.into_iter().take(READINGS).map(|id| {
        let is_likely = is_likely_slip(&word.plain, vocabulary.word(id));
        one(id, if is_likely { slip - LIKELY_SLIP } else { slip })
    }));
    if is_last && known.is_none() {
        let mut completions: Vec<WordId> = vocabulary.completions(&word.plain).collect();
        completions.sort_by_key(fitness);
        readings.extend(completions.into_iter().take(READINGS).map(|id| one(id, COMPLETION)));
    }
    if readings.is_empty() {
        readings.push(Reading { words: vec![QueryWord { id: None, marked: None, has_marks: false }], cost: UNKNOWN });
    }
    readings
}

/// The best way to put spaces into a word; with slips in it only when there is none without.
fn split(vocabulary: &Vocabulary, plain: &str) -> Option<Reading> {
    let exact = |piece: &str| match piece.ends_with('y') {
        true => vocabulary.id(&one_spelling(piece.to_owned())).map(|id| (id, 0.0)),
        false => vocabulary.id(piece).map(|id| (id, 0.0)),
    };
    let with_slips = |piece: &str| {
        exact(piece).or_else(|| {
            let near = vocabulary.near(piece);
            let best = near.into_iter().max_by_key(|id| vocabulary.count(*id))?;
            (piece.len() > 2).then_some((best, SLIP_IN_SPLIT))
        })
    };
    split_by(vocabulary, plain, exact).or_else(|| {
        let is_short = plain.len() <= LONGEST_SPLIT_WITH_SLIPS;
        is_short.then(|| split_by(vocabulary, plain, with_slips)).flatten()
    })
}

/// The best split up to a place: its cost, the last word, and where that began.
#[derive(Clone, Copy)]
struct BestSplit {
    cost: f32,
    word: WordId,
    from: usize,
}

/// Syllables that are known, frequent and stand together in titles.
fn split_by(vocabulary: &Vocabulary, plain: &str, read: impl Fn(&str) -> Option<(WordId, f32)>) -> Option<Reading> {
    if plain.len() < SHORTEST_SPLIT || plain.len() > LONGEST_SPLIT || !plain.is_ascii() {
        return None;
    }
    let mut best: Vec<Option<BestSplit>> = vec![None; plain.len() + 1];
    for end in 1..=plain.len() {
        for from in end.saturating_sub(LONGEST_SYLLABLE)..end {
            let before = best[from];
            if from > 0 && before.is_none() {
                continue;
            }
            let Some((word, slip)) = read(&plain[from..end]) else {
                continue;
            };
            let rarity = RAREST - (1.0 + as_f32(vocabulary.count(word))).ln();
            let together = before.map_or(0.0, |before| pair_worth(vocabulary, before.word, word));
            let letter = if end - from == 1 { LONE_LETTER } else { 0.0 };
            let cost = before.map_or(0.0, |before| before.cost) + rarity + letter + slip - PAIR_IN_SPLIT * together;
            if best[end].is_none_or(|found| cost < found.cost) {
                best[end] = Some(BestSplit { cost, word, from });
            }
        }
    }
    let mut words = Vec::new();
    let mut end = plain.len();
    while end > 0 {
        let step = best[end]?;
        words.push(QueryWord::read_as(step.word));
        end = step.from;
    }
    words.reverse();
    let letters = words.iter().filter(|word| word.id.is_some_and(|id| vocabulary.word(id).len() == 1)).count();
    let cost = if letters == 0 { SPACES } else { SPACES_AND_LETTERS };
    (words.len() > 1).then_some(Reading { words, cost })
}

fn cheapest_path(vocabulary: &Vocabulary, columns: Vec<Vec<Reading>>) -> Vec<QueryWord> {
    let mut costs: Vec<Vec<(f32, usize)>> = Vec::with_capacity(columns.len());
    for (place, column) in columns.iter().enumerate() {
        let reached = column.iter().map(|reading| match place.checked_sub(1) {
            None => (reading.cost, 0),
            Some(previous) => columns[previous]
                .iter()
                .enumerate()
                .map(|(index, before)| {
                    let pair = before.words.last().and_then(|word| word.id).zip(reading.words[0].id);
                    let worth = pair.map_or(0.0, |(first, second)| pair_worth(vocabulary, first, second));
                    (costs[previous][index].0 + reading.cost - PAIR * worth, index)
                })
                .min_by(|left, right| left.0.total_cmp(&right.0))
                .expect("every word has a reading"),
        });
        let reached = reached.collect();
        costs.push(reached);
    }
    let Some(last) = costs.last() else {
        return Vec::new();
    };
    let mut path: Vec<(usize, usize)> = Vec::with_capacity(columns.len());
    let mut index = (0..last.len()).min_by(|left, right| last[*left].0.total_cmp(&last[*right].0)).unwrap_or(0);
    for place in (0..columns.len()).rev() {
        path.push((place, index));
        index = costs[place][index].1;
    }
    path.reverse();
    path.into_iter().flat_map(|(place, index)| columns[place][index].words.iter().copied()).collect()
}

fn pair_worth(vocabulary: &Vocabulary, first: WordId, second: WordId) -> f32 {
    (1.0 + as_f32(vocabulary.pair_count(first, second))).ln()
}

#[allow(clippy::cast_precision_loss, reason = "counts of words are far below 2^24")]
fn as_f32(count: u32) -> f32 {
    count as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::words;

    fn vocabulary() -> Vocabulary {
        let titles = [
            "thủ tục đăng ký khai sinh",
            "thủ tục đăng ký kết hôn",
            "đăng ký lại khai sinh",
            "cấp giấy phép xây dựng",
            "đăng ký khai tử",
            "giấy chứng nhận quyền sử dụng đất",
            "sinh hoạt tôn giáo",
        ];
        let mut vocabulary = Vocabulary::default();
        for title in titles {
            let ids: Vec<WordId> = words(title).iter().map(|word| vocabulary.add(&word.plain)).collect();
            vocabulary.note(&ids, 1);
        }
        vocabulary.finish();
        vocabulary
    }

    #[test]
    fn queries_are_read_as_they_were_meant() {
        let vocabulary = vocabulary();
        let cases = [
            ("khai sinh", "khai sinh"),
            ("khaisinh", "khai sinh"),
            ("dangkykhaisinh", "dang ki khai sinh"),
            ("dang ky khaisinh", "dang ki khai sinh"),
            ("dangkykhaisihn", "dang ki khai sinh"),
            ("khai sihn", "khai sinh"),
            ("kahi sinh", "khai sinh"),
            ("ddawng kys keets hoon", "dang ki ket hon"),
            ("d9ang8 ky1 ket1 hon6", "dang ki ket hon"),
            ("dang ky ket h", "dang ki ket hon"),
            ("giấy phép xây dựn", "giai phep xay dung"),
            ("zzz khai sinh", "? khai sinh"),
            ("", ""),
        ];
        for (typed, expected) in cases {
            let read: Vec<&str> = repair(&vocabulary, &words(typed))
                .iter()
                .map(|word| word.id.map_or("?", |id| vocabulary.word(id)))
                .collect();
            assert_eq!(read.join(" "), expected.replace("giai", "giay"), "{typed}");
        }
    }
}
