//! The catalogue as a list: `/thu-tuc`, with search, filters and pages (R14, R48).

mod results;
mod search;

use askama::Template;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell;
use web::view::filters;
use web::view::page::{Page, Section};
use web::view::parts::Link;
use web::visitor::Visitor;

pub(crate) use results::{Place, Results};
pub(crate) use search::Search;

use results::fields_found;

use crate::popular::{self, Popular};
use crate::procedure::vi;

/// Longer addresses are answered but not kept: nobody types them twice.
const KEPT_ADDRESS: usize = 400;

/// The addresses of the catalogue.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/thu-tuc", get(show)).route("/thu-tuc/linh-vuc", get(show_fields))
}

#[derive(Template)]
#[template(path = "portal/procedures.html")]
struct ProceduresPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    results: Results<'a>,
    popular: Vec<Popular>,
}

impl ProceduresPage<'_> {
    fn vi(&self) -> &'static str {
        vi(self.t)
    }
}

async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let search = Search::parse(&Fields::of_query(query.as_deref()), portal.app().content());
    let make = || {
        let results = Results::find(&portal, Place::Catalogue, &search, visitor.texts());
        Ok(ProceduresPage {
            page: visitor.page(&portal).in_section(Section::Procedures),
            t: visitor.texts(),
            popular: popular::when_nothing_found(&results, portal.app().content()),
            results,
        })
    };
    answer(&portal, &visitor, &headers, &search, make)
}

/// Answers a list, from memory where it was asked for before and may be asked for again.
pub(crate) fn answer<T: Template>(
    portal: &Portal,
    visitor: &Visitor,
    headers: &HeaderMap,
    search: &Search,
    make: impl FnOnce() -> Result<T, WebError>,
) -> Result<Response, WebError> {
    if visitor.address.len() <= KEPT_ADDRESS && search.notices.is_empty() && search.page < 1_000 {
        return shell::cached_html(portal, visitor, headers, make);
    }
    shell::html(&make()?)
}

/// Every field of what was found.
#[derive(Template)]
#[template(path = "portal/procedures_fields.html")]
pub(crate) struct FieldsPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    crumbs: Vec<Link>,
    fields: Vec<(String, String, usize)>,
}

impl<'a> FieldsPage<'a> {
    /// The page for a list.
    pub(crate) fn new(page: Page<'a>, portal: &Portal, place: Place<'_>, search: &Search) -> Self {
        let t = page.t;
        let list = match place {
            Place::Catalogue => Link::new("/thu-tuc", t.m("menu-procedures")),
            Place::Services(path) => Link::new(path, t.m("menu-services")),
            Place::Agency(agency) => Link::new(place.path(), agency.name.as_str()),
        };
        Self {
            t,
            crumbs: vec![Link::new("/", t.m("menu-home")), list],
            fields: fields_found(portal, place, search),
            page,
        }
    }

    fn vi(&self) -> &'static str {
        vi(self.t)
    }
}

async fn show_fields(
    State(portal): State<Portal>,
    visitor: Visitor,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, WebError> {
    let search = Search::parse(&Fields::of_query(query.as_deref()), portal.app().content());
    let page = || visitor.page(&portal).in_section(Section::Procedures);
    answer(&portal, &visitor, &headers, &search, || Ok(FieldsPage::new(page(), &portal, Place::Catalogue, &search)))
}
