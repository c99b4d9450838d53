//! What can go wrong between the program and its database, in words that are the same for both engines.

use std::error::Error;
use std::sync::Arc;

/// What a driver said; shared, because one failed commit answers many acts.
pub type Cause = Arc<dyn Error + Send + Sync>;

/// Why the database did not do what it was asked.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StorageError {
    /// Somebody else changed the row first: load it again and decide anew.
    #[error("the row was changed by someone else")]
    Conflict,
    /// A unique, check or not-null rule refused the row; its name is `table_column_…`.
    #[error("the rule {name} refused the row")]
    Constraint {
        /// The rule's name, the same on both engines.
        name: String,
    },
    /// A row refers to one that does not exist, or one that is referred to was to be deleted.
    #[error("a row refers to one that does not exist")]
    Reference,
    /// A row that must exist does not.
    #[error("a row that must exist does not")]
    NoRow,
    /// The database cannot be reached, has no place left or gave up. Nothing was stored, unless the connection broke in the
    /// very moment of the commit, when nobody can know.
    #[error("the database cannot be reached or cannot store")]
    Unavailable(#[source] Cause),
    /// The database refused the statement itself: a fault of this program.
    #[error("the database refused a statement")]
    Statement(#[source] Cause),
    /// What is stored cannot be read back as what it should be.
    #[error("stored data cannot be read: {what}")]
    Broken {
        /// What was found.
        what: String,
    },
    /// An earlier statement of this transaction failed, so it takes no more.
    #[error("the transaction has already failed")]
    Dead,
    /// The work waited for something that is not the database while its transaction was open.
    #[error("work inside a transaction waited for something other than the database")]
    ForeignWait,
    /// The work panicked; its transaction was undone.
    #[error("work inside a transaction panicked")]
    Panicked,
}

impl StorageError {
    /// Whether this is the refusal of the named rule.
    pub fn is_constraint(&self, rule: &str) -> bool {
        matches!(self, Self::Constraint { name } if name == rule)
    }

    pub(crate) fn unavailable(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Unavailable(Arc::new(cause))
    }

    pub(crate) fn statement(cause: impl Error + Send + Sync + 'static) -> Self {
        Self::Statement(Arc::new(cause))
    }

    /// The same error, saying where what is broken was found.
    pub(crate) fn about(self, place: &str) -> Self {
        match self {
            Self::Broken { what } => Self::Broken { what: format!("{place}: {what}") },
            other => other,
        }
    }

    pub(crate) fn broken(what: impl Into<String>) -> Self {
        Self::Broken { what: what.into() }
    }

    /// The error for a broken rule. The rules that keep the log of a dossier without gaps are the ones that a second
    /// writer meets, so they mean a conflict.
    pub(crate) fn constraint(name: String) -> Self {
        match name.as_str() {
            "dossier_id" | "dossier_event_dossier_id_seq" | "dossier_event_seq" => Self::Conflict,
            _ => Self::Constraint { name },
        }
    }
}

/// A fault that this crate finds by itself, where a driver would have no words.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Fault {
    #[error("the statement has {expected} parameters, {given} were given")]
    Parameters { expected: usize, given: usize },
    #[error("a text with a zero character cannot be stored")]
    ZeroCharacter,
    #[error("the thread of the database has ended")]
    ThreadEnded,
    #[error("the transaction was lost together with its neighbours")]
    BatchLost,
    #[error("a column has the type {0}, which the data layer does not use")]
    ColumnType(String),
    #[error("the name of a schema is 1 to 40 lower-case letters, digits and underscores: {0:?}")]
    SchemaName(String),
}
