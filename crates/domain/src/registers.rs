//! Questions to registers of the state about a person: each is kept with who asked, what for, and what kind of answer came,
//! never with what the register told (domain.md §5.5). No answer rejects anybody.

use crate::catalogue::words;
use crate::codes::{DossierCode, ProcedureCode};
use crate::dossier::{Actor, AgencyRef};
use crate::ids::DossierId;
use crate::time::Instant;
use serde::{Deserialize, Serialize};

/// What kind of answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterAnswer {
    /// Number, name and birth date are as registered.
    Match,
    /// The number is registered; name or birth date are written otherwise there.
    Mismatch,
    /// The number is not registered.
    Unknown,
    /// The register did not answer.
    NoAnswer,
}

words!(RegisterAnswer { Match = "match", Mismatch = "mismatch", Unknown = "unknown", NoAnswer = "no_answer" });

/// What is registered otherwise than it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegisterDifference {
    /// The name.
    Name,
    /// The birth date.
    BirthDate,
}

words!(RegisterDifference { Name = "name", BirthDate = "birth_date" });

/// A question that was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterQuestion {
    /// When.
    pub at: Instant,
    /// Who asked: the person, whoever acts for the person, or an officer.
    pub actor: Actor,
    /// The officer's agency.
    pub agency: Option<AgencyRef>,
    /// The register's name in `registers.toml`.
    pub register: String,
    /// The purpose: the procedure.
    pub procedure: ProcedureCode,
    /// Its name then.
    pub procedure_name: String,
    /// The dossier it was asked for; none before there was a draft.
    pub dossier: Option<DossierId>,
    /// That dossier's code, once filed.
    pub code: Option<DossierCode>,
    /// What kind of answer came.
    pub answer: RegisterAnswer,
    /// What was registered otherwise.
    pub differs: Vec<RegisterDifference>,
}
