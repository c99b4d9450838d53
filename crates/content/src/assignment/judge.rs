//! Applying the rules of assignment to one procedure.

use std::collections::HashMap;

use domain::catalogue::{Level, LevelSet, ProcedureKind, ProcedureSummary, Scope};
use domain::codes::{AgencyCode, ProcedureCode};

use super::file::{AssignmentFile, Selection};
use crate::procedures::Flags;

/// The agencies of the map by the part they play.
pub(super) struct Parts {
    pub(super) districts: Vec<AgencyCode>,
    pub(super) communes: Vec<AgencyCode>,
    pub(super) land_registries: Vec<AgencyCode>,
}

/// Which agencies receive a procedure, and whether the sector's own system does.
pub(super) struct Verdict {
    pub(super) agencies: Vec<AgencyCode>,
    pub(super) is_sector: bool,
}

pub(super) struct Judge<'a> {
    pub(super) file: &'a AssignmentFile,
    pub(super) parts: &'a Parts,
    pub(super) levels_2022: &'a HashMap<ProcedureCode, LevelSet>,
}

impl Judge<'_> {
    pub(super) fn judge(&self, procedure: &ProcedureSummary, flags: Flags) -> Verdict {
        let executing: Vec<String> = procedure.executing_agencies.iter().map(|agency| agency.to_lowercase()).collect();
        let is_sector = self.is_sector(procedure, flags, &executing);
        let is_ours = matches!(procedure.scope, Scope::Commune | Scope::Province | Scope::GiaLai);
        let agencies = match is_ours && !is_sector && !self.is_outside(procedure, &executing) {
            true if procedure.kind != ProcedureKind::Internal => self.agencies(procedure, &executing),
            _ => Vec::new(),
        };
        Verdict { agencies, is_sector }
    }

    fn is_sector(&self, procedure: &ProcedureSummary, flags: Flags, executing: &[String]) -> bool {
        let sector = &self.file.sector;
        if flags.is_vertical_sector {
            return !sector.unless_fields.contains(&procedure.field_code);
        }
        if every_begins(executing, &sector.executing) {
            return true;
        }
        let is_named = sector.issuers.contains(&procedure.issuer_code) || sector.fields.contains(&procedure.field_code);
        is_named && !any_begins(executing, &sector.unless_executing)
    }

    fn is_outside(&self, procedure: &ProcedureSummary, executing: &[String]) -> bool {
        let outside = &self.file.outside;
        let was_district = self.was(procedure, Level::District);
        outside.fields.contains(&procedure.field_code) || (every_begins(executing, &outside.executing) && !was_district)
    }

    fn agencies(&self, procedure: &ProcedureSummary, executing: &[String]) -> Vec<AgencyCode> {
        if let Some(only) = self.file.only.iter().find(|only| only.codes.contains(&procedure.code)) {
            return only.agencies.clone();
        }
        let mut agencies = Vec::new();
        if self.in_districts(procedure) {
            agencies.extend_from_slice(&self.parts.districts);
        }
        if self.in_communes(procedure) {
            agencies.extend_from_slice(&self.parts.communes);
        }
        if any_begins(executing, &self.file.land_registry.executing) {
            agencies.extend_from_slice(&self.parts.land_registries);
        }
        if procedure.levels.contains(Level::Province) {
            agencies.extend(self.departments(procedure, executing));
        }
        agencies
    }

    fn in_districts(&self, procedure: &ProcedureSummary) -> bool {
        if self.file.district.unless_codes.contains(&procedure.code) {
            return false;
        }
        self.was(procedure, Level::District)
            || (procedure.levels.contains(Level::Commune)
                && (self.is_district(procedure) || selects(&self.file.district_and_commune, procedure)))
    }

    fn in_communes(&self, procedure: &ProcedureSummary) -> bool {
        if !procedure.levels.contains(Level::Commune) || selects(&self.file.not_in_communes, procedure) {
            return false;
        }
        if self.was(procedure, Level::Commune)
            || selects(&self.file.district_and_commune, procedure)
            || self.file.district.unless_codes.contains(&procedure.code)
        {
            return true;
        }
        !self.was(procedure, Level::District) && !self.is_district(procedure)
    }

    fn is_district(&self, procedure: &ProcedureSummary) -> bool {
        let district = &self.file.district;
        district.fields.contains(&procedure.field_code) || district.codes.contains(&procedure.code)
    }

    fn was(&self, procedure: &ProcedureSummary, level: Level) -> bool {
        self.levels_2022.get(&procedure.code).is_some_and(|levels| levels.contains(level))
    }

    fn departments(&self, procedure: &ProcedureSummary, executing: &[String]) -> Vec<AgencyCode> {
        let departments = &self.file.department;
        let by_field = departments.iter().find(|department| department.fields.contains(&procedure.field_code));
        let by_issuer = || departments.iter().find(|department| department.issuers.contains(&procedure.issuer_code));
        let mut agencies: Vec<AgencyCode> =
            by_field.or_else(by_issuer).map(|department| department.agency.clone()).into_iter().collect();
        for department in departments {
            if any_begins(executing, &department.executing) && !agencies.contains(&department.agency) {
                agencies.push(department.agency.clone());
            }
        }
        agencies
    }
}

fn selects(selection: &Selection, procedure: &ProcedureSummary) -> bool {
    selection.fields.contains(&procedure.field_code) || selection.codes.contains(&procedure.code)
}

fn any_begins(executing: &[String], beginnings: &[String]) -> bool {
    executing.iter().any(|agency| begins(agency, beginnings))
}

/// Whether the source names executing agencies, and only such ones.
fn every_begins(executing: &[String], beginnings: &[String]) -> bool {
    !executing.is_empty() && executing.iter().all(|agency| begins(agency, beginnings))
}

fn begins(agency: &str, beginnings: &[String]) -> bool {
    beginnings.iter().any(|beginning| agency.starts_with(beginning.as_str()))
}
