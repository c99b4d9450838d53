//! Drafts for programs: begun, listed, shown, changed; filed in `submit`, files in `uploads` and `files`.

mod change;
mod files;
mod obstacles;
mod owner;
mod submit;
mod uploads;
mod view;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{ETAG, LOCATION};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::Response;
use domain::codes::{AgencyCode, ProcedureCode};
use domain::dossier::{Dossier, Status};
use domain::ids::DossierId;
use serde::Serialize;
use usecases::{Cursor, DossierRow, OwnQuery, StartError, find_draft, find_open_draft, list_my_dossiers, start_draft};
use utoipa::{IntoParams, ToSchema};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::TextKey;
use web::portal::Portal;

use crate::caller::{Caller, Place};
use crate::json::{answer, private};
use crate::problem::{FILED, NOT_FILEABLE, Problem, Refused};
use crate::strict::{Faults, Reader, read_object};

pub(crate) use change::{__path_change, __path_delete, change, delete};
pub(crate) use files::{__path_download, __path_remove, download, file_id, remove};
pub(crate) use obstacles::{__path_obstacles, Obstacle, obstacles};
pub(crate) use submit::{__path_submit, submit};
pub(crate) use uploads::{
    __path_abilities, __path_append, __path_create, __path_forget, __path_tell, abilities, append, create, forget, tell,
};
pub(crate) use view::{DeliveryData, Draft, FileData, Named, OwnerData};

/// What a program begins.
#[derive(ToSchema)]
#[schema(example = json!({"procedure": "1.001193", "agency": "H21.58.51"}))]
#[allow(dead_code, reason = "describes the body for OpenAPI; it is read name by name")]
pub(crate) struct NewDraft {
    /// The procedure's code.
    procedure: String,
    /// The code of an agency that receives it.
    agency: String,
}

/// A page of drafts.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"drafts": [{
    "id": "8f14e45fceea167a5a36dedd4bea2543", "procedure": {"code": "1.001193", "name": "Thủ tục đăng ký khai sinh"},
    "agency": {"code": "H21.58.51", "name": "UBND thị trấn Ia Kha"}, "owner_name": null, "started_at": 1795395600000_i64
}], "next": null}))]
pub(crate) struct DraftList {
    /// The drafts, the latest first.
    drafts: Vec<DraftItem>,
    /// Where the next page begins, as `after`; null on the last page.
    next: Option<String>,
}

/// A draft in brief.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftItem {
    /// Its identifier.
    id: String,
    /// The procedure.
    procedure: Named,
    /// The agency that will receive it.
    agency: Named,
    /// Whose matter it is, once that was entered.
    owner_name: Option<String>,
    /// When it was begun, in milliseconds UTC.
    started_at: i64,
}

/// Where a list goes on.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "describes the query for OpenAPI; it is read field by field")]
pub(crate) struct PageParams {
    /// The value of `next` of the page before.
    after: Option<String>,
}

/// Begins a draft, or comes back to the one that the person has for this procedure at this agency.
#[utoipa::path(post, path = "/api/v1/drafts", operation_id = "startDraft", tag = "drafts", request_body = NewDraft,
    security(("account" = ["dossiers"])),
    responses((status = 201, description = "A draft was begun", body = Draft,
            headers(("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version"))),
        (status = 200, description = "The person has this draft already", body = Draft,
            headers(("Location" = String, description = "Its address"), ("ETag" = String, description = "Its version"))),
        crate::description::Refusals, crate::description::BodyRefusals))]
pub(crate) async fn start(
    State(portal): State<Portal>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let mut faults = Faults::new(caller.t);
    let mut reader = Reader::new("", read_object(&headers, &body, caller.t)?);
    let procedure = reader.needed_text("procedure", &mut faults);
    let agency = reader.needed_text("agency", &mut faults);
    reader.end(&mut faults);
    let code = procedure.and_then(|text| {
        let code = ProcedureCode::parse(&text).ok();
        let known = code.filter(|code| portal.app().content().procedures.find(code).is_some());
        if known.is_none() {
            faults.refuse("/procedure".to_owned(), TextKey("api-fault-procedure"));
        }
        known
    });
    let agency = agency.and_then(|text| {
        let code = AgencyCode::parse(&text).ok();
        if code.is_none() {
            faults.refuse("/agency".to_owned(), TextKey("api-fault-agency"));
        }
        code
    });
    faults.end()?;
    let (Some(code), Some(agency)) = (code, agency) else { return Err(WebError::Unreadable.into()) };
    caller.count_change(&portal).await?;
    let account = &caller.admitted.account;
    let known = find_open_draft(portal.app(), account.id, &code, &agency).await?;
    let dossier = match start_draft(portal.app(), &caller.ctx, account, &code, &agency).await {
        Ok(dossier) => dossier,
        Err(StartError::NoProcedure | StartError::NotFileable(_) | StartError::NotOffered) => {
            return Err(NOT_FILEABLE.refused(caller.t));
        }
        Err(StartError::Act(error)) => return Err(error.into()),
    };
    let status = if known.is_some_and(|known| known.id == dossier.id) { StatusCode::OK } else { StatusCode::CREATED };
    let mut response = shown(&portal, &caller, &dossier, status).await?;
    if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/drafts/{}", dossier.id)) {
        response.headers_mut().insert(LOCATION, place);
    }
    Ok(response)
}

