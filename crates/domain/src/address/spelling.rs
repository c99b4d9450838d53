//! Names of areas as they are compared: without marks, spaces and signs; and once more with the marks.

use crate::text::fold;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Small letters and digits alone: «Đăk Đoa», «Dak Doa» and «Đắkđoa» are one name, and so are «Quy Nhơn» and «Qui Nhơn».
pub(super) fn key(text: &str) -> String {
    let folded = fold(text);
    let words = folded.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.fold(String::with_capacity(folded.len()), |mut key, word| {
        key.push_str(word);
        // A final y after a consonant, or in «quy», is written i as often.
        if let Some(stem) = word.strip_suffix('y')
            && stem.ends_with(|before: char| before.is_alphabetic() && !"aeioy".contains(before))
        {
            key.pop();
            key.push('i');
        }
        key
    })
}

/// The same with the marks, wherever in a word they were put: «Hoà» and «Hòa» are one, «Tân» and «Tấn» are two.
pub(super) fn marked(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|character: char| !character.is_alphanumeric() && !is_combining_mark(character));
    words.filter(|word| !word.is_empty()).fold(String::new(), |mut whole, word| {
        let (mut marks, letters): (Vec<char>, Vec<char>) = word.nfd().partition(|one| is_combining_mark(*one));
        marks.sort_unstable();
        whole.extend(letters.into_iter().chain(marks));
        whole
    })
}
