//! A file for each component (R55): every upload is kept as soon as it has arrived.

use ::procedures::{CASE_PATH, Paper, Version, papers_of_case};
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::{ComponentGroup, ProcedureDetail};
use domain::dossier::{Attachment, Dossier, DossierRefusal, MANDATE, MAX_ATTACHMENTS};
use domain::ids::{AttachmentId, DossierId, StoreItemId};
use domain::store::StoreItem;
use serde_json::Value;
use usecases::file_kind::FileKind;
use usecases::store::{cite_item, list_citable};
use usecases::{
    ActError, AttachError, ComponentRef, MergeError, ReceivedFile, attach_file, is_mergeable, merge_pictures,
    needs_mandate, open_draft_attachment, remove_file, version_of,
};
use web::answers::words;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::store_words::{checked_words, citation_words, item_title};
use web::upload::{UploadForm, UploadedFile, refusal_sentence};
use web::view::filters;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use super::steps::Steps;
use super::tasks::list_of;
use super::{address, draft_or_leave, find};

/// The value that stands for a paper beside the procedure's list.
const OTHER: &str = "khac";
/// How many of the largest files may come with one press.
pub(crate) const LARGEST_AT_ONCE: usize = 5;

#[derive(Template)]
#[template(path = "portal/filing/files.html")]
struct FilesPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    back: String,
    /// Where all parts are listed; empty for a short form.
    parts: String,
    step: String,
    /// Where uploads go.
    action: String,
    /// Where they go in pieces.
    uploads: String,
    groups: Vec<Group>,
    accept: String,
    limit: u64,
    /// The most files of one dossier.
    most: usize,
}

/// Components under one heading of the record.
struct Group {
    title: String,
    slots: Vec<Slot>,
}

/// One component with the files given for it.
pub(super) struct Slot {
    code: String,
    field: String,
    name: String,
    /// A sentence for whoever looks for it.
    note: String,
    /// Whether it must be given, in words; empty where the record does not say.
    need: &'static str,
    originals: u32,
    copies: u32,
    files: Vec<Attachment>,
    /// What the filer owns of this kind and has not cited here.
    citable: Vec<Citable>,
}

/// An item of the filer's store that can stand for a paper.
pub(super) struct Citable {
    item: String,
    title: String,
    vouched: String,
}

impl FilesPage<'_> {
    /// Whether browsers show such a file.
    fn has_preview(&self, file: &Attachment) -> bool {
        web::files::is_shown(&file.media_type)
    }

    /// Who vouches for a file that was cited; empty for one that was uploaded.
    fn vouched(&self, file: &Attachment) -> String {
        file.citation.as_ref().map(|citation| citation_words(citation, self.t)).unwrap_or_default()
    }
}

impl Slot {
    /// What a file in it is for.
    pub(super) fn component(&self) -> ComponentRef {
        ComponentRef { code: (self.code != OTHER).then(|| self.code.clone()), name: self.name.clone() }
    }

    /// How many of its files can become pages of one PDF.
    fn mergeable(&self) -> usize {
        self.files.iter().filter(|file| is_mergeable(file)).count()
    }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    html(&page_of(&portal, &visitor, &dossier, FormView::new()).await?)
}

pub(super) async fn upload(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    upload: UploadForm,
) -> Result<Response, WebError> {
    // Whose draft it is is known before the first byte of the file is kept.
    let dossier = draft_or_leave!(find(&portal, &upload.visitor, &procedure, &draft).await?);
    let (visitor, upload) = upload.read_all(&portal).await?;
    let slots: Vec<Slot> =
        slots_of(&portal, &visitor, &dossier, &[]).into_iter().flat_map(|group| group.slots).collect();
    let pressed = slots.iter().find(|slot| slot.field == upload.fields.text("tep"));
    let mut form = FormView::new();
    let mut last = None;
    for UploadedFile { field, file } in upload.files {
        let slot = slots.iter().find(|slot| slot.field == field).ok_or(WebError::NotFound)?;
        last = Some(slot);
        if let Err(sentence) = keep(&portal, &visitor, dossier.id, slot, file).await? {
            form.refuse(&slot.field, sentence);
        }
    }
    let goes_on = upload.fields.text("viec") == "tiep";
    if let (None, Some(slot), false) = (last, pressed, goes_on) {
        form.refuse(&slot.field, visitor.texts().m("attach-none"));
    }
    if !form.is_valid() {
        // Files that were good have been kept beside the refused ones.
        let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
        return html_invalid(&page_of(&portal, &visitor, &dossier, form).await?);
    }
    let next = match pressed.or(last) {
        Some(slot) if !goes_on => format!("{}#muc-{}", address(&dossier, "tep-dinh-kem"), slot.field),
        _ => address(&dossier, "xem-lai"),
    };
    Ok(Redirect::to(&next).into_response())
}

