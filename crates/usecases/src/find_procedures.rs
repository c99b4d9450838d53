//! Finding procedures: by words a person types, and by field, level, agency, applicant and level of service.

use std::collections::HashMap;

use content::Content;
use domain::agency::AgencyLevel;
use domain::catalogue::{ApplicantGroup, Fileability, Level, OnlineLevel, ProcedureSummary};
use domain::codes::AgencyCode;
use domain::text::fold;
use search::Index;

use crate::app::App;

/// What is looked for. Empty parts do not restrict.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProcedureQuery {
    /// Words as a person types them, or a procedure code.
    pub words: String,
    /// Code of the field (lĩnh vực).
    pub field: Option<String>,
    /// The level that carries it out.
    pub level: Option<Level>,
    /// The agency that takes it.
    pub agency: Option<AgencyCode>,
    /// The kind of applicant.
    pub applicant: Option<ApplicantGroup>,
    /// How far it runs online.
    pub online: Option<OnlineLevel>,
    /// Only what can be filed at this portal.
    pub only_fileable: bool,
}

/// One page of what was found.
#[derive(Clone, Debug)]
pub struct ProcedurePage<'a> {
    /// How many fit in all.
    pub total: usize,
    /// Those on this page, best first.
    pub procedures: Vec<&'a ProcedureSummary>,
}

/// What is prepared once for finding procedures quickly.
pub struct Finder {
    index: Index,
    /// All procedures in the order of lists: those that can be filed here first, then by name.
    listed: Vec<u32>,
    /// Whether a district receives the procedure, by its number.
    district: Vec<bool>,
    applicants: HashMap<String, ApplicantGroup>,
}

impl Finder {
    /// Prepares the packaged catalogue.
    pub fn new(content: &Content) -> Self {
        let all = content.procedures.all();
        let numbers = 0..u32::try_from(all.len()).expect("the catalogue has fewer than 4 billion procedures");
        let fileable = |number: u32| content.assignment.fileability(number) == Fileability::Here;
        let mut listed: Vec<u32> = numbers.clone().collect();
        listed.sort_by_cached_key(|number| (!fileable(*number), fold(&content.procedures.get(*number).name)));
        let is_district = |agency: &AgencyCode| {
            content.agencies.find(agency).is_some_and(|agency| agency.level == AgencyLevel::District)
        };
        let district = numbers.map(|number| content.assignment.agencies_of(number).iter().any(is_district)).collect();
        let applicants = content.applicant_kinds.all().iter().map(|kind| (kind.code.clone(), kind.group)).collect();
        Self { index: crate::procedure_index::build_index(content), listed, district, applicants }
    }
}

/// The procedures that fit, from `first` on, at most `count`. With words the best match comes first; without, those that
/// can be filed here come first, then by name.
pub fn find_procedures<'a>(app: &'a App, query: &ProcedureQuery, first: usize, count: usize) -> ProcedurePage<'a> {
    let procedures = &app.content().procedures;
    let filter = Filter {
        app,
        query,
        offered: query.agency.as_ref().map(|agency| app.content().assignment.procedures_of(agency)),
    };
    if query.words.trim().is_empty() {
        let fitting: Vec<u32> = app.finder().listed.iter().copied().filter(|number| filter.fits(*number)).collect();
        let page = fitting.iter().skip(first).take(count).map(|number| procedures.get(*number)).collect();
        return ProcedurePage { total: fitting.len(), procedures: page };
    }
    let hits = app.finder().index.search(&query.words, MOST_HITS, |number| filter.fits(number));
    let page = hits.iter().skip(first).take(count).map(|hit| procedures.get(hit.entry)).collect();
    ProcedurePage { total: hits.len(), procedures: page }
}

/// More hits than this help nobody.
pub const MOST_HITS: usize = 200;

struct Filter<'a> {
    app: &'a App,
    query: &'a ProcedureQuery,
    offered: Option<&'a [u32]>,
}

impl Filter<'_> {
    fn fits(&self, number: u32) -> bool {
        let (content, query) = (self.app.content(), self.query);
        let procedure = content.procedures.get(number);
        query.field.as_ref().is_none_or(|field| procedure.field_code == *field)
            && query.level.is_none_or(|level| self.is_at(number, procedure, level))
            && query.online.is_none_or(|online| procedure.online_level == online)
            && query.applicant.is_none_or(|group| self.serves(procedure, group))
            && self.offered.is_none_or(|offered| offered.binary_search(&number).is_ok())
            && (!query.only_fileable || content.assignment.fileability(number) == Fileability::Here)
    }

    /// The level in today's record, or the district where the three-tier order assigned it one (levels of 2022).
    fn is_at(&self, number: u32, procedure: &ProcedureSummary, level: Level) -> bool {
        match level {
            Level::District => self.app.finder().district[number as usize],
            other => procedure.levels.contains(other),
        }
    }

    fn serves(&self, procedure: &ProcedureSummary, group: ApplicantGroup) -> bool {
        procedure.applicant_kinds.iter().any(|code| self.app.finder().applicants.get(code) == Some(&group))
    }
}
