//! The rules of assignment as they are written in `gia-lai/assignment.toml`.

use domain::codes::{AgencyCode, ProcedureCode};
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AssignmentFile {
    pub(super) sector: Sector,
    pub(super) outside: Outside,
    pub(super) district: District,
    pub(super) district_and_commune: Selection,
    pub(super) not_in_communes: Selection,
    #[serde(default)]
    pub(super) only: Vec<Only>,
    pub(super) land_registry: LandRegistry,
    #[serde(default)]
    pub(super) department: Vec<Department>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sector {
    pub(super) issuers: Vec<String>,
    pub(super) fields: Vec<String>,
    pub(super) executing: Vec<String>,
    pub(super) unless_executing: Vec<String>,
    pub(super) unless_fields: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Outside {
    pub(super) executing: Vec<String>,
    pub(super) fields: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct District {
    pub(super) fields: Vec<String>,
    pub(super) codes: Vec<ProcedureCode>,
    pub(super) unless_codes: Vec<ProcedureCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Selection {
    pub(super) fields: Vec<String>,
    #[serde(default)]
    pub(super) codes: Vec<ProcedureCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Only {
    pub(super) codes: Vec<ProcedureCode>,
    pub(super) agencies: Vec<AgencyCode>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LandRegistry {
    pub(super) parent: AgencyCode,
    pub(super) executing: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Department {
    pub(super) agency: AgencyCode,
    #[serde(default)]
    pub(super) issuers: Vec<String>,
    #[serde(default)]
    pub(super) fields: Vec<String>,
    #[serde(default)]
    pub(super) executing: Vec<String>,
}
