//! The home page: search, the ways in, what people need most, and the services of the home district (R21, R37, R51).

use askama::Template;
use axum::Router;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use domain::agency::Agency;
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::{Portal, Role};
use web::shell;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::popular::{LifeEvent, life_events};

/// The address of the home page.
pub(crate) fn routes() -> Router<Portal> {
    Router::new().route("/", get(show))
}

#[derive(Template)]
#[template(path = "portal/home.html")]
struct HomePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    is_national: bool,
    services_path: &'static str,
    other_portal_url: Option<&'a str>,
    events: Vec<LifeEvent>,
    district: Option<District<'a>>,
    procedure_count: usize,
}

/// The district at home, with how many procedures it and its communes receive.
struct District<'a> {
    agency: &'a Agency,
    procedures: usize,
    communes: usize,
}

async fn show(State(portal): State<Portal>, visitor: Visitor, headers: HeaderMap) -> Result<Response, WebError> {
    let make = || {
        let content = portal.app().content();
        let role = portal.settings().role;
        let district = content.agencies.find(&content.rules.home_district).map(|agency| District {
            agency,
            procedures: content.assignment.procedures_of(&agency.code).len(),
            communes: content.agencies.communes_of(&agency.code).count(),
        });
        Ok(HomePage {
            page: visitor.page(&portal).in_section(Section::Home),
            t: visitor.texts(),
            is_national: role == Role::National,
            services_path: crate::services::path(role),
            other_portal_url: portal.settings().other_portal_url.as_deref(),
            events: life_events(content),
            district,
            procedure_count: content.procedures.all().len(),
        })
    };
    shell::cached_html(&portal, &visitor, &headers, make)
}
