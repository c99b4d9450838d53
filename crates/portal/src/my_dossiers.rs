//! `/ho-so`: the signed-in person's own dossiers and drafts.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::dossier::Status;
use usecases::{DossierRow, list_my_dossiers};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::words::status_words;

#[derive(Template)]
#[template(path = "portal/my_dossiers.html")]
struct MyDossiersPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    drafts: Vec<Entry>,
    filed: Vec<Entry>,
}

/// One dossier of the list.
struct Entry {
    href: String,
    title: String,
    agency: String,
    code: String,
    at: String,
    due: String,
    overdue: bool,
    status: web::i18n::TextKey,
    tone: web::view::parts::Tone,
}

pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let account = visitor.account()?;
    let rows = list_my_dossiers(portal.app(), account.id, None).await?;
    let now = visitor.ctx.now;
    let (drafts, filed): (Vec<_>, Vec<_>) = rows.iter().map(|row| (row.status, entry(row, now))).partition(|(status, _)| {
        *status == Status::Draft
    });
    let entries = |list: Vec<(Status, Entry)>| list.into_iter().map(|(_, entry)| entry).collect();
    html(&MyDossiersPage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t: visitor.texts(),
        drafts: entries(drafts),
        filed: entries(filed),
    })
}

fn entry(row: &DossierRow, now: domain::time::Instant) -> Entry {
    let (status, tone) = status_words(row.status);
    let href = match &row.code {
        Some(code) => format!("/ho-so/{code}"),
        None => format!("/nop-ho-so/{}/{}/chu-ho-so", row.procedure, row.id),
    };
    let due_at = match row.status {
        Status::Filed => row.answer_due_at,
        Status::Accepted => row.due_at,
        _ => None,
    };
    Entry {
        href,
        title: row.procedure_name.clone(),
        agency: row.agency_name.clone(),
        code: row.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        at: row.filed_at.unwrap_or(row.started_at).vietnamese(),
        due: due_at.map(|due_at| due_at.vietnamese()).unwrap_or_default(),
        overdue: due_at.is_some_and(|due_at| now > due_at),
        status,
        tone,
    }
}
