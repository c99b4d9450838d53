//! What the index over procedures is made of.

use content::Content;
use search::{Entry, Index, Lexicon};

/// The index over all procedures; a hit's number is the procedure's number in the catalogue.
pub fn build_index(content: &Content) -> Index {
    let words = &content.search_words;
    let lexicon = Lexicon::new(words.synonyms()).with_ignored(words.ignored()).with_fillers(words.fillers());
    let entries =
        content.search_rows().map(|row| Entry { code: row.code, name: row.name, field: row.field, prior: row.prior });
    Index::build(entries, &lexicon)
}
