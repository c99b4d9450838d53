//! One dossier on one screen: its documents beside what can be done with it now.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use domain::codes::DossierCode;
use domain::dossier::{
    Actor, Attachment, Dossier, Event, OwnerKind, Recorded, Relation, ReplacedFile, ResumedClock, Status, Subject,
    SupplementItem, SupplementRequest,
};
use domain::ids::AttachmentId;
use domain::policy::{Act, Resource, may};
use domain::registers::RegisterQuestion;
use domain::store::StoreItem;
use usecases::store::may_check_paper;
use usecases::{
    Document, DossierWithLog, can_ask_about_owner, derive_due, find_unread, make_document, open_attachment,
    propose_limit, view_dossier,
};
use web::answers::{AnsweredPage, answered, doubts};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::portal::Portal;
use web::shell::{html, html_invalid};
use web::store_words::{answer_words, checked_words, citation_words};
use web::view::filters;
use web::view::form::{Choice, FormView};
use web::view::format::time_limit;
use web::view::page::{Page, Section};
use web::view::parts::{Step, StepState, SummaryRow, Tone};
use web::visitor::Visitor;

use crate::letters::{LetterLine, letter_lines};
use crate::words::status_words;

/// The page of one dossier.
#[derive(Template)]
#[template(path = "office/dossier.html")]
pub(crate) struct DossierPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    form: FormView,
    /// What was done just now.
    done: Option<TextKey>,
    /// Whether the filer wrote something that was not read.
    unread: bool,
    dossier: &'a Dossier,
    code: String,
    status: TextKey,
    tone: Tone,
    clock: String,
    /// Whether it can be shown how the due time was found.
    is_derivable: bool,
    overdue: bool,
    owner: Vec<SummaryRow>,
    /// What was answered in the form.
    answers: Vec<AnsweredPage>,
    /// What fits ill together and may be right all the same.
    doubts: Vec<String>,
    steps: Vec<Step>,
    /// The due time if it were accepted now; empty when the record states no limit.
    proposed: String,
    accept: String,
    /// What was kept out of the dossier in its owner's store.
    kept: &'a [StoreItem],
    /// Whether the officer may confirm that a paper was compared with its original.
    may_check: bool,
    /// What the population register was asked about the owner, the latest first.
    asked: Vec<String>,
    /// Whether the officer can have it asked.
    may_ask: bool,
    /// The letters that it may lead to, for those who draw them up.
    letters: Vec<LetterLine<'a>>,
}

