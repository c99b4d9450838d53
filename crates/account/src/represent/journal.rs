//! Who did what for whom, the latest first.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::representation::EndReason;
use usecases::represent::{JournalEntry, JournalKind, view_journal};
use web::errors::WebError;
use web::i18n::Texts;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::{Step, StepState};
use web::visitor::Visitor;

#[derive(Template)]
#[template(path = "account/represent/journal.html")]
struct JournalPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    steps: Vec<Step>,
}

pub(super) async fn show(State(portal): State<Portal>, visitor: Visitor) -> Result<Response, WebError> {
    visitor.account()?;
    let t = visitor.texts();
    let lines = view_journal(portal.app(), &visitor.ctx).await?;
    let steps = lines.into_iter().map(|line| step(line, t)).collect();
    html(&JournalPage { page: visitor.page(&portal).in_section(Section::Account), t, steps })
}

fn step(line: JournalEntry, t: &Texts) -> Step {
    let person = match &line.what {
        JournalKind::Given { invited } => {
            let both = [("principal", line.principal.as_str().into()), ("invited", invited.as_str().into())];
            t.f("journal-by-invited", both)
        }
        _ => {
            let both = [("person", line.person.as_str().into()), ("principal", line.principal.as_str().into())];
            t.f("journal-by", both)
        }
    };
    let (key, note) = match line.what {
        JournalKind::Given { .. } if line.person != line.principal => ("journal-given", line.person),
        JournalKind::Given { .. } => ("journal-given", String::new()),
        JournalKind::ChildDeclared => ("journal-child", String::new()),
        JournalKind::Accepted => ("journal-accepted", String::new()),
        JournalKind::Ended(EndReason::Declined) => ("journal-declined", String::new()),
        JournalKind::Ended(EndReason::AccountClosed) => ("journal-closed", String::new()),
        JournalKind::Ended(_) => ("journal-ended", String::new()),
        JournalKind::Dossier { act, procedure, code } => {
            let key = match act.as_str() {
                "draft_started" => "journal-draft",
                "filed" => "journal-filed",
                "file_attached" => "journal-file",
                "file_removed" => "journal-file-removed",
                _ => "journal-changed",
            };
            (key, if code.is_empty() { procedure } else { format!("{procedure}\n{code}") })
        }
    };
    Step { title: t.m(key).to_owned(), at: line.at.vietnamese(), by: person, note, state: StepState::Done }
}
