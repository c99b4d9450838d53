//! `/can-bo/ho-so/{code}/bo-sung`: one complete request, sendable once every paper of the list has a verdict.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::catalogue::ProcedureDetail;
use domain::dossier::{
    Attachment, Defect, Dossier, DossierRefusal, Sentence, SentenceError, Subject, SupplementItem, SupplementRequest,
    SupplementRequestError,
};
use domain::time::Day;
use usecases::{ActError, filed_version, request_supplement};
use web::answers::{answer_words, words};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::{Choice, FormView};
use web::view::page::{Page, Section};
use web::visitor::Visitor;

use crate::dossier::find;
use crate::words::defect_words;

/// The verdict that nothing is asked for.
const FINE: &str = "fine";
/// How many things can be asked for in words.
const IN_WORDS: usize = 3;

#[derive(Template)]
#[template(path = "office/supplement.html")]
struct RequestPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    code: String,
    procedure: &'a str,
    /// How many requests there have been.
    earlier: u32,
    papers: Vec<Line<'a>>,
    questions: Vec<Line<'a>>,
    in_words: Vec<String>,
}

/// One thing that may be asked for.
struct Line<'a> {
    verdict: String,
    words: String,
    title: String,
    /// What was answered.
    answer: String,
    files: Vec<&'a Attachment>,
    subject: Subject,
    /// Whether it must have a verdict.
    is_listed: bool,
}

impl RequestPage<'_> {
    fn verdicts(&self) -> Vec<Choice> {
        let mut choices = vec![Choice::new(FINE, self.t.m("defect-none"))];
        choices.extend(Defect::ALL.iter().map(|defect| Choice::new(defect.as_str(), self.t.k(defect_words(*defect)))));
        choices
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    if !found.dossier.may_be_supplemented() {
        return Ok(Redirect::to(&format!("/can-bo/ho-so/{code}")).into_response());
    }
    let last = visitor.ctx.now.day().plus_days(portal.app().content().rules.supplement_usual_days.into());
    let form = FormView::new()
        .with("respond_by.day", last.day_of_month().to_string())
        .with("respond_by.month", last.month().to_string())
        .with("respond_by.year", last.year().to_string());
    html(&page_of(&portal, &visitor, &found.dossier, form))
}

