//! The dossier: what may be done with it when, and what follows (product.md: decide and evolve, no clock, no I/O).

mod answers;
mod chain;
mod command;
mod decide;
mod event;
mod evolve;
mod parts;
mod remark;
mod sentence;
mod state;
mod supplement;

pub use answers::{MAX_ANSWER_BYTES, MAX_ANSWERS, answers_digest};
pub use chain::{ChainFault, ChainFaultKind, record, record_all, verify_chain};
pub use command::{Command, DossierRefusal};
pub use decide::{MAX_ATTACHMENTS, decide};
pub use event::{Act, Actor, Event, Recorded};
pub use evolve::{ReplayError, evolve, replay};
pub use parts::{
    AgencyRef, Attachment, Channel, Delivery, Holder, MANDATE, OfficerRef, Owner, OwnerKind, ProcedureRef,
    RefusalReasons, RefusalReasonsError, Relation, ReturnWay,
};
pub use remark::{MAX_IN_A_ROW, MAX_REMARKS, Remark, RemarkRefusal, Side, may_remark};
pub use sentence::{Sentence, SentenceError};
pub use state::{Dossier, Status, Withdrawal};
pub use supplement::{
    Defect, Explanation, ReplacedFile, ResumedClock, Subject, Supplement, SupplementItem, SupplementRequest,
    SupplementRequestError, SuppliedFile,
};

#[cfg(test)]
mod chain_tests;
#[cfg(test)]
mod properties;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod supplement_tests;
#[cfg(test)]
mod tests;
