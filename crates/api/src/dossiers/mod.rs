//! A person's filed dossiers for programs: where each stands, who holds it, what happened, its receipt and files.

mod files;
mod view;

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::Status;
use serde::Serialize;
use usecases::{DossierRow, OwnQuery, list_my_dossiers, view_dossier};
use utoipa::{IntoParams, ToSchema};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::TextKey;
use web::portal::Portal;

use crate::caller::{Caller, Place};
use crate::drafts::{Named, read_after};
use crate::json::private;
use crate::problem::Refused;
use crate::strict::Faults;

pub(crate) use files::{__path_download, __path_receipt, __path_result, download, receipt, result};
pub(crate) use view::DossierData;

/// The most states of one list.
const MOST_STATES: usize = 4;
/// The most characters that are looked for.
const LONGEST_WORDS: usize = 200;

/// What dossiers are looked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the query for OpenAPI; it is read field by field")]
pub(crate) struct DossierParams {
    /// A state, at most four times: `filed`, `accepted`, `awaiting_supplement`, `refused`, `withdrawn`, `finished` or
    /// `returned`; all when it is left out.
    #[param(style = Form, explode)]
    status: Vec<String>,
    /// Words that the code, the procedure or the owner's name must hold.
    q: Option<String>,
    /// The value of `next` of the page before.
    after: Option<String>,
}

/// A page of dossiers.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"dossiers": [{
    "code": "H21.58.51-261123-0001", "status": "filed",
    "procedure": {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"},
    "agency": {"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"}, "owner_name": "Rơ Châm H'Lan",
    "filed_at": 1795395600000_i64, "answer_due_at": 1795482000000_i64, "due_at": null
}], "next": null}))]
pub(crate) struct DossierList {
    /// The dossiers, the latest first. A page may be short, or empty, and still have a next one.
    dossiers: Vec<DossierItem>,
    /// Where the next page begins, as `after`; null on the last page.
    next: Option<String>,
}

/// A dossier in brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct DossierItem {
    /// Its code.
    code: String,
    /// Where it stands.
    status: &'static str,
    /// The procedure.
    procedure: Named,
    /// The agency that received it.
    agency: Named,
    /// Whose matter it is.
    owner_name: Option<String>,
    /// When it was filed, in milliseconds UTC.
    filed_at: Option<i64>,
    /// By when the desk must answer, in milliseconds UTC.
    answer_due_at: Option<i64>,
    /// The appointed return, in milliseconds UTC.
    due_at: Option<i64>,
}

/// Lists the person's filed dossiers.
#[utoipa::path(get, path = "/api/v1/dossiers", operation_id = "listDossiers", tag = "dossiers", params(DossierParams),
    security(("account" = ["dossiers"])),
    responses((status = 200, description = "A page of dossiers", body = DossierList), crate::description::Refusals,
        crate::description::QueryRefusals))]
pub(crate) async fn list(State(portal): State<Portal>, caller: Caller, uri: Uri) -> Result<Response, Refused> {
    let fields = Fields::of_query(uri.query());
    let after = read_after(&fields, &caller)?;
    let mut faults = Faults::new(caller.t);
    let asked: Vec<&str> = fields.all("status").collect();
    let known = |text: &str| Status::parse(text).ok().filter(|status| *status != Status::Draft);
    let statuses: Vec<Status> = asked.iter().filter_map(|text| known(text)).collect();
    if statuses.len() != asked.len() || statuses.len() > MOST_STATES {
        faults.refuse("status".to_owned(), TextKey("api-fault-status"));
    }
    faults.end()?;
    let words: String = fields.text("q").chars().filter(|c| !c.is_control()).take(LONGEST_WORDS).collect();
    let page = list_my_dossiers(portal.app(), &caller.ctx, OwnQuery { statuses, words, after }).await?;
    Ok(private(&DossierList {
        dossiers: page.rows.into_iter().filter_map(item).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
    }))
}

/// Shows a dossier: where it stands, who has it, what happened and what is due.
#[utoipa::path(get, path = "/api/v1/dossiers/{code}", operation_id = "showDossier", tag = "dossiers",
    params(("code" = String, Path, description = "The dossier's code")), security(("account" = ["dossiers"])),
    responses((status = 200, description = "The dossier", body = DossierData), crate::description::Refusals,
        crate::description::DossierRefusals))]
pub(crate) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Place(code): Place<String>,
) -> Result<Response, Refused> {
    let found = view_dossier(portal.app(), &caller.ctx, &code_of(&code)?).await?;
    Ok(private(&DossierData::of(&found, caller.ctx.now)))
}

fn code_of(text: &str) -> Result<DossierCode, Refused> {
    DossierCode::parse(text).map_err(|_| WebError::NotFound.into())
}

/// A row of the list; none for a draft.
fn item(row: DossierRow) -> Option<DossierItem> {
    Some(DossierItem {
        code: row.code?.to_string(),
        status: row.status.as_str(),
        procedure: Named { code: row.procedure.to_string(), name: row.procedure_name },
        agency: Named { code: row.agency.to_string(), name: row.agency_name },
        owner_name: row.owner_name,
        filed_at: row.filed_at.map(|at| at.as_millis()),
        answer_due_at: row.answer_due_at.map(|at| at.as_millis()),
        due_at: row.due_at.map(|at| at.as_millis()),
    })
}
