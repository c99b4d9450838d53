//! The agencies of the province as a tree: departments, districts with their communes (R21, R47).

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use content::Content;
use domain::agency::{Agency, AgencyKind};
use domain::catalogue::{Fileability, ProcedureSummary};
use domain::codes::{AgencyCode, ProcedureCode};
use domain::text::fold;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::procedure::vi;

/// The address of the tree.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/co-quan", get(show))
}

#[derive(Template)]
#[template(path = "portal/agencies.html")]
struct AgenciesPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    words: String,
    procedure: Option<&'a ProcedureSummary>,
    /// Put behind the address of each agency.
    filing: Option<Filing>,
    committee: Option<&'a Agency>,
    departments: Vec<&'a Agency>,
    districts: Vec<District<'a>>,
    others: Vec<&'a Agency>,
    is_open: bool,
    total: usize,
}

/// A district with its communes.
struct District<'a> {
    agency: &'a Agency,
    is_listed: bool,
    is_home: bool,
    communes: Vec<&'a Agency>,
}

/// Where the links lead when the agencies of one procedure are shown: to filing there.
struct Filing {
    before: String,
}

impl AgenciesPage<'_> {
    fn vi(&self) -> &'static str {
        vi(self.t)
    }

    fn href(&self, agency: &Agency) -> String {
        match &self.filing {
            Some(filing) => format!("{}{}", filing.before, agency.code),
            None => format!("/co-quan/{}", agency.code),
        }
    }
}

async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let asked = Fields::of_query(query.as_deref());
    let make = || Ok(make_page(&portal, &visitor, &asked));
    match query {
        None => shell::cached_html(&portal, &visitor, &headers, make),
        Some(_) => shell::html(&make()?),
    }
}

fn make_page<'a>(portal: &'a Portal, visitor: &'a Visitor, asked: &Fields) -> AgenciesPage<'a> {
    let content = portal.app().content();
    let procedure = ProcedureCode::parse(asked.text("thu-tuc")).ok().and_then(|code| content.procedures.find(&code));
    let words: String = asked.text("q").chars().filter(|c| !c.is_control()).take(100).collect();
    let folded = fold(&words);
    let receivers: Option<&[AgencyCode]> = procedure.map(|procedure| content.agencies_of(&procedure.code));
    let is_listed = |agency: &Agency| {
        let is_named = folded.is_empty() || folded.split(' ').all(|word| fold(&agency.name).contains(word));
        is_named && receivers.is_none_or(|receivers| receivers.contains(&agency.code))
    };
    let listed = |kind| content.agencies.of_kind(kind).filter(|agency| is_listed(agency)).collect::<Vec<&Agency>>();
    let districts = districts(content, is_listed);
    let departments = listed(AgencyKind::Department);
    let receives = |agency: &&Agency| !content.assignment.procedures_of(&agency.code).is_empty();
    let others: Vec<&Agency> = listed(AgencyKind::LandRegistry).into_iter().filter(receives).collect();
    let committee = listed(AgencyKind::ProvincialCommittee).first().copied();
    let in_districts: usize =
        districts.iter().map(|district| usize::from(district.is_listed) + district.communes.len()).sum();
    let is_filed_here =
        procedure.is_some_and(|procedure| content.fileability(&procedure.code) == Some(Fileability::Here));
    // At the nation the same address leads on to the province.
    let filing = procedure
        .filter(|_| is_filed_here)
        .map(|procedure| Filing { before: format!("/nop-ho-so/{}?co-quan=", procedure.code) });
    AgenciesPage {
        page: visitor.page(portal).in_section(Section::Agencies),
        t: visitor.texts(),
        total: usize::from(committee.is_some()) + departments.len() + others.len() + in_districts,
        is_open: !folded.is_empty(),
        words,
        procedure,
        filing,
        committee,
        departments,
        districts,
        others,
    }
}

/// The districts that are listed or have a commune that is; the one at home first.
fn districts(content: &Content, is_listed: impl Fn(&Agency) -> bool) -> Vec<District<'_>> {
    let home = &content.rules.home_district;
    let mut districts: Vec<District<'_>> = content
        .agencies
        .of_kind(AgencyKind::DistrictCommittee)
        .map(|agency| District {
            agency,
            is_listed: is_listed(agency),
            is_home: agency.code == *home,
            communes: content.agencies.communes_of(&agency.code).filter(|commune| is_listed(commune)).collect(),
        })
        .filter(|district| district.is_listed || !district.communes.is_empty())
        .collect();
    districts.sort_by_key(|district| !district.is_home);
    districts
}
