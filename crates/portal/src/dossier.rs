//! `/ho-so/{code}`: one's own dossier with its history, its files and its documents.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::{Dossier, ReplacedFile, Status, Supplement};
use domain::ids::AttachmentId;
use usecases::{Document, UsecaseError, derive_due, find_unread, make_document, open_attachment, view_dossier};
use web::answers::{AnsweredPage, answered};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::links::encode;
use web::portal::Portal;
use web::shell::html;
use web::view::filters;
use web::view::page::{Page, Section};
use web::view::parts::{Step, SummaryRow, Tone};
use web::visitor::Visitor;

use crate::other_role::other_role;
use crate::process::{ProcessView, process};
use crate::situation::situation;
use crate::words::{delivery_row, filer, owner_rows, request_words, status_words, timeline_with_names};

#[derive(Template)]
#[template(path = "portal/dossier.html")]
struct DossierPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    dossier: &'a Dossier,
    code: String,
    secret: &'a str,
    status: TextKey,
    tone: Tone,
    /// What was done just now.
    done: Option<TextKey>,
    /// Who has it, since when, until when, what comes next.
    situation: Vec<SummaryRow>,
    /// Whether it can be shown how the due time was found.
    is_derivable: bool,
    steps: Vec<Step>,
    /// The steps of the procedure, while they are of use.
    process: Option<ProcessView>,
    /// The owner's data and where the result goes.
    owner: Vec<SummaryRow>,
    /// What was answered in the form.
    answers: Vec<AnsweredPage>,
    /// Where the same procedure is filed with the same agency.
    file_again: String,
    may_file: bool,
    /// Whether the agency wrote something that was not read.
    unread: bool,
    /// Whom to call about a dossier that was not answered in time.
    overdue_help: String,
}

impl DossierPage<'_> {
    fn is_refused(&self) -> bool {
        self.dossier.status == Status::Refused
    }

    fn may_be_withdrawn(&self) -> bool {
        self.may_file && self.dossier.may_be_withdrawn()
    }

    fn is_answer_overdue(&self) -> bool {
        self.dossier.status == Status::Filed && self.dossier.answer_overdue_at.is_some()
    }

    fn asked(&self) -> Option<&Supplement> {
        self.dossier.open_supplement()
    }

    fn asked_words(&self, asked: &Supplement) -> String {
        request_words(&asked.request)
    }

    fn asked_day(&self, asked: &Supplement) -> String {
        self.t.f("supplement-until", [("day", asked.respond_by.vietnamese().into())])
    }

    /// The number of each request for a supplement, and the name of its form 02.
    fn supplement_slips(&self) -> Vec<(u32, String)> {
        (1..=self.dossier.supplement_count()).map(|number| (number, Document::supplement_slip_name(number))).collect()
    }

    fn supplement_slip_words(&self, number: &u32) -> String {
        self.t.f("dossier-supplement-slip", [("n", (*number).into())])
    }

    fn replaced_words(&self, old: &ReplacedFile) -> String {
        self.t.f("dossier-replaced-by", [("n", old.by.into())])
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let may_file = visitor.account()?.may_file();
    let code = parse(&code)?;
    let done = match Fields::of_query(uri.query()).text("sau") {
        "da-bo-sung" => Some(TextKey("dossier-done-supplement")),
        "da-rut" => Some(TextKey("dossier-done-withdrawn")),
        _ => None,
    };
    let found = match view_dossier(portal.app(), &visitor.ctx, &code).await {
        Err(UsecaseError::NotFound) => return other_role(&portal, &visitor, code.as_str()).await,
        found => found?,
    };
    let dossier = &found.dossier;
    let unread = find_unread(portal.app(), &visitor.ctx).await?.contains(&dossier.id);
    let (status, tone) = status_words(dossier.status);
    let t = visitor.texts();
    html(&DossierPage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t,
        dossier,
        code: code.to_string(),
        secret: dossier.secret.as_ref().map(|secret| secret.as_str()).unwrap_or_default(),
        status,
        tone,
        done,
        situation: situation(dossier, visitor.ctx.now, t),
        is_derivable: derive_due(portal.app(), dossier).is_some(),
        may_file,
        unread,
        overdue_help: t.f(
            "overdue-help",
            [("phone", portal.app().help_phone(&dossier.agency.code).into()), ("code", code.to_string().into())],
        ),
        steps: timeline_with_names(dossier, &found.log, visitor.ctx.now, t),
        process: process(&portal, dossier, visitor.ctx.now.day(), t),
        owner: owner_rows(dossier, &filer(&found.log, t), t).into_iter().chain([delivery_row(dossier, t)]).collect(),
        answers: answered(&portal, dossier, t),
        file_again: format!("/nop-ho-so/{}?co-quan={}", dossier.procedure.code, encode(dossier.agency.code.as_str())),
    })
}

pub(crate) async fn attachment(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, file)): Path<(String, String)>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    let opened = open_attachment(portal.app(), &visitor.ctx, &parse(&code)?, file).await?;
    let attachment = &opened.attachment;
    Ok(web::files::stored(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

pub(crate) async fn document(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let code = parse(&code)?;
    let document = Document::parse(&name).ok_or(WebError::NotFound)?;
    let bytes = make_document(portal.app(), &visitor.ctx, &code, document).await?;
    Ok(web::files::made(bytes, "application/pdf", &format!("{code}-{name}")))
}

fn parse(code: &str) -> Result<DossierCode, WebError> {
    DossierCode::parse(code).map_err(|_| WebError::NotFound)
}
