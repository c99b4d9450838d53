//! An outside system's own words as an operator may read them: one short line that names nobody.

use std::error::Error;

/// How much of a system's own words is kept.
const MOST_CHARACTERS: usize = 300;
/// So many digits on end may be somebody's number.
const MOST_DIGITS: usize = 6;

/// The words without addresses, numbers, control characters and length.
pub(crate) fn clean(words: &str) -> String {
    let clean = words.split_whitespace().map(|word| match word {
        word if word.contains('@') => "(address)",
        word if longest_number(word) > MOST_DIGITS => "(number)",
        word => word,
    });
    let joined = clean.collect::<Vec<_>>().join(" ");
    joined.chars().filter(|c| !c.is_control()).take(MOST_CHARACTERS).collect()
}

/// What an error says, and what lies behind it.
pub(crate) fn chain(error: &dyn Error) -> String {
    let mut words = error.to_string();
    let mut behind = error.source();
    while let Some(source) = behind {
        words = format!("{words}: {source}");
        behind = source.source();
    }
    clean(&words)
}

/// The most digits in a row, signs that people put between them left out.
fn longest_number(word: &str) -> usize {
    let (mut longest, mut length) = (0, 0);
    for c in word.chars() {
        match c {
            '0'..='9' => length += 1,
            '-' | '(' | ')' | '+' => {}
            _ => length = 0,
        }
        longest = longest.max(length);
    }
    longest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_name_nobody_and_have_an_end() {
        for (words, expected) in [
            (
                "550 5.1.1 <an@example.vn>: \x1b[31m no such user an@example.vn\r\nhere",
                "550 5.1.1 (address) [31m no such user (address) here",
            ),
            ("Phone 0912345678 is wrong", "Phone (number) is wrong"),
            ("Phone=+84-912-345-678", "(number)"),
            ("id:064090001234,", "(number)"),
            ("connect to 192.168.100.200:8443", "connect to 192.168.100.200:8443"),
            ("CodeResult 146 at 2026", "CodeResult 146 at 2026"),
        ] {
            assert_eq!(clean(words), expected);
        }
        assert_eq!(clean(&"ở ".repeat(1_000)).chars().count(), MOST_CHARACTERS);
    }
}
