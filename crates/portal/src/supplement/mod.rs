//! `/ho-so/{code}/bo-sung`: what the desk asks for, answered in place: only the named items, kept as they are given, sent once.

mod asked;
mod read;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use domain::codes::DossierCode;
use domain::dossier::{Dossier, DossierRefusal, MAX_ATTACHMENTS};
use domain::ids::AttachmentId;
use usecases::{
    ActError, filed_version, fill_supplement, send_supplement, supplement_problems, take_back_file, view_dossier,
};
use web::answers::problem_words;
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::upload::UploadForm;
use web::view::filters;
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::filing::items::{Item, Widget};
use crate::filing::{LARGEST_AT_ONCE, accepted_endings};
use crate::other_role::other_role;
use asked::AskedItem;

pub(crate) use read::refused_words;

/// The addresses of supplements.
pub(crate) fn routes(portal: &Portal) -> Router<Portal> {
    Router::new()
        .route("/ho-so/{code}/bo-sung", get(show).post(save))
        .layer(web::upload::body_limit(portal, LARGEST_AT_ONCE))
        .merge(Router::new().route("/ho-so/{code}/bo-sung/{file}/xoa", post(remove)))
}

#[derive(Template)]
#[template(path = "portal/supplement/answer.html")]
struct SupplementPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    procedure: &'a str,
    /// Who asks.
    officer: String,
    respond_by: String,
    is_late: bool,
    legal_ground: &'a str,
    /// Which request it is, counted from 1.
    number: u32,
    items: Vec<AskedItem<'a>>,
    accept: String,
    limit: u64,
    /// The most files of one dossier.
    most: usize,
    may_send: bool,
}

/// What the page is about: a request that waits, or a dossier of which nothing is asked (any more).
enum Found {
    Asked(Box<Dossier>),
    NotAsked(String),
}

async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<Found, WebError> {
    visitor.account()?;
    let code = DossierCode::parse(code).map_err(|_| WebError::NotFound)?;
    let dossier = view_dossier(portal.app(), &visitor.ctx, &code).await?.dossier;
    Ok(match dossier.open_supplement() {
        Some(_) => Found::Asked(Box::new(dossier)),
        None => Found::NotAsked(format!("/ho-so/{code}")),
    })
}

/// Unpacks a dossier that waits for its supplement, or sends the visitor to the dossier.
macro_rules! asked_or_leave {
    ($found:expr) => {
        match $found {
            Found::Asked(dossier) => *dossier,
            Found::NotAsked(address) => return Ok(Redirect::to(&address).into_response()),
        }
    };
}

async fn show(State(portal): State<Portal>, visitor: Visitor, Path(code): Path<String>) -> Result<Response, WebError> {
    let found = match find(&portal, &visitor, &code).await {
        Err(WebError::NotFound) => return other_role(&portal, &visitor, &code).await,
        found => found?,
    };
    let dossier = asked_or_leave!(found);
    html(&page_of(&portal, &visitor, &dossier, FormView::new(), None)?)
}

