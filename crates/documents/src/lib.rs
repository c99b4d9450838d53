//! The documents on paper: a struct goes in, the bytes of a PDF/A-2a that is also PDF/UA-1 come out.
//!
//! Everything a document says arrives in its struct: this crate reads no clock, no file and no configuration, and knows nothing of dossiers.
//! Its words and its look are in `templates/documents`, one file for each document.

mod acceptance_slip;
mod clean_text;
mod error;
mod fonts;
mod letter;
mod letterhead;
mod moment;
mod pictures;
mod qr_code;
mod receipt;
mod refusal_slip;
mod supplement_slip;
mod typesetter;
mod world;

pub use acceptance_slip::{AcceptanceSlip, SlipCopy, SubmittedComponent};
pub use error::DocumentError;
pub use letter::{Issue, Letter, LetterBlock};
pub use letterhead::{Applicant, Letterhead, Signature};
pub use moment::Moment;
pub use pictures::{PictureError, write_pictures};
pub use qr_code::qr_picture;
pub use receipt::{PortalSignature, Receipt, ReceivedFile};
pub use refusal_slip::{RefusalReason, RefusalSlip};
pub use supplement_slip::{RequestedItem, SupplementSlip};
pub use typesetter::Typesetter;
