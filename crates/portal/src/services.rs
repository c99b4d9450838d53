//! What can be filed online: *Dịch vụ công* of the province (R51, R52), *Dịch vụ công trực tuyến* of the nation (R46–R49).

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{Redirect, Response};
use axum::routing::get;
use content::Content;
use domain::agency::{Agency, AgencyKind};
use domain::catalogue::Fileability;
use domain::collation::sort_key;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::Texts;
use web::portal::{Portal, Role};
use web::shell::cached_html;
use web::view::filters;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::popular::{self, Popular};
use crate::procedure::vi;
use crate::procedures::{FieldsPage, Place, Results, Search, answer};

const PROVINCE: &str = "/dich-vu-cong";
const NATION: &str = "/thong-tin-va-dich-vu/dich-vu-cong-truc-tuyen";

/// Where the services of a portal are listed.
pub(crate) fn path(role: Role) -> &'static str {
    match role {
        Role::Province => PROVINCE,
        Role::National => NATION,
    }
}

/// The addresses of the services.
pub(crate) fn routes(role: Role) -> Router<Portal> {
    let routes =
        Router::new().route(path(role), get(show)).route(&format!("{}/linh-vuc", path(role)), get(show_fields));
    match role {
        Role::Province => routes,
        // The menu names the province's address; the leaflet's way through the national portal has another (R46).
        Role::National => routes
            .route(PROVINCE, get(async || Redirect::permanent(NATION)))
            .route("/thong-tin-va-dich-vu", get(show_information)),
    }
}

/// *Thông tin và Dịch vụ* of the nation: the menu's first step to the services (R46).
#[derive(Template)]
#[template(path = "portal/information.html")]
struct InformationPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    path: &'static str,
}

async fn show_information(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, WebError> {
    cached_html(&portal, &visitor, &headers, || {
        Ok(InformationPage {
            page: visitor.page(&portal).in_section(Section::Services),
            t: visitor.texts(),
            path: NATION,
        })
    })
}

/// Where one begins: a search, the fields and the agencies.
#[derive(Template)]
#[template(path = "portal/services.html")]
struct ServicesPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    is_national: bool,
    path: &'static str,
    total: usize,
    local_fields: Vec<FieldLink<'a>>,
    province_fields: Vec<FieldLink<'a>>,
    all_fields: usize,
    agencies: Vec<Choice<'a>>,
}

/// A field to choose, with how many services it has.
struct FieldLink<'a> {
    name: &'a str,
    href: String,
    count: usize,
}

/// An agency to choose.
struct Choice<'a> {
    agency: &'a Agency,
    href: String,
    count: usize,
}

/// What was found.
#[derive(Template)]
#[template(path = "portal/services_found.html")]
struct FoundPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    is_national: bool,
    results: Results<'a>,
    popular: Vec<Popular>,
}

impl ServicesPage<'_> {
    fn vi(&self) -> &'static str {
        vi(self.t)
    }
}

impl FoundPage<'_> {
    fn vi(&self) -> &'static str {
        vi(self.t)
    }
}

/// How many fields the first page offers under each heading.
const FIELDS_OFFERED: usize = 18;

async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let role = portal.settings().role;
    let asked = Fields::of_query(query.as_deref());
    let search = Search::parse(&asked, portal.app().content());
    if asked.find("q").is_none() && asked.find("trang").is_none() && search.is_empty() {
        return answer(&portal, &visitor, &headers, &search, || Ok(first_page(&portal, &visitor)));
    }
    let make = || {
        let results = Results::find(&portal, Place::Services(path(role)), &search, visitor.texts());
        Ok(FoundPage {
            page: visitor.page(&portal).in_section(Section::Services),
            t: visitor.texts(),
            is_national: role == Role::National,
            popular: popular::when_nothing_found(&results, portal.app().content()),
            results,
        })
    };
    answer(&portal, &visitor, &headers, &search, make)
}

fn first_page<'a>(portal: &'a Portal, visitor: &'a Visitor) -> ServicesPage<'a> {
    let content = portal.app().content();
    let role = portal.settings().role;
    let counts = count_fields(content);
    let (local, province): (Vec<FieldCount<'_>>, Vec<FieldCount<'_>>) =
        counts.iter().partition(|field| field.local > 0);
    let home = &content.rules.home_district;
    let home = content.agencies.find(home).into_iter();
    let agencies = home.chain(content.agencies.of_kind(AgencyKind::Department)).filter_map(|agency| {
        let received = content.assignment.procedures_of(&agency.code).iter();
        let count = received.filter(|procedure| content.assignment.offers(&agency.code, **procedure)).count();
        (count > 0).then(|| Choice { agency, href: format!("{}?co-quan={}", path(role), agency.code), count })
    });
    ServicesPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        is_national: role == Role::National,
        path: path(role),
        total: counts.iter().map(|field| field.all).sum(),
        local_fields: links(content, role, local, |field| field.local),
        province_fields: links(content, role, province, |field| field.all),
        all_fields: counts.len(),
        agencies: agencies.collect(),
    }
}

/// What can be filed in one field.
#[derive(Clone, Copy)]
struct FieldCount<'a> {
    code: &'a str,
    all: usize,
    /// Those that districts or communes receive.
    local: usize,
}

fn count_fields(content: &Content) -> Vec<FieldCount<'_>> {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (number, procedure) in (0..).zip(content.procedures.all()) {
        if content.assignment.fileability(number) == Fileability::Here {
            let count = counts.entry(&procedure.field_code).or_default();
            count.0 += 1;
            count.1 += usize::from(is_local(content, number));
        }
    }
    counts.into_iter().map(|(code, (all, local))| FieldCount { code, all, local }).collect()
}

fn is_local(content: &Content, number: u32) -> bool {
    let mut agencies = content.assignment.agencies_of(number).iter().filter_map(|code| content.agencies.find(code));
    agencies.any(|agency| matches!(agency.kind, AgencyKind::DistrictCommittee | AgencyKind::CommuneCommittee))
}

/// The fields with the most of what is counted, in the order of the alphabet.
fn links<'a>(
    content: &'a Content,
    role: Role,
    mut fields: Vec<FieldCount<'_>>,
    most: impl Fn(&FieldCount<'_>) -> usize,
) -> Vec<FieldLink<'a>> {
    fields.sort_by_key(|field| std::cmp::Reverse(most(field)));
    let offered = fields.into_iter().take(FIELDS_OFFERED);
    let link = |field: FieldCount<'_>| {
        let href = Search::default().in_field(field.code).address(path(role), None);
        Some(FieldLink { name: &content.fields.find(field.code)?.name, href, count: field.all })
    };
    let mut links: Vec<FieldLink<'a>> = offered.filter_map(link).collect();
    links.sort_by_cached_key(|link| sort_key(link.name));
    links
}

async fn show_fields(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let search = Search::parse(&Fields::of_query(query.as_deref()), portal.app().content());
    let place = Place::Services(path(portal.settings().role));
    let page = || visitor.page(&portal).in_section(Section::Services);
    answer(&portal, &visitor, &headers, &search, || Ok(FieldsPage::new(page(), &portal, place, &search)))
}
