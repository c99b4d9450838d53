//! `/tra-cuu` (R59): how far a dossier is, for whoever has its code and the characters printed with it.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::{Dossier, Status};
use usecases::{DossierWithLog, TrackError, track_dossier};
use web::errors::WebError;
use web::fields::Fields;
use web::form::Form;
use web::i18n::{TextKey, Texts};
use web::input::Input;
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::view::form::FormView;
use web::view::page::{Page, Section};
use web::view::parts::{Step, SummaryRow, Tone};
use web::visitor::Visitor;

use crate::words::{status_words, timeline};

#[derive(Template)]
#[template(path = "portal/tracking.html")]
struct TrackingPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
}

/// Progress only: no names, numbers, addresses or files (domain.md §1.8).
#[derive(Template)]
#[template(path = "portal/progress.html")]
struct ProgressPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    code: String,
    status: TextKey,
    tone: Tone,
    facts: Vec<SummaryRow>,
    steps: Vec<Step>,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    uri: axum::http::Uri,
) -> Result<Response, WebError> {
    let query = Fields::of_query(uri.query());
    let code = DossierCode::parse(query.text("ma")).map(|code| code.to_string()).unwrap_or_default();
    let form = FormView::new().with("code", code);
    html(&TrackingPage { page: visitor.page(&portal).in_section(Section::Tracking), t: visitor.texts(), form })
}

pub(crate) async fn look_up(
    State(portal): State<Portal>,
    Form { visitor, fields }: Form,
) -> Result<Response, WebError> {
    let t = visitor.texts();
    let mut input = Input::new(&fields, t, &["code", "secret"]);
    let code = read_code(&mut input);
    let secret = input.line("secret", 20, "tracking-secret-missing");
    if let (Some(code), Some(secret)) = (code, secret) {
        match track_dossier(portal.app(), &visitor.ctx, &visitor.client, &code, &secret).await {
            Ok(found) => return html(&progress(&portal, &visitor, &found)),
            Err(TrackError::Wrong) => input.refuse("code", "tracking-wrong"),
            Err(TrackError::Usecase(error)) => return Err(error.into()),
        }
    }
    let page = visitor.page(&portal).in_section(Section::Tracking);
    html_invalid(&TrackingPage { page, t, form: input.into_form() })
}

fn read_code(input: &mut Input<'_>) -> Option<DossierCode> {
    let text = input.text("code");
    let code = DossierCode::parse(text).ok();
    match (&code, text.is_empty()) {
        (Some(_), _) => {}
        (None, true) => input.refuse("code", "tracking-code-missing"),
        (None, false) => input.refuse("code", "tracking-code-wrong"),
    }
    code
}

fn progress<'a>(portal: &'a Portal, visitor: &'a Visitor, found: &DossierWithLog) -> ProgressPage<'a> {
    let dossier = &found.dossier;
    let t = visitor.texts();
    let (status, tone) = status_words(dossier.status);
    let steps = timeline(dossier, &found.log, visitor.ctx.now, t);
    ProgressPage {
        page: visitor.page(portal).in_section(Section::Tracking),
        t,
        code: dossier.code.as_ref().map(ToString::to_string).unwrap_or_default(),
        status,
        tone,
        facts: facts(dossier, t),
        steps,
    }
}

fn facts(dossier: &Dossier, t: &Texts) -> Vec<SummaryRow> {
    let mut rows = vec![
        SummaryRow::new(t.m("fact-procedure"), dossier.procedure.name.as_str()),
        SummaryRow::new(t.m("fact-agency"), dossier.agency.name.as_str()),
    ];
    let moments = [
        ("fact-filed", dossier.filed_at),
        ("fact-answer-due", dossier.answer_due_at.filter(|_| dossier.status == Status::Filed)),
        ("fact-accepted", dossier.accepted_at),
        ("fact-due", dossier.due.as_ref().map(|due| due.due_at)),
        ("fact-returned", dossier.returned_at),
    ];
    rows.extend(moments.into_iter().filter_map(|(key, at)| Some(SummaryRow::new(t.m(key), at?.vietnamese()))));
    rows
}
