//! The authorization endpoint: what a client asks for through a person's browser, and what comes next.

mod decide;
mod error;
mod request;
#[cfg(test)]
mod tests;

pub use decide::{Circumstances, Consent, Next, Session, decide};
pub use error::{AuthorizeError, ErrorCode, ReturnedError, ShownError};
pub use request::{AuthorizationRequest, presented_client};
