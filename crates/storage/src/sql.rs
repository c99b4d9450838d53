//! Statements: one text for both engines, and the few that must differ.

use crate::db::Kind;

/// A statement with parameters `$1`, `$2`, … numbered in the order of their first use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sql {
    sqlite: &'static str,
    postgres: &'static str,
}

impl Sql {
    /// A statement that both engines understand.
    pub const fn new(text: &'static str) -> Self {
        Self { sqlite: text, postgres: text }
    }

    /// A statement that the engines write differently; say why beside it.
    pub const fn differing(sqlite: &'static str, postgres: &'static str) -> Self {
        Self { sqlite, postgres }
    }

    /// The text for that engine.
    pub fn text(&self, kind: Kind) -> &'static str {
        match kind {
            Kind::Sqlite => self.sqlite,
            Kind::Postgres => self.postgres,
        }
    }

    /// Whether `$1`, `$2`, … first appear in this order, in both texts.
    ///
    /// SQLite takes `$1` for a name and numbers names by first appearance, so any other order would swap parameters.
    pub fn is_numbered_in_order(&self) -> bool {
        is_numbered_in_order(self.sqlite) && is_numbered_in_order(self.postgres)
    }
}

fn is_numbered_in_order(text: &str) -> bool {
    let mut highest = 0;
    for piece in text.split('$').skip(1) {
        let digits = piece.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(piece.len());
        let Ok(number) = piece[..digits].parse::<usize>() else {
            continue;
        };
        if number > highest + 1 {
            return false;
        }
        highest = highest.max(number);
    }
    true
}

/// Declares a module's statements as constants, and lists them all for the test that prepares each on both engines.
macro_rules! statements {
    ($($name:ident = $sql:expr;)+) => {
        $(const $name: $crate::sql::Sql = $sql;)+
        /// Every statement of this module, by name.
        pub(crate) const STATEMENTS: &[(&str, $crate::sql::Sql)] = &[$((stringify!($name), $name)),+];
    };
}
pub(crate) use statements;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_numbered_by_first_use() {
        let cases =
            [("select 1", true), ("select $1, $2, $1, $3", true), ("select $2, $1", false), ("select $1, $3", false)];
        for (text, expected) in cases {
            assert_eq!(Sql::new(text).is_numbered_in_order(), expected, "{text}");
        }
        assert!(!Sql::differing("select $1", "select $2, $1").is_numbered_in_order());
    }
}
