//! A text of a letter: words with placeholders between braces.

use forms::{Condition, Form};

use super::Blank;
use super::placeholder::{Name, Placeholder};

/// Words and placeholders in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LetterText {
    pieces: Vec<Piece>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Piece {
    Words(String),
    Place(Placeholder),
}

impl LetterText {
    /// Reads a text. `given` applies wherever it stands.
    ///
    /// # Errors
    /// In words: a brace that has no other half, or what is wrong with a placeholder.
    pub(super) fn read(text: &str, form: &Form, blanks: &[Blank], given: &[&Condition]) -> Result<Self, String> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (words, place) = rest.split_at(at);
            if !words.is_empty() {
                pieces.push(Piece::Words(words.to_owned()));
            }
            let inside = place.strip_prefix('{').ok_or("\"}\" closes nothing")?;
            let end = inside.find(['{', '}']).filter(|end| inside[*end..].starts_with('}'));
            let end = end.ok_or_else(|| format!("\"{{{}\" is not closed", first_word(inside)))?;
            pieces.push(Piece::Place(Placeholder::read(&inside[..end], form, blanks, given)?));
            rest = &inside[end + 1..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Words(rest.to_owned()));
        }
        Ok(Self { pieces })
    }

    /// Whether the officer's blank of this key stands in it.
    pub(super) fn has_blank(&self, key: &str) -> bool {
        self.pieces
            .iter()
            .any(|piece| matches!(piece, Piece::Place(Placeholder { name: Name::Blank(own), .. }) if own == key))
    }

    /// The text with what is known put in.
    pub(super) fn fill(&self, find: &dyn Fn(&Name) -> Option<String>) -> String {
        let mut filled = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Words(words) => filled.push_str(words),
                Piece::Place(Placeholder { name, fallback }) => {
                    let found = find(name).filter(|found| !found.trim().is_empty());
                    filled
                        .push_str(&found.or_else(|| fallback.clone()).unwrap_or_else(|| super::draft::DOTS.to_owned()));
                }
            }
        }
        filled
    }
}

fn first_word(text: &str) -> &str {
    text.split_whitespace().next().unwrap_or_default()
}