impl DossierPage<'_> {
    /// What the filer answered to requests, in words: the explanations, which nothing else shows.
    fn explanations(&self) -> Vec<String> {
        let sent = self.dossier.supplements.iter().filter(|supplement| supplement.sent_at.is_some());
        let lines = sent.flat_map(|supplement| {
            supplement.explanations.iter().map(move |(place, words)| {
                let item = usize::try_from(*place).ok().and_then(|place| supplement.request.items().get(place));
                let about = item.map(item_words).unwrap_or_default();
                self.t.f("office-explained", [("what", about.into()), ("words", words.as_str().into())])
            })
        });
        lines.collect()
    }

    /// Who has vouched for a file: the store that it was cited from, or an officer here; empty when nobody has.
    fn vouched(&self, file: &Attachment) -> String {
        if let Some(citation) = &file.citation {
            return citation_words(citation, self.t);
        }
        let item = self.kept.iter().find(|item| item.source.attachment == file.id && item.superseded.is_none());
        item.map(|item| checked_words(item, self.t)).unwrap_or_default()
    }

    /// Whether a file can be confirmed here and now.
    fn may_be_checked(&self, file: &Attachment) -> bool {
        self.may_check && file.citation.is_none()
    }

    fn replaced_words(&self, old: &ReplacedFile) -> String {
        self.t.f("dossier-replaced-by", [("n", old.by.into())])
    }

    /// The number of each request for a supplement, and the name of its form 02.
    fn supplement_slips(&self) -> Vec<(u32, String)> {
        (1..=self.dossier.supplement_count()).map(|number| (number, Document::supplement_slip_name(number))).collect()
    }

    fn supplement_slip_words(&self, number: &u32) -> String {
        self.t.f("dossier-supplement-slip", [("n", (*number).into())])
    }

    fn may_be_asked(&self) -> bool {
        matches!(self.dossier.status, Status::Filed | Status::Accepted)
    }

    fn is(&self, status: &str) -> bool {
        self.dossier.status.as_str() == status
    }

    fn units(&self) -> [Choice; 4] {
        [
            Choice::new("working_day", self.t.m("unit-working-day")),
            Choice::new("half_day", self.t.m("unit-half-day")),
            Choice::new("day", self.t.m("unit-day")),
            Choice::new("hour", self.t.m("unit-hour")),
        ]
    }

    fn ways(&self) -> [Choice; 3] {
        [
            Choice::new("online", self.t.m("office-return-online")),
            Choice::new("desk", self.t.m("office-return-desk")),
            Choice::new("post", self.t.m("office-return-post")),
        ]
    }
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    let found = find(&portal, &visitor, &code).await?;
    let unread = find_unread(portal.app(), &visitor.ctx).await?.contains(&found.dossier.id);
    let done = match Fields::of_query(uri.query()).text("sau") {
        "da-tiep-nhan" => Some(TextKey("office-done-accepted")),
        "da-tu-choi" => Some(TextKey("office-done-refused")),
        "da-hoan-thanh" => Some(TextKey("office-done-finished")),
        "da-tra-ket-qua" => Some(TextKey("office-done-returned")),
        "da-hoi-dan-cu" => Some(TextKey("office-done-asked")),
        "hoi-sau" => Some(TextKey("population-too-many")),
        "da-doi-chieu" => Some(TextKey("office-done-checked")),
        "da-yeu-cau-bo-sung" => Some(TextKey("office-done-supplement")),
        _ => None,
    };
    html(&DossierPage { done, unread, ..page_of(&portal, &visitor, &found, FormView::new()) })
}

/// The page again, with what was refused.
pub(crate) fn again(
    portal: &Portal,
    visitor: &Visitor,
    found: &DossierWithLog,
    form: FormView,
) -> Result<Response, WebError> {
    html_invalid(&page_of(portal, visitor, found, form))
}

pub(crate) async fn find(portal: &Portal, visitor: &Visitor, code: &str) -> Result<DossierWithLog, WebError> {
    visitor.officer()?;
    Ok(view_dossier(portal.app(), &visitor.ctx, &parse(code)?).await?)
}

pub(crate) async fn attachment(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, file)): Path<(String, String)>,
) -> Result<Response, WebError> {
    visitor.officer()?;
    let file = AttachmentId::parse(&file).map_err(|_| WebError::NotFound)?;
    let opened = open_attachment(portal.app(), &visitor.ctx, &parse(&code)?, file).await?;
    let attachment = &opened.attachment;
    Ok(web::files::stored(opened.file, attachment.size, &attachment.media_type, &attachment.file_name))
}

