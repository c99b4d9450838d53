//! A file for each component (R55): every upload is kept as soon as it has arrived.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::ProcedureDetail;
use domain::dossier::{Attachment, Dossier, DossierRefusal};
use domain::ids::AttachmentId;
use usecases::file_kind::FileKind;
use usecases::{ActError, AttachError, ComponentRef, attach_file, open_draft_attachment, remove_file};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::upload::{UploadForm, refusal_sentence};
use web::view::filters;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::{address, draft_or_leave, find};

/// The value that stands for a paper beside the procedure's list.
const OTHER: &str = "khac";

#[derive(Template)]
#[template(path = "portal/filing/files.html")]
struct FilesPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    dossier: &'a Dossier,
    back: String,
    /// Where uploads go.
    action: String,
    /// Where the form that goes on leads.
    review: String,
    groups: Vec<Group>,
    accept: String,
    limit: u64,
}

/// Components under one heading of the record.
struct Group {
    title: String,
    slots: Vec<Slot>,
}

/// One component with the files given for it.
struct Slot {
    code: String,
    field: String,
    name: String,
    originals: u32,
    copies: u32,
    templates: Vec<String>,
    files: Vec<Attachment>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    html(&page_of(&portal, &visitor, &dossier, FormView::new()))
}

pub(super) async fn upload(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    upload: UploadForm,
) -> Result<Response, WebError> {
    // Whose draft it is is known before the first byte of the file is kept.
    let dossier = draft_or_leave!(find(&portal, &upload.visitor, &procedure, &draft).await?);
    let (visitor, upload) = upload.read(&portal).await?;
    let slots = slots_of(&portal, visitor.texts(), &dossier);
    let wanted = upload.fields.text("component");
    let slot = slots.iter().flat_map(|group| &group.slots).find(|slot| slot.code == wanted).ok_or(WebError::NotFound)?;
    let component = ComponentRef { code: (slot.code != OTHER).then(|| slot.code.clone()), name: slot.name.clone() };
    let outcome = match upload.file {
        None => Err(visitor.texts().m("upload-none").to_owned()),
        Some(Err(error)) => Err(refusal_sentence(&error, visitor.texts())?),
        Some(Ok(file)) => match attach_file(portal.app(), &visitor.ctx, dossier.id, component, file).await {
            Ok(_) => Ok(()),
            Err(AttachError::Act(ActError::Usecase(error))) => return Err(error.into()),
            Err(error) => Err(refusal_sentence(&error, visitor.texts())?),
        },
    };
    match outcome {
        Ok(()) => Ok(Redirect::to(&format!("{}#{}", address(&dossier, "tep-dinh-kem"), slot.field)).into_response()),
        Err(sentence) => {
            let mut form = FormView::new();
            form.refuse(&slot.field, sentence);
            html_invalid(&page_of(&portal, &visitor, &dossier, form))
        }
    }
}

pub(super) async fn remove(
    State(portal): State<Portal>,
    Path((procedure, draft, file)): Path<(String, String, String)>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    match remove_file(portal.app(), &visitor.ctx, dossier.id, file).await {
        // Pressed twice: it is gone already.
        Ok(_) | Err(ActError::Refused(DossierRefusal::UnknownFile)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&address(&dossier, "tep-dinh-kem")).into_response())
}

pub(super) async fn download(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft, file)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    let opened = open_draft_attachment(portal.app(), &visitor.ctx, dossier.id, file).await?;
    let attachment = &opened.attachment;
    Ok(web::files::stored(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, dossier: &'a Dossier, form: FormView) -> FilesPage<'a> {
    FilesPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        form,
        dossier,
        back: address(dossier, "noi-nhan-ket-qua"),
        action: address(dossier, "tep-dinh-kem"),
        review: address(dossier, "xem-lai"),
        groups: slots_of(portal, visitor.texts(), dossier),
        accept: accepted_endings(),
        limit: portal.app().settings().upload_limit_bytes,
    }
}

/// The endings for the file chooser: `.pdf,.jpg,…`.
pub(crate) fn accepted_endings() -> String {
    let endings = FileKind::ALL.iter().flat_map(|kind| kind.endings());
    endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

fn slots_of(portal: &Portal, t: &'static Texts, dossier: &Dossier) -> Vec<Group> {
    let detail = portal.app().content().procedures.detail(&dossier.procedure.code);
    let mut groups = detail.map(|detail| listed(&detail, dossier)).unwrap_or_default();
    let other = Slot {
        code: OTHER.into(),
        field: "file-other".into(),
        name: t.m("filing-files-other").to_owned(),
        originals: 0,
        copies: 0,
        templates: Vec::new(),
        files: dossier.attachments.iter().filter(|file| file.component_code.is_none()).cloned().collect(),
    };
    groups.push(Group { title: String::new(), slots: vec![other] });
    groups
}

fn listed(detail: &ProcedureDetail, dossier: &Dossier) -> Vec<Group> {
    let mut number = 0;
    let mut groups = Vec::new();
    for group in &detail.dossier_groups {
        let mut slots = Vec::new();
        for component in group.components.iter().filter(|component| component.is_document()) {
            number += 1;
            let files = dossier.attachments.iter();
            slots.push(Slot {
                code: component.code.clone(),
                field: format!("file-{number}"),
                name: component.name.trim_start_matches(['-', '+', '*', ' ']).to_owned(),
                originals: component.originals,
                copies: component.copies,
                templates: component.templates.clone(),
                files: files.filter(|file| file.component_code.as_deref() == Some(&component.code)).cloned().collect(),
            });
        }
        if !slots.is_empty() {
            groups.push(Group { title: group.name.trim_matches(['*', ' ', ':']).to_owned(), slots });
        }
    }
    groups
}
