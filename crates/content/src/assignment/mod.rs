//! Which agencies of the province receive which procedures, and why the others can't be filed here.

mod file;
mod judge;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::agency::AgencyKind;
use domain::catalogue::{Fileability, FilingFacts, LevelSet, NotFileable};
use domain::codes::{AgencyCode, ProcedureCode};

use crate::agencies::Agencies;
use crate::error::{ContentError, refuse};
use crate::files::Files;
use crate::procedures::Procedures;
use file::AssignmentFile;
use judge::{Judge, Parts};

const PATH: &str = "gia-lai/assignment.toml";

/// Who receives what. Procedures are spoken of by their place in [`Procedures::all`].
#[derive(Debug)]
pub struct Assignment {
    /// The distinct sets of agencies: few, since most procedures go to all communes or one department.
    sets: Vec<Vec<AgencyCode>>,
    set_of_procedure: Vec<u32>,
    fileability: Vec<Fileability>,
    by_agency: HashMap<AgencyCode, Vec<u32>>,
}

impl Assignment {
    pub(crate) fn load(
        files: &Files,
        procedures: &Procedures,
        agencies: &Agencies,
        levels_2022: &HashMap<ProcedureCode, LevelSet>,
    ) -> Result<Self, ContentError> {
        let file: AssignmentFile = files.toml(PATH)?;
        check_agencies(&file, agencies)?;
        check_codes(&file, procedures)?;
        let parts = parts(&file, agencies);
        let judge = Judge { file: &file, parts: &parts, levels_2022 };
        let mut assignment = Self {
            sets: Vec::new(),
            set_of_procedure: Vec::with_capacity(procedures.all().len()),
            fileability: Vec::with_capacity(procedures.all().len()),
            by_agency: HashMap::new(),
        };
        let mut known_sets: BTreeMap<Vec<AgencyCode>, u32> = BTreeMap::new();
        for (index, procedure) in (0_u32..).zip(procedures.all()) {
            let flags = procedures.flags(index);
            let verdict = judge.judge(procedure, flags);
            let facts = FilingFacts {
                kind: procedure.kind,
                scope: procedure.scope,
                online_level: procedure.online_level,
                is_vertical_sector: verdict.is_sector,
                is_offline_only: flags.is_offline_only,
                receiving_agencies: verdict.agencies.len(),
            };
            assignment.fileability.push(fileability(facts));
            for agency in &verdict.agencies {
                assignment.by_agency.entry(agency.clone()).or_default().push(index);
            }
            let next = u32::try_from(known_sets.len()).expect("there are fewer sets than procedures");
            let set = *known_sets.entry(verdict.agencies.clone()).or_insert(next);
            if set == next {
                assignment.sets.push(verdict.agencies);
            }
            assignment.set_of_procedure.push(set);
        }
        Ok(assignment)
    }

    /// The competent agencies that receive a procedure: districts, communes, land registries, then departments.
    ///
    /// They are also known where it can't be filed online: the paper goes to their desk.
    ///
    /// # Panics
    /// When the place is not one of [`Procedures::all`].
    pub fn agencies_of(&self, procedure: u32) -> &[AgencyCode] {
        &self.sets[self.set_of_procedure[procedure as usize] as usize]
    }

    /// The procedures that an agency receives, in the order of codes, whether online or at the desk.
    pub fn procedures_of(&self, agency: &AgencyCode) -> &[u32] {
        self.by_agency.get(agency).map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether a dossier for the procedure can be filed online here, or why not.
    ///
    /// # Panics
    /// When the place is not one of [`Procedures::all`].
    pub fn fileability(&self, procedure: u32) -> Fileability {
        self.fileability[procedure as usize]
    }

    /// Whether that agency takes online dossiers for the procedure.
    pub fn offers(&self, agency: &AgencyCode, procedure: u32) -> bool {
        self.fileability(procedure) == Fileability::Here && self.procedures_of(agency).binary_search(&procedure).is_ok()
    }

    /// The agencies that receive anything.
    pub fn receiving_agencies(&self) -> impl Iterator<Item = &AgencyCode> {
        self.by_agency.keys()
    }
}

/// «Bring it to the desk» helps only where the desk is known.
fn fileability(facts: FilingFacts) -> Fileability {
    match facts.judge() {
        Fileability::NotHere(NotFileable::OfflineOnly) if facts.receiving_agencies == 0 => {
            Fileability::NotHere(NotFileable::NoReceivingAgency)
        }
        judgement => judgement,
    }
}

fn parts(file: &AssignmentFile, agencies: &Agencies) -> Parts {
    let of_kind = |kind| -> Vec<AgencyCode> {
        let with_desk = agencies.of_kind(kind).filter(|agency| agencies.desk_of(&agency.code).is_some());
        with_desk.map(|agency| agency.code.clone()).collect()
    };
    let registry = &file.land_registry.parent;
    let is_branch = |code: &AgencyCode| {
        // Only those with a desk of their own: the tree also has a row for the officers of the head office.
        agencies.children(code).any(|child| child.kind == AgencyKind::ReceptionDesk)
    };
    Parts {
        districts: of_kind(AgencyKind::DistrictCommittee),
        communes: of_kind(AgencyKind::CommuneCommittee),
        land_registries: of_kind(AgencyKind::LandRegistry)
            .into_iter()
            .filter(|code| code.is_within(registry) && is_branch(code))
            .collect(),
    }
}

/// Every agency that the rules name is on the map and has a desk.
fn check_agencies(file: &AssignmentFile, agencies: &Agencies) -> Result<(), ContentError> {
    let departments = file.department.iter().map(|department| &department.agency);
    let only = file.only.iter().flat_map(|only| &only.agencies);
    for code in departments.chain(only).chain([&file.land_registry.parent]) {
        let is_on_map = agencies.find(code).is_some_and(|agency| agency.exists_on(agencies.map_day()));
        if !is_on_map || agencies.desk_of(code).is_none() {
            return Err(refuse(PATH, 1, format!("agency «{code}» is not on the map or has no desk")));
        }
    }
    Ok(())
}

fn check_codes(file: &AssignmentFile, procedures: &Procedures) -> Result<(), ContentError> {
    let lists = [&file.district.codes, &file.district.unless_codes, &file.district_and_commune.codes];
    let only = file.only.iter().flat_map(|only| &only.codes);
    for code in lists.into_iter().flatten().chain(only) {
        if procedures.find(code).is_none() {
            return Err(refuse(PATH, 1, format!("procedure «{code}» is not in the catalogue")));
        }
    }
    let fields: HashSet<&str> = procedures.all().iter().map(|procedure| procedure.field_code.as_str()).collect();
    let named = [&file.sector.fields, &file.sector.unless_fields, &file.outside.fields, &file.district.fields];
    let selections = [&file.district_and_commune.fields, &file.not_in_communes.fields];
    let departments = file.department.iter().map(|department| &department.fields);
    for field in named.into_iter().chain(selections).chain(departments).flatten() {
        if !fields.contains(field.as_str()) {
            return Err(refuse(PATH, 1, format!("no procedure is of field «{field}»")));
        }
    }
    Ok(())
}
