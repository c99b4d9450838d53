//! Everything once more, then *Nộp hồ sơ* (R56).

use ::procedures::{FeeLine, Paper, Version};
use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use domain::dossier::{Dossier, DossierRefusal, MANDATE, OwnerKind};
use forms::{Page as FormPage, Question};
use usecases::store::{VoidCitation, list_void_citations};
use usecases::{ActError, Obstacle, needs_mandate, obstacles, submit_dossier, version_of};
use web::answers::{AnsweredPage, answered_pages, doubts, moved, problem_words, words};
use web::errors::WebError;
use web::form::Form;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::{html, html_invalid, html_with};
use web::store_words::void_citation_words;
use web::view::filters;
use web::view::form::FormView;
use web::view::format::money;
use web::view::page::{Page, Section};
use web::view::parts::SummaryRow;
use web::visitor::Visitor;

use super::answers::page_address;
use super::steps::Steps;
use super::tasks::list_of;
use super::{address, draft_or_leave, find};
use crate::words::{delivery_row, filer_of_draft, owner_rows};

/// The fields of the owner's page in the order of the rows, so that *Sửa* leads to the right one.
const OWNER_FIELDS: [&str; 8] = ["relation", "kind", "full_name", "number", "birth_date", "phone", "email", "address"];

#[derive(Template)]
#[template(path = "portal/filing/review.html")]
struct ReviewPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    dossier: &'a Dossier,
    back: String,
    /// Where all parts are listed; empty for a short form.
    parts: String,
    step: String,
    action: String,
    files: String,
    /// What was answered in the form, by its pages.
    answers: Vec<AnsweredPage>,
    /// What the person declares with the form.
    declaration: &'a str,
    owner: Vec<SummaryRow>,
    delivery: Vec<SummaryRow>,
    /// The papers that are asked for of this person and not given.
    papers: Vec<MissingPaper>,
    /// The papers not given that the state has already, with the database that holds each.
    held: Vec<String>,
    /// What is paid, fee by fee, the sum last; none when the procedure's own files name none.
    fees: Vec<SummaryRow>,
    /// What a new version asks otherwise than the one under which the draft was begun.
    moved: Vec<String>,
    /// What fits ill together and may be right all the same.
    doubts: Vec<String>,
}

/// A paper that is asked for and not given.
struct MissingPaper {
    /// The anchor to which the list of obstacles leads.
    anchor: String,
    title: String,
    is_required: bool,
}

pub(super) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((procedure, draft)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    html(&page_of(&portal, &visitor, &dossier, FormView::new()))
}

pub(super) async fn submit(
    State(portal): State<Portal>,
    Path((procedure, draft)): Path<(String, String)>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
    // What cannot be read is no version that anybody has seen.
    let seen = fields.find("seen").map(|seen| seen.parse().unwrap_or_default());
    match submit_dossier(portal.app(), &visitor.ctx, dossier.id, seen).await {
        Ok(filed) => {
            let code = filed.code.as_ref().map(ToString::to_string).unwrap_or_default();
            Ok(Redirect::to(&format!("/ho-so/{code}/da-nop")).into_response())
        }
        Err(ActError::Refused(DossierRefusal::Incomplete { .. })) => {
            let void = list_void_citations(portal.app(), &visitor.ctx, &dossier).await?;
            html_invalid(&page_of(&portal, &visitor, &dossier, refused(&portal, &visitor, &dossier, void)))
        }
        Err(ActError::Refused(DossierRefusal::DraftChanged { .. })) => {
            let dossier = draft_or_leave!(find(&portal, &visitor, &procedure, &draft).await?);
            let mut form = FormView::new();
            form.refuse("chu-ho-so", visitor.texts().m("review-changed").to_owned());
            html_with(StatusCode::CONFLICT, &page_of(&portal, &visitor, &dossier, form))
        }
        Err(ActError::Refused(_)) => Err(WebError::Conflict),
        Err(ActError::Usecase(error)) => Err(error.into()),
    }
}

/// Everything that must still be put right: one complete list (domain.md §6).
fn refused(portal: &Portal, visitor: &Visitor, dossier: &Dossier, void: Vec<VoidCitation>) -> FormView {
    let (t, today) = (visitor.texts(), visitor.ctx.now.day());
    let mut form = FormView::new();
    for obstacle in obstacles(portal.app(), dossier, today) {
        match obstacle {
            Obstacle::OwnerMissing => form.refuse("chu-ho-so", t.m("review-owner-missing").to_owned()),
            Obstacle::DeliveryMissing => form.refuse("noi-nhan", t.m("review-delivery-missing").to_owned()),
            Obstacle::MandateMissing => {
                form.refuse(&format!("tep-{MANDATE}"), t.m("review-mandate-missing").to_owned());
            }
            Obstacle::NoFile => form.refuse("tep", t.m("review-no-file").to_owned()),
            Obstacle::PaperMissing(paper) => {
                let title = words(&paper.title, t).to_owned();
                form.refuse(&format!("tep-{}", paper.code), t.f("review-paper-missing", [("what", title.into())]));
            }
            Obstacle::Answer(problem) => {
                if let Some(own) = version_of(portal.app(), dossier, today) {
                    form.refuse(&problem.path, problem_words(&own.form, &problem, t));
                }
            }
        }
    }
    for cited in void {
        form.refuse("tep", void_citation_words(&cited, t));
    }
    form
}

