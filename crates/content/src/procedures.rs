//! The catalogue of procedures: summaries in memory, details as one text that is parsed on demand.

use std::collections::HashMap;

use domain::catalogue::{
    FeeSummary, Level, LevelSet, OnlineLevel, ProcedureDetail, ProcedureKind, ProcedureState, ProcedureSummary,
    ProcessingUnit, Scope, UnknownWord,
};
use domain::codes::ProcedureCode;
use domain::deadline::{TimeLimit, milli};
use domain::time::Day;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::table::{self, Row};

const CATALOGUE: &str = "national/catalogue.csv.br";
const DETAILS: &str = "national/procedures.jsonl.br";
const HEADER: &[&str] = &[
    "code",
    "name",
    "field_code",
    "issuer_code",
    "scope",
    "levels",
    "kind",
    "online_level",
    "flags",
    "applicant_kinds",
    "executing_agencies",
    "decision_number",
    "decision_date",
    "processing_time_max",
    "processing_unit",
    "is_free",
    "component_count",
    "template_count",
    "state",
    "updated_at",
    "source_id",
];

/// Every procedure of the national database, in the order of codes.
#[derive(Debug)]
pub struct Procedures {
    summaries: Vec<ProcedureSummary>,
    flags: Vec<Flags>,
    by_code: HashMap<ProcedureCode, u32>,
    /// JSON lines, one a procedure in the order of the summaries.
    details: String,
    /// Where each line of `details` begins, and the end.
    line_starts: Vec<u32>,
}

/// What the source marks a procedure with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Police, tax, customs, treasury, social insurance: received by the sector's own system.
    pub is_vertical_sector: bool,
    /// Not to be filed online.
    pub is_offline_only: bool,
    /// May be filed anywhere in the province.
    pub is_non_territorial: bool,
}

impl Procedures {
    pub(crate) fn load(files: &Files) -> Result<Self, ContentError> {
        let rows = table::read(files, CATALOGUE, HEADER, |row| Ok((summary(row)?, flags(row)?)))?;
        let (summaries, flags): (Vec<ProcedureSummary>, Vec<Flags>) = rows.into_iter().unzip();
        let details = files.text(DETAILS)?;
        let line_starts = check_lines(&details, &summaries)?;
        let by_code = (0_u32..).zip(&summaries).map(|(index, summary)| (summary.code.clone(), index)).collect();
        Ok(Self { summaries, flags, by_code, details, line_starts })
    }

    /// Every procedure.
    pub fn all(&self) -> &[ProcedureSummary] {
        &self.summaries
    }

    /// The procedure with that code.
    pub fn find(&self, code: &ProcedureCode) -> Option<&ProcedureSummary> {
        self.index_of(code).map(|index| self.get(index))
    }

    /// Its place in [`Procedures::all`], which searches and assignments speak of.
    pub fn index_of(&self, code: &ProcedureCode) -> Option<u32> {
        self.by_code.get(code).copied()
    }

    /// The procedure at a place that came from here.
    ///
    /// # Panics
    /// When it did not.
    pub fn get(&self, index: u32) -> &ProcedureSummary {
        &self.summaries[index as usize]
    }

    /// What the source marks the procedure at that place with.
    ///
    /// # Panics
    /// When the place did not come from here.
    pub fn flags(&self, index: u32) -> Flags {
        self.flags[index as usize]
    }

    /// All there is about a procedure, parsed anew at each call.
    ///
    /// Of those of other provinces that is what the catalogue says, with every list empty.
    /// A line that can't be parsed gives nothing; packing and a test exclude that.
    pub fn detail(&self, code: &ProcedureCode) -> Option<ProcedureDetail> {
        let index = self.index_of(code)? as usize;
        let line = &self.details[self.line_starts[index] as usize..self.line_starts[index + 1] as usize];
        serde_json::from_str(line).ok()
    }

    /// How many bytes of memory the details take.
    pub fn details_len(&self) -> usize {
        self.details.len()
    }
}

/// Compares the code at the beginning of each line with the catalogue and notes where lines begin.
fn check_lines(details: &str, summaries: &[ProcedureSummary]) -> Result<Vec<u32>, ContentError> {
    let mut line_starts = Vec::with_capacity(summaries.len() + 1);
    let mut start = 0;
    for (line, summary) in details.split_inclusive('\n').zip(summaries) {
        let code = line.strip_prefix("{\"code\":\"").and_then(|rest| rest.split('"').next());
        if code != Some(summary.code.as_str()) {
            let reason = format!("the line of «{}» is not here", summary.code);
            return Err(refuse(DETAILS, line_starts.len() + 1, reason));
        }
        line_starts.push(start);
        start += u32::try_from(line.len()).map_err(|_| refuse(DETAILS, line_starts.len(), "a line too long"))?;
    }
    if line_starts.len() != summaries.len() || start as usize != details.len() {
        return Err(refuse(DETAILS, line_starts.len(), "not as many lines as the catalogue has rows"));
    }
    line_starts.push(start);
    Ok(line_starts)
}

fn summary(row: &Row<'_>) -> Result<ProcedureSummary, ContentError> {
    Ok(ProcedureSummary {
        code: row.parse("code", ProcedureCode::parse)?,
        name: row.text("name"),
        field_code: row.text("field_code"),
        issuer_code: row.text("issuer_code"),
        scope: row.parse("scope", Scope::parse)?,
        levels: levels(row)?,
        kind: row.parse("kind", ProcedureKind::parse)?,
        online_level: row.parse("online_level", OnlineLevel::parse)?,
        applicant_kinds: row.texts("applicant_kinds"),
        executing_agencies: row.texts("executing_agencies"),
        decision_number: Some(row.text("decision_number")).filter(|number| !number.is_empty()),
        decision_on: row.parse_filled("decision_date", Day::parse)?,
        longest_time: longest_time(row)?,
        fee: row.parse("is_free", FeeSummary::from_is_free)?,
        component_count: row.parse("component_count", str::parse)?,
        template_count: row.parse("template_count", str::parse)?,
        state: row.parse("state", ProcedureState::parse)?,
        updated_on: row.parse("updated_at", Day::parse)?,
        source_id: row.text("source_id"),
    })
}

fn levels(row: &Row<'_>) -> Result<LevelSet, ContentError> {
    let levels: Result<LevelSet, UnknownWord> = row.list("levels").map(Level::parse).collect();
    levels.map_err(|error| row.refuse(error.to_string()))
}

/// The source writes 0 where it means «at once» or nothing: no limit can be counted from that.
fn longest_time(row: &Row<'_>) -> Result<Option<TimeLimit>, ContentError> {
    let Some(amount) = row.parse_filled("processing_time_max", str::parse::<f64>)? else {
        return Ok(None);
    };
    let unit: ProcessingUnit =
        row.parse("processing_unit", |word| serde_json::from_value::<ProcessingUnit>(serde_json::Value::from(word)))?;
    let limit =
        milli::from_f64(amount).zip(unit.countable()).and_then(|(milli, unit)| TimeLimit::new(milli, unit).ok());
    Ok(limit)
}

fn flags(row: &Row<'_>) -> Result<Flags, ContentError> {
    let mut flags = Flags::default();
    for word in row.list("flags") {
        match word {
            "vertical_sector" => flags.is_vertical_sector = true,
            "offline_only" => flags.is_offline_only = true,
            "non_territorial" => flags.is_non_territorial = true,
            // What these mean is not documented at the source; the details keep them.
            "full_online" | "shared_service" => {}
            other => return Err(row.refuse(format!("flag «{other}» is not known"))),
        }
    }
    Ok(flags)
}
