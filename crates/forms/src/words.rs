//! What a person reads, in both languages.

/// A text in Vietnamese and in English.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

impl Words {
    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.vi.is_empty()
    }
}