pub(crate) async fn document(
    State(portal): State<Portal>,
    visitor: Visitor,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, WebError> {
    visitor.officer()?;
    let code = parse(&code)?;
    let document = Document::parse(&name).ok_or(WebError::NotFound)?;
    let bytes = make_document(portal.app(), &visitor.ctx, &code, document).await?;
    Ok(web::files::made(bytes, "application/pdf", &format!("{code}-{name}")))
}

pub(crate) fn parse(code: &str) -> Result<DossierCode, WebError> {
    DossierCode::parse(code).map_err(|_| WebError::NotFound)
}

fn page_of<'a>(portal: &'a Portal, visitor: &'a Visitor, found: &'a DossierWithLog, form: FormView) -> DossierPage<'a> {
    let dossier = &found.dossier;
    let (t, now) = (visitor.texts(), visitor.ctx.now);
    let (status, tone) = status_words(dossier.status);
    let code = dossier.code.as_ref().map(ToString::to_string).unwrap_or_default();
    let limit = propose_limit(portal.app(), dossier).filter(|_| dossier.status == Status::Filed);
    let proposed = limit.map(|limit| {
        let due_at = portal.app().due(now, limit).due_at.vietnamese();
        t.f("office-proposed", [("limit", time_limit(limit, t).into()), ("at", due_at.into())])
    });
    let clock = dossier.running_due_at().map(|due_at| t.f("step-due", [("at", due_at.vietnamese().into())]));
    DossierPage {
        page: visitor.page(portal).in_section(Section::Inbox).found_at(format!("/can-bo/ho-so/{code}")),
        t,
        answers: answered(portal, dossier, t),
        doubts: doubts(portal, dossier, visitor.ctx.now.day(), t),
        form: with_defaults(form, dossier),
        done: None,
        unread: false,
        dossier,
        code,
        status,
        tone,
        clock: clock.unwrap_or_default(),
        is_derivable: derive_due(portal.app(), dossier).is_some(),
        overdue: dossier.is_overdue(now),
        owner: owner_rows(dossier, &found.log, t),
        steps: found.log.iter().rev().filter_map(|entry| step(entry, t)).collect(),
        proposed: proposed.unwrap_or_default(),
        accept: ".pdf,.jpg,.jpeg,.png,.docx,.xlsx".into(),
        kept: &found.kept,
        asked: found.questions.iter().map(|question| question_words(question, t)).collect(),
        may_ask: can_ask_about_owner(portal.app(), dossier)
            && may(&visitor.ctx.viewer, Act::AskRegister, &Resource::from(dossier)).is_ok(),
        letters: letter_lines(portal, visitor, dossier, t),
        may_check: may_check_paper(dossier)
            && may(&visitor.ctx.viewer, Act::CheckPaper, &Resource::from(dossier)).is_ok(),
    }
}

/// The answers that are offered beforehand: the owner's choice of delivery.
fn with_defaults(mut form: FormView, dossier: &Dossier) -> FormView {
    use domain::dossier::Delivery;
    if form.value("way").is_empty() {
        let way = match dossier.delivery {
            Some(Delivery::AtDesk) => "desk",
            Some(Delivery::ByPost { .. }) => "post",
            Some(Delivery::Online) | None => "online",
        };
        form.set("way", way);
    }
    if form.value("unit").is_empty() {
        form.set("unit", "working_day");
    }
    if form.value("receiver").is_empty()
        && let Some(owner) = &dossier.owner
    {
        form.set("receiver", owner.full_name.as_str());
    }
    form
}

fn owner_rows(dossier: &Dossier, log: &[Recorded], t: &Texts) -> Vec<SummaryRow> {
    let Some(owner) = &dossier.owner else { return Vec::new() };
    let kind = match owner.kind {
        OwnerKind::Citizen => t.m("owner-kind-citizen"),
        OwnerKind::Organisation => t.m("owner-kind-organisation"),
    };
    let filer = filer(log, owner.relation_to_filer, t);
    let relation = match owner.relation_to_filer {
        Relation::SelfOwner if filer.is_empty() => t.m("office-filed-by-owner").to_owned(),
        Relation::SelfOwner => filer,
        Relation::OnBehalf => t.f("owner-filer-behalf", [("name", filer.into())]),
        Relation::ByMandate => t.f("owner-filer-mandate", [("name", filer.into())]),
    };
    let delivery = match &dossier.delivery {
        None => String::new(),
        Some(domain::dossier::Delivery::Online) => t.m("delivery-online").to_owned(),
        Some(domain::dossier::Delivery::AtDesk) => t.m("delivery-desk").to_owned(),
        Some(domain::dossier::Delivery::ByPost { name, phone, address }) => {
            format!("{}\n{name}, {}\n{address}", t.m("delivery-post"), phone.national())
        }
    };
    vec![
        SummaryRow::new(t.m("office-owner-name"), format!("{} ({kind})", owner.full_name)),
        SummaryRow::new(t.m("owner-number"), owner.number_text()),
        SummaryRow::new(t.m("owner-birth-date"), owner.birth_date.map(|date| date.vietnamese()).unwrap_or_default()),
        SummaryRow::new(t.m("owner-phone"), owner.phone.national()),
        SummaryRow::new(t.m("owner-email"), owner.email.as_ref().map(|email| email.as_str()).unwrap_or_default()),
        SummaryRow::new(t.m("owner-address"), owner.address.as_str()),
        SummaryRow::new(t.m("office-filer"), relation),
        SummaryRow::new(t.m("delivery-title"), delivery),
    ]
}