async fn save(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    upload: UploadForm,
) -> Result<Response, WebError> {
    // Whose dossier it is is known before the first byte of a file is kept.
    let dossier = asked_or_leave!(find(&portal, &upload.visitor, &code).await?);
    let (visitor, upload) = upload.read_all(&portal).await?;
    let t = visitor.texts();
    let mut form = FormView::new();
    for uploaded in upload.files {
        read::keep(&portal, &visitor, &dossier, uploaded, &mut form).await?;
    }
    let given = read::given(&portal, &dossier, &upload.fields, t, &mut form);
    match fill_supplement(portal.app(), &visitor.ctx, &dossier, given.answers, given.explanations).await {
        Ok(_) => {}
        // Sent from another window meanwhile.
        Err(ActError::Refused(DossierRefusal::NotInStatus { .. })) => {
            return Ok(Redirect::to(&format!("/ho-so/{code}")).into_response());
        }
        Err(error) => return Err(error.into()),
    }
    let sends = upload.fields.text("viec") == "gui";
    let number = upload.fields.text("lan").parse().unwrap_or(0);
    if form.is_valid() && sends {
        match send_supplement(portal.app(), &visitor.ctx, dossier.id, number).await {
            Ok(_) => return Ok(Redirect::to(&format!("/ho-so/{code}?sau=da-bo-sung")).into_response()),
            Err(ActError::Refused(DossierRefusal::SupplementIncomplete { .. } | DossierRefusal::Incomplete { .. })) => {
            }
            Err(ActError::Refused(_)) => return Ok(Redirect::to(&format!("/ho-so/{code}")).into_response()),
            Err(error) => return Err(error.into()),
        }
    }
    // What was good has been kept beside what was refused.
    let dossier = asked_or_leave!(find(&portal, &visitor, &code).await?);
    if sends {
        refuse_what_is_missing(&portal, &visitor, &dossier, &mut form);
    }
    if !form.is_valid() {
        return html_invalid(&page_of(&portal, &visitor, &dossier, form, None)?);
    }
    match upload.fields.find("more") {
        Some(table) => html(&page_of(&portal, &visitor, &dossier, form, Some(table))?),
        None => Ok(Redirect::to(&format!("/ho-so/{code}/bo-sung?sau=da-luu")).into_response()),
    }
}

async fn remove(
    State(portal): State<Portal>,
    Path((code, file)): Path<(String, String)>,
    Form { visitor, .. }: Form,
) -> Result<Response, WebError> {
    let dossier = asked_or_leave!(find(&portal, &visitor, &code).await?);
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    match take_back_file(portal.app(), &visitor.ctx, dossier.id, file).await {
        // Pressed twice, or sent meanwhile.
        Ok(_) | Err(ActError::Refused(DossierRefusal::UnknownFile | DossierRefusal::NotInStatus { .. })) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(Redirect::to(&format!("/ho-so/{code}/bo-sung")).into_response())
}

/// Every item that is neither answered nor explained, and every answer that is wrong: one complete list.
fn refuse_what_is_missing(portal: &Portal, visitor: &Visitor, dossier: &Dossier, form: &mut FormView) {
    let (t, Some(open)) = (visitor.texts(), dossier.open_supplement()) else { return };
    for place in open.unanswered() {
        let Some(item) = usize::try_from(place).ok().and_then(|index| open.request.items().get(index)) else {
            continue;
        };
        let (field, key) = asked::place_of_error(place, &item.subject);
        if form.error(&field).is_none() {
            form.refuse(&field, t.m(key).to_owned());
        }
    }
    if let Some(own) = filed_version(portal.app(), dossier) {
        for problem in supplement_problems(portal.app(), dossier, visitor.ctx.now.day()) {
            form.refuse(&problem.path, problem_words(&own.form, &problem, t));
        }
    }
}

fn page_of<'a>(
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    mut form: FormView,
    grown: Option<&str>,
) -> Result<SupplementPage<'a>, WebError> {
    let t = visitor.texts();
    let open = dossier.open_supplement().ok_or(WebError::NotFound)?;
    read::fill_in(portal, dossier, open, &mut form);
    Ok(SupplementPage {
        page: visitor.page(portal).in_section(Section::MyDossiers),
        t,
        form,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        procedure: &dossier.procedure.name,
        officer: format!("{}, {}", open.officer.name, dossier.agency.name),
        respond_by: open.respond_by.vietnamese(),
        is_late: open.is_late(visitor.ctx.now),
        legal_ground: open.request.legal_ground().map(|ground| ground.as_str()).unwrap_or_default(),
        number: dossier.supplement_count(),
        items: asked::items_of(portal, dossier, open, grown, t),
        accept: accepted_endings(),
        limit: portal.app().settings().upload_limit_bytes,
        most: MAX_ATTACHMENTS,
        may_send: visitor.account()?.may_file(),
    })
}
