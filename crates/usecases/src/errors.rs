//! Why an act did not happen.

use domain::dossier::DossierRefusal;
use domain::policy::Denied;
use storage::{BlobError, StorageError};

use crate::passwords::PasswordError;

/// Why a use case could not do its work, whatever the act.
#[derive(Debug, thiserror::Error)]
pub enum UsecaseError {
    /// There is no such thing, or the viewer may not know that there is.
    #[error("there is no such thing")]
    NotFound,
    /// The viewer knows of it and may not do this.
    #[error("the viewer may not do this")]
    Denied,
    /// Nobody is signed in.
    #[error("nobody is signed in")]
    SignInFirst,
    /// Others kept changing the same thing.
    #[error("the thing was changed by someone else")]
    Conflict,
    /// Too many tries.
    #[error("too many tries")]
    TooMany {
        /// How long to wait.
        retry_after_seconds: u32,
    },
    /// The database or the file store is down for now.
    #[error("a part that this needs is down")]
    Unavailable,
    /// The database failed.
    #[error("the database failed")]
    Storage(#[source] StorageError),
    /// The file store failed.
    #[error("the file store failed")]
    Blob(#[source] BlobError),
    /// Passwords could not be hashed.
    #[error("a password could not be hashed or checked")]
    Password(#[from] PasswordError),
    /// A document could not be made.
    #[error("a document could not be made")]
    Document(#[from] documents::DocumentError),
    /// A letter could not be written.
    #[error("a letter could not be written")]
    Letter(#[from] askama::Error),
    /// The database holds something that the program cannot read.
    #[error("the stored data is broken: {0}")]
    Broken(&'static str),
    /// The log of acts does not add up.
    #[error("the log of acts does not add up")]
    Replay(#[from] domain::dossier::ReplayError),
    /// A token could not be signed.
    #[error("a token could not be signed")]
    Key(#[from] oidc::jose::KeyError),
    /// A thread that worked for the request died.
    #[error("the work was cut off")]
    CutOff,
}

/// Why an act on a dossier did not happen.
#[derive(Debug, thiserror::Error)]
pub enum ActError {
    /// The rules do not allow it.
    #[error("the rules do not allow it")]
    Refused(#[source] DossierRefusal),
    /// It could not be done.
    #[error(transparent)]
    Usecase(#[from] UsecaseError),
}

impl From<StorageError> for UsecaseError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Conflict => Self::Conflict,
            StorageError::NoRow => Self::NotFound,
            StorageError::Unavailable(_) => {
                tracing::error!(error = %error, "The database is unavailable");
                Self::Unavailable
            }
            other => Self::Storage(other),
        }
    }
}

impl From<BlobError> for UsecaseError {
    fn from(error: BlobError) -> Self {
        Self::Blob(error)
    }
}

impl From<Denied> for UsecaseError {
    /// What a viewer may not see does not exist for them (style rule 20).
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::NotVisible => Self::NotFound,
            Denied::NotSignedIn => Self::SignInFirst,
            Denied::NotAllowed => Self::Denied,
        }
    }
}

impl From<StorageError> for ActError {
    fn from(error: StorageError) -> Self {
        Self::Usecase(error.into())
    }
}

impl From<DossierRefusal> for ActError {
    fn from(refusal: DossierRefusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Denied> for ActError {
    fn from(denied: Denied) -> Self {
        Self::Usecase(denied.into())
    }
}
