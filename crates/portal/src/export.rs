//! `/ho-so/{code}/tat-ca.zip`: everything of one's dossier, to keep.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::Dossier;
use usecases::{export_dossier, view_dossier};
use web::answers::{AnsweredPage, answered};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::view::filters;
use web::view::parts::{Step, SummaryRow};
use web::visitor::Visitor;

use crate::words::{delivery_row, filer, owner_rows, status_words, timeline_with_names};

/// The dossier on one page that needs nothing else.
#[derive(Template)]
#[template(path = "portal/export.html")]
struct ExportPage<'a> {
    t: &'static Texts,
    dossier: &'a Dossier,
    portal: &'a str,
    made_at: String,
    code: String,
    status: &'static str,
    owner: Vec<SummaryRow>,
    answers: Vec<AnsweredPage>,
    steps: Vec<Step>,
}

pub(crate) async fn download(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let code = DossierCode::parse(&code).map_err(|_| WebError::NotFound)?;
    let found = view_dossier(portal.app(), &visitor.ctx, &code).await?;
    let (dossier, t, now) = (&found.dossier, visitor.texts(), visitor.ctx.now);
    let page = ExportPage {
        t,
        dossier,
        portal: &portal.app().settings().portal_name,
        made_at: now.vietnamese(),
        code: code.to_string(),
        status: t.k(status_words(dossier.status).0),
        owner: owner_rows(dossier, &filer(&found.log, t), t).into_iter().chain([delivery_row(dossier, t)]).collect(),
        answers: answered(&portal, dossier, t),
        steps: timeline_with_names(dossier, &found.log, now, t),
    };
    let page = page.render().map_err(WebError::internal)?;
    let archive = export_dossier(portal.app(), &visitor.ctx, &code, page.into_bytes()).await?;
    Ok(web::files::streamed(archive.stream(portal.app()), "application/zip", &format!("{code}.zip")))
}
