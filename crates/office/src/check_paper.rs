//! `/can-bo/ho-so/{code}/tep/{file}/doi-chieu`: an officer confirms that a file was compared with the original, and says what
//! the paper says of itself.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Attachment, Dossier};
use domain::ids::AttachmentId;
use domain::policy::{Act, Resource, may};
use domain::store::{PaperFacts, PaperFactsError, StoreItem};
use domain::text::TextError;
use domain::time::Day;
use usecases::store::{CheckPaperError, check_paper, may_check_paper};
use usecases::{DossierWithLog, filed_version};
use web::answers::words;
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::store_words::checked_words;
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::dossier::find;
use crate::supplement::day_of;

const DAYS: [&str; 2] = ["issued_on", "valid_until"];

#[derive(Template)]
#[template(path = "office/check_paper.html")]
struct CheckPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    file: &'a Attachment,
    owner: String,
    kinds: Vec<Choice>,
    /// Who confirmed it before, when that is to be corrected.
    before: String,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, file)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let file = file_of(&visitor, &found.dossier, &file)?;
    let Some(file) = file else { return Ok(back(&code)) };
    let form = match kept(&found, file) {
        Some(item) => filled(&item.facts),
        None => FormView::new().with("kind", kind_of(&portal, &found.dossier, file)),
    };
    html(&page_of(&portal, &visitor, &found, file, form))
}

pub(crate) async fn keep(
    State(portal): State<Portal>,
    Path((code, file)): Path<(String, String)>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let dossier = &found.dossier;
    let Some(file) = file_of(&visitor, dossier, &file)? else { return Ok(back(&code)) };
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["kind", "issuer", "number"]);
    let document = portal.app().content().whole_procedures.registers.document(fields.text("kind"));
    if document.is_none() {
        input.refuse("kind", "office-check-kind-missing");
    }
    let mut form = input.into_form();
    let [issued_on, valid_until] = DAYS.map(|name| optional_day(&fields, name, &mut form, t));
    let (Some(document), true) = (document, form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, &found, file, form));
    };
    let facts = PaperFacts {
        kind: Some(document.key.clone()),
        title: document.title.vi.clone(),
        issuer: fields.text("issuer").to_owned(),
        number: Some(fields.text("number").to_owned()),
        issued_on,
        valid_until,
    };
    match check_paper(portal.app(), &visitor.ctx, visitor.officer()?, dossier.id, file.id, facts).await {
        Ok(_) => return Ok(Redirect::to(&format!("/can-bo/ho-so/{code}?sau=da-doi-chieu")).into_response()),
        Err(CheckPaperError::Facts(error)) => refuse(&mut form, error, t),
        Err(CheckPaperError::NoStore) => form.refuse("kind", t.m("office-check-no-store")),
        // Done or ended meanwhile: the dossier is shown as it stands.
        Err(CheckPaperError::NotAccepted | CheckPaperError::Cited) => return Ok(back(&code)),
        Err(CheckPaperError::Usecase(error)) => return Err(error.into()),
    }
    html_invalid(&page_of(&portal, &visitor, &found, file, form))
}

/// The file, when it can be confirmed here and now; nothing when the dossier's page says why not.
fn file_of<'d>(visitor: &Visitor, dossier: &'d Dossier, file: &str) -> Result<Option<&'d Attachment>, WebError> {
    let id = AttachmentId::parse(file).map_err(|_| WebError::NotFound)?;
    let file = dossier.attachments.iter().find(|attachment| attachment.id == id).ok_or(WebError::NotFound)?;
    may(&visitor.ctx.viewer, Act::CheckPaper, &Resource::from(dossier)).map_err(usecases::UsecaseError::from)?;
    Ok(Some(file).filter(|file| may_check_paper(dossier) && file.citation.is_none()))
}

fn back(code: &str) -> Response {
    Redirect::to(&format!("/can-bo/ho-so/{code}")).into_response()
}

/// What stands in the store for this file.
fn kept<'f>(found: &'f DossierWithLog, file: &Attachment) -> Option<&'f StoreItem> {
    found.kept.iter().find(|item| item.source.attachment == file.id && item.superseded.is_none())
}

/// The kind of paper for which the file was given.
fn kind_of(portal: &Portal, dossier: &Dossier, file: &Attachment) -> String {
    let version = filed_version(portal.app(), dossier);
    let papers = version.map(|version| version.papers.as_slice()).unwrap_or_default();
    let paper = papers.iter().find(|paper| file.component_code.as_deref() == Some(&paper.code));
    paper.and_then(|paper| paper.document.clone()).unwrap_or_default()
}

fn filled(facts: &PaperFacts) -> FormView {
    let mut form = FormView::new()
        .with("kind", facts.kind.clone().unwrap_or_default())
        .with("issuer", facts.issuer.clone())
        .with("number", facts.number.clone().unwrap_or_default());
    for (name, day) in DAYS.into_iter().zip([facts.issued_on, facts.valid_until]) {
        let Some(day) = day else { continue };
        form.set(&format!("{name}.day"), day.day_of_month().to_string());
        form.set(&format!("{name}.month"), day.month().to_string());
        form.set(&format!("{name}.year"), day.year().to_string());
    }
    form
}

/// A day in three boxes, or none when all are empty.
fn optional_day(fields: &Fields, name: &str, form: &mut FormView, t: &'static Texts) -> Option<Day> {
    let parts = ["day", "month", "year"].map(|part| format!("{name}.{part}"));
    for part in &parts {
        form.set(part, fields.text(part).chars().take(10).collect::<String>());
    }
    if parts.iter().all(|part| fields.text(part).is_empty()) {
        return None;
    }
    let day = day_of(fields, name);
    if day.is_none() {
        form.refuse(name, t.m("office-check-day-wrong"));
    }
    day
}

fn refuse(form: &mut FormView, error: PaperFactsError, t: &'static Texts) {
    match error {
        PaperFactsError::IssuerMissing => form.refuse("issuer", t.m("office-check-issuer-missing")),
        PaperFactsError::Text(TextError::ControlCharacter) => form.refuse("issuer", t.m("input-control-character")),
        PaperFactsError::Text(TextError::TooLong { max }) => {
            form.refuse("issuer", t.f("office-check-too-long", [("max", max.into())]));
        }
        PaperFactsError::IssuedLater => form.refuse("issued_on", t.m("office-check-issued-later")),
        PaperFactsError::EndsBeforeIssued => form.refuse("valid_until", t.m("office-check-ends-before")),
        PaperFactsError::Expired => form.refuse("valid_until", t.m("office-check-expired")),
    }
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    found: &'a DossierWithLog,
    file: &'a Attachment,
    form: FormView,
) -> CheckPage<'a> {
    let (t, dossier) = (visitor.texts(), &found.dossier);
    let documents = portal.app().content().whole_procedures.registers.documents.iter();
    let kinds = documents.map(|document| Choice::new(document.key.as_str(), words(&document.title, t))).collect();
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    CheckPage {
        page: visitor.page(portal).in_section(Section::Inbox),
        t,
        form,
        code,
        file,
        owner: dossier.owner.as_ref().map(|owner| owner.full_name.to_string()).unwrap_or_default(),
        kinds,
        before: kept(found, file).map(|item| checked_words(item, t)).unwrap_or_default(),
    }
}
