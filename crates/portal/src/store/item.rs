//! One item of the store: what it says, its file, who vouches for it, and everything that was done with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::dossier::Actor;
use domain::ids::StoreItemId;
use domain::store::{Standing, StoreItem, StoreUse, UseKind};
use usecases::store::{open_store_item, view_store_item};
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::store_words::{checked_words, item_title, standing_words};
use web::view::filters;
use web::view::page::{Page, Section};
use web::view::parts::{Step, StepState, SummaryRow, Tone};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "portal/store/item.html")]
struct ItemPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    item: &'a StoreItem,
    title: String,
    standing: TextKey,
    tone: Tone,
    /// The newer item, when there is one.
    newer: Option<String>,
    may_be_cited: bool,
    facts: Vec<SummaryRow>,
    uses: Vec<Step>,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let found = view_store_item(portal.app(), &visitor.ctx, parse(&id)?).await?;
    let (t, item) = (visitor.texts(), &found.item);
    let standing = item.standing(visitor.ctx.now.day());
    let (words, tone) = standing_words(standing);
    html(&ItemPage {
        page: visitor.page(&portal).in_section(Section::MyDossiers),
        t,
        item,
        title: item_title(&portal, item, t),
        standing: words,
        tone,
        newer: item.superseded.map(|superseded| format!("/kho-du-lieu/{}", superseded.by)),
        may_be_cited: standing == Standing::Valid && item.facts.kind.is_some(),
        facts: facts(item, t),
        uses: found.uses.iter().map(|used| step(used, t)).collect(),
    })
}

pub(super) async fn download(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(id): Path<String>,
) -> Result<Response, WebError> {
    visitor.account()?;
    let opened = open_store_item(portal.app(), &visitor.ctx, parse(&id)?).await?;
    let file = &opened.item.file;
    Ok(web::files::stored(opened.file, file.size, &file.media_type, &file.name))
}

fn parse(id: &str) -> Result<StoreItemId, WebError> {
    StoreItemId::parse(id).map_err(|_| WebError::NotFound)
}

fn facts(item: &StoreItem, t: &Texts) -> Vec<SummaryRow> {
    let facts = &item.facts;
    let day = |day: Option<domain::time::Day>| day.map(|day| day.vietnamese()).unwrap_or_default();
    let until = match facts.valid_until {
        Some(day) => day.vietnamese(),
        None => t.m("store-without-end").to_owned(),
    };
    vec![
        SummaryRow::new(t.m("store-issuer"), facts.issuer.clone()),
        SummaryRow::new(t.m("store-number"), facts.number.clone().unwrap_or_default()),
        SummaryRow::new(t.m("store-issued-on"), day(facts.issued_on)),
        SummaryRow::new(t.m("store-valid-until"), until),
        SummaryRow::new(t.m("store-version"), item.version.to_string()),
        SummaryRow::new(t.m("store-vouched"), checked_words(item, t)),
    ]
}

/// A use as a step of a history: what, by whom, for which procedure at which agency.
fn step(used: &StoreUse, t: &Texts) -> Step {
    let by = match &used.actor {
        Actor::System => String::new(),
        Actor::Account { name, .. } | Actor::Officer { name, .. } | Actor::Program { name, .. } => name.clone(),
        Actor::Representative { name, principal_name, .. } => {
            t.f("step-on-behalf", [("person", name.as_str().into()), ("principal", principal_name.as_str().into())])
        }
    };
    let title = match used.kind {
        UseKind::Cited => t.m("store-use-cited"),
        UseKind::TakenBack => t.m("store-use-taken-back"),
        UseKind::Filed => t.m("store-use-filed"),
    };
    let code = used.code.as_ref().map(|code| format!("{code}\n")).unwrap_or_default();
    let note = format!("{code}{}\n{}", used.procedure_name, used.agency.name);
    Step { title: title.to_owned(), at: used.at.vietnamese(), by, note, state: StepState::Done }
}
