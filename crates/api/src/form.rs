//! What a procedure asks of whoever files it, for programs: form, papers and fees of the version of the day.

use ::procedures::{Fee, Paper};
use axum::extract::State;
use axum::response::Response;
use domain::codes::ProcedureCode;
use forms::Words;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use web::errors::WebError;
use web::portal::Portal;

use crate::caller::{Machine, Place};
use crate::json::private;
use crate::problem::{Problem, Refused};

/// Words in both languages.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({"vi": "Giấy chứng sinh", "en": "Certificate of birth"}))]
pub(crate) struct InBoth {
    /// In Vietnamese.
    vi: String,
    /// In English.
    en: String,
}

/// What a procedure asks of whoever files it today.
#[derive(Serialize, ToSchema)]
#[schema(example = json!({
    "procedure": "1.001193", "version": "2024-06-06", "valid_from": "2024-06-06",
    "schema": {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object"},
    "ui_schema": {"type": "Categorization", "elements": []},
    "papers": [{"code": "000.00.00.G21-KQ1", "title": {"vi": "Giấy chứng sinh", "en": "Certificate of birth"},
        "note": {"vi": "", "en": ""}, "is_required": true, "is_conditional": true}],
    "fees": [{"key": "le-phi", "title": {"vi": "Lệ phí", "en": "Fee"}, "amount": 8000, "per": null, "is_conditional": false}]
}))]
pub(crate) struct ProcedureForm {
    /// The procedure's code.
    procedure: String,
    /// The version of its form; null when it has none: then there is nothing to answer.
    version: Option<String>,
    /// The day from which that version counts.
    valid_from: Option<String>,
    /// The form as JSON Schema 2020-12, with everything to which it refers. The path of an answer is made of the names of
    /// the properties with dots between: `child.full_name`.
    #[schema(value_type = Option<Object>)]
    schema: Option<Value>,
    /// The pages of the form and the rules under which questions are asked (JSON Forms).
    #[schema(value_type = Option<Object>)]
    ui_schema: Option<Value>,
    /// The papers; a file for one is uploaded under its code.
    papers: Vec<PaperData>,
    /// What is paid.
    fees: Vec<FeeData>,
}

/// A paper.
#[derive(Serialize, ToSchema)]
pub(crate) struct PaperData {
    /// Its code, for `component` of an upload.
    code: String,
    /// What it is called.
    title: InBoth,
    /// A sentence for whoever looks for it; may be empty.
    note: InBoth,
    /// Whether it must be given when it is asked for.
    is_required: bool,
    /// Whether the answers decide if it is asked for.
    is_conditional: bool,
}

/// A fee.
#[derive(Serialize, ToSchema)]
pub(crate) struct FeeData {
    /// Its name.
    key: String,
    /// What it is paid for.
    title: InBoth,
    /// Whole đồng; for each where `per` names a question.
    amount: u64,
    /// The path of the answer that says how many times it is paid.
    per: Option<String>,
    /// Whether the answers decide if it is paid.
    is_conditional: bool,
}

/// Shows what a procedure asks of whoever files it today.
#[utoipa::path(get, path = "/api/v1/procedures/{code}/form", operation_id = "showForm", tag = "catalogue",
    params(("code" = String, Path, description = "The procedure's code")),
    responses((status = 200, description = "Form, papers and fees", body = ProcedureForm),
        (status = 404, description = "There is no such procedure", body = Problem,
            content_type = "application/problem+json")))]
pub(crate) async fn show(
    State(portal): State<Portal>,
    machine: Machine,
    Place(code): Place<String>,
) -> Result<Response, Refused> {
    let content = portal.app().content();
    let code = ProcedureCode::parse(&code).map_err(|_| WebError::NotFound)?;
    content.procedures.find(&code).ok_or(WebError::NotFound)?;
    let own = content.version_on(&code, machine.ctx.now.day());
    let papers = match own.filter(|own| !own.papers.is_empty()) {
        Some(own) => own.papers.iter().map(paper).collect(),
        None => listed(&portal, &code),
    };
    // A new version may begin with any day, so nothing of it is kept by anybody.
    Ok(private(&ProcedureForm {
        procedure: code.to_string(),
        version: own.map(|own| own.version.clone()),
        valid_from: own.map(|own| own.valid_from.to_string()),
        schema: own.map(|own| whole_schema(own.form.schema(), &content.whole_procedures.shared_schema)),
        ui_schema: own.map(|own| own.form.layout()),
        papers,
        fees: own.map(|own| own.fees.iter().map(fee).collect()).unwrap_or_default(),
    }))
}

/// The schema with the one to which it refers inside (JSON Schema 2020-12, core, 9.3.1).
fn whole_schema(mut schema: Value, shared: &Value) -> Value {
    schema["$defs"]["shared"] = shared.clone();
    schema
}

fn paper(paper: &Paper) -> PaperData {
    PaperData {
        code: paper.code.clone(),
        title: in_both(&paper.title),
        note: in_both(&paper.note),
        is_required: paper.is_required,
        is_conditional: paper.when.is_some(),
    }
}

/// The papers of the record, which does not say whether one must be given.
fn listed(portal: &Portal, code: &ProcedureCode) -> Vec<PaperData> {
    let Some(detail) = portal.app().content().procedures.detail(code) else { return Vec::new() };
    let papers = detail.components().map(|component| {
        let name = component.title();
        PaperData {
            code: component.code.clone(),
            title: InBoth { vi: name.to_owned(), en: name.to_owned() },
            note: InBoth { vi: String::new(), en: String::new() },
            is_required: false,
            is_conditional: false,
        }
    });
    papers.collect()
}

fn fee(fee: &Fee) -> FeeData {
    FeeData {
        key: fee.key.clone(),
        title: in_both(&fee.title),
        amount: fee.amount,
        per: fee.per.clone(),
        is_conditional: fee.when.is_some(),
    }
}

fn in_both(words: &Words) -> InBoth {
    InBoth { vi: words.vi.clone(), en: words.en.clone() }
}