/// Who filed it, as the log has it; nothing when the owner did so with their own account.
fn filer(log: &[Recorded], relation: Relation, t: &Texts) -> String {
    let entry = log.iter().find(|entry| matches!(entry.event, Event::Filed { .. }));
    match entry.map(|entry| &entry.actor) {
        Some(Actor::Representative { name, principal_name, .. }) => {
            t.f("step-on-behalf", [("person", name.as_str().into()), ("principal", principal_name.as_str().into())])
        }
        Some(Actor::Program { name, program_name, .. }) => {
            t.f("step-through-program", [("person", name.as_str().into()), ("program", program_name.as_str().into())])
        }
        Some(Actor::Account { name, .. }) if relation.is_for_another() => name.clone(),
        _ => String::new(),
    }
}

fn step(entry: &Recorded, t: &Texts) -> Option<Step> {
    let (key, by, note) = match &entry.event {
        Event::Filed { answer_due_at, .. } => {
            ("step-filed", String::new(), t.f("office-answer-due", [("at", answer_due_at.vietnamese().into())]))
        }
        Event::Accepted { due, officer } => {
            ("step-accepted", officer.name.clone(), t.f("step-due", [("at", due.due_at.vietnamese().into())]))
        }
        Event::SupplementRequested { request, officer, respond_by } => {
            let day = t.f("step-supplement-due", [("day", respond_by.vietnamese().into())]);
            ("step-supplement-requested", officer.name.clone(), format!("{}\n{day}", request_words(request)))
        }
        Event::SupplementSent { clock } => {
            let due_at = match clock {
                ResumedClock::Answer { due_at } => *due_at,
                ResumedClock::Return { due } => due.due_at,
            };
            ("step-supplement-sent", String::new(), t.f("step-due", [("at", due_at.vietnamese().into())]))
        }
        Event::AnswerOverdue { due_at } => {
            ("step-answer-overdue", String::new(), t.f("step-overdue", [("at", due_at.vietnamese().into())]))
        }
        Event::Withdrawn { reason } => ("step-withdrawn", String::new(), reason.to_string()),
        Event::Refused { reasons, officer } => ("step-refused", officer.name.clone(), reasons.items().join("\n")),
        Event::Finished { note, officer, .. } => {
            ("step-finished", officer.name.clone(), note.clone().unwrap_or_default())
        }
        Event::Returned { officer, .. } => ("step-returned", officer.name.clone(), String::new()),
        Event::DraftStarted { .. }
        | Event::OwnerEntered { .. }
        | Event::AnswersGiven { .. }
        | Event::DeliveryChosen { .. }
        | Event::FileAttached { .. }
        | Event::FileRemoved { .. }
        | Event::SupplementFileAttached { .. }
        | Event::SupplementFileRemoved { .. }
        | Event::SupplementFilled { .. } => return None,
    };
    Some(Step { title: t.m(key).to_owned(), at: entry.at.vietnamese(), by, note, state: StepState::Done })
}

/// A question to a register: what came, when, by whom.
fn question_words(question: &RegisterQuestion, t: &'static Texts) -> String {
    let by = match &question.actor {
        Actor::Officer { name, .. }
        | Actor::Account { name, .. }
        | Actor::Representative { name, .. }
        | Actor::Program { name, .. } => name.as_str(),
        Actor::System => "",
    };
    let answer = answer_words(question, t);
    t.f("office-asked", [("answer", answer.into()), ("at", question.at.vietnamese().into()), ("by", by.into())])
}

/// What is asked for, a line each.
fn request_words(request: &SupplementRequest) -> String {
    let lines = (1..).zip(request.items()).map(|(place, item)| format!("{place}. {}", item_words(item)));
    lines.collect::<Vec<_>>().join("\n")
}

fn item_words(item: &SupplementItem) -> String {
    match &item.subject {
        Subject::Component { name: title, .. } | Subject::Question { title, .. } => {
            format!("{title}: {}", item.sentence)
        }
        Subject::Other => item.sentence.to_string(),
    }
}