/// Lists the person's drafts.
#[utoipa::path(get, path = "/api/v1/drafts", operation_id = "listDrafts", tag = "drafts", params(PageParams),
    security(("account" = ["dossiers"])),
    responses((status = 200, description = "A page of drafts", body = DraftList), crate::description::Refusals,
        crate::description::QueryRefusals))]
pub(crate) async fn list(State(portal): State<Portal>, caller: Caller, uri: Uri) -> Result<Response, Refused> {
    let after = read_after(&Fields::of_query(uri.query()), &caller)?;
    let query = OwnQuery { statuses: vec![Status::Draft], words: String::new(), after };
    let page = list_my_dossiers(portal.app(), &caller.ctx, query).await?;
    Ok(private(&DraftList {
        drafts: page.rows.into_iter().map(item).collect(),
        next: page.next.map(|cursor| cursor.to_string()),
    }))
}

/// Shows a draft with what keeps it from being filed.
#[utoipa::path(get, path = "/api/v1/drafts/{id}", operation_id = "showDraft", tag = "drafts",
    params(("id" = String, Path, description = "The draft's identifier")), security(("account" = ["dossiers"])),
    responses((status = 200, description = "The draft", body = Draft,
            headers(("ETag" = String, description = "Its version, for `If-Match`"))),
        crate::description::Refusals, crate::description::DraftRefusals))]
pub(crate) async fn show(
    State(portal): State<Portal>,
    caller: Caller,
    Place(id): Place<String>,
) -> Result<Response, Refused> {
    let dossier = find(&portal, &caller, &id).await?;
    Ok(shown(&portal, &caller, &dossier, StatusCode::OK).await?)
}

/// The draft of this identifier; refused when it is another's, or filed by now.
async fn find(portal: &Portal, caller: &Caller, id: &str) -> Result<Dossier, Refused> {
    let id = id_of(id)?;
    let dossier = find_draft(portal.app(), &caller.ctx, id).await?;
    if dossier.is_draft() { Ok(dossier) } else { Err(filed(caller, &dossier)) }
}

fn id_of(text: &str) -> Result<DossierId, Refused> {
    DossierId::parse(text).map_err(|_| WebError::NotFound.into())
}

/// The draft is a dossier by now.
fn filed(caller: &Caller, dossier: &Dossier) -> Refused {
    let mut document: Problem = FILED.document(caller.t);
    document.code = dossier.code.as_ref().map(ToString::to_string);
    document.into()
}

async fn shown(portal: &Portal, caller: &Caller, dossier: &Dossier, status: StatusCode) -> Result<Response, WebError> {
    let mut response = answer(status, &Draft::of(portal, caller, dossier).await?);
    response.headers_mut().insert(ETAG, version_tag(dossier));
    Ok(response)
}

/// A draft's version as an entity tag (RFC 9110, 8.8.3).
fn version_tag(dossier: &Dossier) -> HeaderValue {
    HeaderValue::from_str(&format!("\"{}\"", dossier.version)).unwrap_or(HeaderValue::from_static("\"0\""))
}

/// Where a list goes on.
pub(crate) fn read_after(fields: &Fields, caller: &Caller) -> Result<Option<Cursor>, Refused> {
    let Some(text) = fields.find("after") else { return Ok(None) };
    let cursor = text.parse::<Cursor>().ok();
    if cursor.is_none() {
        let mut faults = Faults::new(caller.t);
        faults.refuse("after".to_owned(), TextKey("api-fault-after"));
        faults.end()?;
    }
    Ok(cursor)
}

fn item(row: DossierRow) -> DraftItem {
    DraftItem {
        id: row.id.to_string(),
        procedure: Named { code: row.procedure.to_string(), name: row.procedure_name },
        agency: Named { code: row.agency.to_string(), name: row.agency_name },
        owner_name: row.owner_name,
        started_at: row.started_at.as_millis(),
    }
}
