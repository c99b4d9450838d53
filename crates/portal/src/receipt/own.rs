//! `/ho-so/{code}/bien-nhan`: the receipt for whoever filed the dossier, as a page and as a file to keep.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::codes::DossierCode;
use domain::receipt::{OpenedField, SignedReceipt};
use usecases::receipts::{IssuedReceipt, view_receipt};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::filters;
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use crate::other_role::other_role;

use super::words::{FieldWords, file_name, moment, short};

#[derive(Template)]
#[template(path = "portal/receipt/own.html")]
struct ReceiptPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    code: String,
    /// None for a dossier that was filed before there were receipts.
    receipt: Option<Shown<'a>>,
}

/// A receipt in words.
struct Shown<'a> {
    receipt: &'a SignedReceipt,
    facts: Vec<SummaryRow>,
    files: Vec<ShownFile<'a>>,
    entered: Vec<SummaryRow>,
    digest: String,
    signature_short: String,
}

struct ShownFile<'a> {
    name: &'a str,
    component: &'a str,
    size: u64,
    digest_short: String,
    digest: String,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let found = match find(&portal, &visitor, &code).await {
        Err(WebError::NotFound) => return other_role(&portal, &visitor, &code).await,
        found => found?,
    };
    let t = visitor.texts();
    html(&ReceiptPage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t,
        code: found.dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        receipt: found.receipt.as_ref().map(|receipt| shown(&portal, receipt, t)),
    })
}

pub(super) async fn download(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let receipt = find(&portal, &visitor, &code).await?.receipt.ok_or(WebError::NotFound)?;
    Ok(file(&receipt, "bien-nhan"))
}

pub(super) async fn download_without_values(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let receipt = find(&portal, &visitor, &code).await?.receipt.ok_or(WebError::NotFound)?;
    Ok(file(&receipt.without_values(), "bien-nhan-rut-gon"))
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<IssuedReceipt, WebError> {
    visitor.account()?;
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    Ok(view_receipt(portal.app(), &visitor.ctx, &code).await?)
}

fn file(receipt: &SignedReceipt, name: &str) -> Response {
    let name = format!("{}-{name}.json", receipt.manifest.code);
    web::files::made(receipt.to_text().into_bytes(), "application/json", &name)
}

fn shown<'a>(portal: &Portal, receipt: &'a SignedReceipt, t: &Texts) -> Shown<'a> {
    let manifest = &receipt.manifest;
    let procedure =
        format!("{}\n{} · {}", manifest.procedure.name, manifest.procedure.code, manifest.procedure.version);
    let facts = vec![
        SummaryRow::new(t.m("fact-procedure"), procedure),
        SummaryRow::new(t.m("fact-desk"), manifest.agency.name.as_str()),
        SummaryRow::new(t.m("fact-filed"), moment(&manifest.filed_at)),
        SummaryRow::new(t.m("fact-answer-due"), moment(&manifest.answer_due_at)),
    ];
    let files = manifest.files.iter().enumerate().map(|(place, file)| ShownFile {
        name: file_name(&receipt.opened, place).unwrap_or_default(),
        component: &file.component,
        size: file.size,
        digest_short: short(file.sha256),
        digest: file.sha256.to_string(),
    });
    // What was left empty and the names of the files, which stand above, are not repeated.
    let is_told =
        |field: &&OpenedField| !field.path.starts_with("/files/") && !field.value.is_null() && field.path != "/answers";
    let words = FieldWords::of(portal, &manifest.procedure.code, manifest.procedure.form.as_deref(), t);
    let entered = receipt.opened.iter().filter(is_told);
    let entered = entered.map(|field| SummaryRow::new(words.name(&field.path), words.value(field)));
    let (digest, signature) = (manifest.digest(), receipt.signature.as_str());
    let end = signature.rsplit("..").next().unwrap_or_default();
    Shown {
        receipt,
        facts,
        files: files.collect(),
        entered: entered.collect(),
        digest: digest.to_string(),
        signature_short: end.chars().take(16).collect(),
    }
}
