//! The catalogue's search: an index in memory that finds procedures by what people type.
//!
//! It forgives missing marks, missing spaces, typing slips and raw Telex or VNI keystrokes; it knows abbreviations and
//! everyday words from a list that is handed over; it finds procedure codes typed whole or in part.

mod codes;
mod index;
mod repair;
mod rewrite;
mod score;
mod title;
mod vocabulary;
mod words;

pub use index::{Entry, Hit, Index};
pub use rewrite::Lexicon;
