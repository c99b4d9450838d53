//! The electronic forms of procedures: `procedures/CODE/procedure.toml`, `form.schema.json` and `form.ui.json`.

use std::collections::HashMap;

use domain::codes::ProcedureCode;
use domain::time::Day;
use forms::{Form, FormSource, Refusal};
use serde::Deserialize;

use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::procedures::Procedures;

/// What several forms use.
const SHARED: &str = "procedures/shared.schema.json";

/// The form of a procedure with what is known about it.
#[derive(Debug)]
pub struct ProcedureForm {
    /// The version of the form, which a draft keeps.
    pub version: String,
    /// The day from which it counts.
    pub valid_from: Day,
    /// The law that prescribes it.
    pub ground: String,
    /// Whether it was compared with the official form.
    pub is_sure: bool,
    /// The form.
    pub form: Form,
}

/// The forms of all procedures that have one of their own.
#[derive(Debug, Default)]
pub struct ProcedureForms(HashMap<ProcedureCode, ProcedureForm>);

impl ProcedureForms {
    /// The form of a procedure.
    pub fn find(&self, procedure: &ProcedureCode) -> Option<&ProcedureForm> {
        self.0.get(procedure)
    }

    /// The procedures that have one, in no order.
    pub fn codes(&self) -> impl Iterator<Item = &ProcedureCode> {
        self.0.keys()
    }

    /// Reads them all; every refusal is collected.
    pub(crate) fn load(files: &Files, procedures: &Procedures) -> Result<Self, ContentError> {
        let shared = files.text(SHARED)?;
        let mut found = HashMap::new();
        let mut refusals = Vec::new();
        for folder in files.procedures()? {
            let path = |name: &str| format!("procedures/{folder}/{name}");
            let facts_path = path("procedure.toml");
            let facts: Facts = files.toml(&facts_path)?;
            let code = ProcedureCode::parse(&facts.code).ok().filter(|code| code.to_string() == folder);
            let code = code.filter(|code| procedures.find(code).is_some());
            let code = code.ok_or_else(|| refuse(&facts_path, 1, "\"code\" is not the folder's, or no procedure's"))?;
            let (schema_path, layout_path) = (path("form.schema.json"), path("form.ui.json"));
            let (schema, layout) = (files.text(&schema_path)?, files.text(&layout_path)?);
            let source = FormSource {
                schema: (&schema_path, &schema),
                layout: (&layout_path, &layout),
                shared: (SHARED, &shared),
            };
            let valid_from = Day::parse(&facts.valid_from.to_string())
                .map_err(|_| refuse(&facts_path, 1, "\"valid_from\" is no day"))?;
            match Form::compile(source) {
                Ok(form) => {
                    let Facts { form_version: version, ground, sure: is_sure, .. } = facts;
                    found.insert(code, ProcedureForm { version, valid_from, ground, is_sure, form });
                }
                Err(more) => refusals.extend(more),
            }
        }
        // A slip in what is shared shows in every form that uses it.
        refusals.sort();
        refusals.dedup();
        match refusals.is_empty() {
            true => Ok(Self(found)),
            false => Err(ContentError::Forms(Refusals(refusals))),
        }
    }
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Facts {
    code: String,
    form_version: String,
    valid_from: toml::value::Datetime,
    ground: String,
    sure: bool,
}
