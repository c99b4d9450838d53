//! The pages of the electronic form: shown with what is known, kept as they are given, judged when one goes on.

pub(crate) mod items;

use std::collections::BTreeMap;

use ::procedures::Version;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Dossier, DossierRefusal, answers_digest};
use domain::ids::Hash;
use forms::{Entered, Form as OwnForm, Page as FormPage, Problem, Question, read_entered, write_entered};
use serde_json::Value;
use usecases::{
    ActError, EarlierAnswers, find_earlier_answers, give_answers, known_answer, spelled_answer, version_of,
};
use web::addresses::{AddressAsked, address_asked, offer_places};
use web::answers::{answer_words, moved, problem_words, words};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::links::encode;
use web::portal::Portal;
use web::shell::{html, html_with};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::Link;
use web::visitor::Visitor;

use super::steps::Steps;
use super::tasks::{keeping, leads_back, list_of};
use super::{address, draft_or_leave, find, tasks};
use items::{Item, Widget, items};

/// Sent by the page's script with what it saves while one types.
const AUTOSAVE: HeaderName = HeaderName::from_static("x-autosave");
/// What the person had before them when they answered.
const SEEN: &str = "seen";
/// In the query: fill the page with the answers of this earlier dossier.
const AGAIN: &str = "dung-lai";
/// The button that adds a row to the table at this path.
const MORE_ROWS: &str = "more";

/// A page of questions.
#[derive(Template)]
#[template(path = "portal/filing/answers.html")]
struct AnswersPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    title: &'a str,
    form_title: &'a str,
    /// Where all parts are listed; empty for a short form.
    parts: String,
    step: String,
    back: String,
    action: String,
    seen: String,
    /// Answers of other pages on which the rules of this one depend, for the script.
    known: String,
    items: Vec<Item>,
    /// Something is filled in that the person has not sent yet.
    is_filled: bool,
    /// Where the page is filled with answers of an earlier dossier.
    offer: Option<Link>,
    /// That it was filled so; empty when not.
    taken: String,
    /// What stands elsewhere now, when the form was changed there.
    changed: Option<Vec<String>>,
    /// What a new version asks otherwise than the one under which the draft was begun.
    moved: Vec<String>,
}

/// The boxes of a sent page.
pub(crate) struct Boxes<'f>(pub(crate) &'f Fields);

impl Entered for Boxes<'_> {
    fn first(&self, name: &str) -> &str {
        self.0.raw(name)
    }

    fn all(&self, name: &str) -> Vec<String> {
        self.0.all(name).map(str::to_owned).collect()
    }
}

/// A page being answered.
struct Answering<'a> {
    portal: &'a Portal,
    visitor: &'a Visitor,
    dossier: &'a Dossier,
    own: &'a Version,
    page: &'a FormPage,
    /// What a button beside an address asked for.
    asked: Option<&'a AddressAsked>,
    /// The address of the request.
    uri: &'a Uri,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft, key)): Path<(String, String, String)>,
    uri: Uri,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let Some((own, page)) = page_of(&portal, &visitor, &dossier, &key) else { return Err(WebError::NotFound) };
    let answering =
        Answering { portal: &portal, visitor: &visitor, dossier: &dossier, own, page, asked: None, uri: &uri };
    let mut answers = dossier.answers.clone();
    let mut is_filled = false;
    // A page that was never sent is filled with what is known.
    let was_sent = own.form.fields_on(page).any(|field| answers.contains_key(&field.path));
    if !was_sent {
        let account = visitor.account()?;
        for field in own.form.fields_on(page) {
            let known = known_answer(field, account, &dossier);
            is_filled |= known.is_some();
            if let Some(answer) = known.or_else(|| field.default.clone()) {
                answers.insert(field.path.clone(), answer);
            }
        }
    }
    let earlier = match was_sent {
        true => None,
        false => find_earlier_answers(portal.app(), &visitor.ctx, &dossier).await?,
    };
    let t = visitor.texts();
    let mut offer = earlier.and_then(|earlier| offered(&answering, earlier, &answers));
    if let Some(taken) = offer.take_if(|offer| Fields::of_query(uri.query()).text(AGAIN) == offer.code) {
        answers.extend(taken.answers);
        let mut view = answering.view(&answers, None, &[], false)?;
        view.taken = t.f("answers-taken", [("code", taken.code.into()), ("day", taken.day.into())]);
        return html(&view);
    }
    let mut view = answering.view(&answers, None, &[], is_filled)?;
    view.offer = offer.map(|offer| {
        let words = t.f("answers-again", [("code", offer.code.clone().into()), ("day", offer.day.into())]);
        Link::new(format!("{}?{AGAIN}={}", view.action, encode(&offer.code)), words)
    });
    html(&view)
}

