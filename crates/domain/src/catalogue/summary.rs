//! What lists and searches show of a procedure: one row of the catalogue.

use super::{LevelSet, OnlineLevel, ProcedureKind, ProcedureState, Scope};
use crate::codes::ProcedureCode;
use crate::deadline::TimeLimit;
use crate::time::Day;
use serde::{Deserialize, Serialize};

/// One procedure, compactly.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProcedureSummary {
    /// Its code in the national database.
    pub code: ProcedureCode,
    /// Its name, as announced.
    pub name: String,
    /// The field (lĩnh vực) it belongs to.
    pub field_code: String,
    /// The body that announced it.
    pub issuer_code: String,
    /// Which detail file holds it.
    pub scope: Scope,
    /// The levels that carry it out.
    pub levels: LevelSet,
    /// Who laid it down, and for whom.
    pub kind: ProcedureKind,
    /// How far it runs online.
    pub online_level: OnlineLevel,
    /// Codes of the kinds of applicant.
    pub applicant_kinds: Vec<String>,
    /// Names of the classes of agency that carry it out.
    pub executing_agencies: Vec<String>,
    /// The decision that announced it.
    pub decision_number: Option<String>,
    /// The day of that decision.
    pub decision_on: Option<Day>,
    /// The longest time among the ways of filing, else among the cases.
    pub longest_time: Option<TimeLimit>,
    /// Whether it costs anything.
    pub fee: FeeSummary,
    /// How many rows its lists of documents have, notes among them.
    pub component_count: u32,
    /// How many form templates it names.
    pub template_count: u32,
    /// The state of the record.
    pub state: ProcedureState,
    /// The day the record last changed.
    pub updated_on: Day,
    /// The record's identifier at the national portal.
    pub source_id: String,
}

impl ProcedureSummary {
    /// Whether the packaged data holds its detail too.
    pub fn has_detail(&self) -> bool {
        self.scope != Scope::OtherProvince
    }
}

/// What a catalogue row says about money.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeeSummary {
    /// Free of charge.
    Free,
    /// Something is to be paid.
    Charged,
    /// The amount is 0 with an explanation: often a resolution of the provincial council sets it.
    SeeNote,
    /// The database says nothing.
    Unknown,
}

impl FeeSummary {
    /// Reads the column `is_free`: `yes`, `no`, `see_note` or empty.
    ///
    /// # Errors
    /// When it holds another word.
    pub fn from_is_free(word: &str) -> Result<Self, super::UnknownWord> {
        match word {
            "yes" => Ok(Self::Free),
            "no" => Ok(Self::Charged),
            "see_note" => Ok(Self::SeeNote),
            "" => Ok(Self::Unknown),
            other => Err(super::UnknownWord(other.to_owned())),
        }
    }
}
