//! How sure a provider is of whom it has before it: the levels of the national portal (domain.md §1.7, §5.3).

use serde::{Deserialize, Serialize};

/// A level of assurance, from declared by oneself to proved in person or by certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Assurance {
    /// Declared by the person alone (IAL1).
    LoA1,
    /// Checked against a register, such as the mobile subscription (IAL2).
    LoA2,
    /// Proved in person or by a digital certificate (IAL3).
    LoA3,
}

impl Assurance {
    /// All levels, the lowest first.
    pub const ALL: [Self; 3] = [Self::LoA1, Self::LoA2, Self::LoA3];

    /// The value of `acr` and of `acr_values`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LoA1 => "LoA1",
            Self::LoA2 => "LoA2",
            Self::LoA3 => "LoA3",
        }
    }

    /// The level of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.as_str() == text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_ordered_and_read_back() {
        assert!(Assurance::LoA1 < Assurance::LoA2 && Assurance::LoA2 < Assurance::LoA3);
        for level in Assurance::ALL {
            assert_eq!(Assurance::parse(level.as_str()), Some(level));
        }
        for text in ["", "LoA", "loa2", "LoA4", "LoA2 "] {
            assert_eq!(Assurance::parse(text), None, "{text}");
        }
    }
}
