//! The list of what one owns, what holds before what does not.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::dossier::Actor;
use domain::registers::RegisterQuestion;
use domain::store::{Standing, StoreItem};
use domain::time::Day;
use usecases::list_questions;
use usecases::store::list_store;
use web::errors::WebError;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::html;
use web::store_words::{answer_words, checked_words, item_title, standing_words};
use web::view::page::{Page, Section};
use web::view::parts::{Step, StepState, Tone};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "portal/store/list.html")]
struct StorePage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    /// *Kho dữ liệu của tôi*, or of whoever is represented.
    title: String,
    entries: Vec<Entry>,
    /// What registers were asked about the owner.
    questions: Vec<Step>,
}

/// One item of the list.
struct Entry {
    href: String,
    title: String,
    number: String,
    issuer: String,
    vouched: String,
    /// The last day; empty when it does not end.
    until: String,
    standing: TextKey,
    tone: Tone,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.account()?;
    let (t, today) = (visitor.texts(), visitor.ctx.now.day());
    let mut items = list_store(portal.app(), &visitor.ctx).await?;
    items.sort_by_key(|item| item.standing(today) != Standing::Valid);
    let page = visitor.page(&portal).in_section(Section::MyDossiers);
    let title = match page.acting {
        Some(name) => t.f("store-title-of", [("name", name.into())]),
        None => t.m("store-title").to_owned(),
    };
    let questions = list_questions(portal.app(), &visitor.ctx).await?;
    let questions = questions.iter().map(|question| asked(question, t)).collect();
    html(&StorePage {
        page,
        t,
        title,
        questions,
        entries: items.iter().map(|item| entry(&portal, item, today, t)).collect(),
    })
}

fn entry(portal: &Portal, item: &StoreItem, today: Day, t: &'static Texts) -> Entry {
    let (standing, tone) = standing_words(item.standing(today));
    Entry {
        href: format!("/kho-du-lieu/{}", item.id),
        title: item_title(portal, item, t),
        number: item.facts.number.clone().unwrap_or_default(),
        issuer: item.facts.issuer.clone(),
        vouched: checked_words(item, t),
        until: item.facts.valid_until.map(|day| day.vietnamese()).unwrap_or_default(),
        standing,
        tone,
    }
}

/// A question to a register: what came, who asked, for which procedure.
fn asked(question: &RegisterQuestion, t: &'static Texts) -> Step {
    let name = match &question.actor {
        Actor::Officer { name, .. }
        | Actor::Account { name, .. }
        | Actor::Representative { name, .. }
        | Actor::Program { name, .. } => name.as_str(),
        Actor::System => "",
    };
    let agency = question.agency.as_ref().map(|agency| format!(", {}", agency.name)).unwrap_or_default();
    let code = question.code.as_ref().map(|code| format!("{code}\n")).unwrap_or_default();
    Step {
        title: t.m("population-register").to_owned(),
        at: question.at.vietnamese(),
        by: format!("{name}{agency}"),
        note: format!("{}\n{code}{}", answer_words(question, t), question.procedure_name),
        state: StepState::Done,
    }
}
