//! The packaged data of the country and the province: embedded in the program, decoded once at the start.
//!
//! `cargo xtask content` makes the files; `content/README.md` says where they come from.

mod agencies;
mod areas;
mod assignment;
mod calendar;
mod error;
mod files;
mod passwords;
mod procedure_versions;
mod procedures;
mod receivers;
mod references;
mod rules;
mod search_words;
mod table;
mod versions;

use std::path::Path;
use std::sync::OnceLock;

use ::procedures::{Applicants, Counting, GeneralForms, Version};
use domain::area::ProvinceCode;
use domain::calendar::WorkCalendar;
use domain::catalogue::{
    ApplicantGroup, ApplicantKind, Field, Fileability, Issuer, LegalDocument, ProcedureDetail, ProcedureSummary,
};
use domain::codes::{AgencyCode, ProcedureCode};
use domain::time::Day;

pub use agencies::Agencies;
pub use areas::Areas;
pub use assignment::Assignment;
pub use error::ContentError;
pub use passwords::CommonPasswords;
pub use procedure_versions::{ProcedureVersions, Refusals};
pub use procedures::{Flags, Procedures};
pub use receivers::Receiver;
pub use references::Coded;
pub use rules::{DraftRules, Ground, Help, Rules};
pub use search_words::{SearchRow, SearchWords};
pub use versions::Versions;

use files::Files;

/// Everything that is packaged.
#[derive(Debug)]
pub struct Content {
    /// The names of this content, its catalogue and its calendar.
    pub versions: Versions,
    /// Every procedure of the national database.
    pub procedures: Procedures,
    /// Fields of administration.
    pub fields: Coded<Field>,
    /// Bodies that announce procedures.
    pub issuers: Coded<Issuer>,
    /// Kinds of applicant.
    pub applicant_kinds: Coded<ApplicantKind>,
    /// Legal documents, by the identifiers that details cite.
    pub legal_documents: Coded<LegalDocument>,
    /// The agencies of the province.
    pub agencies: Agencies,
    /// Provinces, districts and communes of both orders.
    pub areas: Areas,
    /// The working calendar.
    pub calendar: WorkCalendar,
    /// The procedures that have files of their own: forms, papers, fees, processes.
    pub whole_procedures: ProcedureVersions,
    /// The general forms of the others, each made when it is asked for first, by the places of the procedures.
    general: Vec<OnceLock<Option<Box<Version>>>>,
    /// What these have in common.
    general_forms: GeneralForms,
    /// Which agencies receive which procedures.
    pub assignment: Assignment,
    /// The rules by which dossiers are received and counted.
    pub rules: Rules,
    /// What the search must know besides titles.
    pub search_words: SearchWords,
    /// Passwords that thieves try first.
    pub common_passwords: CommonPasswords,
}

impl Content {
    /// Decodes the embedded content.
    ///
    /// # Errors
    /// When a file is not as it should be; the tests exclude that.
    pub fn load() -> Result<Self, ContentError> {
        Self::read(&Files::Embedded)
    }

    /// Decodes the content of a folder, so that an edit shows without a build.
    ///
    /// # Errors
    /// When a file is missing or not as it should be, with its name and line.
    pub fn from_dir(folder: &Path) -> Result<Self, ContentError> {
        Self::read(&Files::Folder(folder.to_owned()))
    }

    /// Files every sample in thought; how many there are.
    ///
    /// # Errors
    /// Every difference between what a sample expects and what comes out.
    pub fn check_samples(&self, folder: Option<&Path>) -> Result<usize, ContentError> {
        let files = folder.map_or(Files::Embedded, |folder| Files::Folder(folder.to_owned()));
        let Rules { deadline: rule, office_hours: hours, .. } = &self.rules;
        self.whole_procedures.check_samples(&files, Counting { rule, calendar: &self.calendar, hours })
    }

