//! `/ho-so`: the signed-in person's own dossiers and drafts.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::dossier::Status;
use usecases::{DossierRow, list_my_dossiers};
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::Tone;
use web::visitor::Visitor;

use crate::words::status_words;

#[derive(Template)]
#[template(path = "portal/my_dossiers.html")]
struct MyDossiersPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// *Hồ sơ của tôi*, or of whoever is represented.
    title: String,
    may_file: bool,
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
    /// What is due next and when.
    due: Option<(TextKey, String)>,
    overdue: bool,
    status: TextKey,
    tone: Tone,
}

pub(crate) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    let may_file = visitor.account()?.may_file();
    let page = visitor.page(&portal).in_section(Section::MyDossiers);
    let rows = list_my_dossiers(portal.app(), &visitor.ctx, None).await?;
    let now = visitor.ctx.now;
    let (drafts, filed): (Vec<_>, Vec<_>) =
        rows.iter().map(|row| (row.status, entry(row, now))).partition(|(status, _)| *status == Status::Draft);
    let entries = |list: Vec<(Status, Entry)>| list.into_iter().map(|(_, entry)| entry).collect();
    html(&MyDossiersPage {
        title: page.dossiers_link().unwrap_or_default(),
        page,
        t: visitor.texts(),
        may_file,
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
        Status::Filed => row.answer_due_at.map(|at| (TextKey("fact-answer-due"), at)),
        Status::Accepted => row.due_at.map(|at| (TextKey("fact-due"), at)),
        Status::Draft
        | Status::AwaitingSupplement
        | Status::Refused
        | Status::Withdrawn
        | Status::Finished
        | Status::Returned => None,
    };
    Entry {
        href,
        title: row.procedure_name.clone(),
        agency: row.agency_name.clone(),
        code: row.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        at: row.filed_at.unwrap_or(row.started_at).vietnamese(),
        due: due_at.map(|(key, due_at)| (key, due_at.vietnamese())),
        overdue: due_at.is_some_and(|(_, due_at)| now > due_at),
        status,
        tone,
    }
}
