//! A dossier as lists show it, and the place in a list at which a page ends.

use std::fmt;
use std::str::FromStr;

use domain::codes::{AgencyCode, DossierCode, ProcedureCode};
use domain::dossier::Status;
use domain::ids::{AccountId, DossierId};
use domain::time::Instant;

use crate::error::StorageError;
use crate::value::Row;

/// Where a page of a list ended; the next one begins behind it. Its text form is for links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Cursor {
    /// The instant by which the list is ordered.
    pub at: Instant,
    /// The row among those of the same instant.
    pub id: DossierId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}-{}", self.at.as_millis(), self.id)
    }
}

/// A text that is no cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the place in a list")]
pub struct CursorError;

impl FromStr for Cursor {
    type Err = CursorError;

    fn from_str(text: &str) -> Result<Self, CursorError> {
        let (at, id) = text.rsplit_once('-').ok_or(CursorError)?;
        let at = at.parse().map(Instant::from_millis).map_err(|_| CursorError)?;
        Ok(Self { at, id: DossierId::parse(id).map_err(|_| CursorError)? })
    }
}

/// A dossier as lists show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DossierRow {
    /// The dossier.
    pub id: DossierId,
    /// Its code, from filing on.
    pub code: Option<DossierCode>,
    /// Where it stands.
    pub status: Status,
    /// The procedure.
    pub procedure: ProcedureCode,
    /// Its name.
    pub procedure_name: String,
    /// The agency that receives it.
    pub agency: AgencyCode,
    /// Its name.
    pub agency_name: String,
    /// The account that files it.
    pub filer: AccountId,
    /// The owner's name.
    pub owner_name: Option<String>,
    /// When the draft was begun.
    pub started_at: Instant,
    /// When it was filed.
    pub filed_at: Option<Instant>,
    /// By when the desk must answer.
    pub answer_due_at: Option<Instant>,
    /// The appointed return.
    pub due_at: Option<Instant>,
    /// The clock by which the inbox is ordered.
    pub sort_due_at: Instant,
    /// The agency that has it.
    pub holder_agency: Option<AgencyCode>,
    /// The name of the officer who has it.
    pub holder_officer: Option<String>,
    /// Since when they have it.
    pub holder_since: Option<Instant>,
}

impl DossierRow {
    /// The place behind this row in an inbox.
    pub fn inbox_cursor(&self) -> Cursor {
        Cursor { at: self.sort_due_at, id: self.id }
    }

    /// The place behind this row in its filer's own list.
    pub fn own_cursor(&self) -> Cursor {
        Cursor { at: self.started_at, id: self.id }
    }
}

/// Reads the columns in the order in which every list selects them.
pub(super) fn read(mut row: Row) -> Result<DossierRow, StorageError> {
    Ok(DossierRow {
        id: row.take(0)?,
        code: row.take(1)?,
        status: row.take(2)?,
        procedure: row.take(3)?,
        procedure_name: row.take(4)?,
        agency: row.take(5)?,
        agency_name: row.take(6)?,
        filer: row.take(7)?,
        owner_name: row.take(8)?,
        started_at: row.take(9)?,
        filed_at: row.take(10)?,
        answer_due_at: row.take(11)?,
        due_at: row.take(12)?,
        sort_due_at: row.take(13)?,
        holder_agency: row.take(14)?,
        holder_officer: row.take(15)?,
        holder_since: row.take(16)?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_survives_a_link() {
        let cursor = Cursor { at: Instant::from_millis(-5), id: DossierId::from_bytes([7; 16]) };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for text in ["", "-", "1", "1-2", "x-07070707070707070707070707070707"] {
            assert_eq!(text.parse::<Cursor>(), Err(CursorError), "{text}");
        }
    }
}