    fn read(files: &Files) -> Result<Self, ContentError> {
        let versions = Versions::load(files)?;
        let rules = Rules::load(files)?;
        let procedures = Procedures::load(files)?;
        let agencies = Agencies::load(files, rules.map_day)?;
        let levels_2022 = references::levels_2022(files)?;
        let assignment = Assignment::load(files, &procedures, &agencies, &levels_2022)?;
        Ok(Self {
            general: procedures.all().iter().map(|_| OnceLock::new()).collect(),
            general_forms: GeneralForms::default(),
            whole_procedures: ProcedureVersions::load(files, &procedures)?,
            fields: references::fields(files)?,
            issuers: references::issuers(files)?,
            applicant_kinds: references::applicant_kinds(files)?,
            legal_documents: references::legal_documents(files)?,
            areas: Areas::load(files)?,
            calendar: calendar::load(files, &versions.calendar)?,
            search_words: SearchWords::load(files, &procedures)?,
            common_passwords: CommonPasswords::load(files)?,
            versions,
            procedures,
            agencies,
            assignment,
            rules,
        })
    }

    /// The version of a procedure that counts on a day: of its own files, or the general one.
    pub fn version_on(&self, procedure: &ProcedureCode, day: Day) -> Option<&Version> {
        match self.whole_procedures.of(procedure).is_empty() {
            false => self.whole_procedures.on(procedure, day),
            true => self.general_version(procedure),
        }
    }

    /// A version by its name: a dossier keeps the one under which it was filed.
    pub fn version_named(&self, procedure: &ProcedureCode, version: &str) -> Option<&Version> {
        match Version::is_named_general(version) {
            false => self.whole_procedures.named(procedure, version),
            true => self.general_version(procedure),
        }
    }

    /// The general version of a procedure, made when it is asked for first.
    fn general_version(&self, procedure: &ProcedureCode) -> Option<&Version> {
        let index = self.procedures.index_of(procedure)?;
        let make = || {
            let detail = self.procedures.detail(procedure)?;
            Version::general(&detail, self.applicants(&detail), &self.general_forms).ok().map(Box::new)
        };
        self.general.get(index as usize)?.get_or_init(make).as_deref()
    }

    /// Who may ask for a procedure; everybody where the record does not say.
    fn applicants(&self, detail: &ProcedureDetail) -> Applicants {
        let kinds = detail.applicant_kinds.iter().filter_map(|code| self.applicant_kinds.find(code));
        let groups: Vec<ApplicantGroup> = kinds.map(|kind| kind.group).collect();
        let persons = groups.iter().any(|group| matches!(group, ApplicantGroup::Citizen | ApplicantGroup::Official));
        let organisations =
            groups.iter().any(|group| matches!(group, ApplicantGroup::Business | ApplicantGroup::Organisation));
        let is_unknown = !persons && !organisations;
        Applicants { persons: persons || is_unknown, organisations: organisations || is_unknown }
    }

    /// Whether a dossier for the procedure can be filed online here, or why not; nothing when there is no such procedure.
    pub fn fileability(&self, procedure: &ProcedureCode) -> Option<Fileability> {
        self.procedures.index_of(procedure).map(|index| self.assignment.fileability(index))
    }

    /// The name of an agency of the province, or of a body of the nation that announces procedures.
    pub fn name_of_agency(&self, agency: &AgencyCode) -> Option<&str> {
        let ours = self.agencies.find(agency).map(|agency| agency.name.as_str());
        ours.or_else(|| self.issuers.find(agency.as_str()).map(|issuer| issuer.name.as_str()))
    }

    /// The province of today that the portal serves.
    pub fn home_province(&self) -> Option<ProvinceCode> {
        let mut agency = self.agencies.find(&self.rules.home_district)?;
        while let Some(above) = agency.parent.as_ref().and_then(|code| self.agencies.find(code)) {
            agency = above;
        }
        ProvinceCode::parse(agency.admin_unit.as_deref()?).ok()
    }

    /// The competent agencies that receive a procedure.
    pub fn agencies_of(&self, procedure: &ProcedureCode) -> &[AgencyCode] {
        match self.procedures.index_of(procedure) {
            Some(index) => self.assignment.agencies_of(index),
            None => &[],
        }
    }

    /// The procedures that an agency receives, in the order of codes.
    pub fn procedures_of(&self, agency: &AgencyCode) -> impl Iterator<Item = &ProcedureSummary> {
        self.assignment.procedures_of(agency).iter().map(|index| self.procedures.get(*index))
    }

    /// Whether that agency takes online dossiers for the procedure.
    pub fn offers(&self, agency: &AgencyCode, procedure: &ProcedureCode) -> bool {
        self.procedures.index_of(procedure).is_some_and(|index| self.assignment.offers(agency, index))
    }
}

#[cfg(test)]
mod tests;
