//! The catalogue for machines.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::catalogue::{Fileability, Level, OnlineLevel, ProcedureDetail, ProcedureSummary};
use domain::codes::{AgencyCode, ProcedureCode};
use serde::Serialize;
use usecases::find_procedures::{ProcedureQuery, find_procedures};
use utoipa::{IntoParams, ToSchema};
use web::fields::Fields;
use web::portal::Portal;

use crate::caller::Place;
use crate::json::{invalid, not_found, public};
use crate::problem::Problem;

const PAGE_SIZE: usize = 50;

/// What procedures are looked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the query for OpenAPI; it is read field by field")]
pub(crate) struct ProcedureParams {
    /// Words as a person types them, or a code.
    q: Option<String>,
    /// Code of the field (lĩnh vực).
    field: Option<String>,
    /// `ministry`, `province`, `district`, `commune` or `other`.
    level: Option<String>,
    /// Code of the agency that receives it.
    agency: Option<String>,
    /// `full`, `partial` or `none`.
    online_level: Option<String>,
    /// `true` for what can be filed at this portal only.
    fileable: Option<bool>,
    /// The page, from 1; 50 procedures a page.
    page: Option<u32>,
}

/// A page of procedures.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcedureList {
    /// How many were found; with words at most 200.
    total: usize,
    /// This page, from 1.
    page: usize,
    /// How many there are on a page.
    page_size: usize,
    /// Version of the catalogue.
    catalogue_version: String,
    /// The procedures.
    procedures: Vec<ProcedureItem>,
}

/// A procedure in brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcedureItem {
    /// Its code in the national database.
    code: String,
    /// Its name.
    name: String,
    /// Code of its field.
    field_code: String,
    /// Name of its field.
    field_name: String,
    /// Code of the body that announced it.
    issuer_code: String,
    /// The levels that carry it out.
    levels: Vec<&'static str>,
    /// `full`, `partial` or `none`.
    online_level: &'static str,
    /// Whether a dossier can be filed at this portal.
    fileable: bool,
    /// The longest time it takes, in Vietnamese; absent when the record states none.
    longest_time: Option<String>,
}

/// A procedure with its whole record.
#[derive(Serialize, ToSchema)]
pub(crate) struct ProcedureRecord {
    /// The procedure in brief.
    #[serde(flatten)]
    item: ProcedureItem,
    /// Codes of the agencies of this province that receive it.
    agencies: Vec<String>,
    /// The record as the national database has it; absent for procedures of other provinces.
    #[schema(value_type = Option<Object>)]
    record: Option<ProcedureDetail>,
}

/// Lists procedures, the best match first.
#[utoipa::path(get, path = "/api/v1/procedures", operation_id = "listProcedures", tag = "catalogue", params(ProcedureParams),
    responses((status = 200, description = "A page of procedures", body = ProcedureList), (status = 422, description = "A parameter has a value that is not known", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn list(State(portal): State<Portal>, uri: Uri) -> Response {
    let fields = Fields::of_query(uri.query());
    let (query, page) = match read(&fields) {
        Ok(read) => read,
        Err(name) => {
            return invalid(
                "A parameter is not valid",
                &format!("The parameter {name} has a value that is not known."),
            );
        }
    };
    let found = find_procedures(portal.app(), &query, (page - 1) * PAGE_SIZE, PAGE_SIZE);
    public(&ProcedureList {
        total: found.total,
        page,
        page_size: PAGE_SIZE,
        catalogue_version: portal.app().content().versions.catalogue.clone(),
        procedures: found.procedures.into_iter().map(|procedure| item(&portal, procedure)).collect(),
    })
}

/// Shows one procedure with its record.
#[utoipa::path(get, path = "/api/v1/procedures/{code}", operation_id = "showProcedure", tag = "catalogue", params(("code" = String, Path, description = "The procedure's code")),
    responses((status = 200, description = "The procedure", body = ProcedureRecord), (status = 404, description = "There is no such procedure", body = Problem, content_type = "application/problem+json")))]
pub(crate) async fn show(State(portal): State<Portal>, Place(code): Place<String>) -> Response {
    let content = portal.app().content();
    let found = ProcedureCode::parse(&code).ok().and_then(|code| content.procedures.find(&code));
    let Some(procedure) = found else {
        return not_found("There is no such procedure", "The catalogue has no procedure with this code.");
    };
    public(&ProcedureRecord {
        item: item(&portal, procedure),
        agencies: content.agencies_of(&procedure.code).iter().map(ToString::to_string).collect(),
        record: content.procedures.detail(&procedure.code),
    })
}

fn item(portal: &Portal, procedure: &ProcedureSummary) -> ProcedureItem {
    let content = portal.app().content();
    ProcedureItem {
        code: procedure.code.to_string(),
        name: procedure.name.clone(),
        field_name: content.fields.find(&procedure.field_code).map(|field| field.name.clone()).unwrap_or_default(),
        field_code: procedure.field_code.clone(),
        issuer_code: procedure.issuer_code.clone(),
        levels: procedure.levels.iter().map(Level::as_str).collect(),
        online_level: procedure.online_level.as_str(),
        fileable: content.fileability(&procedure.code) == Some(Fileability::Here),
        longest_time: procedure.longest_time.map(|limit| limit.to_string()),
    }
}

/// The query, or the name of the parameter that cannot be read.
fn read(fields: &Fields) -> Result<(ProcedureQuery, usize), &'static str> {
    let optional = |name: &str| Some(fields.text(name)).filter(|text| !text.is_empty());
    let level = optional("level").map(Level::parse).transpose().map_err(|_| "level")?;
    let agency = optional("agency").map(AgencyCode::parse).transpose().map_err(|_| "agency")?;
    let online = optional("online_level").map(OnlineLevel::parse).transpose().map_err(|_| "online_level")?;
    let only_fileable = match fields.text("fileable") {
        "" | "false" => false,
        "true" => true,
        _ => return Err("fileable"),
    };
    let page = match optional("page").map(str::parse::<usize>) {
        None => 1,
        Some(Ok(page @ 1..=1_000)) => page,
        Some(_) => return Err("page"),
    };
    let words: String = fields.text("q").chars().take(200).collect();
    let field = optional("field").map(str::to_owned);
    Ok((ProcedureQuery { words, field, level, agency, applicant: None, online, only_fileable }, page))
}
