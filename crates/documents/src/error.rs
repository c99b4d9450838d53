//! Why a document could not be made.

use crate::Moment;

/// Why a document could not be made.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// A font that is part of the program cannot be read.
    #[error("cannot read the embedded font {name}")]
    Font {
        /// The font's file name.
        name: &'static str,
    },
    /// A date or a time of day that no calendar and no clock has.
    #[error("no such moment: {moment:?}")]
    NoSuchMoment {
        /// The moment as it was given.
        moment: Moment,
    },
    /// The address of the look-up page does not fit into a QR code.
    #[error("an address of {length} bytes does not fit into a QR code")]
    AddressTooLong {
        /// Its length in bytes.
        length: usize,
    },
    /// The template does not compile, or what it makes does not keep the standards.
    #[error("cannot set {document}: {problems}")]
    Typesetting {
        /// The template's file name.
        document: &'static str,
        /// What the typesetter says, one problem after the other.
        problems: String,
    },
}
