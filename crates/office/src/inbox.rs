//! `/can-bo`: the dossiers of the officer's agencies, the most urgent first.

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::codes::AgencyCode;
use domain::dossier::Status;
use domain::time::Instant;
use usecases::{Cursor, DossierRow, InboxQuery, PAGE_ROWS, StatusCount, count_inbox, find_unread, list_inbox};
use web::errors::WebError;
use web::fields::Fields;
use web::i18n::{TextKey, Texts};
use web::links::encode;
use web::portal::Portal;
use web::shell::html;
use web::view::page::{Page, Section};
use web::view::parts::{Link, Tone};
use web::visitor::Visitor;

use crate::admin;
use crate::words::status_words;

/// The tabs: the word in the address, the text, the states.
const TABS: [(&str, TextKey, &[Status]); 7] = [
    ("cho-tiep-nhan", TextKey("inbox-tab-filed"), &[Status::Filed]),
    ("dang-giai-quyet", TextKey("inbox-tab-accepted"), &[Status::Accepted]),
    ("cho-bo-sung", TextKey("inbox-tab-supplement"), &[Status::AwaitingSupplement]),
    ("cho-tra", TextKey("inbox-tab-finished"), &[Status::Finished]),
    ("da-tra", TextKey("inbox-tab-returned"), &[Status::Returned]),
    ("tu-choi", TextKey("inbox-tab-refused"), &[Status::Refused]),
    ("da-rut", TextKey("inbox-tab-withdrawn"), &[Status::Withdrawn]),
];

#[derive(Template)]
#[template(path = "office/inbox.html")]
struct InboxPage<'a> {
    page: Page<'a>,
    t: &'static Texts,
    tabs: Vec<Tab>,
    rows: Vec<Row>,
    /// The agencies to choose from, when the officer works for several.
    agencies: Vec<Link>,
    next: Option<String>,
    /// How many of the rows were not answered in time, in words; empty for none.
    unanswered: String,
}

struct Tab {
    href: String,
    text: TextKey,
    count: String,
    current: bool,
}

/// A dossier as a row of the table.
struct Row {
    href: String,
    code: String,
    procedure: String,
    owner: String,
    agency: String,
    filed_at: String,
    due: String,
    overdue: bool,
    /// Whether its filer wrote something that was not read.
    unread: bool,
    status: TextKey,
    tone: Tone,
}

pub(crate) async fn show(
    State(portal): State<Portal>,
    visitor: Visitor,
    uri: axum::http::Uri,
) -> Result<Response, WebError> {
    let officer = visitor.officer()?;
    if officer.administers() && !officer.has_inbox() {
        return Ok(Redirect::to(admin::START).into_response());
    }
    let query = Fields::of_query(uri.query());
    let tab = TABS.iter().find(|(word, ..)| *word == query.text("trang-thai")).unwrap_or(&TABS[0]);
    let agency = AgencyCode::parse(query.text("co-quan")).ok().filter(|agency| officer.agencies().contains(agency));
    let wanted = InboxQuery {
        agency: agency.clone(),
        statuses: tab.2.to_vec(),
        after: query.text("sau").parse::<Cursor>().ok(),
    };
    let rows = list_inbox(portal.app(), &visitor.ctx, wanted).await?;
    let counts =
        count_inbox(portal.app(), &visitor.ctx, TABS.iter().flat_map(|(.., states)| states.iter().copied()).collect());
    let counts = counts.await?;
    let unread = find_unread(portal.app(), &visitor.ctx).await?;
    let suffix = agency.as_ref().map(|agency| format!("&co-quan={}", encode(agency.as_str()))).unwrap_or_default();
    let next = rows.last().filter(|_| rows.len() == PAGE_ROWS as usize).map(DossierRow::inbox_cursor);
    html(&InboxPage {
        page: visitor.page(&portal).in_section(Section::Inbox),
        t: visitor.texts(),
        unanswered: unanswered(&rows, visitor.ctx.now, visitor.texts()),
        tabs: tabs(tab.0, &counts, &suffix),
        rows: rows.iter().map(|row| row_of(row, visitor.ctx.now, unread.contains(&row.id))).collect(),
        agencies: agencies(&portal, officer.agencies(), tab.0),
        next: next.map(|cursor| format!("/can-bo?trang-thai={}{suffix}&sau={cursor}", tab.0)),
    })
}

fn tabs(current: &str, counts: &[StatusCount], suffix: &str) -> Vec<Tab> {
    let shown = |count: &StatusCount| {
        let number = web::view::format::count(count.number);
        if count.is_capped { format!("{number}+") } else { number }
    };
    TABS.iter()
        .map(|(word, text, states)| Tab {
            href: format!("/can-bo?trang-thai={word}{suffix}"),
            text: *text,
            count: counts.iter().find(|count| states.contains(&count.status)).map(shown).unwrap_or_default(),
            current: *word == current,
        })
        .collect()
}

fn agencies(portal: &Portal, codes: Vec<AgencyCode>, tab: &str) -> Vec<Link> {
    if codes.len() < 2 {
        return Vec::new();
    }
    let name = |code: &AgencyCode| {
        portal.app().content().agencies.find(code).map(|agency| agency.name.clone()).unwrap_or_default()
    };
    codes
        .iter()
        .map(|code| Link::new(format!("/can-bo?trang-thai={tab}&co-quan={}", encode(code.as_str())), name(code)))
        .collect()
}

/// For the head of the agency, and everybody else there: what should have been answered.
fn unanswered(rows: &[DossierRow], now: Instant, t: &Texts) -> String {
    let is_late = |row: &&DossierRow| row.status == Status::Filed && row.answer_due_at.is_some_and(|at| now > at);
    match rows.iter().filter(is_late).count() {
        0 => String::new(),
        count => t.f("inbox-overdue", [("n", count.into())]),
    }
}

fn row_of(row: &DossierRow, now: Instant, unread: bool) -> Row {
    let (status, tone) = status_words(row.status);
    let due_at = match row.status {
        Status::Filed => row.answer_due_at,
        _ => row.due_at,
    };
    let code = row.code.as_ref().map(ToString::to_string).unwrap_or_default();
    Row {
        href: format!("/can-bo/ho-so/{code}"),
        code,
        procedure: row.procedure_name.clone(),
        owner: row.owner_name.clone().unwrap_or_default(),
        agency: row.agency_name.clone(),
        unread,
        filed_at: row.filed_at.map(|at| at.vietnamese()).unwrap_or_default(),
        due: due_at.map(|at| at.vietnamese()).unwrap_or_default(),
        overdue: matches!(row.status, Status::Filed | Status::Accepted) && due_at.is_some_and(|at| now > at),
        status,
        tone,
    }
}
