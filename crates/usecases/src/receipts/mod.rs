//! The signed receipt: made with the filing, shown to whoever may see the dossier, checked by anybody.

mod audit;
mod check;
mod given;
mod keys;
mod sign;
mod view;

pub use check::{FileFinding, ReceiptCheck, SignatureFinding, Verdict, check_receipt};
pub use given::{ComingFile, GivenFile};
pub use keys::{KEYS_SECONDS, ReceiptKeys, published_receipt_keys, receipt_keys};
pub use view::{IssuedReceipt, count_check, is_issued, view_receipt};

pub(crate) use audit::ReceiptAudit;
pub(crate) use sign::Signer;

/// What the signature's header says that it signs.
pub(crate) const KIND: &str = "motcua-receipt+json";
