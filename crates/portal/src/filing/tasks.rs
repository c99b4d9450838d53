//! All parts of a long filing with how far each is (GOV.UK task list), so that one may go on anywhere and come back.

use ::procedures::Version;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use domain::dossier::Dossier;
use forms::Page as FormPage;
use usecases::{Obstacle, obstacles, version_of};
use web::answers::words;
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::{Task, Tone};
use web::visitor::Visitor;

use super::answers::page_address;
use super::{address, draft_or_leave, find};

/// The list's part of the address.
pub(super) const PLACE: &str = "cac-phan";
/// In the query of a page to which the list led: it leads back there.
const BACK: &str = "ve";
/// A form of more pages than this has a list.
const MOST_LINEAR: usize = 6;

#[derive(Template)]
#[template(path = "portal/filing/tasks.html")]
struct TasksPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    procedure_name: &'a str,
    back: &'static str,
    /// How many parts are done, of how many.
    done: String,
    tasks: Vec<Task>,
    /// The parts after the form.
    others: Vec<Task>,
    discard: String,
}

/// How far a part is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Progress {
    /// Nothing was given, and something must be.
    NotStarted,
    /// Something was given, and something is missing or wrong.
    Started,
    /// Everything that must be given was, and it is right.
    Done,
    /// Nothing was given, and nothing must be.
    Optional,
}

impl Progress {
    fn of(is_given: bool, is_right: bool) -> Self {
        match (is_given, is_right) {
            (true, true) => Self::Done,
            (false, true) => Self::Optional,
            (true, false) => Self::Started,
            (false, false) => Self::NotStarted,
        }
    }

    fn words(self) -> (TextKey, Tone) {
        match self {
            Self::NotStarted => (TextKey("tasks-not-started"), Tone::Neutral),
            Self::Started => (TextKey("tasks-started"), Tone::Attention),
            Self::Done => (TextKey("tasks-done"), Tone::Good),
            Self::Optional => (TextKey("tasks-optional"), Tone::Neutral),
        }
    }
}

/// Whether the form of a version is so long that its filing has a list of its parts.
pub(crate) fn has_list(own: Option<&Version>) -> bool {
    own.is_some_and(|own| own.form.pages.len() > MOST_LINEAR)
}

/// The address of the list of a draft's parts; empty when it is short.
pub(super) fn list_of(portal: &Portal, visitor: &Visitor, dossier: &Dossier) -> String {
    let own = version_of(portal.app(), dossier, visitor.ctx.now.day());
    if has_list(own) { address(dossier, PLACE) } else { String::new() }
}

/// Whether whoever sends this page came from the list and goes back there.
pub(super) fn leads_back(uri: &Uri) -> bool {
    Fields::of_query(uri.query()).text(BACK) == PLACE
}

/// An address that leads back to the list when this one does.
pub(super) fn keeping(uri: &Uri, address: String) -> String {
    if leads_back(uri) { format!("{address}?{BACK}={PLACE}") } else { address }
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let (t, today) = (visitor.texts(), visitor.ctx.now.day());
    let own = version_of(portal.app(), &dossier, today).ok_or(WebError::NotFound)?;
    let hindering = obstacles(portal.app(), &dossier, today);
    let is_free = |hinders: fn(&Obstacle<'_>) -> bool| !hindering.iter().any(hinders);
    let mut parts = vec![(
        t.m("owner-title"),
        "chu-ho-so".to_owned(),
        Progress::of(dossier.owner.is_some(), dossier.owner.is_some()),
    )];
    for page in own.form.asked(&dossier.answers).pages() {
        parts.push((words(&page.title, t), page_address(page), of_page(own, page, &dossier, &hindering)));
    }
    let form_parts = parts.len();
    let has_delivery = dossier.delivery.is_some();
    parts.push((t.m("delivery-title"), "noi-nhan-ket-qua".to_owned(), Progress::of(has_delivery, has_delivery)));
    let has_papers =
        is_free(|hinders| matches!(hinders, Obstacle::PaperMissing(_) | Obstacle::MandateMissing | Obstacle::NoFile));
    let files = Progress::of(!dossier.attachments.is_empty(), has_papers);
    parts.push((t.m("filing-files-title"), "tep-dinh-kem".to_owned(), files));
    let done = parts.iter().filter(|(.., progress)| matches!(progress, Progress::Done | Progress::Optional)).count();
    let done = t.f("tasks-count", [("n", done.into()), ("of", parts.len().into())]);
    let task = |(text, place, progress): (&str, String, Progress)| {
        let (status, tone) = progress.words();
        let href = format!("{}?{BACK}={PLACE}", address(&dossier, &place));
        Task { text: text.to_owned(), href: Some(href), hint: String::new(), status: t.k(status).to_owned(), tone }
    };
    let mut tasks: Vec<Task> = parts.into_iter().map(task).collect();
    let mut others = tasks.split_off(form_parts);
    others.push(Task {
        text: t.m("review-title").to_owned(),
        href: Some(address(&dossier, "xem-lai")),
        hint: String::new(),
        status: t.m(if hindering.is_empty() { "tasks-ready" } else { "tasks-not-ready" }).to_owned(),
        tone: if hindering.is_empty() { Tone::Active } else { Tone::Neutral },
    });
    html(&TasksPage {
        page: visitor.page(&portal).in_section(Section::Services),
        t,
        procedure_name: &dossier.procedure.name,
        back: "/ho-so",
        done,
        tasks,
        others,
        discard: address(&dossier, "xoa-ban-nhap"),
    })
}

fn of_page(own: &Version, page: &FormPage, dossier: &Dossier, hindering: &[Obstacle<'_>]) -> Progress {
    let is_of_page = |path: &str| {
        own.form.fields_on(page).any(|field| path == field.path || path.starts_with(&format!("{}.", field.path)))
    };
    let is_given = own.form.fields_on(page).any(|field| dossier.answers.contains_key(&field.path));
    let is_wrong =
        hindering.iter().any(|hinders| matches!(hinders, Obstacle::Answer(problem) if is_of_page(&problem.path)));
    Progress::of(is_given, !is_wrong)
}