/// Attaches a file that has arrived to its component; `Err` with the sentence for a file that is not taken.
async fn keep(
    portal: &Portal,
    visitor: &Visitor,
    draft: DossierId,
    slot: &Slot,
    file: Result<ReceivedFile, AttachError>,
) -> Result<Result<(), String>, WebError> {
    let component = slot.component();
    let attached = match file {
        Ok(file) => attach_file(portal.app(), &visitor.ctx, draft, component, file).await,
        Err(error) => Err(error),
    };
    match attached {
        Ok(_) => Ok(Ok(())),
        Err(AttachError::Act(ActError::Usecase(error))) => Err(error.into()),
        Err(error) => refusal_sentence(&error, visitor.texts()).map(Err),
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

/// An item of the filer's store becomes the file of a paper.
pub(super) async fn cite(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let slot = find_slot(&portal, &visitor, &dossier, fields.text("muc")).ok_or(WebError::NotFound)?;
    let item = StoreItemId::parse(fields.text("giay-to")).map_err(|_| WebError::NotFound)?;
    let t = visitor.texts();
    let sentence = match cite_item(portal.app(), &visitor.ctx, dossier.id, &slot.code, item).await {
        Ok(after) => {
            let place = format!("{}#muc-{}", address(&after, "tep-dinh-kem"), slot.field);
            return Ok(Redirect::to(&place).into_response());
        }
        Err(ActError::Refused(DossierRefusal::NotCitable(_))) => t.m("store-not-there").to_owned(),
        Err(ActError::Refused(DossierRefusal::TooManyFiles { max })) => t.f("attach-too-many", [("max", max.into())]),
        Err(error) => return Err(error.into()),
    };
    let mut form = FormView::new();
    form.refuse(&slot.field, sentence);
    html_invalid(&page_of(&portal, &visitor, &dossier, form).await?)
}

/// The photographs of one paper become one PDF.
pub(super) async fn merge(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let t = visitor.texts();
    let slot = find_slot(&portal, &visitor, &dossier, fields.text("muc")).ok_or(WebError::NotFound)?;
    let name = t.f("filing-files-merged", [("n", slot.mergeable().into())]);
    let merged = merge_pictures(portal.app(), &visitor.ctx, dossier.id, slot.component(), name).await;
    let sentence = match merged {
        // Pressed twice: they are one already.
        Ok(_) | Err(MergeError::TooFew) => {
            let place = format!("{}#muc-{}", address(&dossier, "tep-dinh-kem"), slot.field);
            return Ok(Redirect::to(&place).into_response());
        }
        Err(MergeError::Unreadable { file_name }) => t.f("attach-not-merged", [("name", file_name.into())]),
        Err(MergeError::Attach(AttachError::Act(ActError::Usecase(error)))) => return Err(error.into()),
        Err(MergeError::Attach(error)) => refusal_sentence(&error, t)?,
    };
    let mut form = FormView::new();
    form.refuse(&slot.field, sentence);
    html_invalid(&page_of(&portal, &visitor, &dossier, form).await?)
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

/// The file in the browser, for kinds that browsers show; others are downloaded.
pub(super) async fn preview(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft, file)): Path<(String, String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    let opened = open_draft_attachment(portal.app(), &visitor.ctx, dossier.id, file).await?;
    let attachment = &opened.attachment;
    Ok(web::files::shown(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

async fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    form: FormView,
) -> Result<FilesPage<'a>, WebError> {
    let store = list_citable(portal.app(), &visitor.ctx, dossier).await?;
    let steps = Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day());
    Ok(FilesPage {
        page: visitor.page(portal).in_section(Section::Services),
        t: visitor.texts(),
        form,
        back: address(dossier, "noi-nhan-ket-qua"),
        parts: list_of(portal, visitor, dossier),
        step: steps.words(steps.of_files(), visitor.texts()),
        action: address(dossier, "tep-dinh-kem"),
        uploads: address(dossier, super::uploads::PLACE),
        groups: slots_of(portal, visitor, dossier, &store),
        accept: accepted_endings(),
        limit: portal.app().settings().upload_limit_bytes,
        most: MAX_ATTACHMENTS,
    })
}

/// The endings for the file chooser: `.pdf,.jpg,…`.
pub(crate) fn accepted_endings() -> String {
    let endings = FileKind::ALL.iter().flat_map(|kind| kind.endings());
    endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(",")
}

/// The component whose field has this name.
pub(super) fn find_slot(portal: &Portal, visitor: &Visitor, dossier: &Dossier, field: &str) -> Option<Slot> {
    slots_of(portal, visitor, dossier, &[]).into_iter().flat_map(|group| group.slots).find(|slot| slot.field == field)
}

/// The papers with their files; `store` is what can be cited today.
fn slots_of(portal: &Portal, visitor: &Visitor, dossier: &Dossier, store: &[StoreItem]) -> Vec<Group> {
    let t = visitor.texts();
    let own = version_of(portal.app(), dossier, visitor.ctx.now.day()).filter(|own| !own.papers.is_empty());
    let mut groups = match own {
        Some(own) => vec![asked(portal, own, dossier, store, t)],
        None => {
            let detail = portal.app().content().procedures.detail(&dossier.procedure.code);
            detail.map(|detail| listed(&detail, dossier)).unwrap_or_default()
        }
    };
    let other = Slot {
        code: OTHER.into(),
        field: "file-other".into(),
        name: t.m("filing-files-other").to_owned(),
        note: String::new(),
        need: "",
        originals: 0,
        copies: 0,
        files: dossier.attachments.iter().filter(|file| file.component_code.is_none()).cloned().collect(),
        citable: Vec::new(),
    };
    if needs_mandate(dossier) {
        let mandate = Slot {
            code: MANDATE.to_owned(),
            field: format!("file-{MANDATE}"),
            name: t.m("filing-files-mandate").to_owned(),
            note: t.m("filing-files-mandate-note").to_owned(),
            need: t.m("filing-files-required"),
            originals: 0,
            copies: 0,
            files: files_of(dossier, MANDATE),
            citable: Vec::new(),
        };
        groups.insert(0, Group { title: String::new(), slots: vec![mandate] });
    }
    groups.push(Group { title: t.m("filing-files-other-title").to_owned(), slots: vec![other] });
    groups
}

/// The papers that the procedure's own files ask for of somebody who answered the form so.
fn asked(portal: &Portal, own: &Version, dossier: &Dossier, store: &[StoreItem], t: &'static Texts) -> Group {
    let registers = &portal.app().content().whole_procedures.registers;
    let of = |(place, paper): (usize, &Paper)| {
        let note = words(&paper.note, t);
        let register = paper.document.as_deref().and_then(|document| registers.holding(document));
        let register = register.map(|register| words(&register.name, t)).filter(|name| !note.contains(name));
        let held = register.map(|name| t.f("filing-files-held", [("register", name.into())]));
        let note = [held, Some(note.to_owned())].into_iter().flatten().filter(|sentence| !sentence.is_empty());
        let note = note.collect::<Vec<_>>().join(" ");
        let files = files_of(dossier, &paper.code);
        Slot {
            citable: citable(portal, paper, &files, store, t),
            code: paper.code.clone(),
            field: format!("file-{}", place + 1),
            name: words(&paper.title, t).to_owned(),
            note,
            need: t.m(if paper.is_required { "filing-files-required" } else { "filing-files-optional" }),
            originals: 0,
            copies: 0,
            files,
        }
    };
    let papers = own.papers_asked(&dossier.answers);
    Group { title: String::new(), slots: papers.into_iter().enumerate().map(of).collect() }
}

/// What was given for a component.
fn files_of(dossier: &Dossier, code: &str) -> Vec<Attachment> {
    dossier.attachments.iter().filter(|file| file.component_code.as_deref() == Some(code)).cloned().collect()
}

/// What of the store can stand for a paper and does not do so yet.
fn citable(
    portal: &Portal,
    paper: &Paper,
    files: &[Attachment],
    store: &[StoreItem],
    t: &'static Texts,
) -> Vec<Citable> {
    let is_cited = |item: &StoreItem| {
        files.iter().any(|file| file.citation.as_ref().is_some_and(|citation| citation.item == item.id))
    };
    let of_kind = |item: &&StoreItem| paper.document.is_some() && item.facts.kind == paper.document && !is_cited(item);
    let of = |item: &StoreItem| {
        let number = item.facts.number.as_deref().map(|number| t.f("store-cite-number", [("number", number.into())]));
        let title = [Some(item_title(portal, item, t)), number].into_iter().flatten().collect::<Vec<_>>().join(", ");
        Citable { item: item.id.to_string(), title, vouched: checked_words(item, t) }
    };
    store.iter().filter(of_kind).map(of).collect()
}

fn listed(detail: &ProcedureDetail, dossier: &Dossier) -> Vec<Group> {
    let case = dossier.answers.get(CASE_PATH).and_then(Value::as_str);
    let has_file = |group: &&ComponentGroup| {
        let codes = || group.components.iter().map(|component| Some(component.code.as_str()));
        dossier.attachments.iter().any(|file| codes().any(|code| code == file.component_code.as_deref()))
    };
    let asked = papers_of_case(detail, case);
    let is_asked = |group: &ComponentGroup| asked.iter().any(|other| std::ptr::eq(*other, group));
    // What was given before another case was chosen is still there to be taken away.
    let given = detail.dossier_groups.iter().filter(|group| !is_asked(group)).filter(has_file);
    let mut groups = Vec::new();
    for group in asked.iter().copied().chain(given) {
        // A paper keeps its number whichever case is chosen.
        let before = detail.dossier_groups.iter().take_while(|other| !std::ptr::eq(*other, group));
        let mut number = before.flat_map(|group| &group.components).filter(|component| component.is_document()).count();
        let mut slots = Vec::new();
        for component in group.components.iter().filter(|component| component.is_document()) {
            number += 1;
            slots.push(Slot {
                code: component.code.clone(),
                field: format!("file-{number}"),
                note: String::new(),
                need: "",
                name: component.title().to_owned(),
                originals: component.originals,
                copies: component.copies,
                files: files_of(dossier, &component.code),
                citable: Vec::new(),
            });
        }
        if !slots.is_empty() {
            groups.push(Group { title: group.name.trim_matches(['*', ' ', ':']).to_owned(), slots });
        }
    }
    groups
}
