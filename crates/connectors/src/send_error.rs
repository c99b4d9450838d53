//! Why a message was not sent, in the one form that a job can act on.

/// Why a message was not sent. The reasons name no person, no address and no number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// Something that may pass; perhaps the message went out all the same and only the answer was lost.
    #[error("the message is to be tried again: {reason}")]
    Retry {
        /// What happened.
        reason: String,
    },
    /// It will never be taken.
    #[error("the message cannot be sent: {reason}")]
    Fail {
        /// What happened.
        reason: String,
    },
}

impl SendError {
    /// What happened.
    pub fn reason(&self) -> &str {
        match self {
            Self::Retry { reason } | Self::Fail { reason } => reason,
        }
    }
}
