//! The agencies of the province for machines.

use axum::extract::State;
use axum::response::Response;
use domain::agency::Agency;
use domain::codes::AgencyCode;
use serde::Serialize;
use utoipa::ToSchema;
use web::portal::Portal;

use crate::caller::Place;
use crate::json::{not_found, public};
use crate::problem::Problem;

/// All agencies.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgencyList {
    /// The day whose map of agencies this is.
    map_day: String,
    /// The agencies.
    agencies: Vec<AgencyItem>,
}

/// An agency in brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgencyItem {
    /// Its identifier code.
    code: String,
    /// Its name.
    name: String,
    /// Its kind.
    kind: &'static str,
    /// Its level.
    level: &'static str,
    /// Code of the agency above it.
    parent: Option<String>,
    /// How many procedures it receives at this portal.
    procedure_count: usize,
}

/// An agency with what it receives.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgencyRecord {
    /// The agency in brief.
    #[serde(flatten)]
    item: AgencyItem,
    /// Telephone number for questions.
    help_phone: String,
    /// Codes of the procedures that it receives.
    procedures: Vec<String>,
}

/// Lists the agencies of the province.
#[utoipa::path(get, path = "/api/v1/agencies", operation_id = "listAgencies", tag = "catalogue", responses((status = 200, description = "The agencies", body = AgencyList)))]
pub(crate) async fn list(State(portal): State<Portal>) -> Response {
    let agencies = &portal.app().content().agencies;
    public(&AgencyList {
        map_day: agencies.map_day().to_string(),
        agencies: agencies.all().map(|agency| item(&portal, agency)).collect(),
    })
}

/// Shows one agency with the procedures that it receives.
#[utoipa::path(get, path = "/api/v1/agencies/{code}", operation_id = "showAgency", tag = "catalogue", params(("code" = String, Path, description = "The agency's code")),
    responses((status = 200, description = "The agency", body = AgencyRecord), (status = 404, description = "There is no such agency", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn show(State(portal): State<Portal>, Place(code): Place<String>) -> Response {
    let content = portal.app().content();
    let found = AgencyCode::parse(&code).ok().and_then(|code| content.agencies.find(&code));
    let Some(agency) = found else {
        return not_found("There is no such agency", "The province has no agency with this code.");
    };
    public(&AgencyRecord {
        item: item(&portal, agency),
        help_phone: portal.app().help_phone(&agency.code),
        procedures: content.procedures_of(&agency.code).map(|procedure| procedure.code.to_string()).collect(),
    })
}

fn item(portal: &Portal, agency: &Agency) -> AgencyItem {
    AgencyItem {
        code: agency.code.to_string(),
        name: agency.name.clone(),
        kind: agency.kind.as_str(),
        level: agency.level.as_str(),
        parent: agency.parent.as_ref().map(ToString::to_string),
        procedure_count: portal.app().content().assignment.procedures_of(&agency.code).len(),
    }
}
