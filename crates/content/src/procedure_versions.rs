//! Procedures as files: `procedures/CODE/` is the newest version of each, `procedures/CODE/versions/NAME/` the older ones.

use std::collections::HashMap;

use ::procedures::{Counting, Record, Registers, Version, VersionSource, check_sample};
use domain::codes::ProcedureCode;
use domain::time::Day;
use forms::{FormSource, Refusal};
use serde_json::Value;

use domain::catalogue::Method;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::procedures::Procedures;

/// What several forms use.
const SHARED: &str = "procedures/shared.schema.json";
/// As many samples as a procedure has at least: right, wrong, and on the edge.
const FEWEST_SAMPLES: usize = 5;
/// The databases of the state.
const REGISTERS: &str = "registers.toml";

/// The versions of all procedures that have files of their own.
#[derive(Debug, Default)]
pub struct ProcedureVersions {
    /// From the oldest to the newest.
    versions: HashMap<ProcedureCode, Vec<Version>>,
    /// What the state holds already.
    pub registers: Registers,
    /// The schema to which those of several forms refer, as it stands, for programs.
    pub shared_schema: Value,
}

impl ProcedureVersions {
    /// The version that counts on a day.
    pub fn on(&self, procedure: &ProcedureCode, day: Day) -> Option<&Version> {
        self.of(procedure).iter().rev().find(|version| version.valid_from <= day)
    }

    /// A version by its name: a dossier keeps the one under which it was filed.
    pub fn named(&self, procedure: &ProcedureCode, version: &str) -> Option<&Version> {
        self.of(procedure).iter().find(|known| known.version == version)
    }

    /// The versions of a procedure from the oldest to the newest.
    pub fn of(&self, procedure: &ProcedureCode) -> &[Version] {
        self.versions.get(procedure).map_or(&[], Vec::as_slice)
    }

    /// The procedures that have files of their own, in no order.
    pub fn codes(&self) -> impl Iterator<Item = &ProcedureCode> {
        self.versions.keys()
    }

    /// Reads them all; every refusal is collected.
    pub(crate) fn load(files: &Files, records: &Procedures) -> Result<Self, ContentError> {
        let registers = Registers::read(REGISTERS, &files.text(REGISTERS)?);
        let registers = registers.map_err(|refusals| ContentError::Procedures(Refusals(refusals)))?;
        // What is wrong with it is told for each form that uses it.
        let shared_schema = serde_json::from_str(&files.text(SHARED)?).unwrap_or_default();
        let mut versions = HashMap::new();
        let mut refusals = Vec::new();
        for folder in files.procedures()? {
            let place = format!("procedures/{folder}");
            let code = ProcedureCode::parse(&folder).ok().filter(|code| records.find(code).is_some());
            let facts = format!("{place}/procedure.toml");
            let code = code.ok_or_else(|| refuse(&facts, 1, "the folder's name is no procedure's code"))?;
            let limit = records.detail(&code).and_then(|detail| detail.time_limit(Method::Online));
            let record = Record { code: folder.clone(), limit };
            let mut known: Vec<Version> = Vec::new();
            let older = files.folders(&format!("{place}/versions"));
            let places = older.into_iter().map(|name| format!("{place}/versions/{name}")).chain([place.clone()]);
            for place in places {
                match version(files, &place, &record, &registers)? {
                    Ok(version) => known.push(version),
                    Err(more) => refusals.extend(more),
                }
            }
            known.sort_by_key(|version| version.valid_from);
            if let Some(pair) = known.windows(2).find(|pair| is_same(&pair[0], &pair[1])) {
                let reason = format!("two versions are called {:?} or begin on one day", pair[1].version);
                refusals.push(Refusal { file: facts, line: 1, reason });
            }
            versions.insert(code, known);
        }
        // A slip in what is shared shows in every form that uses it.
        refusals.sort();
        refusals.dedup();
        match refusals.is_empty() {
            true => Ok(Self { versions, registers, shared_schema }),
            false => Err(ContentError::Procedures(Refusals(refusals))),
        }
    }

    /// Checks every sample and tells how many there are.
    pub(crate) fn check_samples(&self, files: &Files, counting: Counting<'_>) -> Result<usize, ContentError> {
        let mut codes: Vec<&ProcedureCode> = self.codes().collect();
        codes.sort();
        let mut refusals = Vec::new();
        let mut count = 0;
        for code in codes {
            let Some(newest) = self.of(code).last() else { continue };
            let samples = files.samples(&code.to_string());
            if samples.len() < FEWEST_SAMPLES {
                let file = format!("procedures/{code}/procedure.toml");
                let reason = format!("{} samples; at least {FEWEST_SAMPLES} are expected", samples.len());
                refusals.push(Refusal { file, line: 1, reason });
            }
            for name in samples {
                count += 1;
                let text = files.text(&name)?;
                refusals.extend(check_sample(newest, &name, &text, counting).err().unwrap_or_default());
            }
        }
        match refusals.is_empty() {
            true => Ok(count),
            false => Err(ContentError::Procedures(Refusals(refusals))),
        }
    }
}

fn version(
    files: &Files,
    place: &str,
    record: &Record,
    registers: &Registers,
) -> Result<Result<Version, Vec<Refusal>>, ContentError> {
    let path = |name: &str| format!("{place}/{name}");
    let (facts, schema, layout) = (path("procedure.toml"), path("form.schema.json"), path("form.ui.json"));
    let process = path("process.bpmn");
    let (facts_text, schema_text, layout_text) = (files.text(&facts)?, files.text(&schema)?, files.text(&layout)?);
    let shared = files.text(SHARED)?;
    let process_text = match files.has(&process) {
        true => Some(files.text(&process)?),
        false => None,
    };
    let letters: Vec<(String, String)> = files
        .files_in(&path("letters"))
        .into_iter()
        .map(|letter| files.text(&letter).map(|text| (letter, text)))
        .collect::<Result<_, ContentError>>()?;
    let letters: Vec<(&str, &str)> = letters.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let form =
        FormSource { schema: (&schema, &schema_text), layout: (&layout, &layout_text), shared: (SHARED, &shared) };
    let source = VersionSource {
        facts: (&facts, &facts_text),
        form,
        process: process_text.as_deref().map(|text| (process.as_str(), text)),
        letters: &letters,
    };
    Ok(Version::compile(source, record, registers))
}

fn is_same(one: &Version, other: &Version) -> bool {
    one.version == other.version || one.valid_from == other.valid_from
}

/// Several refusals, a line each.
#[derive(Debug)]
pub struct Refusals(pub Vec<Refusal>);

impl std::fmt::Display for Refusals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (place, refusal) in self.0.iter().enumerate() {
            let line_end = if place == 0 { "" } else { "\n" };
            write!(f, "{line_end}{refusal}")?;
        }
        Ok(())
    }
}