pub(super) async fn save(
    State(portal): State<Portal>,
    Path((procedure, draft, key)): Path<(String, String, String)>,
    uri: Uri,
    headers: HeaderMap,
    Form { visitor, mut fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    let Some((own, page)) = page_of(&portal, &visitor, &dossier, &key) else { return Err(WebError::NotFound) };
    let asked = address_asked(&portal, &mut fields);
    let boxes = Boxes(&fields);
    let read = |field: &Question| {
        let answer = read_entered(field, &boxes).map(|answer| spelled_answer(portal.app(), field, answer));
        (field.path.clone(), answer.unwrap_or(Value::Null))
    };
    let given: BTreeMap<String, Value> = own.form.fields_on(page).map(read).collect();
    let seen = fields.text(SEEN).parse::<Hash>().ok();
    let autosave = headers.contains_key(&AUTOSAVE);
    let kept = give_answers(portal.app(), &visitor.ctx, dossier.id, &own.version, given.clone(), seen).await;
    let after = match kept {
        Ok(after) => after,
        Err(ActError::Refused(DossierRefusal::AnswersChanged)) if autosave => {
            return Ok(StatusCode::CONFLICT.into_response());
        }
        Err(ActError::Refused(DossierRefusal::AnswersChanged)) => {
            let answering =
                Answering { portal: &portal, visitor: &visitor, dossier: &dossier, own, page, asked: None, uri: &uri };
            let page = answering.view(&over(&dossier.answers, &given), Some(&given), &[], false)?;
            return html_with(StatusCode::CONFLICT, &page);
        }
        Err(error) => return Err(error.into()),
    };
    if autosave {
        let seen = digest(&own.form, page, &after.answers).to_string();
        return Ok((StatusCode::NO_CONTENT, [("x-seen", seen)]).into_response());
    }
    let answering =
        Answering { portal: &portal, visitor: &visitor, dossier: &after, own, page, asked: asked.as_ref(), uri: &uri };
    if asked.is_some() {
        return html(&answering.view(&after.answers, None, &[], false)?);
    }
    let table = fields.text(MORE_ROWS);
    if !table.is_empty() {
        let mut view = answering.view(&after.answers, None, &[], false)?;
        view.items = items(&own.form, page, &after.answers, Some(table), visitor.texts());
        return html(&view);
    }
    let problems = own.form.problems_of(&page.key, &after.answers, visitor.ctx.now.day());
    if !problems.is_empty() {
        let page = answering.view(&after.answers, None, &problems, false)?;
        return html_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let next = if leads_back(&uri) { tasks::PLACE.to_owned() } else { next(&visitor, &after, own, page) };
    Ok(Redirect::to(&address(&after, &next)).into_response())
}

/// Answers of an earlier dossier for a page.
struct Offer {
    code: String,
    day: String,
    answers: BTreeMap<String, Value>,
}

/// What of an earlier dossier is answered on this page and not known from elsewhere.
fn offered(answering: &Answering<'_>, earlier: EarlierAnswers, known: &BTreeMap<String, Value>) -> Option<Offer> {
    let EarlierAnswers { code, filed_at, mut answers } = earlier;
    let own = answering.own.form.fields_on(answering.page).map(|field| field.path.as_str());
    let own: Vec<&str> = own.filter(|path| !known.contains_key(*path)).collect();
    answers.retain(|path, _| own.contains(&path.as_str()));
    Some(Offer { code: code.to_string(), day: filed_at.day().vietnamese(), answers })
        .filter(|offer| !offer.answers.is_empty())
}

/// The form of a draft's procedure and its page of this name, when it is asked.
fn page_of<'a>(
    portal: &'a Portal,
    visitor: &Visitor,
    dossier: &Dossier,
    key: &str,
) -> Option<(&'a Version, &'a FormPage)> {
    let own = version_of(portal.app(), dossier, visitor.ctx.now.day())?;
    let page = own.form.page(key)?;
    own.form.asked(&dossier.answers).pages().any(|asked| asked.key == page.key).then_some((own, page))
}

/// The page after this one; back to the review once everything was given.
fn next(visitor: &Visitor, dossier: &Dossier, own: &Version, page: &FormPage) -> String {
    let is_whole = own.problems(&dossier.answers, visitor.ctx.now.day()).is_empty();
    if is_whole && dossier.delivery.is_some() {
        return "xem-lai".to_owned();
    }
    let asked = own.form.asked(&dossier.answers);
    let following = asked.pages().skip_while(|asked| asked.key != page.key).nth(1);
    match following {
        Some(page) => page_address(page),
        None if dossier.delivery.is_some() => "xem-lai".to_owned(),
        None => "noi-nhan-ket-qua".to_owned(),
    }
}

/// A page's part of the address.
pub(super) fn page_address(page: &FormPage) -> String {
    format!("to-khai/{}", page.key)
}

fn digest(form: &OwnForm, page: &FormPage, answers: &BTreeMap<String, Value>) -> Hash {
    answers_digest(answers, form.fields_on(page).map(|field| field.path.as_str()))
}

/// Answers with others over them.
fn over(answers: &BTreeMap<String, Value>, given: &BTreeMap<String, Value>) -> BTreeMap<String, Value> {
    let mut answers = answers.clone();
    answers.extend(given.iter().map(|(path, answer)| (path.clone(), answer.clone())));
    answers.retain(|_, answer| !answer.is_null());
    answers
}

impl<'a> Answering<'a> {
    /// The page with these answers in its boxes; `given` are those that met a change from elsewhere.
    fn view(
        &self,
        answers: &BTreeMap<String, Value>,
        given: Option<&BTreeMap<String, Value>>,
        problems: &[Problem],
        is_filled: bool,
    ) -> Result<AnswersPage<'a>, WebError> {
        let Self { portal, visitor, dossier, own, page, asked, uri } = *self;
        let t = visitor.texts();
        let mut form = FormView::new();
        for field in own.form.fields_on(page) {
            if let Some(answer) = answers.get(&field.path) {
                for (name, value) in write_entered(field, answer) {
                    form.set(&name, value);
                }
            }
        }
        for problem in problems {
            form.refuse(&problem.path, problem_words(&own.form, problem, t));
        }
        let items = items(&own.form, page, answers, None, t);
        let action = keeping(uri, address(dossier, &page_address(page)));
        let boxes: Vec<&str> = items::addresses(&items).collect();
        if !boxes.is_empty() {
            form.completes_addresses(action.as_str());
            offer_places(portal, &mut form, boxes.into_iter(), asked, t);
        }
        let steps = Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day());
        let changed = given.map(|given| self.elsewhere(given));
        Ok(AnswersPage {
            page: visitor.page(portal).in_section(Section::Services),
            t,
            form,
            title: words(&page.title, t),
            form_title: words(&own.form.title, t),
            parts: list_of(portal, visitor, dossier),
            step: steps.words(steps.of_page(page), t),
            back: address(dossier, &steps.before(page)),
            action,
            seen: digest(&own.form, page, &dossier.answers).to_string(),
            known: items::known(&own.form, page, answers),
            items,
            is_filled,
            offer: None,
            taken: String::new(),
            changed,
            moved: moved(portal, dossier, visitor.ctx.now.day(), t),
        })
    }

    /// What stands elsewhere where something else was given here.
    fn elsewhere(&self, given: &BTreeMap<String, Value>) -> Vec<String> {
        let t = self.visitor.texts();
        let own = self.own.form.fields_on(self.page);
        let differing = own.filter(|field| {
            self.dossier.answers.get(&field.path).unwrap_or(&Value::Null)
                != given.get(&field.path).unwrap_or(&Value::Null)
        });
        let sentences = differing.map(|field| {
            let there = self.dossier.answers.get(&field.path).map(|answer| answer_words(field, answer, t));
            let there = there.unwrap_or_else(|| t.m("answers-changed-empty").to_owned());
            let title = words(&field.title, t).to_owned();
            t.f("answers-changed-other", [("what", title.into()), ("value", there.into())])
        });
        sentences.collect()
    }
}