/// The answers with the places where they are changed; a question's path is its anchor there.
fn answered(own: Option<&Version>, dossier: &Dossier, t: &Texts) -> Vec<AnsweredPage> {
    let Some(own) = own else { return Vec::new() };
    let change =
        |page: &FormPage, field: &Question| Some(format!("{}#{}", address(dossier, &page_address(page)), field.path));
    answered_pages(&own.form, &dossier.answers, change, t)
}

/// What is asked for and was not given.
fn not_given<'v>(own: Option<&'v Version>, dossier: &Dossier) -> Vec<&'v Paper> {
    let mut papers = own.map(|own| own.papers_asked(&dossier.answers)).unwrap_or_default();
    papers.retain(|paper| !is_given(dossier, &paper.code));
    papers
}

fn is_given(dossier: &Dossier, code: &str) -> bool {
    dossier.attachments.iter().any(|file| file.component_code.as_deref() == Some(code))
}

/// The papers that are asked for and not given, those left out that the state has already.
fn papers(portal: &Portal, own: Option<&Version>, dossier: &Dossier, t: &Texts) -> Vec<MissingPaper> {
    let registers = &portal.app().content().whole_procedures.registers;
    let is_held = |paper: &Paper| paper.document.as_deref().is_some_and(|kind| registers.holding(kind).is_some());
    let missing = not_given(own, dossier).into_iter().filter(|paper| !is_held(paper));
    let of = |paper: &Paper| MissingPaper {
        anchor: format!("tep-{}", paper.code),
        title: words(&paper.title, t).to_owned(),
        is_required: paper.is_required,
    };
    let mandate = (needs_mandate(dossier) && !is_given(dossier, MANDATE)).then(|| MissingPaper {
        anchor: format!("tep-{MANDATE}"),
        title: t.m("filing-files-mandate").to_owned(),
        is_required: true,
    });
    mandate.into_iter().chain(missing.map(of)).collect()
}

/// The papers that nobody has to give, since a connected database of the state holds them.
fn held(portal: &Portal, own: Option<&Version>, dossier: &Dossier, t: &Texts) -> Vec<String> {
    let registers = &portal.app().content().whole_procedures.registers;
    let missing = not_given(own, dossier).into_iter();
    let of = |paper: &Paper| {
        let register = registers.holding(paper.document.as_deref()?)?;
        let (what, register) = (words(&paper.title, t).to_owned(), words(&register.name, t).to_owned());
        Some(t.f("review-paper-held", [("what", what.into()), ("register", register.into())]))
    };
    missing.filter_map(of).collect()
}

/// What is paid: told before one files (domain.md §5.11).
fn fees(own: Option<&Version>, dossier: &Dossier, t: &Texts) -> Vec<SummaryRow> {
    // What a record says of fees is too loose to add up.
    let Some(own) = own.filter(|own| !own.is_general) else { return Vec::new() };
    let due = own.fee_due(&dossier.answers);
    if due.lines.is_empty() {
        return vec![SummaryRow::new(t.m("review-fee-total"), t.m("review-fee-none").to_owned())];
    }
    let row = |line: &FeeLine<'_>| {
        let amount = dong(line.amount);
        let value = match line.times {
            1 => amount,
            times => t.f("review-fee-times", [("n", times.into()), ("amount", amount.into())]),
        };
        SummaryRow::new(words(line.title, t), value)
    };
    let mut rows: Vec<SummaryRow> = due.lines.iter().map(row).collect();
    if rows.len() > 1 {
        rows.push(SummaryRow::new(t.m("review-fee-total"), dong(due.total)));
    }
    rows
}

fn dong(amount: u64) -> String {
    money(i64::try_from(amount).unwrap_or(i64::MAX))
}

/// An organisation has no birth date.
fn is_organisation(dossier: &Dossier) -> bool {
    dossier.owner.as_ref().is_some_and(|owner| owner.kind == OwnerKind::Organisation)
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, dossier: &'a Dossier, form: FormView) -> ReviewPage<'a> {
    let (t, today) = (visitor.texts(), visitor.ctx.now.day());
    let own = version_of(portal.app(), dossier, today);
    let change = address(dossier, "chu-ho-so");
    let filer = visitor.account().map(|account| filer_of_draft(account, t)).unwrap_or_default();
    let rows = owner_rows(dossier, &filer, t).into_iter().zip(OWNER_FIELDS);
    let asked = rows.filter(|(_, field)| *field != "birth_date" || !is_organisation(dossier));
    let owner = asked.map(|(row, field)| row.changed_at(format!("{change}#{field}"))).collect();
    let delivery = delivery_row(dossier, t).changed_at(address(dossier, "noi-nhan-ket-qua"));
    let steps = Steps::of(portal, &dossier.procedure.code, &dossier.answers, visitor.ctx.now.day());
    ReviewPage {
        page: visitor.page(portal).in_section(Section::Services),
        t,
        form,
        dossier,
        back: address(dossier, "tep-dinh-kem"),
        parts: list_of(portal, visitor, dossier),
        step: steps.words(steps.of_review(), t),
        answers: answered(own, dossier, t),
        declaration: own.map_or("", |own| words(&own.form.declaration, t)),
        papers: papers(portal, own, dossier, t),
        held: held(portal, own, dossier, t),
        fees: fees(own, dossier, t),
        moved: moved(portal, dossier, today, t),
        doubts: doubts(portal, dossier, today, t),
        action: address(dossier, "xem-lai"),
        files: address(dossier, "tep-dinh-kem"),
        owner,
        delivery: vec![delivery],
    }
}
