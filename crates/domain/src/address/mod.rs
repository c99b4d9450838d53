//! Addresses in one line: which commune of today the end of a line names, and what became of one with an old name.
//!
//! People write «Tổ 1, xã Ia Hrung, huyện Ia Grai» as they always did. The line stays theirs; the gazetteer reads its end,
//! finds communes while one types, and puts the full name of the one that was chosen in place of what it read.

mod find;
mod gazetteer;
mod segments;
mod spelling;

pub use find::{Found, Reading};
pub use gazetteer::{Gazetteer, Place};

#[cfg(test)]
mod tests;