pub(crate) async fn send(
    State(portal): State<Portal>,
    Path(code): Path<String>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let dossier = &found.dossier;
    let t = visitor.texts();
    let mut form = shown(&portal, dossier, &fields, t);
    let items = items_of(&portal, dossier, &fields, &mut form, t);
    let ground = match Sentence::parse(fields.text("legal_ground")) {
        Ok(ground) => Some(ground),
        Err(SentenceError::Empty) => None,
        Err(error) => {
            form.refuse("legal_ground", refused_words(error, t));
            None
        }
    };
    let respond_by = day_of(&fields, "respond_by").filter(|day| *day > visitor.ctx.now.day());
    if respond_by.is_none() {
        form.refuse("respond_by", t.m("office-supplement-day-wrong").to_owned());
    }
    let request = SupplementRequest::new(items, ground);
    match (&request, form.is_valid()) {
        (Err(SupplementRequestError::TooMany { max }), _) => {
            form.refuse("other-0", t.f("office-supplement-too-many", [("max", (*max).into())]));
        }
        (Err(_), true) => form.refuse("other-0", t.m("office-supplement-none").to_owned()),
        _ => {}
    }
    let (Ok(request), Some(respond_by), true) = (request, respond_by, form.is_valid()) else {
        return html_invalid(&page_of(&portal, &visitor, dossier, form));
    };
    let officer = visitor.officer()?;
    match request_supplement(portal.app(), &visitor.ctx, officer, dossier.id, request, respond_by).await {
        Ok(_) => Ok(Redirect::to(&format!("/can-bo/ho-so/{code}?sau=da-yeu-cau-bo-sung")).into_response()),
        // Done meanwhile, by a second press or by a colleague.
        Err(ActError::Refused(DossierRefusal::NotInStatus { .. })) => {
            Ok(Redirect::to(&format!("/can-bo/ho-so/{code}")).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What is asked for; what is missing is refused beside its box.
fn items_of(
    portal: &Portal,
    dossier: &Dossier,
    fields: &Fields,
    form: &mut FormView,
    t: &'static Texts,
) -> Vec<SupplementItem> {
    let mut items = Vec::new();
    let lines = papers(portal, dossier).into_iter().chain(questions(portal, dossier, t));
    for line in lines {
        let verdict = fields.text(&line.verdict);
        let defect = match Defect::parse(verdict) {
            Ok(defect) => defect,
            Err(_) if verdict == FINE || !line.is_listed => continue,
            Err(_) => {
                form.refuse(&line.verdict, t.f("office-supplement-verdict-missing", [("what", line.title.into())]));
                continue;
            }
        };
        match Sentence::parse(fields.text(&line.words)) {
            Ok(sentence) => items.push(SupplementItem { subject: line.subject, defect, sentence }),
            Err(error) => form.refuse(&line.words, refused_words(error, t)),
        }
    }
    for name in boxes_in_words() {
        match Sentence::parse(fields.text(&name)) {
            Ok(sentence) => items.push(SupplementItem { subject: Subject::Other, defect: Defect::Other, sentence }),
            Err(SentenceError::Empty) => {}
            Err(error) => form.refuse(&name, refused_words(error, t)),
        }
    }
    items
}

/// Why words are not taken.
pub(crate) fn refused_words(error: SentenceError, t: &Texts) -> String {
    use domain::text::TextError;
    match error {
        SentenceError::Empty => t.m("office-supplement-words-missing").to_owned(),
        SentenceError::Text(TextError::ControlCharacter) => t.m("input-control-character").to_owned(),
        SentenceError::Text(TextError::TooLong { max }) => {
            t.f("input-too-long", [("what", t.m("input-a-text").into()), ("max", max.into())])
        }
    }
}

pub(crate) fn day_of(fields: &Fields, name: &str) -> Option<Day> {
    let part = |part: &str| fields.text(&format!("{name}.{part}")).to_owned();
    let (day, month, year) = (part("day"), part("month"), part("year"));
    Day::parse(&format!("{year:0>4}-{month:0>2}-{day:0>2}")).ok()
}

fn boxes_in_words() -> impl Iterator<Item = String> {
    (0..IN_WORDS).map(|place| format!("other-{place}"))
}

/// The papers of the procedure's list, each of which must have a verdict, and those that were filed beside it.
fn papers<'a>(portal: &Portal, dossier: &'a Dossier) -> Vec<Line<'a>> {
    let own = filed_version(portal.app(), dossier).filter(|own| !own.papers.is_empty());
    let mut named: Vec<(Option<String>, String)> = match own {
        Some(own) => {
            let asked = own.papers_asked(&dossier.answers).into_iter();
            asked.map(|paper| (Some(paper.code.clone()), paper.title.vi.clone())).collect()
        }
        None => {
            let detail = portal.app().content().procedures.detail(&dossier.procedure.code);
            detail.iter().flat_map(listed).collect()
        }
    };
    for file in &dossier.attachments {
        let is_named = named.iter().any(|(code, name)| match code {
            Some(_) => *code == file.component_code,
            None => file.component_code.is_none() && *name == file.component_name,
        });
        if !is_named {
            named.push((file.component_code.clone(), file.component_name.clone()));
        }
    }
    let line = |(place, (code, name)): (usize, (Option<String>, String))| Line {
        verdict: format!("paper-{place}"),
        words: format!("paper-{place}-words"),
        title: name.clone(),
        answer: String::new(),
        files: dossier
            .attachments
            .iter()
            .filter(|file| match &code {
                Some(_) => file.component_code == code,
                None => file.component_code.is_none() && file.component_name == name,
            })
            .collect(),
        is_listed: code.is_some(),
        subject: Subject::Component { code, name },
    };
    named.into_iter().enumerate().map(line).collect()
}

fn listed(detail: &ProcedureDetail) -> Vec<(Option<String>, String)> {
    let components = detail.dossier_groups.iter().flat_map(|group| &group.components);
    let papers = components.filter(|component| component.is_document());
    papers.map(|component| (Some(component.code.clone()), component.title().to_owned())).collect()
}

/// The questions that were asked, with their answers.
fn questions<'a>(portal: &Portal, dossier: &Dossier, t: &'static Texts) -> Vec<Line<'a>> {
    let Some(own) = filed_version(portal.app(), dossier) else {
        return Vec::new();
    };
    let asked = own.form.asked(&dossier.answers);
    let fields = asked.pages().flat_map(|page| asked.fields_of(page));
    let line = |field: &forms::Question| Line {
        verdict: format!("question-{}", field.path),
        words: format!("question-{}-words", field.path),
        title: words(&field.title, t).to_owned(),
        answer: asked.answer(&field.path).map(|answer| answer_words(field, answer, t)).unwrap_or_default(),
        files: Vec::new(),
        subject: Subject::Question { path: field.path.clone(), title: field.title.vi.clone() },
        is_listed: false,
    };
    fields.map(line).collect()
}

/// Everything as it was entered.
fn shown(portal: &Portal, dossier: &Dossier, fields: &Fields, t: &'static Texts) -> FormView {
    let mut form = FormView::new();
    let mut keep = |name: &str| form.set(name, fields.text(name).chars().take(5_000).collect::<String>());
    for line in papers(portal, dossier).iter().chain(&questions(portal, dossier, t)) {
        keep(&line.verdict);
        keep(&line.words);
    }
    for name in boxes_in_words() {
        keep(&name);
    }
    for name in ["legal_ground", "respond_by.day", "respond_by.month", "respond_by.year"] {
        keep(name);
    }
    form
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, dossier: &'a Dossier, form: FormView) -> RequestPage<'a> {
    let t = visitor.texts();
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    RequestPage {
        page: visitor.page(portal).in_section(Section::Inbox),
        t,
        form,
        code,
        procedure: &dossier.procedure.name,
        earlier: dossier.supplement_count(),
        papers: papers(portal, dossier),
        questions: questions(portal, dossier, t),
        in_words: boxes_in_words().collect(),
    }
}
